/** Bodies that are sent with one of several statuses: which goes with which is not known. */

import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { read, type Run } from '../../evaluate/run.ts';
import type { Value } from '../../evaluate/values.ts';
import { unknownShape } from '../../shapes/algebra.ts';
import { everywhere } from '../../shapes/validators/schema.ts';

/** May it be one of several things, itself or somewhere inside? What a type says of it holds for each. */
function hasAlternatives(run: Run, value: Value, depth = 0): boolean {
  if (value.t === 'union') return true;
  if (depth > 4) return false;
  const inner = (one: Value): boolean => hasAlternatives(run, one, depth + 1);
  if (value.t === 'array') return value.items.some(inner);
  return value.t === 'object' && [...value.props.values()].some((cell) => inner(read(run, cell)));
}

/** What is certain of a body whichever of several statuses goes with it: nothing of what has alternatives. */
export function ofAnyStatus(run: Run, shape: Shape, body: Value, at: Span): Shape {
  if (!hasAlternatives(run, body)) return shape;
  const unknown = unknownShape({ why: 'dynamic', what: 'which body goes with which status', at });
  if (body.t === 'union') return unknown;
  return everywhere(shape, (one): Shape => {
    switch (one.kind) {
      case 'union':
        return unknown;
      case 'string':
        return one.values && one.values.length > 1 ? { kind: 'string' } : one;
      case 'number':
        return one.values && one.values.length > 1 ? { kind: 'number', integer: one.integer } : one;
      case 'object':
        return {
          ...one,
          fields: Object.fromEntries(
            Object.entries(one.fields).map(([name, field]) => [name, withoutOptional(field)]),
          ),
        };
      default:
        return one;
    }
  });
}

/** That a field may be missing is true of one status, perhaps, and not of the other. */
function withoutOptional({ required, ...field }: Field): Field {
  return required === true ? { ...field, required } : field;
}
