/** Mends of schemas, and of structures that the JSON Schema of OpenAPI asks for. */

import type { TextRange } from '../../../../contract/span.ts';
import { STATUS_CODES } from 'node:http';
import { lookUp, stringOf, toJs, valueOf } from '../../../../text/document-node.ts';
import { renameKey, replaceText, type TextEdit } from '../../../../text/edit-document.ts';
import { removeEntries, removeItems } from '../../../../text/remove-parts.ts';
import { parameterFixers } from './parameters.ts';
import {
  addTo,
  each,
  keyOrder,
  mapAt,
  mend,
  type LintFixer,
  type LintScene,
  type Path,
  type Target,
} from './scene.ts';

const removeSameValues: LintFixer = (scene, targets) => {
  const edits = targets.flatMap(({ path }) => {
    const at = path.at(-1) === 'enum' ? path : [...path, 'enum'];
    const list = lookUp(scene.root, at);
    if (list?.kind !== 'seq') return [];
    const texts = list.items.map((item) => JSON.stringify(toJs(item)));
    const again = texts.flatMap((text, index) => (texts.indexOf(text) < index ? [index] : []));
    return again.length > 0 ? (removeItems(scene.document, list, new Set(again)) ?? []) : [];
  });
  return [mend('Remove what is there twice', edits)];
};

/** `'1'` among integers, `1` among texts: written as what the type says it is. */
const typedValue: LintFixer = each(
  ({ finding }) => `Write it as the type says: ${finding.message.replace(/\.$/, '')}`,
  (scene, { path }) => {
    const node = lookUp(scene.root, path);
    const type = stringOf(lookUp(scene.root, [...path.slice(0, -2), 'type']));
    if (node?.kind !== 'scalar' || node.value === null) return [];
    const { value } = node;
    const text = scene.document.text.slice(node.start, node.end);
    // As it is written: 1.0 is no 1 to a text.
    if (type === 'string' && typeof value !== 'string' && /^[\w.+-]+$/.test(text))
      return [replacePlain(scene, node, text)];
    const number =
      typeof value === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
    const fits = type === 'number' || (type === 'integer' && Number.isInteger(number));
    return number !== undefined && fits ? [replacePlain(scene, node, number)] : [];
  },
);

function replacePlain({ document }: LintScene, { start, end }: TextRange, value: string | number): TextEdit {
  return { start, end, text: document.style().item(value, undefined) };
}

const addItems: LintFixer = each(
  () => 'Say that its items may be anything',
  (scene, { path }) => [addTo(scene, path, 'items', {}, keyOrder.schema)],
  'draft',
);

const removeSiblings: LintFixer = (scene, targets) => {
  const groups = new Map<string, { readonly at: Path; readonly keys: Set<string> }>();
  for (const { path } of targets) {
    const at = path.slice(0, -1);
    const group = groups.get(at.join('\n')) ?? { at, keys: new Set() };
    group.keys.add(path.at(-1) ?? '');
    groups.set(at.join('\n'), group);
  }
  const edits = [...groups.values()].flatMap(({ at, keys }) => {
    const map = mapAt(scene, at);
    return (map && removeEntries(scene.document, map, keys)) ?? [];
  });
  const wrapped = [...groups.values()].flatMap(({ at }) => wrapReference(scene, at) ?? []);
  return [
    mend('Remove what stands beside the $ref, where nothing reads it', edits),
    mend('Put the $ref into an allOf, so that what stands beside it counts', wrapped),
  ];
};

/** `$ref: x` becomes `allOf: [{ $ref: x }]`: the way in OpenAPI 3.0, where a reference object takes nothing else. */
function wrapReference(scene: LintScene, at: Path): TextEdit | undefined {
  const map = mapAt(scene, at);
  const entry = map?.entries.find(({ key }) => key === '$ref');
  const ref = stringOf(entry?.value);
  if (!map || !entry || ref === undefined || !isSchema(at) || valueOf(map, 'allOf')) return undefined;
  const key = renameKey(scene.document, map, '$ref', 'allOf');
  const list = scene.document.style().item([{ $ref: ref }], undefined);
  const { text } = scene.document;
  return (
    key && {
      start: key.start,
      end: entry.value.end,
      text: `${key.text}${text.slice(entry.keyEnd, entry.value.start)}${list}`,
    }
  );
}

function isSchema(at: Path): boolean {
  const [last = '', before = ''] = [at.at(-1), at.at(-2)];
  return (
    /^(?:schema|items|not|additionalProperties)$/.test(last) ||
    /^(?:properties|schemas|definitions|allOf|anyOf|oneOf)$/.test(before)
  );
}

/** What OpenAPI's own schema misses, where only one thing can be meant. */
const completeStructure: LintFixer = (scene, targets) => {
  const parts = targets.flatMap((target) => completed(scene, target) ?? []);
  const [first] = parts;
  return first
    ? [
        mend(
          first.title,
          parts.map(({ edit }) => edit),
        ),
      ]
    : [];
};

function completed(
  scene: LintScene,
  target: Target,
): { readonly title: string; readonly edit: TextEdit } | undefined {
  const { path, finding } = target;
  const missing = /must have (?:required property )?"(\w+)"/.exec(finding.message)?.[1];
  const told = (title: string, edit: TextEdit | undefined): ReturnType<typeof completed> =>
    edit && { title, edit };
  if (missing === 'description' && path.at(-2) === 'responses') {
    const status = path.at(-1) ?? '';
    const description =
      STATUS_CODES[status] ?? (status === 'default' ? 'Any other answer' : `Status ${status}`);
    return told('Describe the response', addTo(scene, path, 'description', description, keyOrder.response));
  }
  if (missing === 'required' && path.at(-2) === 'parameters') {
    const [mended] =
      parameterFixers['path-params']?.(scene, [
        { path, finding: { ...finding, message: 'Path parameter must have "required" property' } },
      ]) ?? [];
    return told('Mark the parameter as required', mended?.edits[0]);
  }
  if (path.length === 1 && path[0] === 'info' && missing === 'version')
    return told('Add a version', addTo(scene, path, 'version', '0.0.0', keyOrder.info));
  return undefined;
}

/** OpenAPI 3.2, "XML Object": `attribute: true` is written as `nodeType: attribute`. */
const nodeType: LintFixer = each(
  () => 'Write nodeType: attribute',
  (scene, { path }) => {
    const map = mapAt(scene, path);
    const value = valueOf(map, 'attribute');
    const key = map && renameKey(scene.document, map, 'attribute', 'nodeType');
    return key && value ? [key, replaceText(scene.document, value, 'attribute')] : [];
  },
);

export const schemaFixers: Readonly<Record<string, LintFixer>> = {
  'duplicated-entry-in-enum': removeSameValues,
  'typed-enum': typedValue,
  'array-items': addItems,
  'no-$ref-siblings': removeSiblings,
  'oas3-schema': completeStructure,
  'oas2-schema': completeStructure,
  'oas3_2-no-deprecated-xml-attribute': nodeType,
};
