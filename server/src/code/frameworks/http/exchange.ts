/**
 * One request and its response, as a handler sees them: models that record what is read and what is sent.
 * Express handlers get them as `req` and `res`; Nest handlers through `@Req()`, `@Res()` and by returning.
 */

import type { Evidence, UnknownReason } from '../../../contract/knowledge.ts';
import type { DroppedInput, Input } from '../../../contract/operation.ts';
import type { Scalar, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import type { Thrown } from '../../evaluate/run.ts';
import type {
  Answers,
  Cell,
  Presence,
  Reading,
  Uses,
  Value,
  Verdict,
  WrittenType,
} from '../../evaluate/values.ts';
import type { SentHeader } from './headers.ts';
import type { TypedMember } from './typed-handlers.ts';

export type InputPlace = Exclude<Input['in'], 'argument'>;

export interface ReadInput {
  readonly in: InputPlace;
  readonly name: string;
  readonly at: Span;
  readonly evidence: Evidence;
  readonly shape?: Shape;
  readonly required?: boolean;
  /** What a validator or the framework puts in the place of what is missing. */
  readonly default?: Scalar | undefined;
  /** A validator refuses what is not of this shape. */
  readonly enforced?: true;
  /** See `Input.accepted`. */
  readonly accepted?: true;
  /** What it rests on: shape and requiredness count where this decides something. */
  readonly verdict?: Verdict;
  readonly reading?: Reading;
  readonly presence?: Presence;
}

export interface SentOutput {
  /** Undefined where the status is not known. */
  readonly status: number | undefined;
  /** Lower case, without parameters; undefined where it is not known; `none` for an empty body. */
  readonly mediaType: string | undefined;
  /** The body; undefined where nothing is known of it. */
  readonly shape?: Shape;
  readonly at: Span;
  readonly source?: Span;
  readonly evidence: Evidence;
  /** Those that are set on every way that leads here, as far as they were seen. */
  readonly headers?: readonly SentHeader[];
  /** The call of what sorts an error that nobody was seen to throw. */
  readonly sorted?: Span;
  /** A rendered template or a file that the server ships: what a browser shows, not what an API answers. */
  readonly page?: true;
}

export type ErrorAnswer = Pick<SentOutput, 'mediaType' | 'shape'>;

export interface BodyRead {
  readonly name: string;
  readonly at: Span;
  /** What a type says of it. */
  readonly shape?: Shape;
}

export interface FieldRead extends BodyRead {
  readonly presence?: Presence;
}

/** What a validator handed out for a part of the request, and what the handler took of it. */
export interface ValidatedPart {
  readonly in: InputPlace | 'body';
  readonly names: ReadonlySet<string>;
  readonly used: Set<string>;
  /** It went on as a whole, or nobody looked at it: what counts is what was demanded. */
  whole: boolean;
  /** Anything else is refused. */
  readonly strict: boolean;
  /** What it rests on, as of an input. */
  readonly verdict?: Verdict;
}

/** A part of the request that was handed to code that is not read. */
export interface HandedOn {
  readonly in: InputPlace;
  readonly at: Span;
}

/** What a validator lets pass as body: all that is accepted lies in `shape`. */
export interface BodyDemand {
  readonly shape: Shape;
  readonly at: Span;
  /** What it rests on: it counts where this decides something. */
  readonly verdict?: Verdict;
}

/** The property of `next` and of a response that takes what a request is handed on to. */
export const forwarded = '[[forwarded]]';

export interface Exchange {
  /** The handler that is being evaluated: findings are placed in it where that is possible. */
  home: Span | undefined;
  readonly inputs: ReadInput[];
  /** What validators take away before a handler sees it. */
  readonly dropped: DroppedInput[];
  readonly inputGaps: UnknownReason[];
  /** Those of `inputGaps` that have nothing to do with parameters of the path. */
  readonly gapsElsewhere: UnknownReason[];
  /** Where parameters of the path are read: each place, however often one of them is. */
  readonly pathReads: BodyRead[];
  /** They are read as one object too. */
  readsPathWhole: boolean;
  /**
   * What the handler has put into a part of the request, by `madeKey`: whoever reads it from then on reads nothing that
   * a client sent. Cells, so that branches can take them back.
   */
  readonly made: Map<string, Cell>;
  /** Those of `made` that hold on every way on which it handed on. */
  madeInFront: ReadonlySet<string> | undefined;
  /** Parts that went on as a whole: what of them is read, only a validator in front tells. */
  readonly handedOn: HandedOn[];
  /** Where the body was first touched. */
  bodyAt: Span | undefined;
  readonly bodyFields: FieldRead[];
  readonly validated: ValidatedPart[];
  /** What validators demand on every way through the handler. */
  readonly bodyDemands: BodyDemand[];
  /** What chains of express-validator have found in this request, for whoever looks at it. */
  readonly noted: Verdict;
  /** What a validator made of the body has taken its place: nothing else of it is seen from then on. */
  bodyReplaced: boolean;
  /** Something was put in its place: perhaps what was read of the request itself. */
  bodyMade: boolean;
  /** The body was handed on whole, so that there may be more fields. */
  bodyOpen: boolean;
  readonly bodyMediaTypes: { readonly mediaType: string; readonly at: Span }[];
  readonly bodyGaps: UnknownReason[];
  readonly outputs: SentOutput[];
  readonly outputGaps: UnknownReason[];
  /** Those of `outputGaps` that are about answers to errors: none of them is a success. */
  readonly errorGaps: UnknownReason[];
  /** Where a file is sent: if it is not there, an error (404, 403, …) is handed on or to a callback. */
  fileAt: Span | undefined;
  /** What was handed to `next(error)`. */
  readonly errors: Thrown[];
  /** What the framework itself answers to an error that nothing handles; undefined where that is not known. */
  errorAnswer: ((error: Value, status: number, at: Span) => ErrorAnswer | undefined) | undefined;
  /** What the handler says it sends: `res: Response<User>`. */
  bodyType: WrittenType | undefined;
  /** What it says that it takes: `req: Request<Params, Sent, NewUser>`. */
  bodyMember: ((name: string, at: Span) => TypedMember | undefined) | undefined;
  /** Places where `next()` was called without an error. */
  readonly passed: Span[];
  /** Things called with this request that are no functions of the workspace: routers, for example. */
  readonly forwarded: Value[];
  /** The state that the next answer will have; cells, so that branches can take them back. */
  readonly status: Cell;
  readonly mediaType: Cell;
  readonly headers: Cell;
  /** Counts whatever a handler does that is noted here, or that depends on what is. */
  readonly uses: Uses;
}

export function createExchange(): Exchange {
  return {
    home: undefined,
    inputs: [],
    dropped: [],
    inputGaps: [],
    gapsElsewhere: [],
    pathReads: [],
    readsPathWhole: false,
    made: new Map(),
    madeInFront: undefined,
    handedOn: [],
    bodyAt: undefined,
    bodyFields: [],
    validated: [],
    bodyDemands: [],
    noted: { decides: false },
    bodyReplaced: false,
    bodyMade: false,
    bodyOpen: false,
    bodyMediaTypes: [],
    bodyGaps: [],
    outputs: [],
    outputGaps: [],
    errorGaps: [],
    fileAt: undefined,
    errors: [],
    passed: [],
    forwarded: [],
    errorAnswer: undefined,
    bodyType: undefined,
    bodyMember: undefined,
    status: { value: undefined },
    mediaType: { value: undefined },
    headers: { value: undefined },
    uses: { times: 0 },
  };
}

/** Nothing is known of what is asked, taken and answered. */
export function missAll(exchange: Exchange, reason: UnknownReason): void {
  for (const gaps of [exchange.inputGaps, exchange.bodyGaps, exchange.outputGaps]) gaps.push(reason);
}

/** What is not known of the answer to an error. */
export function missError(exchange: Exchange, reason: UnknownReason): void {
  exchange.outputGaps.push(reason);
  exchange.errorGaps.push(reason);
}

/** What was not seen of the inputs in one place: of the path unless another one is named. */
export function missInputs(exchange: Exchange, reason: UnknownReason, place: InputPlace = 'path'): void {
  exchange.inputGaps.push(reason);
  if (place !== 'path') exchange.gapsElsewhere.push(reason);
}

/** Was every place seen at which the handler may read a parameter of the path? */
export function knowsPathReads({ inputGaps, gapsElsewhere, readsPathWhole, handedOn }: Exchange): boolean {
  if (readsPathWhole || handedOn.some((part) => part.in === 'path')) return false;
  return inputGaps.every((gap) => gapsElsewhere.includes(gap));
}

export function answersOf({ outputs, errors, passed }: Exchange): Answers {
  const taken = outputs.filter(({ status }) => status === undefined || status < 400).length + passed.length;
  return { taken, refused: outputs.length + passed.length + errors.length - taken };
}

/** Without a name for a part that is made anew of others. */
export function madeKey(place: InputPlace | 'body', name?: string): string {
  return name === undefined ? place : `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

/** Has the handler put it into the request, on all ways that lead here? */
export function isMade({ made }: Exchange, key: string): boolean {
  return made.get(key)?.value?.t === 'boolean';
}

/** The request goes on to the next handler, with all that was put into it. */
export function handOn(exchange: Exchange, at: Span): void {
  exchange.passed.push(at);
  const { made, madeInFront } = exchange;
  exchange.madeInFront = new Set([...(madeInFront ?? made.keys())].filter((key) => isMade(exchange, key)));
}

/** Why nothing is known of what is read of a part that a handler has made of others. */
export function madeAnew(place: InputPlace, at: Span): UnknownReason {
  return { why: 'dynamic', what: `what a handler makes of the ${place} parameters`, at };
}

/** A validator knows the field, but the handler takes only others of what it hands out: one schema for several operations. */
export function isLeftOver({ validated }: Exchange, place: ValidatedPart['in'], name: string): boolean {
  const found = validated.filter((part) => part.in === place && part.names.has(name));
  return found.length > 0 && found.every(({ used, whole }) => !whole && used.size > 0 && !used.has(name));
}

/** Does a validator refuse whatever of this part its schema does not name? */
export function isClosed(exchange: Exchange, place: ValidatedPart['in']): boolean {
  return closedParts(exchange, place).length > 0;
}

/** Does a validator refuse whatever comes under this name? */
export function isRefused(exchange: Exchange, place: ValidatedPart['in'], name: string): boolean {
  return closedParts(exchange, place).some(({ names }) => !names.has(name));
}

function closedParts({ validated }: Exchange, place: ValidatedPart['in']): readonly ValidatedPart[] {
  return validated.filter((part) => part.in === place && part.strict && (part.verdict?.decides ?? true));
}

/**
 * The exchanges of the handlers of an operation, in order, with what validators demanded on every way through. What
 * was found and decided nothing is known by name only. What chains note counts if a handler behind them looks.
 */
export function settled(given: readonly Exchange[]): readonly Exchange[] {
  const exchanges = given.map((exchange, index) => sentOnly(exchange, given.slice(0, index)));
  return exchanges.map((exchange, index) => {
    const looked = exchanges.slice(index).some(({ noted }) => noted.decides);
    const counts = ({ verdict }: { readonly verdict?: Verdict }): boolean =>
      !verdict || verdict.decides || (verdict === exchange.noted && looked);
    const dropped = exchange.bodyDemands.filter((one) => !counts(one));
    if (dropped.length === 0 && exchange.inputs.every(counts)) return exchange;
    const named = dropped.flatMap(({ shape }) =>
      shape.kind === 'object' ? Object.entries(shape.fields).map(([name, { at }]) => ({ name, at })) : [],
    );
    return {
      ...exchange,
      inputs: exchange.inputs.map((input) =>
        counts(input) ? input : { in: input.in, name: input.name, at: input.at, evidence: input.evidence },
      ),
      bodyDemands: exchange.bodyDemands.filter(counts),
      bodyFields: [...exchange.bodyFields, ...named],
      bodyOpen: exchange.bodyOpen || dropped.some(({ shape }) => shape.kind !== 'object' || shape.open),
    };
  });
}

/** The exchange without what those in front have put into the request. */
function sentOnly(exchange: Exchange, before: readonly Exchange[]): Exchange {
  const made = new Set(
    before.flatMap((one) => [...(one.madeInFront ?? [])].filter((key) => !reads(one, key))),
  );
  if (made.size === 0) return exchange;
  const isSent = (place: InputPlace | 'body', name: string): boolean =>
    !made.has(madeKey(place)) && !made.has(madeKey(place, name));
  const anew = exchange.inputs.find((input) => made.has(madeKey(input.in)));
  return {
    ...exchange,
    inputs: exchange.inputs.filter((input) => isSent(input.in, input.name)),
    bodyFields: exchange.bodyFields.filter(({ name }) => isSent('body', name)),
    inputGaps: [...exchange.inputGaps, ...(anew ? [madeAnew(anew.in, anew.at)] : [])],
  };
}

/** What is read before it is put back (a default, a number for a text) still comes from the client. */
function reads({ inputs, bodyFields }: Exchange, key: string): boolean {
  return (
    bodyFields.some(({ name }) => madeKey('body', name) === key) ||
    inputs.some((input) => madeKey(input.in, input.name) === key)
  );
}
