/** Classes: their definition and the making of instances. */

import type { ClassDecl, Param } from '../program/program.ts';
import { callFunction } from './calls.ts';
import { initialiseError, isErrorClass } from './errors.ts';
import { evaluate } from './expressions.ts';
import { keyText, methodValue } from './class-members.ts';
import { setMember } from './set-member.ts';
import { childScope, execute } from './statements.ts';
import { bornNow, read, type FrameworkModel, type Run } from './run.ts';
import {
  arrayOf,
  dynamic,
  superArgs,
  undefinedValue,
  type ClassValue,
  type ObjectValue,
  type Scope,
  type Site,
  type Value,
} from './values.ts';

/** Decorated classes of the modules that a server starts with, evaluated already, in the order of their files. */
export function decoratedClasses(run: Run): readonly ClassValue[] {
  const found = new Set<ClassValue>();
  for (const file of [...run.modules.keys()].sort()) {
    if (!run.started.has(file)) continue;
    for (const cell of run.modules.get(file)?.scope.vars.values() ?? []) {
      const value = cell.lazy ? undefined : read(run, cell);
      if (value?.t === 'class' && value.scope.file === file && value.decl.decorators.length > 0)
        found.add(value);
    }
  }
  return [...found];
}

export function defineClass(run: Run, decl: ClassDecl, scope: Scope): ClassValue {
  const parent = decl.ext && evaluate(run, decl.ext, scope);
  const statics: ClassValue['statics'] = new Map();
  const cls: ClassValue = {
    t: 'class',
    decl,
    scope,
    statics,
    ...(parent && { parent }),
    at: { file: scope.file, start: decl.ns, end: decl.ne },
  };
  for (const member of decl.members) {
    if (!member.static) continue;
    const inner: Scope = { ...childScope(scope), self: { value: cls }, home: cls };
    if (member.k === 'static') execute(run, member.body, inner);
    else if (member.k === 'field' && member.v) {
      const name = keyText(run, member.key, scope);
      const { v } = member;
      if (name !== undefined) statics.set(name, { value: undefined, lazy: () => evaluate(run, v, inner) });
    }
  }
  return cls;
}

/** `new cls(...args)`. A parameter without an argument is filled from its type, as a dependency injector would. */
export function makeInstance(run: Run, cls: ClassValue, args: readonly Value[], site: Site): ObjectValue {
  const self: ObjectValue = {
    t: 'object',
    props: new Map(),
    cls,
    open: false,
    at: cls.at,
    ...bornNow(run),
  };
  initialise(run, cls, self, args, site);
  return self;
}

/** Classes whose fields or constructors make each other without end are made this often. */
const makingLimit = 2;

function initialise(run: Run, cls: ClassValue, self: Value, args: readonly Value[], site: Site): void {
  if (run.making.filter((decl) => decl === cls.decl).length >= makingLimit) {
    if (self.t === 'object') self.open = true;
    return;
  }
  run.making.push(cls.decl);
  initialiseOnce(run, cls, self, args, site);
  run.making.pop();
}

function initialiseOnce(run: Run, cls: ClassValue, self: Value, args: readonly Value[], site: Site): void {
  const ctor = cls.decl.members.find((member) => member.k === 'ctor' && !member.overload);
  if (ctor?.k !== 'ctor') {
    if (cls.parent) initialiseParent(run, cls.parent, self, args, site);
    initialiseFields(run, cls, self, site);
    return;
  }
  // A derived class has its fields once `super()` returns: `callSuper`.
  if (!cls.parent) initialiseFields(run, cls, self, site);
  const filled = ctor.fn.params.map(
    (param, index) => given(args[index]) ?? injectedValue(run, cls, param) ?? args[index],
  );
  ctor.fn.params.forEach((param, index) => {
    if (!param.property) return;
    const name =
      param.to.k === 'name'
        ? param.to.name
        : param.to.k === 'dflt' && param.to.to.k === 'name'
          ? param.to.to.name
          : undefined;
    if (name === undefined) return;
    const value = given(filled[index]) ?? notGiven(run, cls, param, name);
    setMember(run, self, name, value, site);
  });
  callFunction(
    run,
    methodValue(cls, ctor, self),
    [...filled.map((value) => value ?? undefinedValue), ...args.slice(filled.length)],
    site,
  );
}

/** `super(...args)` in the constructor of `cls`: the parent's part of the instance is made, then the fields of `cls`. */
export function callSuper(run: Run, cls: ClassValue, self: Value, args: readonly Value[], site: Site): void {
  if (cls.parent) initialiseParent(run, cls.parent, self, args, site);
  initialiseFields(run, cls, self, site);
}

/** Of a parameter property: its default, nothing where it may be left out, else what an injector would give. */
function notGiven(run: Run, cls: ClassValue, param: Param, name: string): Value {
  if (param.to.k === 'dflt') return evaluate(run, param.to.v, cls.scope);
  const isInjected = cls.decl.decorators.length > 0 || param.decorators !== undefined;
  if (param.optional && !isInjected) return undefinedValue;
  return {
    ...dynamic(`injected ${name}`, { file: cls.scope.file, start: param.s, end: param.e }),
    ...(param.type && { type: { type: param.type, scope: cls.scope } }),
  };
}

function given(arg: Value | undefined): Value | undefined {
  return arg?.t === 'undefined' ? undefined : arg;
}

function initialiseParent(run: Run, parent: Value, self: Value, args: readonly Value[], site: Site): void {
  if (parent.t === 'class') initialise(run, parent, self, args, site);
  else if (self.t === 'object') {
    if (isErrorClass(parent)) initialiseError(run, self, parent, args, site);
    else self.open = true;
    self.props.set(superArgs, { value: arrayOf(args, site.at) });
  }
}

function injectedValue(
  run: Run,
  cls: ClassValue,
  place: Parameters<NonNullable<FrameworkModel['inject']>>[2],
): Value | undefined {
  for (const framework of run.frameworks) {
    const value = framework.inject?.(run, cls, place);
    if (value) return value;
  }
  return undefined;
}

function initialiseFields(run: Run, cls: ClassValue, self: Value, site: Site): void {
  for (const member of cls.decl.members) {
    if (member.k !== 'field' || member.static) continue;
    const name = keyText(run, member.key, cls.scope);
    if (name === undefined) continue;
    if (member.v) {
      const inner: Scope = { ...childScope(cls.scope), self: { value: self }, home: cls };
      setMember(run, self, name, evaluate(run, member.v, inner), site);
    } else if (self.t === 'object' && !self.props.has(name)) {
      const place = { file: cls.scope.file, start: member.s, end: member.e };
      const value: Value = injectedValue(run, cls, member) ?? {
        ...dynamic(`field ${name}`, place),
        unset: true,
        ...(member.type && { type: { type: member.type, scope: cls.scope } }),
      };
      setMember(run, self, name, value, site);
    }
  }
}

/** The one instance that a dependency injector would hand out. */
export function singleton(run: Run, cls: ClassValue, site: Site): Value {
  const made = run.singletons.get(cls.decl);
  if (made) return made;
  const cell = { value: undefined, lazy: () => makeInstance(run, cls, [], site) };
  // Registered first: two classes may want each other.
  const self: ObjectValue = { t: 'object', props: new Map(), cls, open: true, at: cls.at };
  run.singletons.set(cls.decl, self);
  const instance = read(run, cell);
  if (instance.t === 'object')
    for (const [name, property] of instance.props) {
      // Whoever hands it out has filled it.
      if (property.value?.t === 'unknown' && property.value.unset)
        property.value = { ...property.value, unset: false };
      self.props.set(name, property);
    }
  return self;
}
