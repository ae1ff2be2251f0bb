/** `instanceof`: whether a value was made by a class. */

import { jsonOfType } from '../shapes/types.ts';
import { isErrorClass } from './errors.ts';
import { inHandler, type Run } from './run.ts';
import { lookup } from './scopes.ts';
import type { ClassValue, ExternalValue, Site, Value, WrittenType } from './values.ts';
import { awaited } from './written.ts';

/** Undefined where the source does not tell. */
export function isInstance(run: Run, value: Value, of: Value, site: Site): boolean | undefined {
  if (of.t === 'native') return value.t === 'array' ? of.name === 'Array' : undefined;
  if (of.t !== 'class' && of.t !== 'external') return undefined;
  switch (value.t) {
    case 'text':
    case 'number':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'array':
      return false;
    case 'object':
      return (value.cls && isOfClass(value.cls, of)) ?? askFrameworks(run, value, of);
    case 'unknown':
      return value.type && !value.reading && inHandler(run)
        ? isOfType(run, value.type, of, site)
        : askFrameworks(run, value, of);
    default:
      return askFrameworks(run, value, of);
  }
}

function askFrameworks(run: Run, value: Value, of: ClassValue | ExternalValue): boolean | undefined {
  if (of.t !== 'external') return undefined;
  for (const framework of run.frameworks) {
    const decided = framework.isInstance?.(value, of);
    if (decided !== undefined) return decided;
  }
  return undefined;
}

/** Undefined where a parent that is not read may be the class, or a descendant of it. */
export function isOfClass(cls: Value, of: Value): boolean | undefined {
  let current: Value | undefined = cls;
  for (; current?.t === 'class'; current = current.parent) {
    if (of.t === 'class' && current.decl === of.decl) return true;
  }
  if (of.t !== 'external' || !current) return false;
  if (!isErrorClass(current)) return undefined;
  return isErrorClass(of) && (of.path.length === 0 || of.path[0] === current.path[0]);
}

/** What a type says against it: lists and scalars are no instances, and a class of the project is none of a package. */
function isOfType(
  run: Run,
  { type, scope }: WrittenType,
  of: ClassValue | ExternalValue,
  site: Site,
): false | undefined {
  const { shape, optional } = jsonOfType(run, type, scope, site.at);
  if (optional || !shape) return undefined;
  if (/^(?:array|string|number|boolean)$/.test(shape.kind)) return false;
  const named = awaited(type);
  const cls = named.k === 'ref' && !named.name.includes('.') ? lookup(run, named.name, scope) : undefined;
  return of.t === 'external' && cls?.t === 'class' && isOfClass(cls, of) === false ? false : undefined;
}
