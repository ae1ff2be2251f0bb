/** Takes operations out of a spec. */

import type { Finding } from '../../../contract/finding.ts';
import type { SpecOperation } from '../../../contract/operation.ts';
import { methods } from '../../../draft/operation.ts';
import { child, children, refOf, type Located } from '../../../specs/openapi/reader.ts';
import { formatPointer, lookUp, parsePointer } from '../../../text/document-node.ts';
import { removeEntry } from '../../../text/remove-parts.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { edited, mappingAt, operationAt, type FileEdit, type Fixer } from './fix.ts';
import { forAll } from './spec-edits.ts';

export const removeOperation: Fixer = (scene) => [
  forAll(scene, `Remove ${nameOf(scene.finding)} from the spec`, removed),
];

function removed(index: FeatureIndex, spec: SpecOperation): readonly FileEdit[] {
  const [method = ''] = parsePointer(spec.origin.pointer)?.slice(-1) ?? [];
  const item = mappingAt(index, operationAt(index, spec, 1));
  const served = item?.map.entries.filter(({ key }) => methods.includes(key)) ?? [];
  if (item && served.length > 1) return edited(item, removeEntry(item.document, item.map, method));
  // The only method of its path: the path goes with it, and where it refers to another file, what stands there too.
  const { file, start } = spec.origin.pathAt;
  const top = index.reader.document(file);
  const paths = top && child(top, 'paths');
  const written = paths && children(paths).find(({ keyAt }) => keyAt.start === start);
  const map = mappingAt(index, paths);
  const path = written && map && removeEntry(map.document, map.map, written.key);
  const target = written && index.reader.follow(written);
  if (!path || !target?.found) return [];
  const isElsewhere = refOf(written.node) !== undefined;
  const isAlone = isElsewhere && isUsedOnce(index, target.at);
  return [...edited(map, path), ...(isAlone ? withoutEntry(index, target.at) : [])];
}

/** Does nothing else refer to it, or into it? */
function isUsedOnce(index: FeatureIndex, { file, pointer }: Located): boolean {
  const name = `${file}#${formatPointer(pointer)}`;
  const uses = [...index.references()].filter(([to]) => to === name || to.startsWith(`${name}/`));
  return uses.reduce((sum, [, each]) => sum + each.length, 0) === 1;
}

/** What a reference leads to, taken out of its mapping; nothing where it is a whole file, or all of one. */
function withoutEntry(index: FeatureIndex, { file, pointer }: Located): readonly FileEdit[] {
  const key = pointer.at(-1);
  const top = index.reader.document(file);
  const holder = lookUp(top?.node, pointer.slice(0, -1));
  const map = holder && mappingAt(index, { file, node: holder, pointer: pointer.slice(0, -1) });
  return key === undefined ? [] : edited(map, map && removeEntry(map.document, map.map, key));
}

function nameOf({ operation }: Finding): string {
  return operation ? `${operation.method} ${operation.path}` : 'the operation';
}
