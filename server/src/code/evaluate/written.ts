/** What is written about values whose source we cannot evaluate: their types, carried along until a shape is asked for. */

import type { TypeExpr } from '../program/program.ts';
import { inHandler, read, type Run } from './run.ts';
import { isPlain, union } from './alternatives.ts';
import { unlisted } from './items.ts';
import type {
  ArrayValue,
  ClassValue,
  FunctionValue,
  ObjectValue,
  Scope,
  Value,
  WrittenType,
} from './values.ts';

/** Deeper in a literal than this, what is not known stays so. */
const depthLimit = 3;

/** The value, whose unknown parts have what this type says. */
export function withType(run: Run, value: Value, written: WrittenType, depth = 0): Value {
  switch (value.t) {
    case 'unknown':
      return value.type && !isOpen(value.type) ? value : { ...value, type: written };
    case 'external':
      return (value.type && !isOpen(value.type)) || !(value.args ?? value.on)
        ? value
        : { ...value, type: written };
    case 'union': {
      const of = value.of.map((one) => withType(run, one, besideKnown(run, value.of, written), depth));
      return of.some((one, index) => one !== value.of[index]) ? { t: 'union', of } : value;
    }
    case 'object':
      return value.cls || value.proto || !isOfHandler(run, depth)
        ? value
        : typedObject(run, value, written, depth);
    case 'array':
      return isOfHandler(run, depth) ? typedArray(run, value, written, depth) : value;
    case 'function':
      return isHandlerType(written.type) && !value.says ? { ...value, says: written } : value;
    default:
      return value;
  }
}

/** The type of those of several values that are not known: some of what it allows may be there for the others. */
function besideKnown(run: Run, of: readonly Value[], written: WrittenType): WrittenType {
  return of.every((one) => needsType(run, one, depthLimit)) ? written : { ...written, part: true };
}

function isHandlerType(type: TypeExpr): boolean {
  return type.k === 'ref' && /(?:^|\.)RequestHandler$/.test(type.name) && type.args.length > 1;
}

/** What a server makes at its start stays as it is: others see it too. */
function isOfHandler(run: Run, depth: number): boolean {
  return depth < depthLimit && inHandler(run);
}

/** Copies: whoever has the value by another way knows nothing of this type. */
function typedObject(run: Run, value: ObjectValue, written: WrittenType, depth: number): Value {
  let props: ObjectValue['props'] | undefined;
  for (const [name, cell] of value.props) {
    // What nobody has asked for yet may lead anywhere.
    if (cell.lazy || !cell.value || isPlain(cell.value) || name.startsWith('[[')) continue;
    const typed = withType(run, cell.value, { ...memberOf(written, name), part: true }, depth + 1);
    if (typed !== cell.value) (props ??= new Map(value.props)).set(name, { value: typed });
  }
  return props ? { ...value, props } : value;
}

function typedArray(run: Run, value: ArrayValue, { type, scope }: WrittenType, depth: number): Value {
  const item: WrittenType = { type: elementType(type), scope };
  const items = value.items.map((one) => withType(run, one, { ...item, part: true }, depth + 1));
  const open = value.open || isLeftByOthers(value);
  const [rest] = unlisted({ ...value, open }, value);
  if (rest) return { ...value, items: [...items, withType(run, rest, item)], open, each: true };
  return items.some((one, index) => one !== value.items[index]) ? { ...value, items } : value;
}

/** An empty list of the server: other requests fill it. */
function isLeftByOthers({ shared, items }: ArrayValue): boolean {
  return shared === true && items.length === 0;
}

/** `T[number]`. */
export function elementType(type: TypeExpr): TypeExpr {
  const { s, e } = type;
  return { s, e, k: 'indexed', x: awaited(type), key: { s, e, k: 'kw', name: 'number' } };
}

/** `T['name']`; of `T & { name: … }`, what is written of the one member. */
function memberType(type: TypeExpr, name: string): TypeExpr {
  const { s, e } = type;
  if (type.k === 'inter') {
    const [first, second, ...others] = type.of;
    if (first && second?.k === 'obj' && !second.index && others.length === 0)
      return second.members.find((one) => one.name === name)?.t ?? memberType(first, name);
  }
  return { s, e, k: 'indexed', x: awaited(type), key: { s, e, k: 'lit', v: name } };
}

/** `Omit<T, 'name'>`: what is left without a member. */
function without(type: TypeExpr, name: string): TypeExpr {
  const { s, e } = type;
  return { s, e, k: 'ref', name: 'Omit', args: [awaited(type), { s, e, k: 'lit', v: name }] };
}

/** What a type says of a value after `delete value[name]`; without a name, nothing. */
export function deleted(value: Value, name: string | undefined): Value {
  switch (value.t) {
    case 'union': {
      const of = value.of.map((one) => deleted(one, name));
      return of.some((one, index) => one !== value.of[index]) ? union(of) : value;
    }
    case 'unknown':
    case 'external': {
      const { type, ...plain } = value;
      if (!type) return value;
      return name === undefined
        ? plain
        : { ...plain, type: { type: without(type.type, name), scope: type.scope } };
    }
    default:
      return value;
  }
}

