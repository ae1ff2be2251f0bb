/** Headers of an answer, as a handler sets one after the other. Names do not depend on letter case (RFC 9110, section 5.1). */

import type { Span } from '../../../contract/span.ts';
import { read, write, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { objectOf, text, type ObjectValue, type Value } from '../../evaluate/values.ts';
import type { Exchange } from './exchange.ts';

export interface SentHeader {
  /** As the code writes it. */
  readonly name: string;
  readonly at: Span;
}

/** A header that a decorator names; media types are told with the bodies. */
export function namedHeader(name: string | undefined, at: Span): readonly SentHeader[] {
  return name && name.toLowerCase() !== 'content-type' ? [{ name, at }] : [];
}

type Way = ObjectValue['props'];

/** What is set so far on each way that leads here: the names in lower case, with how they are written. */
function waysOf(run: Run, { headers }: Exchange): readonly Way[] {
  return alternatives(read(run, headers)).map((one): Way => (one.t === 'object' ? one.props : new Map()));
}

/** A header that is set from here on, whatever its value is. A name that is not known says nothing. */
export function noteHeader(run: Run, exchange: Exchange, name: Value | undefined, at: Span): void {
  const written = name && fixedText(name);
  if (!written) return;
  keep(run, exchange, [...without(headersSet(run, exchange), written), { name: written, at }], at);
}

/** `res.removeHeader(name)`; without a known name, any may be gone. */
export function dropHeader(run: Run, exchange: Exchange, name: Value | undefined, at: Span): void {
  const written = name && fixedText(name);
  keep(run, exchange, written === undefined ? [] : without(headersSet(run, exchange), written), at);
}

function keep(run: Run, exchange: Exchange, headers: readonly SentHeader[], at: Span): void {
  const entries = headers.map((one) => [one.name.toLowerCase(), text(one.name, one.at)] as const);
  write(run, exchange.headers, objectOf(entries, at));
}

function without(headers: readonly SentHeader[], name: string): readonly SentHeader[] {
  return headers.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
}

/** The headers that are set on every way that leads here. */
export function headersSet(run: Run, exchange: Exchange): readonly SentHeader[] {
  return commonOf(waysOf(run, exchange));
}

function commonOf([first, ...others]: readonly Way[]): readonly SentHeader[] {
  return [...(first ?? [])].flatMap(([key, { value }]) => {
    const name = value && fixedText(value);
    if (name === undefined || value?.t !== 'text' || others.some((way) => !way.has(key))) return [];
    return [{ name, at: value.at }];
  });
}

/** The headers of all of these answers. */
export function headersOfAll(lists: readonly (readonly SentHeader[])[]): readonly SentHeader[] {
  const [first = [], ...others] = lists;
  return first.filter(({ name }) => others.every((list) => without(list, name).length < list.length));
}
