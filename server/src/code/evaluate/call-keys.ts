/** When two calls of one function are alike: by the looks of what they are handed. */

import { fixedText } from './text-parts.ts';
import type { ExternalValue, FunctionValue, UnknownValue, Value, WrittenType } from './values.ts';
import { argumentOf } from './written.ts';

/** A key under which calls of one function meet whose arguments look the same; undefined where an argument can be acted on. */
export function keyOfCall({ types }: FunctionValue, args: readonly Value[]): string | undefined {
  const key = keyOfList(args);
  return key === undefined || !types ? key : `<${types.map(typeKey).join()}>${key}`;
}

function keyOfList(args: readonly Value[], depth = 0): string | undefined {
  let list = '';
  for (const arg of args) {
    const key = keyOf(arg, depth);
    if (key === undefined) return undefined;
    list += `${key},`;
  }
  return list;
}

function keyOf(value: Value, depth: number): string | undefined {
  switch (value.t) {
    case 'unknown':
      // What the function does with a verdict counts.
      if (value.verdict) return undefined;
      return unknownKey(value);
    case 'external':
      return unknownKey(value);
    case 'text':
    case 'number':
      return JSON.stringify(fixedText(value)) ?? '?';
    case 'boolean':
      return String(value.value);
    case 'undefined':
    case 'null':
    case 'regex':
      return value.t;
    case 'model':
      return value.model.standing;
    case 'union': {
      const key = value.verdict ? undefined : keyOfList(value.of, depth + 1);
      return key === undefined ? undefined : `(${key})`;
    }
    case 'array': {
      const key = depth > 1 ? undefined : keyOfList(value.items, depth + 1);
      return key === undefined ? undefined : `[${value.open ? '…' : ''}${value.loose ? '?' : ''}${key}]`;
    }
    case 'object': {
      if (depth > 1 || value.cls) return undefined;
      const parts: string[] = [];
      for (const [name, cell] of value.props) {
        const key = cell.value ? keyOf(cell.value, depth + 1) : undefined;
        if (key === undefined) return undefined;
        parts.push(`${name}:${key}`);
      }
      return `{${value.open ? '…' : ''}${parts.join()}}`;
    }
    default:
      return undefined;
  }
}

function unknownKey({ type, truthy }: UnknownValue | ExternalValue): string {
  return `?${type ? typeKey(type) : ''}${truthy ? '!' : ''}`;
}

/** Types that are written alike in one file mean the same there, but for those of functions: then the key is finer than need be. */
function typeKey({ type, scope, part }: WrittenType): string {
  if (part) return `${typeKey({ type, scope })}?`;
  switch (type.k) {
    case 'kw':
      return type.name;
    case 'ref': {
      const bound = type.args.length === 0 ? argumentOf(scope, type.name) : undefined;
      if (bound?.type) return typeKey(bound.type);
      return type.args.length === 0 && !scope.types
        ? `${scope.file}#${type.name}`
        : `${scope.file}:${type.s}:${type.e}`;
    }
    case 'indexed':
      return type.key.k === 'lit'
        ? `${typeKey({ type: type.x, scope })}.${String(type.key.v)}`
        : `${typeKey({ type: type.x, scope })}[]`;
    default:
      return `${scope.file}:${type.s}:${type.e}`;
  }
}
