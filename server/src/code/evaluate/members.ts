/** Reading properties of values. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Span } from '../../contract/span.ts';
import { regexMember, textMember } from './texts.ts';
import { mapMember } from './maps.ts';
import { arrayMember } from './arrays.ts';
import { callValue, callbacks } from './calls.ts';
import { insideDocument, isLoaded } from './documents.ts';
import { globalValue, owns as ownsProperty } from './globals.ts';
import { isHandler } from './look.ts';
import { isListMethod, listBehind, untypedList } from './lists.ts';
import { charge, found, inHandler, read, type Run } from './run.ts';
import { objectBehind } from '../shapes/named-shapes.ts';
import { jsonOfType } from '../shapes/types.ts';
import { noteMember } from './readings.ts';
import { isFieldSet, isFieldSetOn } from './set-later.ts';
import { typeValue } from './types.ts';
import { memberOf } from './written.ts';
import { alternatives, isNothing, isPlain, union } from './alternatives.ts';
import { unlisted } from './items.ts';
import { fixedText } from './text-parts.ts';
import { isTransaction, transaction } from './transactions.ts';
import {
  dynamic,
  native,
  objectOf,
  text,
  undefinedValue,
  unknownValue,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  type Scope,
  type Site,
  type UnknownValue,
  type Value,
  type WrittenType,
} from './values.ts';
import { instanceMember, classMember } from './class-members.ts';

export function getMember(run: Run, value: Value, name: string, site: Site): Value {
  switch (value.t) {
    case 'object':
      return objectMember(run, value, name, site);
    case 'array': {
      const own = value.props?.get(name);
      return own ? read(run, own) : arrayMember(run, value, name, site);
    }
    case 'text':
      return textMember(run, value, name, site) ?? thenable(run, value, name) ?? undefinedValue;
    case 'regex':
      return regexMember(value, name) ?? thenable(run, value, name) ?? undefinedValue;
    case 'function':
      return functionMember(run, value, name);
    case 'class':
      return classMember(run, value, name, site, value);
    case 'model':
      return thenable(run, value, name) ?? value.model.get(name, site);
    case 'external':
      return externalMember(run, value, name, site);
    case 'union':
      return union(value.of.filter((one) => !isNothing(one)).map((one) => getMember(run, one, name, site)));
    case 'native':
      return value.props?.get(name) ?? functionMethod(run, value, name) ?? undefinedValue;
    case 'unknown':
      return noteMember(run, value, name, unknownMember(run, value, name, site));
    default:
      return thenable(run, value, name) ?? undefinedValue;
  }
}

function unknownMember(run: Run, value: UnknownValue, name: string, site: Site): Value {
  const made = value.type && typeValue(run, value.type.type, value.type.scope, site.at);
  if (made && made.t !== 'unknown') return getMember(run, made, name, site);
  const known = listMember(run, value, name, site) ?? thenable(run, value, name);
  if (known) return known;
  const member: UnknownValue = {
    t: 'unknown',
    reason: value.reason,
    ...(value.configured && { configured: true as const }),
    ...(value.verdict && { verdict: value.verdict }),
    ...(value.type && { type: memberOf(value.type, name) }),
  };
  if (name === 'map') return mapMethod(run, value, member, site);
  return isTransaction(name)
    ? native(
        name,
        (args, at) => transaction(run, name, value, args, at) ?? callValue(run, member, args, at, value),
      )
    : member;
}

function externalMember(run: Run, value: Extract<Value, { t: 'external' }>, name: string, site: Site): Value {
  const ofList = listMember(run, value, name, site);
  if (ofList) return ofList;
  const chained = thenable(run, value, name);
  if (chained && (value.args || isLoaded(value))) return chained;
  const path = name === 'default' && !value.args ? value.path : [...value.path, name];
  const member: ExternalValue = {
    t: 'external',
    module: value.module,
    path,
    at: site.at,
    ...(value.args ? { on: value } : value.on ? { on: value.on } : {}),
    ...(value.type && { type: memberOf(value.type, name) }),
  };
  const inside = insideDocument(run, member);
  if (inside) return inside;
  for (const framework of run.frameworks) {
    const constant = framework.constant?.(member);
    if (constant) return constant;
  }
  return name === 'map' ? mapMethod(run, value, member, site) : member;
}

/** `rows.map(present)`: what the callback makes of a row is known, though the row is not. */
function mapMethod(run: Run, value: UnknownValue | ExternalValue, plain: Value, site: Site): Value {
  const list = untypedList(run, value, site);
  if (!list) return plain;
  return native('map', (args, at) => {
    const isCallback = args[0]?.t === 'function' && !isHandler(args[0].fn);
    const result = isCallback ? callValue(run, arrayMember(run, list, 'map', at), args, at) : undefined;
    const isKnown =
      result?.t === 'array' && result.items.flatMap(alternatives).some(({ t }) => t === 'object');
    return isKnown ? result : callValue(run, plain, args, at, value);
  });
}

