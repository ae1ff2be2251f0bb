/**
 * Shapes on one line, with everything they say: `{ name: string{1..80}, age?: integer{0..}, tag?: ("a" | "b")[], ... }`.
 * Named types are written out where `shapes` has them, and by their name where they recur. `!` after the braces: further
 * fields are refused; `~` after a name: it is not known whether it is required, `??`: it is set, perhaps to nothing;
 * `null?`: a type lets `null` in, and nothing was seen to make it.
 */

import type { Field, Shape, Shapes } from '../../server/src/contract/shape.ts';

export function shapeNotation(
  shape: Shape,
  shapes: Shapes = {},
  within: ReadonlySet<string> = new Set(),
): string {
  const inner = (one: Shape): string => shapeNotation(one, shapes, within);
  switch (shape.kind) {
    case 'unknown':
      return '?';
    case 'ref': {
      const target = within.has(shape.id) ? undefined : shapes[shape.id];
      return target ? shapeNotation(target, shapes, new Set([...within, shape.id])) : `#${shape.id}`;
    }
    case 'null':
      return shape.possible ? 'null?' : 'null';
    case 'binary':
      return 'binary';
    case 'boolean':
      return shape.values ? shape.values.join(' | ') : 'boolean';
    case 'string': {
      const { format, values, minLength, maxLength, pattern } = shape;
      const base = values ? values.map((value) => JSON.stringify(value)).join(' | ') : (format ?? 'string');
      return `${base}${range(minLength, maxLength)}${pattern === undefined ? '' : `/${pattern}/`}`;
    }
    case 'number': {
      const { integer, values, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape;
      const base = values ? values.join(' | ') : integer ? 'integer' : 'number';
      return [
        base,
        range(minimum, maximum),
        exclusiveMinimum === undefined ? '' : `{>${exclusiveMinimum}}`,
        exclusiveMaximum === undefined ? '' : `{<${exclusiveMaximum}}`,
        multipleOf === undefined ? '' : `{%${multipleOf}}`,
      ].join('');
    }
    case 'array': {
      const items = inner(shape.items);
      return `${items.includes(' ') && !items.startsWith('{') ? `(${items})` : items}[]${range(shape.minItems, shape.maxItems)}`;
    }
    case 'object': {
      const rest = shape.rest ? [`...${inner(shape.rest)}`] : shape.open ? ['...'] : [];
      const fields = [
        ...Object.entries(shape.fields).map((field) => fieldNotation(field, inner)),
        ...rest,
      ].join(', ');
      return `{${fields === '' ? '' : ` ${fields} `}}${shape.strict ? '!' : ''}`;
    }
    case 'union':
      return shape.of.map(inner).join(' | ');
    case 'intersection':
      return shape.of.map(inner).join(' & ');
  }
}

function fieldNotation(
  [name, { shape, required, set }]: readonly [string, Field],
  inner: (shape: Shape) => string,
): string {
  return `${name}${required === undefined ? '~' : required ? '' : set ? '??' : '?'}: ${inner(shape)}`;
}

function range(from: number | undefined, to: number | undefined): string {
  return from === undefined && to === undefined ? '' : `{${from ?? ''}..${to ?? ''}}`;
}
