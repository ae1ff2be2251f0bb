/** Reading and writing properties of values. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Span } from '../../contract/span.ts';
import type { ClassDecl, Member } from '../program/program.ts';
import { regexMember, textMember } from './texts.ts';
import { mapMember } from './maps.ts';
import { arrayMember } from './arrays.ts';
import { callFunction, callValue, callbacks } from './calls.ts';
import { insideDocument, isLoaded } from './documents.ts';
import { isErrorClass } from './errors.ts';
import { evaluate } from './expressions.ts';
import { globalValue, owns as ownsProperty } from './globals.ts';
import { isHandler } from './look.ts';
import { isListMethod, listBehind, untypedList } from './lists.ts';
import { charge, found, inHandler, read, touch, write, type Run } from './run.ts';
import { objectBehind } from '../shapes/named-shapes.ts';
import { jsonOfType } from '../shapes/types.ts';
import { noteMember } from './readings.ts';
import { isFieldSet, isFieldSetOn } from './set-later.ts';
import { typeValue } from './types.ts';
import { memberOf } from './written.ts';
import { alternatives, isPlain, union } from './alternatives.ts';
import { leaveOpen, unlisted } from './items.ts';
import { fixedText } from './text-parts.ts';
import {
  dynamic,
  native,
  objectOf,
  text,
  undefinedValue,
  unknownValue,
  type Cell,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  type Scope,
  type Site,
  type UnknownValue,
  type Value,
  type WrittenType,
} from './values.ts';

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
      return union(
        value.of
          .filter((one) => one.t !== 'undefined' && one.t !== 'null')
          .map((one) => getMember(run, one, name, site)),
      );
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
  return name === 'map' ? mapMethod(run, value, member, site) : member;
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

/** A method, getter or inherited field of an instance's class. */
export function instanceMember(
  run: Run,
  cls: ClassValue,
  name: string,
  self: Value,
  site: Site,
): Value | undefined {
  for (let current: Value | undefined = cls; current?.t === 'class'; current = current.parent) {
    const own: ClassValue = current;
    const member = findMember(run, own, name, false);
    if (member?.k === 'method') return methodValue(own, member, self);
    if (member?.k === 'get') return callFunction(run, methodValue(own, member, self), [], site);
    if (own.parent && own.parent.t !== 'class')
      return isErrorClass(own.parent) ? undefined : getMember(run, own.parent, name, site);
  }
  return undefined;
}

export function findMember(run: Run, cls: ClassValue, name: string, isStatic: boolean): Member | undefined {
  const named = namedMembers(run, cls.decl);
  if (named) return named[isStatic ? 'statics' : 'own'].get(name);
  return cls.decl.members.find(
    (member) =>
      (member.static ?? false) === isStatic &&
      isFound(member) &&
      keyText(run, member.key, cls.scope) === name,
  );
}

/** Methods and getters of a class by name, the first where several have one. */
export interface NamedMembers {
  readonly own: ReadonlyMap<string, Member>;
  readonly statics: ReadonlyMap<string, Member>;
}

function namedMembers(run: Run, decl: ClassDecl): NamedMembers | undefined {
  const known = run.members.get(decl);
  if (known !== undefined) return known ?? undefined;
  const found = decl.members.filter(isFound);
  const named = found.every(({ key }) => typeof key === 'string')
    ? {
        own: byName(found.filter((member) => member.static !== true)),
        statics: byName(found.filter((member) => member.static === true)),
      }
    : undefined;
  run.members.set(decl, named ?? null);
  return named;
}

function isFound(member: Member): boolean {
  return member.k === 'method' ? !member.overload : member.k === 'get';
}

function byName(members: readonly Member[]): ReadonlyMap<string, Member> {
  return new Map(members.toReversed().map((member) => [String(member.key), member]));
}

export function methodValue(
  cls: ClassValue,
  member: Member & { readonly k: 'method' | 'get' | 'set' | 'ctor' },
  self: Value,
): FunctionValue {
  return {
    t: 'function',
    fn: member.fn,
    scope: cls.scope,
    self,
    home: cls,
    props: new Map(),
    at: { file: cls.scope.file, start: member.ns, end: member.ne },
  };
}

export function keyText(run: Run, key: Member['key'], scope: Scope): string | undefined {
  return typeof key === 'string' ? key : fixedText(evaluate(run, key, scope));
}

function classMember(run: Run, value: ClassValue, name: string, site: Site, self: ClassValue): Value {
  const cell = value.statics.get(name);
  if (cell) return read(run, cell);
  const member = findMember(run, value, name, true);
  if (member?.k === 'method') return methodValue(value, member, self);
  if (member?.k === 'get') return callFunction(run, methodValue(value, member, self), [], site);
  if (name === 'name') return text(value.decl.name ?? '', value.at);
  if (name === 'prototype') return { t: 'object', props: new Map(), cls: value, open: false, at: value.at };
  // `static getInstance()` and `new this()` work through `self`; an undeclared `instance` may still be set elsewhere.
  if (value.parent?.t === 'class') return classMember(run, value.parent, name, site, self);
  if (value.parent) return getMember(run, value.parent, name, site);
  return functionMethod(run, value, name) ?? undefinedValue;
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

function functionMethod(run: Run, value: Value, name: string): Value | undefined {
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

export function setMember(run: Run, target: Value, name: string, value: Value, site: Site): void {
  for (const one of alternatives(target)) {
    switch (one.t) {
      case 'object': {
        const setter = one.props.get(`set ${name}`);
        if (setter) callValue(run, read(run, setter), [value], site, one);
        else if (one.born && run.journal && one.born !== run.journal && !one.props.has(name)) {
          // On the other ways it is not there.
          const added: Cell = { value: undefined };
          one.props.set(name, added);
          write(run, added, value);
        } else writeCell(run, one.props, name, value);
        break;
      }
      case 'function':
        writeCell(run, one.props, name, value);
        break;
      case 'class':
        writeCell(run, one.statics, name, value);
        break;
      case 'model':
        one.model.set?.(name, value, site, run);
        break;
      case 'array': {
        touch(run, one);
        const index = Number(name);
        if (Number.isInteger(index) && index >= 0 && index <= one.items.length) one.items[index] = value;
        else if (name === 'length' && value.t === 'number' && value.value === 0) one.items = [];
        else if (Number.isNaN(index) && name !== 'length')
          writeCell(run, (one.props ??= new Map()), name, value);
        break;
      }
      case 'unknown':
      case 'external':
        if (one.type) run.written?.add(name);
        break;
      default:
    }
  }
}

function writeCell(run: Run, cells: Map<string, Cell>, name: string, value: Value): void {
  const cell = cells.get(name);
  if (cell) write(run, cell, value);
  else cells.set(name, { value, born: run.journal });
}

/** A property that the source does not name is written: each of them may have another value now. */
export function writeAnywhere(run: Run, target: Value, site: Site): void {
  for (const one of alternatives(target)) {
    if (one.t === 'array') touch(run, one);
    if (one.t === 'object') one.open = true;
    if (one.t === 'array') leaveOpen(one);
    if (one.t === 'object' && inHandler(run))
      for (const [name, cell] of one.props)
        if (!name.startsWith('[[')) write(run, cell, dynamic('property that may be overwritten', site.at));
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
