/**
 * Values of the abstract evaluation: what an expression may be, as far as the source says.
 * `unknown` is a value like any other and carries its reason.
 */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Scalar, Shape } from '../../contract/shape.ts';
import type { FileId, Span } from '../../contract/span.ts';
import { isSchema } from '../shapes/validators/modules.ts';
import type { ClassDecl, Expr, Func, Stmt, TypeExpr } from '../program/program.ts';
import type { Run } from './run.ts';

/** A mutable place that a branch can take back: a variable, a property, a piece of a model's state. */
export interface Cell {
  value: Value | undefined;
  /** Computed at the first read; how modules stay unevaluated until somebody needs them. */
  lazy?: (() => Value) | undefined;
  /** The branch it was made in: what that branch writes to it need not be taken back, for nothing older sees it. */
  readonly born?: object | undefined;
}

/** Text whose parts may be fixed, set by configuration (then with the default that the source gives), or unknown. */
export type TextPart =
  { readonly text: string; readonly configured?: true } | { readonly unknown: UnknownReason };

export interface TextValue {
  readonly t: 'text';
  readonly parts: readonly TextPart[];
  /** Where the (last) literal stands. */
  readonly at: Span;
}

export interface ObjectValue {
  readonly t: 'object';
  readonly props: Map<string, Cell>;
  /** Its class, for instances. */
  readonly cls?: ClassValue;
  /** Its prototype, for instances of constructor functions. */
  readonly proto?: Value;
  /** May have properties that are not in `props`. */
  open: boolean;
  /** The way on which a handler made it, `outside` of all; undefined of what stays. */
  readonly born?: object;
  readonly at: Span;
}

export const outside: object = {};

export interface ArrayValue {
  readonly t: 'array';
  items: Value[];
  /** May have more items than `items`. */
  open: boolean;
  /** `items` stand for all that it may have, however many: a list of a written type. Such a list is `open`. */
  each?: boolean;
  /** Some of `items` may be missing: they were added, or kept, on a condition that the source does not decide. */
  loose?: boolean;
  /** The way on which a handler made it, `outside` of all; undefined of what stays. */
  readonly born?: object;
  /** Properties that the program gave it beside its items: `handlers.apiDoc = …`. */
  props?: Map<string, Cell>;
  /** What is in it depends on what a validator found. */
  verdict?: Verdict;
  /** Made outside of handlers: one for all requests. */
  readonly shared?: boolean;
  readonly at: Span;
}

export interface FunctionValue {
  readonly t: 'function';
  readonly fn: Func;
  readonly scope: Scope;
  /** What `this` is, for methods read off an object and for bound functions. */
  readonly self?: Value;
  /** The class whose member it is: where `super` starts. */
  readonly home?: ClassValue;
  readonly bound?: readonly Value[];
  /** The type arguments of the call that is being made. */
  readonly types?: readonly WrittenType[];
  /** Its own written type, where that is one of a handler: `const add: RequestHandler<Params, Sent, Body>`. */
  readonly says?: WrittenType;
  readonly props: Map<string, Cell>;
  readonly at: Span;
}

export interface ClassValue {
  readonly t: 'class';
  readonly decl: ClassDecl;
  readonly scope: Scope;
  readonly parent?: Value;
  readonly statics: Map<string, Cell>;
  readonly at: Span;
}

/** A function that the evaluator itself provides. */
export interface NativeValue {
  readonly t: 'native';
  readonly name: string;
  readonly call: (args: readonly Value[], site: Site) => Value;
  readonly props?: ReadonlyMap<string, Value>;
}

/** An object with behaviour of its own: a router, a request, a response. Frameworks define them. */
export interface ModelValue {
  readonly t: 'model';
  readonly model: Model;
}

