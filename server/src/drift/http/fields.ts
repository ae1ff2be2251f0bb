/** Fields of an object shape, as far as they are all known. */

import type { Field, Shape } from '../../contract/shape.ts';

type Fields = Readonly<Record<string, Field>>;

/**
 * The fields that a shape may have; undefined where it is no object, or where there may be fields that are not
 * known. An `open` object has further fields that nobody listed: that is for the caller to judge.
 */
export function fieldsOf(shape: Shape): Fields | undefined {
  switch (shape.kind) {
    case 'object':
      return shape.fields;
    case 'union':
      return merged(shape.of.filter(({ kind }) => kind !== 'null'));
    case 'intersection':
      return merged(shape.of);
    default:
      return undefined;
  }
}

function merged(shapes: readonly Shape[]): Fields | undefined {
  const all: Record<string, Field> = {};
  for (const shape of shapes) {
    const fields = fieldsOf(shape);
    if (!fields) return undefined;
    Object.assign(all, fields);
  }
  return all;
}
