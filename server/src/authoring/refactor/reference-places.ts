/** Every text of a specification that refers to another place, by file. */

import type { DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { refOf } from '../../specs/openapi/reader.ts';
import { stringOf, valueOf } from '../../text/document-node.ts';
import type { TextEdit } from '../../text/edit-document.ts';
import { replaceParts } from '../../text/scalar-source.ts';
import type { Visited } from '../grammar.ts';
import type { Collected } from '../symbols/collect.ts';

export interface ReferencePlace {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The object that holds it. */
  readonly object: Visited;
  /** It stands for its object, as `$ref` does; a mapping of a discriminator only names something. */
  readonly isRef: boolean;
}

/** In the order of the text, each once. */
export function referencePlaces({ objects }: Collected): ReadonlyMap<FileId, readonly ReferencePlace[]> {
  const files = new Map<FileId, Map<number, ReferencePlace>>();
  const add = (object: Visited, node: DocNode | undefined, isRef: boolean): void => {
    const value = stringOf(node);
    if (!node || value === undefined) return;
    const places = files.get(object.file) ?? new Map<number, ReferencePlace>();
    files.set(object.file, places);
    if (!places.has(node.start))
      places.set(node.start, { start: node.start, end: node.end, value, object, isRef });
  };
  for (const object of objects) {
    add(object, refOf(object.node)?.value, true);
    if (object.role === 'link') add(object, valueOf(object.node, 'operationRef'), false);
    const mapping = object.role === 'discriminator' ? valueOf(object.node, 'mapping') : undefined;
    for (const { value } of mapping?.kind === 'map' ? mapping.entries : [])
      // A bare word is the name of a component.
      if (/[#/.]/.test(stringOf(value) ?? '')) add(object, value, false);
  }
  return new Map(
    [...files].map(([file, places]) => [file, [...places.values()].sort((a, b) => a.start - b.start)]),
  );
}

/** The same reference with another text; undefined where it is written over lines or as an alias. */
export function rewrite(
  text: string,
  { start, end, value, object }: ReferencePlace,
  to: string,
): readonly TextEdit[] | undefined {
  const source = text.slice(start, end);
  return replaceParts({ source, start, inFlow: object.inFlow }, [{ from: 0, to: value.length, text: to }]);
}
