/** From what handlers do to an operation of the contract. */

import { isStandardHeader } from '../../../contract/headers.ts';
import {
  collection,
  known,
  unknown,
  type Evidence,
  type UnknownReason,
} from '../../../contract/knowledge.ts';
import type { Body, CodeOperation, Input, Output, Security } from '../../../contract/operation.ts';
import type { Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { isOnlyRefused } from '../../evaluate/presence.ts';
import { defaultOf, listOf } from '../../evaluate/readings.ts';
import { bodyShape, parsedInFront } from './bodies.ts';
import type { HandlerFacts } from './handlers.ts';
import { headersOfAll } from './headers.ts';
import {
  isClosed,
  isLeftOver,
  isRefused,
  knowsPathReads,
  settled,
  type Exchange,
  type HandedOn,
  type ReadInput,
  type SentOutput,
} from './exchange.ts';

export type OperationParts = Pick<
  CodeOperation,
  'inputs' | 'bodies' | 'outputs' | 'security' | 'dropped' | 'unseenSuccess'
>;

/**
 * `shared` stand in front of many operations, `own` are the handlers of this one; `params` are those of its path.
 * `common` tells of those of `own` that other operations list too how many do: a body that they look at need not be
 * this one's, and what a handler of half the server looks for in the query is a guess for any single operation. What
 * one of them demands by a schema is demanded of this operation all the same: it was listed with that schema.
 */
export function operationParts(
  shared: readonly HandlerFacts[],
  own: readonly HandlerFacts[],
  params: readonly string[],
  at: Span,
  common: ReadonlyMap<HandlerFacts, number> = new Map(),
): OperationParts {
  const all = [...shared, ...own];
  const exchanges = settled(all.map(({ exchange }) => exchange)).slice(shared.length);
  const handlers = own.map((facts, index) => ({
    facts: { ...facts, exchange: exchanges[index] ?? facts.exchange },
    times: common.get(facts) ?? 0,
  }));
  // By all that it was listed with a schema for, also where nobody looks at what the schema finds.
  const isCommon = (one: HandlerFacts): boolean =>
    (common.get(one) ?? 0) >= COMMON && one.exchange.bodyDemands.length === 0;
  const mine = handlers.flatMap(({ facts }, index) => (own[index] && !isCommon(own[index]) ? facts : []));
  const dropped = all.flatMap(({ exchange }) => exchange.dropped);
  const unseen = unseenSuccess(own);
  return {
    inputs: inputsOf(
      shared,
      handlers.map(({ facts, times }) => (times >= EVERYWHERE ? withGuessedInputs(facts) : facts)),
      params,
      at,
    ),
    bodies: bodiesOf([...shared, ...own.filter(isCommon)], mine),
    outputs: outputsOf(shared, own),
    security: securityOf(all, at),
    ...(dropped.length > 0 && { dropped }),
    ...(unseen && { unseenSuccess: unseen }),
  };
}

/** What may be a success that is not listed: the last handler decides it, whatever the ones before it refuse. */
function unseenSuccess(own: readonly HandlerFacts[]): UnknownReason | undefined {
  const exchange = own.at(-1)?.exchange;
  return exchange?.outputGaps.find((gap) => !exchange.errorGaps.includes(gap));
}

/** From this many operations on, the body that a handler looks at belongs to none of them in particular. */
const COMMON = 3;
/** From this many on, the same goes for what it looks for in the query and in headers. */
const EVERYWHERE = 10;

function withGuessedInputs(facts: HandlerFacts): HandlerFacts {
  const inputs = facts.exchange.inputs.map((input) =>
    input.shape ? input : { ...input, evidence: 'guessed' as const },
  );
  return { ...facts, exchange: { ...facts.exchange, inputs } };
}

function inputsOf(
  shared: readonly HandlerFacts[],
  own: readonly HandlerFacts[],
  params: readonly string[],
  at: Span,
): CodeOperation['inputs'] {
  const items: Input[] = [];
  const seen = new Set<string>();
  const add = (input: Input): void => {
    const key = `${input.in} ${input.name}`;
    if (seen.has(key)) return;
    seen.add(key);
    items.push(input);
  };
  const unknownShape = (place: Span): Shape => ({
    kind: 'unknown',
    reason: { why: 'dynamic', what: 'type of an input', at: place },
  });
  for (const name of params) {
    const read = own
      .flatMap(({ exchange }) => exchange.inputs)
      .find((input) => input.in === 'path' && input.name === name);
    const place = read?.at ?? at;
    const places = placesOf(name, shared, own);
    add({
      name,
      in: 'path',
      required: known(true, 'declared', place),
      shape: read?.shape ?? unknownShape(place),
      evidence: 'declared',
      at: place,
      ...(places && { places }),
    });
  }
  const addRead = (read: ReadInput, more: { readonly accepted?: true }): void => {
    if (read.in === 'path' || (read.in === 'header' && isStandardHeader(read.name))) return;
    if (isLastResort(read, params)) return;
    if ([...shared, ...own].some(({ exchange }) => isRefused(exchange, read.in, read.name))) return;
    add({
      name: read.name,
      in: read.in,
      required:
        read.required === undefined
          ? unknown({ why: 'dynamic', what: 'whether an input is required', at: read.at })
          : known(read.required, read.evidence, read.at),
      shape: read.shape ?? unknownShape(read.at),
      evidence: read.evidence,
      at: read.at,
      ...(read.enforced && { enforced: true }),
      ...handling(read, [...shared, ...own]),
      ...more,
    });
  };
  const gaps: UnknownReason[] = [];
  for (const { exchange } of own) {
    gaps.push(...exchange.inputGaps);
    const open = exchange.handedOn.filter(
      (part) => ![...shared, ...own].some((one) => isClosed(one.exchange, part.in)),
    );
    gaps.push(...open.map(handedOnGap));
    for (const read of exchange.inputs)
      addRead(read, isOnlyAccepted(exchange, read) ? { accepted: true } : {});
  }
  // What a shared middleware reads (a locale, a credential) is taken, and no operation in particular asks for it.
  for (const { exchange } of shared) {
    gaps.push(...[...exchange.inputGaps, ...exchange.handedOn.map(handedOnGap)].slice(0, 1));
    for (const read of exchange.inputs) addRead(read, { accepted: true });
  }
  return collection(items, gaps);
}

function isOnlyAccepted(exchange: Exchange, read: ReadInput): boolean {
  if (read.accepted || isLeftOver(exchange, read.in, read.name)) return true;
  return read.presence !== undefined && isOnlyRefused(read.presence);
}

/** What stands in for an input, and how several values are taken: known where all that reads it was seen. */
function handling(read: ReadInput, all: readonly HandlerFacts[]): Pick<Input, 'default' | 'list'> {
  const readers = all.filter(({ exchange }) =>
    exchange.inputs.some((one) => one.in === read.in && one.name === read.name),
  );
  const isSeen = all.every(
    ({ exchange }) =>
      exchange.inputGaps.length === 0 && !exchange.handedOn.some((part) => part.in === read.in),
  );
  const { reading } = readers.length === 1 && isSeen ? read : {};
  const inferred = reading && defaultOf(reading);
  // Nothing, and what means as much, is mostly replaced by something else later.
  const fallback = read.default ?? (inferred === '' || inferred === -1 ? undefined : inferred || undefined);
  const list = reading && listOf(reading);
  return { ...(fallback !== undefined && { default: fallback }), ...(list && { list }) };
}

function handedOnGap(part: HandedOn): UnknownReason {
  return { why: 'dynamic', what: `all of the ${part.in} parameters are handed on`, at: part.at };
}

/** Looked for only where the path does not have it: here it has. */
function isLastResort({ reading }: ReadInput, params: readonly string[]): boolean {
  const { insteadOf = [], times } = reading ?? {};
  return (
    insteadOf.length > 0 && insteadOf.length === times && insteadOf.every((name) => params.includes(name))
  );
}

/** Every place that reads a parameter of the path; undefined where one of the handlers may do so unseen. */
function placesOf(
  name: string,
  shared: readonly HandlerFacts[],
  own: readonly HandlerFacts[],
): readonly Span[] | undefined {
  if (!own.every(({ exchange }) => knowsPathReads(exchange))) return undefined;
  const reads = [...shared, ...own].flatMap(({ exchange }) => exchange.pathReads);
  const named = reads.filter((read) => read.name === name);
  return [...new Map(named.map(({ at }) => [`${at.file} ${at.start}`, at])).values()];
}

function bodiesOf(shared: readonly HandlerFacts[], own: readonly HandlerFacts[]): CodeOperation['bodies'] {
  const gaps: UnknownReason[] = [...shared, ...own].flatMap(({ exchange }) => exchange.bodyGaps);
  let first: Span | undefined;
  const mediaTypes = new Map<string, Span>();
  for (const { exchange } of own) {
    first ??= exchange.bodyAt;
    for (const { mediaType, at } of exchange.bodyMediaTypes)
      if (!mediaTypes.has(mediaType)) mediaTypes.set(mediaType, at);
  }
  for (const { exchange } of shared) {
    if (exchange.bodyAt)
      gaps.push({ why: 'dynamic', what: 'body read by a middleware', at: exchange.bodyAt });
  }
  if (!first) return collection([], gaps);
  const at = first;
  const exchanges = own.map(({ exchange }) => exchange);
  const { shape, required } = bodyShape(exchanges, at);
  const form = mediaTypes.get('multipart/form-data');
  const isRead = exchanges.some(({ bodyFields }) => bodyFields.length > 0);
  // A parser of forms with files hands on what is none, and a parser of something else may have read the same fields.
  if (form && mediaTypes.size === 1 && isRead)
    gaps.push({ why: 'dynamic', what: 'other media types with the same fields', at: form });
  const parsed = gaps.length === 0 ? parsedInFront(shared.map(({ exchange }) => exchange)) : ['*'];
  const [usual = '*'] = parsed;
  const types = mediaTypes.size > 0 ? [...mediaTypes] : ([[usual, at]] as const);
  const enforced = exchanges.some(({ bodyDemands }) => bodyDemands.length > 0);
  const bodies: Body[] = types.map(([mediaType, place]) => ({
    mediaType,
    ...(parsed.length > 1 && { alike: parsed.filter((type) => type !== mediaType) }),
    shape,
    required: required ?? unknown({ why: 'dynamic', what: 'whether the body is required', at: place }),
    evidence: enforced ? 'declared' : 'inferred',
    at,
    ...(enforced && { enforced }),
  }));
  return collection(bodies, gaps);
}

function outputsOf(shared: readonly HandlerFacts[], own: readonly HandlerFacts[]): CodeOperation['outputs'] {
  const gaps: UnknownReason[] = [...own, ...shared].flatMap(({ exchange: { outputGaps, fileAt } }) =>
    fileAt ? [...outputGaps, { why: 'dynamic', what: 'whether a file is there', at: fileAt }] : outputGaps,
  );
  const items: Output[] = [];
  for (const [handlers, isShared] of [
    [own, false],
    [shared, true],
  ] as const) {
    const byStatus = new Map<number, SentOutput[]>();
    for (const { exchange } of handlers) {
      for (const output of exchange.outputs) {
        if (output.status !== undefined)
          byStatus.set(output.status, [...(byStatus.get(output.status) ?? []), output]);
      }
    }
    for (const [status, sent] of byStatus) {
      // The place of the best evidence: where an error that nobody knows becomes this status too is a guess.
      const first = sent.find(({ evidence }) => evidence !== 'guessed') ?? sent[0];
      if (!first || (isShared && items.some((item) => item.status === String(status)))) continue;
      if (isShared && status < 400) {
        // A redirect of the root, an answer to OPTIONS: a success of something in front is about other addresses.
        gaps.push({ why: 'dynamic', what: `${status} sent by a middleware`, at: first.at });
        continue;
      }
      items.push({
        status: String(status),
        bodies: answerBodies(sent),
        ...(!isShared && { headers: headersOfAll(sent.map(({ headers }) => headers ?? [])) }),
        evidence: sent.some(({ evidence }) => evidence !== 'guessed') ? strongest(sent) : 'guessed',
        at: first.at,
        ...(first.source && { source: first.source }),
        ...(isShared && { shared: true as const }),
      });
    }
  }
  return collection(items, gaps);
}

function strongest(sent: readonly SentOutput[]): Evidence {
  return sent.some(({ evidence }) => evidence === 'declared') ? 'declared' : 'inferred';
}

function answerBodies(sent: readonly SentOutput[]): Output['bodies'] {
  const bodies: Body[] = [];
  const gaps: UnknownReason[] = [];
  for (const { mediaType, shape, at, evidence } of sent) {
    if (mediaType === 'none') continue;
    if (mediaType === undefined) gaps.push({ why: 'dynamic', what: 'media type of an answer', at });
    else {
      bodies.push({
        mediaType,
        shape: shape ?? { kind: 'unknown', reason: { why: 'dynamic', what: 'body of an answer', at } },
        required: known(true, 'inferred', at),
        evidence,
        at,
      });
    }
  }
  return collection(bodies, gaps);
}

function securityOf(all: readonly HandlerFacts[], at: Span): Security {
  const schemes = all.flatMap(({ guard, at: place }) =>
    guard ? [{ name: guard.name, scopes: guard.scopes, evidence: guard.evidence, at: place }] : [],
  );
  const gaps = all.flatMap(({ gap }) => (gap ? [gap] : []));
  const [first] = schemes;
  const refuses = all.some(({ exchange }) =>
    exchange.outputs.some(({ status }) => status === 401 || status === 403),
  );
  const [gap] = gaps;
  const required = first
    ? known(true, schemes.some(({ evidence }) => evidence !== 'guessed') ? 'inferred' : 'guessed', first.at)
    : gap
      ? unknown(gap)
      : refuses || all.some(({ exchange }) => exchange.outputGaps.length > 0 || exchange.inputGaps.length > 0)
        ? unknown({ why: 'dynamic', what: 'whether the handler itself refuses callers', at })
        : known(false, 'inferred', at);
  return { required, schemes: collection(schemes, gaps) };
}
