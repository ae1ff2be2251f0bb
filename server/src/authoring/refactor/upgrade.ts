/**
 * From OpenAPI 3.0 to 3.1, and from 3.1 to 3.2, by edits of what means something else there. Comments, order and
 * everything that stays valid are left alone (https://learn.openapis.org/upgrading/).
 */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import { booleanOf, entryOf, stringOf, type DocMap } from '../../text/document-node.ts';
import { openForEditing, type Editable, type TextEdit } from '../../text/edit-document.ts';
import { removeEntries } from '../../text/remove-parts.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import type { Collected } from '../symbols/collect.ts';
import { SWAGGER_SUCCESSOR, upgradeSwagger } from './upgrade-swagger.ts';

type Step = (object: Visited, document: Editable) => readonly TextEdit[] | undefined;

/** The version after one, and how its schemas are mended. */
const steps: Readonly<Record<string, { readonly to: string; readonly mend: Step }>> = {
  '3.0': { to: '3.1.1', mend: toJsonSchema },
  '3.1': { to: '3.2.0', mend: () => [] },
};

export function nextVersion(version: string): string | undefined {
  return version === '2.0' ? SWAGGER_SUCCESSOR : steps[version]?.to;
}

export function upgrade(sources: SpecSources, collected: Collected, version: string): Edited {
  if (version === '2.0') return upgradeSwagger(sources, collected);
  const { root, objects } = collected;
  const step = steps[version];
  const top = sources.document(root)?.root;
  const declared = entryOf(top, 'openapi')?.value;
  const text = sources.text(root);
  if (!step || !declared || text === undefined)
    return { refused: 'There is no next version that this is upgraded to.' };
  const quote = /^["']/.exec(text.slice(declared.start))?.[0] ?? '';
  const edits: SourceEdit[] = [
    { file: root, start: declared.start, end: declared.end, text: `${quote}${step.to}${quote}` },
  ];
  for (const object of objects) {
    const own = sources.text(object.file);
    const language = sources.document(object.file)?.language;
    if (object.role !== 'schema' || object.node.kind !== 'map' || own === undefined || language === undefined)
      continue;
    const made = step.mend(object, openForEditing(own, language));
    if (!made)
      return {
        refused: `A schema in ${object.file} is written in a way that cannot be edited: ${own.slice(object.node.start, object.node.start + 60).split('\n')[0] ?? ''}`,
      };
    edits.push(...made.map((edit) => ({ file: object.file, ...edit })));
  }
  return { edits };
}

/** JSON Schema 2020-12: `null` is a type, exclusive limits are numbers, a file is a string with a media type. */
function toJsonSchema({ node }: Visited, document: Editable): readonly TextEdit[] | undefined {
  if (node.kind !== 'map') return [];
  const edits: TextEdit[] = [];
  const gone = new Set<string>();
  const nullable = entryOf(node, 'nullable');
  if (nullable) {
    gone.add('nullable');
    if (booleanOf(nullable.value) === true) {
      const made = allowNull(node, document);
      if (!made) return undefined;
      edits.push(...made);
    }
  }
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const entry = entryOf(node, flag);
    const isOn = booleanOf(entry?.value);
    if (!entry || isOn === undefined) continue;
    const number = entryOf(node, limit);
    gone.add(flag);
    if (isOn && number) edits.push(keyEdit(document, number, flag));
  }
  if (gone.size === 0) return edits;
  const removed = removeEntries(document, node, gone);
  return removed ? [...edits, ...removed] : undefined;
}

function keyEdit({ text }: Editable, { keyStart, keyEnd }: DocEntry, to: string): TextEdit {
  const quote = /^["']/.exec(text.slice(keyStart))?.[0] ?? '';
  return { start: keyStart, end: keyEnd, text: `${quote}${to}${quote}` };
}

/**
 * `nullable` adds to the type that stands beside it, and to nothing else (OpenAPI 3.0.3, section 4.7.24). What is meant
 * beside a single reference is kept, though: many readers have taken it for that.
 */
function allowNull(node: DocMap, document: Editable): readonly TextEdit[] | undefined {
  const type = entryOf(node, 'type');
  const name = stringOf(type?.value);
  if (type && name !== undefined) {
    const { start, end } = type.value;
    const written = document.text.slice(start, end);
    const quote = /^["']/.exec(written)?.[0] ?? "'";
    return [{ start, end, text: `[${written}, ${quote}null${quote}]` }];
  }
  const group = ['oneOf', 'anyOf', 'allOf']
    .map((key) => entryOf(node, key))
    .find((entry) => entry !== undefined);
  if (group?.value.kind !== 'seq' || (group.key === 'allOf' && group.value.items.length > 1)) return [];
  const edit = insertNullAlternative(group.value, document);
  if (!edit) return undefined;
  return group.key === 'allOf' ? [keyEdit(document, group, 'oneOf'), edit] : [edit];
}

function insertNullAlternative(
  list: Extract<DocNode, { kind: 'seq' }>,
  { text, language }: Editable,
): TextEdit | undefined {
  const last = list.items.at(-1);
  if (!last) return undefined;
  const item = language === 'json' ? '{ "type": "null" }' : "{ type: 'null' }";
  if (text[list.start] === '[') return { start: last.end, end: last.end, text: `, ${item}` };
  const [first] = list.items;
  const dash = first ? text.lastIndexOf('-', first.start) : -1;
  const column = dash - (text.lastIndexOf('\n', dash) + 1);
  let end = last.end;
  while (/\s/.test(text[end - 1] ?? '')) end -= 1;
  end += text.slice(end).search(/\r?\n|$/);
  return dash < 0 ? undefined : { start: end, end, text: `\n${' '.repeat(column)}- ${item}` };
}