export interface Model {
  readonly kind: string;
  get(name: string, site: Site): Value;
  set?(name: string, value: Value, site: Site, run: Run): void;
  call?(args: readonly Value[], site: Site): Value;
  /** It was handed to code that we do not read. */
  escape?(site: Site): void;
  /** All of it was read: spread, rest pattern, iteration. */
  enumerate?(site: Site): void;
  /**
   * A validator lets only what `read` says pass. Gives what the validator hands out for it.
   */
  demand?(read: DemandReader, site: Site, how: Asked): Value;
  /** Its name, where it is the same value in every handler: what a call makes of it holds for all that it uses nothing of. */
  readonly standing?: string;
  /** Of a request: what validators have noted on it. */
  noted?(): Verdict;
  /** Properties that are there in any case. */
  readonly always?: ReadonlySet<string>;
}

/** How often something was done with a request and its answer that tells of the handler. */
export interface Uses {
  times: number;
}

/** How a validator is asked. */
export interface Asked {
  /** The source does not decide that it is asked. */
  readonly conditional: boolean;
  /** What it finds; undefined where input that does not pass is refused in any case. */
  readonly verdict?: Verdict;
}

/** What a validator finds. A program may look at it or not. */
export interface Verdict {
  /** It decides whether the program goes on. */
  decides: boolean;
}

/** How a value travels: as JSON, or as text that somebody converts (query, path, headers). */
export type Wire = 'json' | 'text';

/** What a validator lets pass. */
export interface Demand {
  /** An upper bound: nothing outside of it passes; what checks written as code refuse besides is not known. */
  readonly shape: Shape;
  /** May the value be missing? Undefined where the schema does not say. */
  readonly optional: boolean | undefined;
  /** What stands in for it then. */
  readonly default?: Scalar | undefined;
}

export type DemandReader = (wire: Wire) => Demand;

/**
 * Something of a package outside the workspace: `path` is how it was reached from the module
 * (`['Router']`), `args` are those of the last call when it is a call's result.
 */
export interface ExternalValue {
  readonly t: 'external';
  readonly module: string;
  readonly path: readonly string[];
  readonly args?: readonly Value[];
  /** What it was called on: the whole chain of calls, for models that care (`body('x').isEmail()`). */
  readonly on?: ExternalValue;
  /** The written type of a result. */
  readonly type?: WrittenType;
  readonly at: Span;
}

/** A written type, and where its names are looked up. */
export interface WrittenType {
  readonly type: TypeExpr;
  readonly scope: Scope;
  /** It was written for a whole of which the code makes this part: the code need not use all that it allows. */
  readonly part?: true;
  /** What is written: a condition has made it narrower. */
  readonly from?: WrittenType;
}

export interface UnionValue {
  readonly t: 'union';
  readonly of: readonly Value[];
  /** Which of them it is depends on what a validator found. */
  readonly verdict?: Verdict;
}

export interface UnknownValue {
  readonly t: 'unknown';
  readonly reason: UnknownReason;
  /** The written type: it tells the shape, and a value of a class of the workspace can still be made of it. */
  readonly type?: WrittenType;
  /** Set by configuration or environment: a default written beside it (`?? '/api'`) is its likely value. */
  readonly configured?: true;
  /** It depends on what a validator found. */
  readonly verdict?: Verdict;
  /** It was read of the request. */
  readonly reading?: Reading;
  /** A number was made of it: of what is missing, one that is none. */
  readonly converted?: true;
  /** A field that its class declares, and nothing was seen to fill: a mapper may, or it is not there at all. */
  readonly unset?: boolean;
  /** An error that was caught, if there is one: nobody was seen to throw it. */
  readonly unseen?: true;
}

/** How often something of this name was read, and which parameters of the path it stood in for. */
export interface Reading {
  readonly name: string;
  readonly ofPath: boolean;
  times: number;
  /** Once for each time that it was read only where a parameter of the path was missing. */
  readonly insteadOf: string[];
  /** What stands in for it where it is missing, once for each time that something does; undefined for what is not fixed. */
  readonly defaults: (Scalar | undefined)[];
  /** How often it was taken apart at its commas, used as a list, and asked for its type. */
  splits: number;
  lists: number;
  looks: number;
}

export type Value =
  | TextValue
  | { readonly t: 'number'; readonly value: number; readonly at?: Span }
  | { readonly t: 'boolean'; readonly value: boolean }
  | { readonly t: 'null' }
  | { readonly t: 'undefined' }
  | { readonly t: 'regex'; readonly source: string; readonly flags: string; readonly at: Span }
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | NativeValue
  | ModelValue
  | ExternalValue
  | UnionValue
  | UnknownValue;