export function awaited(type: TypeExpr): TypeExpr {
  return type.k === 'ref' && type.name === 'Promise' && type.args[0] ? type.args[0] : type;
}

/** The written type of a member of something of a written type. */
export function memberOf({ type, scope }: WrittenType, name: string): WrittenType {
  return { type: memberType(type, name), scope };
}

/** What a call gave, with what the function says it gives. */
export function withReturnType(run: Run, callee: FunctionValue, result: Value): Value {
  const { fn, scope, home } = callee;
  const { returns } = fn;
  if (!returns || !needsType(run, result, 0)) return result;
  const inherited = argumentsOfClass(callee);
  const parameters = [
    ...(callee.types ? [] : (fn.typeParams ?? [])),
    ...(inherited ? [] : (home?.decl.typeParams ?? [])),
  ];
  if (parameters.length > 0 && mentions(returns, new Set(parameters))) return result;
  const outer: Scope = inherited
    ? { vars: new Map(), parent: scope, file: scope.file, generic: inherited }
    : scope;
  const inner = callee.types
    ? { vars: new Map(), parent: outer, file: scope.file, ...genericOf(callee) }
    : outer;
  return withType(run, result, { type: returns, scope: inner });
}

/** What the type parameters of a method's class stand for in the class that inherits it: `class Cats extends Reader<Cat>`. */
function argumentsOfClass({ self, home }: FunctionValue): Scope['generic'] {
  if (!home?.decl.typeParams || self?.t !== 'object') return undefined;
  let given: Scope['generic'] = undefined;
  let current: Value | undefined = self.cls;
  while (current?.t === 'class' && current.decl !== home.decl) {
    const { decl, scope, parent }: ClassValue = current;
    const inner: Scope = {
      vars: new Map(),
      parent: scope,
      file: scope.file,
      ...(given && { generic: given }),
    };
    given =
      parent?.t === 'class' && parent.decl.typeParams && decl.extTypes
        ? argumentsFor(parent.decl.typeParams, decl.extTypes, inner)
        : undefined;
    current = parent;
  }
  return current && given;
}

function argumentsFor(
  names: readonly string[],
  types: readonly TypeExpr[],
  scope: Scope,
): ReadonlyMap<string, WrittenType | undefined> {
  return new Map(
    names.map((name, index) => {
      const type = types[index];
      return [name, type && { type, scope }];
    }),
  );
}

/** What the type parameters of a function stand for in a call of it. */
export function genericOf({ fn, types }: FunctionValue): Pick<Scope, 'generic'> {
  return fn.typeParams
    ? { generic: new Map(fn.typeParams.map((name, index) => [name, types?.[index]])) }
    : {};
}

/** What a name means that is a type parameter here; undefined for any other name. */
export function argumentOf(
  scope: Scope,
  name: string,
): { readonly type: WrittenType | undefined } | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent)
    if (current.generic?.has(name)) return { type: current.generic.get(name) };
  return undefined;
}

/** Does the type speak of type parameters for which the call gave nothing? It means nothing outside of the function. */
export function isOpen({ type, scope }: WrittenType): boolean {
  const plain = awaited(type);
  // They tell nothing: what a variable or a result is said to be tells more.
  if (plain.k === 'kw' && (plain.name === 'any' || plain.name === 'unknown')) return true;
  const open = new Set<string>();
  for (let current: Scope | undefined = scope; current; current = current.parent)
    for (const [name, given] of current.generic ?? []) if (!given) open.add(name);
  return open.size > 0 && mentions(type, open);
}

function needsType(run: Run, value: Value, depth: number): boolean {
  switch (value.t) {
    case 'unknown':
    case 'external':
      return value.type === undefined || isOpen(value.type);
    case 'union':
      return value.of.some((one) => needsType(run, one, depth));
    case 'array':
      return (
        depth < depthLimit &&
        ((value.open && !value.each) ||
          isLeftByOthers(value) ||
          value.items.some((one) => needsType(run, one, depth + 1)))
      );
    case 'object':
      return (
        depth < depthLimit &&
        !value.cls &&
        [...value.props.values()].some((cell) => !cell.lazy && needsType(run, read(run, cell), depth + 1))
      );
    default:
      return false;
  }
}

/** Does a type name one of these? */
export function mentions(type: TypeExpr, names: ReadonlySet<string>): boolean {
  switch (type.k) {
    case 'ref':
      return names.has(type.name) || type.args.some((arg) => mentions(arg, names));
    case 'array':
      return mentions(type.item, names);
    case 'tuple':
      return type.items.some((item) => mentions(item, names));
    case 'union':
    case 'inter':
      return type.of.some((one) => mentions(one, names));
    case 'obj':
      return (
        type.members.some(({ t }) => mentions(t, names)) ||
        (type.index !== undefined && mentions(type.index, names))
      );
    case 'keyof':
      return mentions(type.x, names);
    case 'indexed':
      return mentions(type.x, names) || mentions(type.key, names);
    case 'mapped':
      return mentions(type.keys, names) || mentions(type.t, names);
    case 'fnType':
      return type.returns !== undefined && mentions(type.returns, names);
    default:
      return false;
  }
}
