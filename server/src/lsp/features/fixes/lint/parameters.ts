/** Mends of parameters. */

import { lookUp, stringOf, toJs, valueOf, type DocSeq } from '../../../../text/document-node.ts';
import type { Plain } from '../../../../text/document-style.ts';
import { appendItem, replaceText, type TextEdit } from '../../../../text/edit-document.ts';
import { removeItems } from '../../../../text/remove-parts.ts';
import { todo } from './metadata.ts';
import {
  addTo,
  each,
  keyOrder,
  mapAt,
  mend,
  operationsIn,
  textAt,
  type LintFixer,
  type LintScene,
  type Path,
} from './scene.ts';

const describeParameter: LintFixer = each(
  ({ path }, scene) => `Describe the parameter ${textAt(scene, [...path, 'name']) ?? ''}`.trim(),
  (scene, { path }) => {
    const name = textAt(scene, [...path, 'name']) ?? 'this parameter';
    return [addTo(scene, path, 'description', todo(`what ${name} means`), keyOrder.parameter)];
  },
  'draft',
);

/** Declares what a path names, marks as required what is in it. */
const declarePathParameters: LintFixer = (scene, targets) => {
  const [first] = targets;
  if (!first) return [];
  const missing = new Map<string, { readonly at: Path; readonly names: string[] }>();
  const edits: (TextEdit | undefined)[] = [];
  for (const { path, finding } of targets) {
    if (/"required" property/.test(finding.message)) edits.push(requirePathParameter(scene, path));
    const name = /^Operation must define parameter "\{([^}"]+)\}"/.exec(finding.message)?.[1];
    if (name === undefined || path[0] !== 'paths') continue;
    const at = holderOf(
      scene,
      path,
      name,
      targets.map((target) => target.path),
    );
    const known = missing.get(at.join('\n')) ?? { at, names: [] };
    if (!known.names.includes(name)) known.names.push(name);
    missing.set(at.join('\n'), known);
  }
  for (const { at, names } of missing.values()) edits.push(...declare(scene, at, names));
  const names = [...missing.values()].flatMap((one) => one.names);
  const title =
    names.length > 0
      ? `Declare the parameter ${[...new Set(names)].join(', ')}`
      : 'Mark the parameter as required';
  return [
    mend(
      title,
      edits.filter((edit) => edit !== undefined),
    ),
  ];
};

/** The path item where all its operations lack the parameter, else the operation. */
function holderOf(scene: LintScene, path: Path, name: string, all: readonly Path[]): Path {
  const [, item = '', method] = path;
  if (method === undefined) return path;
  const operations = operationsIn(scene).filter((one) => one.path === item);
  const isMissing = (at: Path): boolean => all.some((other) => other.join('\n') === at.join('\n'));
  return operations.length > 1 && operations.every(({ at }) => isMissing(at)) && name !== ''
    ? ['paths', item]
    : path;
}

function declare(scene: LintScene, at: Path, names: readonly string[]): readonly (TextEdit | undefined)[] {
  const drafts = names.map((name) => parameterNamed(scene, name));
  const list = valueOf(mapAt(scene, at), 'parameters');
  if (list?.kind === 'seq') return drafts.map((draft) => appendItem(scene.document, list, draft));
  const order = at.length === 2 ? keyOrder.pathItem : keyOrder.operation;
  return [addTo(scene, at, 'parameters', drafts, order)];
}

/** One that the document shares, if there is one. */
function parameterNamed(scene: LintScene, name: string): Plain {
  const group: Path = scene.version === '2.0' ? ['parameters'] : ['components', 'parameters'];
  const shared = mapAt(scene, group)?.entries.filter(
    ({ value }) => stringOf(valueOf(value, 'name')) === name && stringOf(valueOf(value, 'in')) === 'path',
  );
  if (shared?.length === 1) return { $ref: `#/${[...group, shared[0]?.key ?? ''].join('/')}` };
  const type = { type: 'string' };
  return { name, in: 'path', required: true, ...(scene.version === '2.0' ? type : { schema: type }) };
}

function requirePathParameter(scene: LintScene, path: Path): TextEdit | undefined {
  const there = valueOf(mapAt(scene, path), 'required');
  if (there) return replaceText(scene.document, there, true);
  return addTo(scene, path, 'required', true, keyOrder.parameter);
}

/** Only those that say the same as the ones before them. */
const removeSameParameters: LintFixer = (scene, targets) => {
  const lists = new Map<DocSeq, Set<number>>();
  for (const { path } of targets) {
    const list = lookUp(scene.root, path.slice(0, -1));
    const index = Number(path.at(-1));
    if (list?.kind !== 'seq' || !Number.isInteger(index)) continue;
    const texts = list.items.map((item) => JSON.stringify(toJs(item)));
    if (texts.indexOf(texts[index] ?? '') < index) lists.set(list, (lists.get(list) ?? new Set()).add(index));
  }
  const edits = [...lists].flatMap(([list, indices]) => removeItems(scene.document, list, indices) ?? []);
  return [mend('Remove the parameter that is there twice', edits)];
};

export const parameterFixers: Readonly<Record<string, LintFixer>> = {
  'oas2-parameter-description': describeParameter,
  'oas3-parameter-description': describeParameter,
  'path-params': declarePathParameters,
  'operation-parameters': removeSameParameters,
};
