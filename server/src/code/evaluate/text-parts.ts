/** Texts that are put together from parts, of which some may be unknown. */

import type { Scalar } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { unknownValue, type TextPart, type Value } from './values.ts';
import { alternatives, isNothing, union, unionLimit } from './alternatives.ts';

/** Text put together from more unknown parts than this is no path. */
const partLimit = 24;

/** A longer text is content: no path, name or status. */
const textLimit = 10_000;

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
  const set = all.filter((one) => !isNothing(one));
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

function textParts(value: Value, at: Span): readonly TextPart[] {
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