/** Where something is evaluated: the call or the access, with the argument expressions for exact places. */
export interface Site {
  readonly at: Span;
  /** Of the member name, where there is one. */
  readonly name?: Span;
  readonly args?: readonly Expr[];
  readonly file: FileId;
}

export interface Scope {
  readonly vars: Map<string, Cell>;
  /** Types that a function declares; those of modules are found without evaluating them. */
  types?: Map<string, (Stmt & { readonly k: 'type' })[]>;
  /** What the type parameters of a function stand for in this call of it; undefined where the call does not say. */
  readonly generic?: ReadonlyMap<string, WrittenType | undefined>;
  readonly parent?: Scope;
  readonly file: FileId;
  /** Present in the scope of a function that has its own `this`. */
  readonly self?: Cell;
  readonly home?: ClassValue;
}

/** Where an instance keeps what it handed to the constructor of a class that we do not read. */
export const superArgs = '[[super]]';

export const undefinedValue: Value = { t: 'undefined' };
export const nullValue: Value = { t: 'null' };

/** A union larger than this says nothing any more. */
const unionLimit = 32;
/** Text put together from more unknown parts than this is no path. */
const partLimit = 24;
/** A longer text is content: no path, name or status. */
const textLimit = 10_000;

export function text(value: string, at: Span): TextValue {
  return { t: 'text', parts: [{ text: value }], at };
}

export function boolean(value: boolean): Value {
  return { t: 'boolean', value };
}

export function number(value: number, at?: Span): Value {
  return { t: 'number', value, ...(at && { at }) };
}

export function unknownValue(reason: UnknownReason): UnknownValue {
  return { t: 'unknown', reason };
}

export function dynamic(what: string, at: Span): UnknownValue {
  return { t: 'unknown', reason: { why: 'dynamic', what, at } };
}

export function native(
  name: string,
  call: NativeValue['call'],
  props?: ReadonlyMap<string, Value>,
): NativeValue {
  return { t: 'native', name, call, ...(props && { props }) };
}

export function model(value: Model): ModelValue {
  return { t: 'model', model: value };
}

export function arrayOf(items: readonly Value[], at: Span, open = false): ArrayValue {
  return { t: 'array', items: [...items], open, at };
}

/** A list longer than this is data, not a table of routes. */
export const itemLimit = 1_000;

/** Adds the items of a list to one that stays of a size that can be handled. */
export function append(target: ArrayValue, { items, open, each, loose }: ArrayValue): void {
  extend(target, items, open, each);
  if (loose) target.loose = true;
}

/** Adds items to a list that stays of a size that can be handled. */
export function extend(target: ArrayValue, items: readonly Value[], open = false, each = false): void {
  for (const item of items) {
    if (target.items.length >= itemLimit) {
      leaveOpen(target);
      return;
    }
    target.items.push(item);
  }
  if (open) leaveOpen(target, each);
}

/** It may have more items; with `each`, such ones as are listed. */
export function leaveOpen(target: ArrayValue, each = false): void {
  if (!each) delete target.each;
  else if (!target.open) target.each = true;
  target.open = true;
}

/** How many items it has, if that is known. */
export function lengthOf({ items, open, loose }: ArrayValue): number | undefined {
  return open || loose ? undefined : items.length;
}

/** The item at an index; what is behind it too, where those in front may be missing. */
export function itemAt({ items, open, loose }: ArrayValue, index: number, site: Pick<Site, 'at'>): Value {
  const item = items[index];
  if (loose && item) return union([...items.slice(index), undefinedValue]);
  return item ?? (open ? dynamic('element', site.at) : undefinedValue);
}

/** What stands for the items of a list that are not listed. */
export function unlisted({ open, each }: ArrayValue, site: Pick<Site, 'at'>): readonly Value[] {
  return open && !each ? [dynamic('element', site.at)] : [];
}

