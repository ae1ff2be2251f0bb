/** Reasons for not knowing, in lines: what is said in the same words is said once. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import { reasonPlace, reasonText } from '../../contract/reasons.ts';
import type { Places } from '../places.ts';
import { count } from './theme.ts';

/** Those that share a key and a wording, in the order in which each is met first. */
export function alike<T>(
  items: readonly T[],
  reasonOf: (item: T) => UnknownReason,
  keyOf: (item: T) => string = () => '',
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = `${keyOf(item)} ${reasonText(reasonOf(item))}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** `app.ts:4 and 2 further places`; empty where there is no place. */
export function placesOf(reasons: readonly UnknownReason[], places: Places): string {
  const all = new Set(
    reasons.flatMap((reason) => {
      const at = reasonPlace(reason);
      return at ? [`${at.file}:${places.of(at).start.line}`] : [];
    }),
  );
  const [first] = all;
  if (first === undefined) return '';
  return all.size > 1 ? `${first} and ${count(all.size - 1, 'further place')}` : first;
}
