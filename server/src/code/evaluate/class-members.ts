/** Members of classes and of their instances: methods, getters, statics and what is inherited. */

import type { ClassDecl, Member } from '../program/program.ts';
import { callFunction } from './calls.ts';
import { isErrorClass } from './errors.ts';
import { evaluate } from './expressions.ts';
import { read, type Run } from './run.ts';
import { fixedText } from './text-parts.ts';
import {
  text,
  undefinedValue,
  type ClassValue,
  type FunctionValue,
  type Scope,
  type Site,
  type Value,
} from './values.ts';
import { getMember, functionMethod } from './members.ts';

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

export function classMember(run: Run, value: ClassValue, name: string, site: Site, self: ClassValue): Value {
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
