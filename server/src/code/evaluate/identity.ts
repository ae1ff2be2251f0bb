/**
 * Names of values under which calls meet that cannot tell their arguments apart: all that a value is made of counts,
 * places included, and what can only be compared by identity gets a number.
 */

import type { TypeExpr } from '../program/program.ts';
import {
  outside,
  type Cell,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  type TextPart,
  type Value,
  type WrittenType,
} from './values.ts';
import type { Span } from '../../contract/span.ts';

/** Numbers of what is compared by identity. */
export interface Identities {
  readonly numbers: WeakMap<object, number>;
  readonly types: WeakMap<TypeExpr, string>;
  last: number;
}

export function createIdentities(): Identities {
  return { numbers: new WeakMap(), types: new WeakMap(), last: 0 };
}

/** More parts than this are not worth naming, nor are those nested deeper. */
const partLimit = 400;
const depthLimit = 8;

/** The name of a value; undefined where a call may do something to what it is made of that outlives the call. */
export function identityOf(identities: Identities, value: Value): string | undefined {
  const naming: Naming = { identities, parts: 0, fails: false };
  const name = nameOf(naming, value, 0);
  return naming.fails ? undefined : name;
}

/** The number of an object, the same for as long as it is asked for. */
export function numberOf(identities: Identities, object: object): number {
  const known = identities.numbers.get(object);
  if (known !== undefined) return known;
  identities.last += 1;
  identities.numbers.set(object, identities.last);
  return identities.last;
}

interface Naming {
  readonly identities: Identities;
  parts: number;
  fails: boolean;
}

function fail(naming: Naming): string {
  naming.fails = true;
  return '';
}

function nameOf(naming: Naming, value: Value, depth: number): string {
  naming.parts += 1;
  if (naming.parts > partLimit || depth > depthLimit) return fail(naming);
  switch (value.t) {
    case 'text':
      return `"${value.parts.map(partName).join('+')}"${placeName(value.at)}`;
    case 'number':
      return `#${value.value}${value.at ? placeName(value.at) : ''}`;
    case 'boolean':
      return String(value.value);
    case 'null':
    case 'undefined':
      return value.t;
    case 'regex':
      return `/${value.source}/${value.flags}${placeName(value.at)}`;
    case 'object':
      return objectName(naming, value, depth);
    case 'array':
      return `[${madeName(value.born)}${value.open ? '…' : ''}${value.each ? '~' : ''}${value.loose ? '?' : ''}${value.shared ? '!' : ''}${listName(naming, value.items, depth)}]${placeName(value.at)}`;
    case 'function':
      return functionName(naming, value, depth);
    case 'class':
      return `class${numberOf(naming.identities, value.statics)}`;
    case 'native':
    case 'model':
      return `${value.t}${numberOf(naming.identities, value.t === 'model' ? value.model : value)}`;
    case 'external':
      return externalName(naming, value, depth);
    case 'union':
      if (value.verdict) return fail(naming);
      return `(${listName(naming, value.of, depth)})`;
    case 'unknown':
      // Whoever looks at what a validator found decides something, and what is read of a request is counted.
      if (value.verdict || value.reading) return fail(naming);
      return `?${JSON.stringify(value.reason)}${value.configured ? '~' : ''}${value.unset ? '-' : ''}${
        value.unseen ? '!' : ''
      }${value.truthy ? '+' : ''}${typeName(naming, value.type)}`;
  }
}

function listName(naming: Naming, values: readonly Value[], depth: number): string {
  return values.map((value) => nameOf(naming, value, depth + 1)).join();
}

function madeName(born: object | undefined): string {
  return born === undefined ? '' : born === outside ? '^' : '*';
}

function objectName(naming: Naming, value: ObjectValue, depth: number): string {
  const { cls, proto, born, open } = value;
  const parts = [...value.props].map(
    ([name, cell]) => `${JSON.stringify(name)}:${cellName(naming, cell, depth)}`,
  );
  return `{${madeName(born)}${open ? '…' : ''}${cls ? numberOf(naming.identities, cls.statics) : ''}${
    proto ? `<${nameOf(naming, proto, depth + 1)}>` : ''
  }${parts.join()}}${placeName(value.at)}`;
}

function cellName(naming: Naming, cell: Cell, depth: number): string {
  if (cell.lazy) return `lazy${numberOf(naming.identities, cell)}`;
  return cell.value ? nameOf(naming, cell.value, depth + 1) : '';
}

function functionName(naming: Naming, value: FunctionValue, depth: number): string {
  const { fn, scope, self, home, bound, types, props } = value;
  const number = (object: object): number => numberOf(naming.identities, object);
  return `f${number(fn)},${number(scope)},${self ? selfName(naming, self) : ''},${home ? number(home.statics) : ''},${
    bound ? listName(naming, bound, depth) : ''
  },${types ? types.map((type) => typeName(naming, type)).join() : ''},${
    props.size > 0 ? number(props) : ''
  }`;
}

/** By identity: a method of an object refers back to it. */
function selfName(naming: Naming, self: Value): string {
  return `${self.t}${numberOf(naming.identities, self.t === 'object' ? self.props : self)}`;
}

function externalName(naming: Naming, value: ExternalValue, depth: number): string {
  const { module, path, args, on, type, truthy, at } = value;
  return `${module}#${path.join('.')}${truthy ? '+' : ''}${args ? `(${listName(naming, args, depth)})` : ''}${
    on ? `<${nameOf(naming, on, depth + 1)}>` : ''
  }${typeName(naming, type)}${placeName(at)}`;
}

function typeName({ identities }: Naming, written: WrittenType | undefined): string {
  if (!written) return '';
  const { type, scope, part } = written;
  let name = identities.types.get(type);
  if (name === undefined) {
    name = JSON.stringify(type);
    identities.types.set(type, name);
  }
  // A scope in which nothing stands is as good as any other of its file.
  const isBare = !scope.parent && scope.vars.size === 0;
  return `:${name}${part ? '?' : ''}@${isBare ? scope.file : numberOf(identities, scope)}`;
}

function partName(part: TextPart): string {
  return 'text' in part
    ? `${part.configured ? '~' : ''}${JSON.stringify(part.text)}`
    : JSON.stringify(part.unknown);
}

function placeName({ file, start, end }: Span): string {
  return `@${file}:${start}:${end}`;
}
