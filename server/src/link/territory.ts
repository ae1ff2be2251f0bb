/**
 * The part of a server that a spec speaks of. A spec with the base `/api/v1` says nothing about `/metrics` or the
 * pages at `/login`: that they are not in it is worth a note and no more.
 */

import type { Alignment } from '../contract/pair.ts';
import { formatPath, literalOf, type Path } from '../contract/path.ts';
import { pathKeys, startsWithKeys } from './keys.ts';
import type { Promised, Route } from './routes.ts';

/** Words that stand in front of a whole interface. Any other segment that all paths share may be their subject. */
const interfaceWord = /^(?:api|rest|v\d+(?:[._-]\w+)*)$/i;

/** What stands in front of every operation of a spec, as the server has it. Empty: the whole server. */
export function territoryOf(promised: readonly Promised[], { base, mount, cut }: Alignment): Path {
  if (cut.length > 0) return [];
  const [first, ...rest] = promised.map(({ operation }) => operation.key.path);
  let length = 0;
  for (const segment of first ?? []) {
    const word = literalOf(segment);
    if (word === undefined || !interfaceWord.test(word)) break;
    if (!rest.every((path) => path[length] !== undefined && literalOf(path[length] ?? segment) === word))
      break;
    length += 1;
  }
  return [...mount, ...base, ...(first ?? []).slice(0, length)];
}

/** The territories that a route lies outside of, as text; undefined where it lies inside of one. */
export function outsideOf(route: Route, territories: readonly Path[]): readonly string[] | undefined {
  if (territories.length === 0) return undefined;
  const inside = territories.some((territory) => {
    const front = pathKeys(territory);
    // The root of an interface (`GET /api/v1`) tells what there is, and is no operation of it.
    return (
      front.length === 0 ||
      route.forms.some(({ keys }) => startsWithKeys(keys, front) && keys.length > front.length)
    );
  });
  return inside ? undefined : [...new Set(territories.map(formatPath))];
}
