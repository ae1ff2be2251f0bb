/**
 * Values of the abstract evaluation: what an expression may be, as far as the source says.
 * `unknown` is a value like any other and carries its reason.
 */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Scalar, Shape } from '../../contract/shape.ts';
import type { FileId, Span } from '../../contract/span.ts';
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
  /** A condition has found it to be true, as it is or as an object is. */
  readonly truthy?: true;
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
  /** Of what was read of the request, and of whether it is there: what else is asked of it. */
  readonly presence?: Presence;
  /** A number was made of it: of what is missing, one that is none. */
  readonly converted?: true;
  /** A field that its class declares, and nothing was seen to fill: a mapper may, or it is not there at all. */
  readonly unset?: boolean;
  /** An error that was caught, if there is one: nobody was seen to throw it. */
  readonly unseen?: true;
  /** As of an external value. */
  readonly truthy?: true;
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

/** What a handler does about something that is there in a request. */
export interface Presence {
  /** How often it was read, or asked for. */
  times: number;
  /** How often only to refuse the request where it is there. */
  refusals: number;
  /** What the handler has answered until now. */
  readonly answers: () => Answers;
}

/** How often a handler has refused its request, and how often it has done anything else with it. */
export interface Answers {
  readonly refused: number;
  readonly taken: number;
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

export function objectOf(entries: Iterable<readonly [string, Value]>, at: Span, open = false): ObjectValue {
  const props = new Map<string, Cell>();
  for (const [key, value] of entries) props.set(key, { value });
  return { t: 'object', props, open, at };
}

export const noPlace: Span = { file: '' as FileId, start: 0, end: 0 };

export function placeOf(value: Value): Span | undefined {
  return 'at' in value
    ? value.at
    : value.t === 'unknown' && 'at' in value.reason
      ? value.reason.at
      : undefined;
}
