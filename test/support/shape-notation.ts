/**
 * Shapes on one line, with everything they say: `{ name: string{1..80}, age?: integer{0..}, tag?: ("a" | "b")[], ... }`.
 * `!` after the braces: further fields are refused; `~` after a name: it is not known whether it is required.
 */

import type { Field, Shape } from '../../server/src/contract/shape.ts';

export function shapeNotation(shape: Shape): string {
  switch (shape.kind) {
    case 'unknown':
      return '?';
    case 'ref':
      return `#${shape.id}`;
    case 'null':
    case 'binary':
      return shape.kind;
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
      const items = shapeNotation(shape.items);
      return `${items.includes(' ') && !items.startsWith('{') ? `(${items})` : items}[]${range(shape.minItems, shape.maxItems)}`;
    }
    case 'object': {
      const rest = shape.rest ? [`...${shapeNotation(shape.rest)}`] : shape.open ? ['...'] : [];
      const fields = [...Object.entries(shape.fields).map(fieldNotation), ...rest].join(', ');
      return `{${fields === '' ? '' : ` ${fields} `}}${shape.strict ? '!' : ''}`;
    }
    case 'union':
      return shape.of.map(shapeNotation).join(' | ');
    case 'intersection':
      return shape.of.map(shapeNotation).join(' & ');
  }
}

function fieldNotation([name, { shape, required }]: readonly [string, Field]): string {
  return `${name}${required === undefined ? '~' : required ? '' : '?'}: ${shapeNotation(shape)}`;
}

function range(from: number | undefined, to: number | undefined): string {
  return from === undefined && to === undefined ? '' : `{${from ?? ''}..${to ?? ''}}`;
}
