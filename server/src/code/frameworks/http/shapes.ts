/** The shape of a value as JSON. */

import type { Span } from '../../../contract/span.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import { fixedText, type Value } from '../../evaluate/values.ts';

/** Nested deeper than this, a literal is too large to be worth comparing. */
const depthLimit = 4;

export function shapeOfValue(value: Value, at: Span, depth = 0): Shape {
  const unknown: Shape = {
    kind: 'unknown',
    reason: value.t === 'unknown' ? value.reason : { why: 'dynamic', what: 'value', at },
  };
  if (depth > depthLimit) return unknown;
  switch (value.t) {
    case 'text': {
      const text = fixedText(value);
      return { kind: 'string', ...(text !== undefined && { values: [text] }) };
    }
    case 'number':
      return { kind: 'number', integer: Number.isInteger(value.value), values: [value.value] };
    case 'boolean':
      return { kind: 'boolean' };
    case 'null':
      return { kind: 'null' };
    case 'array': {
      const shapes = value.items.map((item) => shapeOfValue(item, at, depth + 1));
      const [first] = shapes;
      return {
        kind: 'array',
        items: value.open || !first ? unknown : shapes.length === 1 ? first : { kind: 'union', of: shapes },
      };
    }
    case 'object': {
      if (value.cls) return unknown;
      const fields: Record<string, Field> = {};
      for (const [name, cell] of value.props) {
        const property = cell.value ?? { t: 'undefined' };
        if (property.t === 'function' || name.startsWith('[[')) continue;
        fields[name] = {
          shape: shapeOfValue(property, at, depth + 1),
          at: 'at' in property && property.at ? property.at : value.at,
        };
      }
      return { kind: 'object', fields, open: value.open };
    }
    case 'union':
      return { kind: 'union', of: value.of.map((one) => shapeOfValue(one, at, depth + 1)) };
    default:
      return unknown;
  }
}
