/** Values that may be one of several. */

import { isSchema } from '../shapes/validators/modules.ts';
import {
  noPlace,
  placeOf,
  undefinedValue,
  unknownValue,
  type ExternalValue,
  type FunctionValue,
  type ModelValue,
  type TextPart,
  type TextValue,
  type UnknownValue,
  type Value,
  type WrittenType,
} from './values.ts';

/** A union larger than this says nothing any more. */
export const unionLimit = 32;

/** All alternatives of a value, flattened. */
export function alternatives(value: Value): readonly Value[] {
  return value.t === 'union' ? value.of : [value];
}

/** `null` or `undefined`. */
export function isNothing({ t }: Value): boolean {
  return t === 'null' || t === 'undefined';
}

/** Nothing, or a value without parts. */
export function isPlain({ t }: Value): boolean {
  return t === 'undefined' || t === 'null' || t === 'boolean' || t === 'number' || t === 'text';
}

/** A property with this value was perhaps never written. */
export function mayBeAbsent(value: Value): boolean {
  return alternatives(value).some(({ t }) => t === 'undefined');
}

/** Of one value that is narrower on one of two ways, what holds behind both. */
function wider(a: Value, b: Value): Value {
  if ((a.t !== 'unknown' && a.t !== 'external') || (b.t !== 'unknown' && b.t !== 'external')) return a;
  const { truthy, ...rest } = a;
  const held: Value = truthy && !b.truthy ? rest : a;
  if (!a.type?.from) return held;
  const common = commonType(a.type, b.type);
  return common ? { ...held, type: common } : held;
}

/** What two types were before conditions made them narrower. */
function commonType(a: WrittenType | undefined, b: WrittenType | undefined): WrittenType | undefined {
  const others = new Set(writtenAs(b));
  return writtenAs(a).find((type) => others.has(type));
}

function writtenAs(type: WrittenType | undefined): readonly WrittenType[] {
  return type ? [type, ...writtenAs(type.from)] : [];
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.t !== b.t) return false;
  switch (a.t) {
    case 'undefined':
    case 'null':
      return true;
    case 'boolean':
      return a.value === (b as typeof a).value;
    case 'number':
      return a.value === (b as typeof a).value;
    case 'text':
      return sameText(a.parts, (b as TextValue).parts);
    case 'function':
      return (
        a.fn === (b as FunctionValue).fn &&
        a.scope === (b as FunctionValue).scope &&
        a.self === (b as FunctionValue).self
      );
    case 'model':
      return a.model === (b as ModelValue).model;
    case 'unknown':
      return a.verdict === (b as UnknownValue).verdict && a.unseen === (b as UnknownValue).unseen;
    case 'external': {
      // A condition makes copies of what it finds to be there.
      const { path, args, on, type, at } = b as ExternalValue;
      const isCopy = a.at === at && a.path === path && a.args === args && a.on === on;
      return isCopy && (a.type === type || commonType(a.type, type) !== undefined);
    }
    default:
      return false;
  }
}

function sameText(a: readonly TextPart[], b: readonly TextPart[]): boolean {
  return (
    a.length === b.length &&
    a.every((part, index) => {
      const other = b[index];
      if (!other) return false;
      return 'text' in part ? 'text' in other && part.text === other.text : !('text' in other);
    })
  );
}

/** The value that may be any of these. */
export function union(values: readonly Value[]): Value {
  const [first] = values;
  if (first && values.length === 1) return first;
  const flat: Value[] = [];
  for (const value of values) {
    for (const one of alternatives(value)) {
      const known = flat.findIndex((other) => sameValue(one, other));
      if (known >= 0) {
        flat[known] = wider(flat[known] ?? one, one);
        continue;
      }
      if (flat.length >= unionLimit) {
        return unknownValue({ why: 'limit', what: 'too many alternatives', at: placeOf(one) ?? noPlace });
      }
      flat.push(one);
    }
  }
  const [only] = flat;
  if (flat.length === 1 && only) return only;
  if (flat.length === 0) return undefinedValue;
  const verdict = values.map((one) => (one.t === 'union' ? one.verdict : undefined)).find((one) => one);
  return { t: 'union', of: flat, ...(verdict && { verdict }) };
}

/** Is it true in a condition? Undefined where the source does not decide. */
export function truthiness(value: Value): boolean | undefined {
  switch (value.t) {
    case 'undefined':
    case 'null':
      return false;
    case 'boolean':
      return value.value;
    case 'number':
      return value.value !== 0;
    case 'text': {
      if (value.parts.some((part) => !('text' in part) || part.configured)) return undefined;
      return value.parts.some((part) => 'text' in part && part.text !== '');
    }
    case 'union': {
      const all = value.of.map(truthiness);
      return all.every((one) => one === all[0]) ? all[0] : undefined;
    }
    case 'unknown':
      return value.truthy;
    case 'external':
      return value.args && isSchema(value.module, value.path) ? true : value.truthy;
    default:
      return true;
  }
}
