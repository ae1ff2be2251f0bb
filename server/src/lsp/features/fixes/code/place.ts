/** The order of routes: who stands in front answers. */

import type { SpecOperation } from '../../../../contract/operation.ts';
import { shadows, type Home, type Neighbour } from './routers.ts';

export interface Placed {
  readonly neighbour: Neighbour;
  /** Of what registers it, in the file. */
  readonly start: number;
}

export interface Place<T> {
  /** Behind this one, or in front of it. */
  readonly beside: T;
  readonly inFront: boolean;
}

/** Behind the best neighbour, and where routes for several addresses need it in front of them, or behind what it would hide. */
export function placeFor<T extends Placed>(
  { key }: SpecOperation,
  { relative }: Home,
  known: readonly T[],
): Place<T> | undefined {
  const [model] = known;
  if (!model) return undefined;
  const inOrder = [...known].sort((a, b) => a.start - b.start);
  const sameMethod = inOrder.filter(({ neighbour }) =>
    [key.method, 'ALL'].includes(neighbour.code.key.method),
  );
  const hiding = sameMethod.find(({ neighbour }) => shadows(neighbour.relative, relative));
  const hidden = sameMethod.findLast(({ neighbour }) => shadows(relative, neighbour.relative));
  if (hiding && hidden && hiding.start <= hidden.start) return undefined;
  const alike = inOrder.findLast(({ neighbour }) => neighbour.shared === model.neighbour.shared) ?? model;
  const behind = hidden && hidden.start > alike.start ? hidden : alike;
  return hiding && hiding.start <= behind.start
    ? { beside: hiding, inFront: true }
    : { beside: behind, inFront: false };
}

/**
 * What all neighbours with the same need of a credential have, word for word. Undefined where the spec asks for one, and
 * which of several guards would be it nobody can tell.
 */
export function sharedGuards(
  { security }: SpecOperation,
  known: readonly { readonly neighbour: Neighbour; readonly guards: readonly string[] }[],
): readonly string[] | undefined {
  const needs = security.required.known && security.required.value;
  const told = known.filter(
    ({ neighbour: { code } }) => code.security.required.known && code.security.required.value === needs,
  );
  const lists = (told.length > 0 ? told : known).map(({ guards }) => guards);
  const [first = []] = lists;
  const common = first.filter((text) => lists.every((list) => list.includes(text)));
  // One neighbour alone: its validators are its own, and only what was seen to guard is known to be a guard.
  const names = known.flatMap(({ neighbour: { code } }) =>
    code.security.schemes.items.map(({ name }) => name),
  );
  const isGuard = (text: string): boolean => names.some((name) => text.split(/[^\w$]+/).includes(name));
  const shared = lists.length > 1 ? common : common.filter(isGuard);
  const isGuarded = !needs || shared.length > 0 || lists.some((list) => list.length === 0);
  return isGuarded ? shared : undefined;
}
