/** Constants and enums that types are made of: `typeof roles[number]`, `keyof typeof limits`, `enum Status`. */

import type { Shape } from '../../contract/shape.ts';
import { lookup } from '../evaluate/scopes.ts';
import { moduleOf } from '../evaluate/modules.ts';
import { read, type Run } from '../evaluate/run.ts';
import { fixedText } from '../evaluate/text-parts.ts';
import type { Scope, Value } from '../evaluate/values.ts';
import { absent, present, unionOf, unknownShape, type Json } from './algebra.ts';
import { findType, type Named } from './declarations.ts';
import type { Reading } from './reading.ts';
import { readType } from './types.ts';
import { shapeOfValue } from './values.ts';

/** An object whose values are all fixed texts or numbers: an enum, or what is used as one. */
export function enumShape(run: Run, value: Value, member?: string): Shape | undefined {
  if (value.t !== 'object' || value.cls || value.open || value.props.size === 0) return undefined;
  const cells =
    member === undefined ? [...value.props.values()] : [value.props.get(member) ?? { value: undefined }];
  const values = cells.map((cell) => read(run, cell));
  const texts = values.flatMap((one) => (one.t === 'text' ? (fixedText(one) ?? []) : []));
  const numbers = values.flatMap((one) => (one.t === 'number' ? [one.value] : []));
  if (texts.length + numbers.length < values.length) return undefined;
  return unionOf([
    ...(texts.length > 0 ? [{ kind: 'string' as const, values: texts }] : []),
    ...(numbers.length > 0
      ? [{ kind: 'number' as const, integer: numbers.every(Number.isInteger), values: numbers }]
      : []),
  ]);
}

/** What `typeof name` looks like as JSON. */
export function constantJson(reading: Reading, name: string): Json {
  const { run, scope, at } = reading;
  const named = findType(run, name, scope, 'value');
  if (named?.kind === 'pending') return present(unknownShape({ why: 'pending' }));
  const value = valueOf(run, name, scope, named);
  if (named?.kind === 'constant') {
    const { type, v } = named.constant;
    if (type && !isConst(type))
      return readType({ ...reading, scope: { vars: new Map(), file: named.file } }, type);
    if (v?.k === 'cast' && isConst(v.t) && value) return present(shapeOfValue(run, value, at));
  }
  if (value?.t === 'function') {
    const { returns } = value.fn;
    const inner = value.scope;
    return returns && !value.fn.typeParams
      ? { ...absent, returns: () => readType({ ...reading, scope: inner, bindings: new Map() }, returns) }
      : absent;
  }
  return present(
    value ? widened(shapeOfValue(run, value, at)) : unknownShape({ why: 'unresolved', symbol: name, at }),
  );
}

function isConst(type: { readonly k: string; readonly name?: unknown }): boolean {
  return type.k === 'ref' && type.name === 'const';
}

/** The names of an object literal or enum; undefined where there may be more. */
export function keysOfValue(run: Run, name: string, scope: Scope): readonly string[] | undefined {
  const value = valueOf(run, name, scope, findType(run, name, scope, 'value'));
  if (value?.t !== 'object' || value.open) return undefined;
  return [...value.props.keys()]
    .filter((key) => !key.startsWith('[['))
    .map((key) => key.replace(/^[gs]et /, ''));
}

function valueOf(run: Run, name: string, scope: Scope, named: Named | undefined): Value | undefined {
  if (named?.kind === 'constant' || named?.kind === 'value') {
    const record = moduleOf(run, named.file);
    return record && lookup(run, named.name, record.scope);
  }
  if (named) return undefined;
  const record = moduleOf(run, scope.file);
  return lookup(run, name, scope) ?? (record && lookup(run, name, record.scope));
}

/** Without `as const`, TypeScript forgets which text or number it was. */
function widened(shape: Shape): Shape {
  switch (shape.kind) {
    case 'string':
      return { kind: 'string' };
    case 'number':
      return { kind: 'number', integer: false };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return { ...shape, items: widened(shape.items) };
    case 'union':
      return unionOf(shape.of.map(widened)) ?? shape;
    case 'object':
      return {
        ...shape,
        fields: Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [
            name,
            { ...field, shape: widened(field.shape) },
          ]),
        ),
      };
    default:
      return shape;
  }
}
