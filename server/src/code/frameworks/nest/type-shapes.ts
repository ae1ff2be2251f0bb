/** Shapes of written types, as far as parameters need them: scalars, lists of them, enums. */

import type { Span } from '../../../contract/span.ts';
import type { Shape } from '../../../contract/shape.ts';
import type { TypeExpr } from '../../program/program.ts';
import { lookup } from '../../evaluate/expressions.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { fixedText, type Scope, type Value } from '../../evaluate/values.ts';

export function shapeOfType(run: Run, type: TypeExpr | undefined, scope: Scope, at: Span): Shape {
  const unknown: Shape = { kind: 'unknown', reason: { why: 'dynamic', what: 'type', at } };
  switch (type?.k) {
    case 'kw':
      return keywordShape(type.name) ?? unknown;
    case 'lit':
      return literalShape(type.v);
    case 'array':
      return { kind: 'array', items: shapeOfType(run, type.item, scope, at) };
    case 'union': {
      const parts = type.of.filter((one) => !isUndefined(one));
      const [only] = parts;
      if (parts.length === 1 && only) return shapeOfType(run, only, scope, at);
      const texts = parts.flatMap((one) => (one.k === 'lit' && typeof one.v === 'string' ? [one.v] : []));
      return texts.length === parts.length
        ? { kind: 'string', values: texts }
        : { kind: 'union', of: parts.map((one) => shapeOfType(run, one, scope, at)) };
    }
    case 'ref': {
      if (type.name === 'Array' && type.args[0])
        return { kind: 'array', items: shapeOfType(run, type.args[0], scope, at) };
      if (type.name === 'Date') return { kind: 'string', format: 'date-time' };
      const named = type.name.includes('.') ? undefined : lookup(run, type.name, scope);
      return (named && enumShape(run, named)) ?? unknown;
    }
    default:
      return unknown;
  }
}

function keywordShape(name: string): Shape | undefined {
  switch (name) {
    case 'string':
      return { kind: 'string' };
    case 'number':
      return { kind: 'number', integer: false };
    case 'boolean':
      return { kind: 'boolean' };
    case 'null':
      return { kind: 'null' };
    default:
      return undefined;
  }
}

function literalShape(value: string | number | boolean): Shape {
  if (typeof value === 'string') return { kind: 'string', values: [value] };
  return typeof value === 'number'
    ? { kind: 'number', integer: Number.isInteger(value), values: [value] }
    : { kind: 'boolean' };
}

/** An object whose values are all fixed texts or all numbers: an enum, or what is used as one. */
export function enumShape(run: Run, value: Value): Shape | undefined {
  if (value.t !== 'object' || value.cls || value.open || value.props.size === 0) return undefined;
  const values = [...value.props.values()].map((cell) => read(run, cell));
  const texts = values.flatMap((one) => (one.t === 'text' ? (fixedText(one) ?? []) : []));
  if (texts.length === values.length) return { kind: 'string', values: texts };
  const numbers = values.flatMap((one) => (one.t === 'number' ? [one.value] : []));
  return numbers.length === values.length
    ? { kind: 'number', integer: numbers.every(Number.isInteger), values: numbers }
    : undefined;
}

export function isUndefined(type: TypeExpr): boolean {
  return type.k === 'kw' && type.name === 'undefined';
}

/** Does the type itself allow the value to be missing? */
export function allowsMissing(type: TypeExpr | undefined): boolean {
  return type?.k === 'union' && type.of.some(isUndefined);
}
