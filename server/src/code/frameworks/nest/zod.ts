/** Zod objects as lists of fields: `z.object({ … })` and what is derived from it. */

import type { Field, Shape } from '../../../contract/shape.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { noPlace, placeOf, type ExternalValue, type Value } from '../../evaluate/values.ts';
import type { DtoFields } from './dto.ts';

/** Undefined for a schema that is no object we can read. */
export function zodFields(run: Run, schema: Value): DtoFields | undefined {
  if (schema.t !== 'external' || !schema.args) return undefined;
  const [first] = schema.args;
  const method = schema.path.at(-1) ?? '';
  const base = (): DtoFields | undefined => (schema.on ? zodFields(run, schema.on) : undefined);
  switch (method) {
    case 'object':
    case 'strictObject':
    case 'looseObject':
      return first && shapeFields(run, first);
    case 'extend':
    case 'safeExtend':
    case 'merge': {
      const inner = base();
      const more = first && (method === 'merge' ? zodFields(run, first) : shapeFields(run, first));
      return (
        inner &&
        more && { fields: new Map([...inner.fields, ...more.fields]), gaps: [...inner.gaps, ...more.gaps] }
      );
    }
    case 'partial': {
      const inner = base();
      return (
        inner && {
          ...inner,
          fields: new Map([...inner.fields].map(([name, field]) => [name, { ...field, required: false }])),
        }
      );
    }
    case 'pick':
    case 'omit': {
      const inner = base();
      const names = first?.t === 'object' ? [...first.props.keys()] : [];
      return (
        inner && {
          ...inner,
          fields: new Map([...inner.fields].filter(([name]) => names.includes(name) === (method === 'pick'))),
        }
      );
    }
    default:
      return base();
  }
}

function shapeFields(run: Run, shape: Value): DtoFields | undefined {
  if (shape.t !== 'object') return undefined;
  const fields = new Map<string, Field>();
  for (const [name, cell] of shape.props) {
    const value = read(run, cell);
    const at = placeOf(value) ?? shape.at;
    fields.set(name, { shape: zodShape(value), required: !mayBeMissing(value), at });
  }
  return {
    fields,
    gaps: shape.open ? [{ why: 'dynamic', what: 'spread in a zod object', at: shape.at }] : [],
  };
}

const missing = new Set([
  'optional',
  'nullish',
  'default',
  'catch',
  'prefault',
  'any',
  'unknown',
  'undefined',
  'void',
]);

function mayBeMissing(value: Value): boolean {
  return chain(value).some(({ path }) => missing.has(path.at(-1) ?? ''));
}

function chain(value: Value): readonly ExternalValue[] {
  const links: ExternalValue[] = [];
  for (let link = value.t === 'external' ? value : undefined; link; link = link.on) links.push(link);
  return links;
}

function zodShape(value: Value): Shape {
  const root = chain(value).at(-1);
  switch (root?.path.at(-1)) {
    case 'string':
      return { kind: 'string' };
    case 'number':
      return { kind: 'number', integer: chain(value).some(({ path }) => path.at(-1) === 'int') };
    case 'boolean':
      return { kind: 'boolean' };
    default:
      return {
        kind: 'unknown',
        reason: { why: 'unsupported', construct: 'zod schema', at: placeOf(value) ?? noPlace },
      };
  }
}
