/**
 * Keys under which addresses meet: one string a segment. Parameters count by position and never by name, letter
 * case does not count, and neither does a trailing slash (empty segments are gone when a path is read).
 */

import { isRest, type Path, type Segment } from '../contract/path.ts';

/** The key of a segment that is one parameter. */
export const PARAM = '{}';
/** The key of a segment that stands for any number of segments. */
export const REST = '**';

export type Keys = readonly string[];

function segmentKey(segment: Segment): string {
  if (isRest(segment)) return REST;
  let key = '';
  for (const part of segment.parts) key += 'text' in part ? part.text.toLowerCase() : PARAM;
  return key;
}

export function pathKeys(path: Path): Keys {
  return path.map(segmentKey);
}

/** One string for a list of keys; equal strings exactly for equal lists, since no key holds a `/`. */
export function joinKeys(keys: Keys): string {
  return keys.join('/');
}

export function isLiteralKey(key: string): boolean {
  return key !== REST && !key.includes(PARAM);
}

export function hasLiteral(keys: Keys): boolean {
  return keys.some(isLiteralKey);
}

export function startsWithKeys(keys: Keys, prefix: Keys): boolean {
  return prefix.length <= keys.length && prefix.every((key, i) => keys[i] === key);
}

export function endsWithKeys(keys: Keys, suffix: Keys): boolean {
  const skip = keys.length - suffix.length;
  return skip >= 0 && suffix.every((key, i) => keys[skip + i] === key);
}

/** Every way to cut `keys` into a front and a back that still holds a literal, the longest back first. */
export function* cuts(keys: Keys): Generator<{ readonly front: Keys; readonly back: Keys }> {
  for (let at = 0; at < keys.length; at += 1) {
    const back = keys.slice(at);
    if (!hasLiteral(back)) return;
    yield { front: keys.slice(0, at), back };
  }
}