function listMember(run: Run, value: Value, name: string, site: Site): Value | undefined {
  const list = isListMethod(name) ? listBehind(run, value, site) : undefined;
  return list && arrayMember(run, list, name, site);
}

/** Promises are transparent: a promise of a value is the value. */
function thenable(run: Run, value: Value, name: string): Value | undefined {
  switch (name) {
    case 'then':
      return native('then', ([onValue], site) => (onValue ? callValue(run, onValue, [value], site) : value));
    case 'catch':
      return native('catch', (args, site) => {
        callbacks(run, args, [dynamic('rejection', site.at)], site);
        return value;
      });
    case 'finally':
      return native('finally', (args, site) => {
        callbacks(run, args, [], site);
        return value;
      });
    default:
      return undefined;
  }
}

function objectMember(run: Run, value: ObjectValue, name: string, site: Site): Value {
  const cell = value.props.get(name);
  if (cell) {
    const found = read(run, cell);
    const later = (one: Value): Value =>
      isFilledLater(run, value, name, one, site)
        ? dynamic(`field ${name} that is filled later`, site.at)
        : one;
    return found.t === 'union' ? { ...found, of: found.of.map(later) } : later(found);
  }
  const getter = value.props.get(`get ${name}`);
  if (getter) return callValue(run, read(run, getter), [], site, value);
  if (value.cls) {
    const found = instanceMember(run, value.cls, name, value, site);
    if (found) return found;
  }
  if (value.proto) {
    const inherited = getMember(run, value.proto, name, site);
    if (inherited.t !== 'undefined')
      return inherited.t === 'function' ? { ...inherited, self: value } : inherited;
  }
  const built = mapMember(run, value, name, site) ?? thenable(run, value, name);
  if (built) return built;
  if (name === 'hasOwnProperty')
    return native(
      name,
      ([key]) => hasKey(value, key),
      new Map([['call', native('call', ([object, key], at) => ownsProperty(run, object, key, at))]]),
    );
  if (name === 'toString') return native(name, (_, at) => dynamic('text of an object', at.at));
  if (name === 'constructor') {
    const made = value.cls ?? (value.open || value.proto ? undefined : plainObject(run, site));
    if (made) return made;
  }
  if (value.open) return dynamic(`property ${name}`, site.at);
  return isFilledLater(run, value, name, undefinedValue, site)
    ? dynamic(`field ${name} that is filled later`, site.at)
    : undefinedValue;
}

/** A field of something that lives as long as the server, which a request or the end of the start fills. */
function isFilledLater(
  run: Run,
  { cls, born, at }: ObjectValue,
  name: string,
  found: Value,
  site: Site,
): boolean {
  if (born || !inHandler(run)) return false;
  const isState = isPlain(found) || (found.t === 'object' && !found.cls);
  if (!cls && isState && isFieldSetOn(run, at, name, site.file)) return true;
  if (found.t === 'null') return cls !== undefined;
  return found.t === 'boolean' && [site.file, at.file].some((file) => isFieldSet(run, file, name));
}

/** What made an object literal: the same each time, for comparing with it. */
function plainObject(run: Run, site: Site): Value | undefined {
  return globalValue(run, 'Object', { vars: new Map(), file: site.file }, site.at);
}

function hasKey(value: ObjectValue, key: Value | undefined): Value {
  const name = key && fixedText(key);
  if (name === undefined || value.open) return unknownValue({ why: 'pending' });
  return { t: 'boolean', value: value.props.has(name) };
}

