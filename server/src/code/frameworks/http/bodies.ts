/** The body that the handlers of an operation take, from what they read of it and what validators demand. */

import { known, type Maybe } from '../../../contract/knowledge.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { isOnlyRefused } from '../../evaluate/presence.ts';
import { both } from '../../shapes/validators/schema.ts';
import { isLeftOver, type Exchange } from './exchange.ts';

export interface BodyFacts {
  readonly shape: Shape;
  /** Undefined where nothing says. */
  readonly required: Maybe<boolean> | undefined;
}

/** `at` is where the body was first touched. */
export function bodyShape(exchanges: readonly Exchange[], at: Span): BodyFacts {
  const fields: Record<string, Field> = {};
  for (const { bodyFields } of exchanges)
    for (const { name, at: place, shape, presence } of bodyFields)
      fields[name] ??= {
        ...(presence && isOnlyRefused(presence) && { accepted: true }),
        shape: shape ?? {
          kind: 'unknown',
          reason: { why: 'dynamic', what: 'type of a body property', at: place },
        },
        at: place,
      };
  const demands = exchanges.flatMap(({ bodyDemands }) => bodyDemands);
  const open = isHandedOn(exchanges);
  const [first, ...more] = demands.map(({ shape }) => shape);
  if (!first) {
    const isRead = Object.keys(fields).length > 0;
    return {
      shape: isRead
        ? { kind: 'object', fields, open }
        : { kind: 'unknown', reason: { why: 'dynamic', what: 'body', at } },
      required: undefined,
    };
  }
  const shape = more.reduce(both, first);
  if (shape.kind !== 'object') return { shape, required: known(true, 'declared', at) };
  const isRequired = Object.values(shape.fields).some(({ required }) => required === true);
  const read = shape.strict ? [] : Object.entries(fields).filter(([name]) => !(name in shape.fields));
  return {
    shape: {
      ...shape,
      fields: { ...withLeftOvers(shape.fields, exchanges), ...Object.fromEntries(read) },
      open: shape.open || (open && !shape.strict),
    },
    required: isRequired ? known(true, 'declared', at) : undefined,
  };
}

/**
 * The media types that parsers in front of an operation take, JSON first: `*` among them where one of them, or something
 * that is not read, may take any other; none where no parser was seen.
 */
export function parsedInFront(shared: readonly Exchange[]): readonly string[] {
  const isRead = shared.every(({ bodyMade, forwarded }) => !bodyMade && forwarded.length === 0);
  const types = new Set(
    shared.flatMap(({ bodyMediaTypes }) => bodyMediaTypes.map(({ mediaType }) => mediaType)),
  );
  if (!isRead || types.has('*')) return ['*'];
  return [...types].sort((one, other) => Number(other.endsWith('json')) - Number(one.endsWith('json')));
}

/** May there be fields that nobody listed? What a validator has put in the place of the body has none. */
function isHandedOn(exchanges: readonly Exchange[]): boolean {
  const replaced = exchanges.findIndex(({ bodyReplaced }) => bodyReplaced);
  return exchanges.some(({ bodyOpen }, index) => bodyOpen && (replaced < 0 || index < replaced));
}

function withLeftOvers(
  fields: Readonly<Record<string, Field>>,
  exchanges: readonly Exchange[],
): Readonly<Record<string, Field>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      exchanges.some((exchange) => isLeftOver(exchange, 'body', name))
        ? { ...field, accepted: true as const }
        : field,
    ]),
  );
}