export function objectOf(entries: Iterable<readonly [string, Value]>, at: Span, open = false): ObjectValue {
  const props = new Map<string, Cell>();
  for (const [key, value] of entries) props.set(key, { value });
  return { t: 'object', props, open, at };
}

/** The text of a value that is one fixed text (a configured default counts). */
export function fixedText(value: Value): string | undefined {
  if (value.t === 'number') return String(value.value);
  if (value.t !== 'text') return undefined;
  let result = '';
  for (const part of value.parts) {
    if (!('text' in part)) return undefined;
    result += part.text;
  }
  return result.length > textLimit ? undefined : result;
}

/** An error that was caught and that nobody was seen to throw. */
export function isUnseen(value: Value): boolean {
  return value.t === 'unknown' && value.unseen === true;
}

/** The value where it is one fixed text, number or truth value. */
export function scalarOf(value: Value | undefined): Scalar | undefined {
  if (value?.t === 'number' || value?.t === 'boolean') return value.value;
  return value?.t === 'text' ? fixedText(value) : undefined;
}

/** All alternatives of a value, flattened. */
export function alternatives(value: Value): readonly Value[] {
  return value.t === 'union' ? value.of : [value];
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
  if (a.t !== 'unknown' || b.t !== 'unknown' || !a.type?.from) return a;
  const others = new Set(writtenAs(b.type));
  const common = writtenAs(a.type).find((type) => others.has(type));
  return common ? { ...a, type: common } : a;
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

export const noPlace: Span = { file: '' as FileId, start: 0, end: 0 };

export function placeOf(value: Value): Span | undefined {
  return 'at' in value
    ? value.at
    : value.t === 'unknown' && 'at' in value.reason
      ? value.reason.at
      : undefined;
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
      return undefined;
    case 'external':
      return value.args && isSchema(value.module, value.path) ? true : undefined;
    default:
      return true;
  }
}

/** Joins texts; unions multiply out. */
export function concat(left: Value, right: Value, at: Span): Value {
  const results: Value[] = [];
  for (const a of written(left)) {
    for (const b of written(right)) {
      results.push({
        t: 'text',
        parts: joinParts(textParts(a, at), textParts(b, at), at),
        at: textPlace(a) ?? textPlace(b) ?? at,
      });
      if (results.length > unionLimit)
        return unknownValue({ why: 'limit', what: 'too many alternatives', at });
    }
  }
  return union(results);
}

/** What is not set on one of several ways is not what a text is made for. */
function written(value: Value): readonly Value[] {
  const all = alternatives(value);
  const set = all.filter(({ t }) => t !== 'undefined' && t !== 'null');
  return set.length > 0 ? set : all;
}

/** Neighbouring fixed parts become one, so that texts compare by what they say. */
function joinParts(a: readonly TextPart[], b: readonly TextPart[], at: Span): readonly TextPart[] {
  const last = a.at(-1);
  const [first, ...rest] = b;
  if (!last || !first) return a.length === 0 ? b : a;
  if (!('text' in last) || !('text' in first)) return a.length > partLimit ? a : [...a, ...b];
  if (first.text === '') return rest.length === 0 ? a : [...a, ...rest];
  if (last.text === '') return [...a.slice(0, -1), ...b];
  if (last.configured || first.configured) return [...a, ...b];
  if (last.text.length + first.text.length > textLimit)
    return [...a, { unknown: { why: 'limit', what: 'text of this length', at } }];
  return [...a.slice(0, -1), { text: last.text + first.text }, ...rest];
}

function textPlace(value: Value): Span | undefined {
  return value.t === 'text' ? value.at : undefined;
}

export function textParts(value: Value, at: Span): readonly TextPart[] {
  switch (value.t) {
    case 'text':
      return value.parts;
    case 'number':
    case 'boolean':
      return [{ text: String(value.value) }];
    case 'undefined':
    case 'null':
      // Nobody means the word: something was not set yet, or a way was taken that ends the program.
      return [{ unknown: { why: 'dynamic', what: 'a part of a text that is not set', at } }];
    case 'unknown':
      return [{ unknown: value.reason }];
    default:
      return [{ unknown: { why: 'dynamic', what: 'part of a text', at } }];
  }
}
