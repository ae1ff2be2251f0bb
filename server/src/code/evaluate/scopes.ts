/** What a name means where it stands. */

import { findMember, methodValue } from './class-members.ts';
import { getMember } from './members.ts';
import { inHandler, read, type Run } from './run.ts';
import { isVariableSet } from './set-later.ts';
import { isNothing, isPlain } from './alternatives.ts';
import { type Cell, dynamic, type Scope, type Site, undefinedValue, type Value } from './values.ts';

export function lookupCell(name: string, scope: Scope): Cell | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    const cell = current.vars.get(name);
    if (cell) return cell;
  }
  return undefined;
}

export function lookup(run: Run, name: string, scope: Scope): Value | undefined {
  const cell = lookupCell(name, scope);
  return cell && read(run, cell);
}

/** A variable of a module without a value, or with one that functions change: between requests it may be set. */
export function variable(run: Run, name: string, scope: Scope, at: Site['at']): Value | undefined {
  const value = lookup(run, name, scope);
  if (!value || !isPlain(value) || !inHandler(run)) return value;
  let outermost = scope;
  while (outermost.parent && !outermost.vars.has(name)) outermost = outermost.parent;
  const isFilledLater = isNothing(value) || isVariableSet(run, outermost.file, name);
  return outermost.parent || !isFilledLater ? value : dynamic(`variable ${name} that is filled later`, at);
}

export function selfOf(run: Run, scope: Scope): Value | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    if (current.self) return read(run, current.self);
  }
  return undefined;
}

export function homeOf(scope: Scope): Scope['home'] {
  for (let current: Scope | undefined = scope; current; current = current.parent)
    if (current.home) return current.home;
  return undefined;
}

export function superObject(run: Run, scope: Scope): Value | undefined {
  const home = homeOf(scope);
  return home?.parent && selfOf(run, scope);
}

export function superMember(run: Run, name: string, scope: Scope, site: Site): Value {
  const self = selfOf(run, scope) ?? undefinedValue;
  for (
    let parent = homeOf(scope)?.parent;
    parent;
    parent = parent.t === 'class' ? parent.parent : undefined
  ) {
    if (parent.t !== 'class') return getMember(run, parent, name, site);
    const member = findMember(run, parent, name, self.t === 'class');
    if (member?.k === 'method') return methodValue(parent, member, self);
  }
  return dynamic(`super.${name}`, site.at);
}
