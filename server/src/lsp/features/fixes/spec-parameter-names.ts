/** Path parameters of a spec by the names that they have in the code. */

import { paramNames, shapeKey } from '../../../contract/path.ts';
import { child, children, refOf, type Located } from '../../../specs/openapi/reader.ts';
import { formatPointer, stringOf, valueOf } from '../../../text/document-node.ts';
import { renameKey, replaceText } from '../../../text/edit-document.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { edited, fix, mappingAt, operationAt, type FileEdit, type Fixer } from './fix.ts';

export const renameInSpec: Fixer = ({ index, entries }, { renamed }) => {
  const [pair, ...more] = Array.isArray(renamed) ? (renamed as readonly Renamed[]) : [];
  const paths = new Map(entries.flatMap((one) => (one.spec ? [[placeOf(one), one] as const] : [])));
  if (!pair || more.length > 0) return [];
  const edits = [...paths.values()].map((entry) => renameIn(index, entry, pair));
  if (edits.includes(undefined)) return [];
  return [
    fix(
      `Call it ${pair.code} in the spec`,
      edits.flatMap((one) => one ?? []),
    ),
  ];
};

interface Renamed {
  readonly spec: string;
  readonly code: string;
}

function placeOf({ spec }: Entry): string {
  return spec ? `${spec.origin.pathAt.file} ${spec.origin.pathAt.start}` : '';
}

/** The key and every declaration; undefined where one is shared with other paths, or a method has the name from elsewhere. */
function renameIn(
  index: FeatureIndex,
  { spec }: Entry,
  { spec: from, code: to }: Renamed,
): readonly FileEdit[] | undefined {
  if (!spec) return undefined;
  const top = index.reader.document(spec.origin.pathAt.file);
  const paths = top && child(top, 'paths');
  const written = paths && children(paths).find(({ keyAt }) => keyAt.start === spec.origin.pathAt.start);
  const map = mappingAt(index, paths);
  if (!written || !map || !written.key.includes(`{${from}}`)) return undefined;
  // All methods of the path have to agree.
  const beside = index.entriesAtPath(spec.origin.pathAt.file, spec.origin.pathAt.start);
  const position = paramNames(spec.key.path).length - paramNames(spec.key.path).indexOf(from);
  const names = beside.map(
    ({ code }) =>
      code && shapeKey(code.key.path) === shapeKey(spec.key.path) && paramNames(code.key.path).at(-position),
  );
  if (names.some((name) => name !== to)) return undefined;
  const key = renameKey(map.document, map.map, written.key, written.key.replace(`{${from}}`, `{${to}}`));
  const item = operationAt(index, spec, 1);
  const holders = item
    ? [item, ...beside.flatMap((one) => (one.spec ? (operationAt(index, one.spec) ?? []) : []))]
    : [];
  const declared = holders.map((holder) => declarations(index, holder, from, to));
  if (!key || declared.includes(undefined)) return undefined;
  const all = [...edited(map, key), ...declared.flatMap((one) => one ?? [])];
  return [...new Map(all.map((edit) => [`${edit.file} ${edit.start}`, edit])).values()];
}

function declarations(
  index: FeatureIndex,
  holder: Located,
  from: string,
  to: string,
): readonly FileEdit[] | undefined {
  const list = child(holder, 'parameters');
  if (list?.node.kind !== 'seq') return [];
  const edits: FileEdit[] = [];
  for (let at = 0; at < list.node.items.length; at += 1) {
    const item = child(list, String(at));
    const followed = item && index.reader.follow(item);
    if (!item || !followed?.found) continue;
    const { node } = followed.at;
    const name = valueOf(node, 'name');
    if (stringOf(valueOf(node, 'in')) !== 'path' || stringOf(name) !== from || !name) continue;
    const { file, pointer } = followed.at;
    const isShared =
      refOf(item.node) && (index.references().get(`${file}#${formatPointer(pointer)}`)?.length ?? 0) > 1;
    const document = index.texts.editable(file);
    const edit = document && !isShared ? replaceText(document, name, to) : undefined;
    if (!edit) return undefined;
    edits.push({ file, ...edit });
  }
  return edits;
}