function functionMember(run: Run, value: FunctionValue, name: string): Value {
  const cell = value.props.get(name);
  if (cell) return read(run, cell);
  if (name === 'prototype') {
    const prototype = objectOf([], value.at);
    value.props.set(name, { value: prototype });
    return prototype;
  }
  if (name === 'name') return text(value.fn.name ?? '', value.at);
  if (name === 'length') return { t: 'number', value: value.fn.params.length };
  return functionMethod(run, value, name) ?? thenable(run, value, name) ?? undefinedValue;
}

export function functionMethod(run: Run, value: Value, name: string): Value | undefined {
  switch (name) {
    case 'call':
      return native('call', ([self, ...args], site) => callValue(run, value, args, site, self));
    case 'apply':
      return native('apply', ([self, list], site) =>
        callValue(run, value, list?.t === 'array' ? list.items : [], site, self),
      );
    case 'bind':
      return native('bind', ([self, ...bound]) => {
        if (value.t !== 'function') return value;
        return {
          ...value,
          ...(self && !value.fn.arrow && { self }),
          ...((bound.length > 0 || value.bound) && { bound: [...(value.bound ?? []), ...bound] }),
        };
      });
    default:
      return undefined;
  }
}

/** `value[key]`. */
export function getIndex(run: Run, value: Value, key: Value, site: Site): Value {
  const results: Value[] = [];
  for (const one of alternatives(key)) {
    const name = fixedText(one);
    if (name !== undefined) results.push(getMember(run, value, name, site));
    else if (value.t === 'array') results.push(union([...value.items, ...unlisted(found(run, value), site)]));
    else if (value.t === 'object' && !value.open && value.props.size > 0 && value.props.size <= 64) {
      results.push(union([...value.props.values()].map((cell) => read(run, cell))));
    } else if (value.t === 'model') {
      value.model.enumerate?.(site);
      results.push(dynamic('computed property', site.at));
    } else results.push(dynamic('computed property', site.at));
  }
  return union(results);
}

/** The properties that a value surely has, for spreading and enumeration; undefined where they are not known. */
export function entriesOf(
  run: Run,
  value: Value,
  site: Site,
): { readonly entries: readonly (readonly [string, Value])[]; readonly open: boolean } {
  switch (value.t) {
    case 'object': {
      charge(run, value.props.size);
      const entries = [...value.props]
        .filter(([name]) => !name.startsWith('get ') && !name.startsWith('set '))
        .map(([name, cell]) => [name, read(run, cell)] as const);
      return { entries, open: value.open };
    }
    case 'array':
      return { entries: value.items.map((item, index) => [String(index), item] as const), open: value.open };
    case 'undefined':
    case 'null':
    case 'boolean':
      return { entries: [], open: false };
    case 'model':
      value.model.enumerate?.(site);
      return { entries: [], open: true };
    case 'unknown': {
      const made = value.type && typeValue(run, value.type.type, value.type.scope, site.at);
      if (made && made.t !== 'unknown') return entriesOf(run, made, site);
      return value.type ? entriesOfType(run, value.type, value.reason, site) : { entries: [], open: true };
    }
    case 'external': {
      const inside = insideDocument(run, value);
      if (inside) return entriesOf(run, inside, site);
      return value.type
        ? entriesOfType(run, value.type, { why: 'dynamic', what: 'property', at: site.at }, site)
        : { entries: [], open: true };
    }
    default:
      return { entries: [], open: true };
  }
}

/** The properties that a written type lists. */
function entriesOfType(
  run: Run,
  written: WrittenType,
  reason: UnknownReason,
  site: Site,
): ReturnType<typeof entriesOf> {
  const { shape } = jsonOfType(run, written.type, written.scope, site.at);
  const object = objectBehind(run, shape);
  if (!object) return { entries: [], open: true };
  const entries = Object.entries(object.fields).map(([name, { required }]): readonly [string, Value] => {
    const value: Value = { t: 'unknown', reason, type: memberOf(written, name) };
    // A column of a database is there unless a query leaves it out.
    return [name, required === false ? union([value, undefinedValue]) : value];
  });
  return { entries, open: object.open };
}

export function spanOf(scope: Scope, node: { readonly s: number; readonly e: number }): Span {
  return { file: scope.file, start: node.s, end: node.e };
}
