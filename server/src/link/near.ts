/**
 * Near misses: for an operation without counterpart, those of the other side that it was most likely meant to be.
 * Everything goes through indexes, so thousands of operations without counterpart stay cheap.
 */

import { formatPath, isParam, type Path } from '../contract/path.ts';
import { isRest } from '../contract/path.ts';
import { joinKeys, type Keys, PARAM, pathKeys } from './keys.ts';
import { isForeignParameter, stems, typoKeys } from './spelling.ts';

/** An operation of either side at its address in the spec's terms. */
export interface Sighted<O> {
  readonly operation: O;
  readonly method: string;
  readonly path: Path;
  readonly alone: boolean;
}

export interface Near<O> {
  readonly kind: 'method' | 'path';
  readonly operation: O;
  readonly suggestion: string;
  readonly mutual: boolean;
}

const MAX_NEAR = 3;

interface Entry<O> extends Sighted<O> {
  readonly index: number;
  readonly keys: Keys;
  readonly stems: Keys;
}

interface Indexes<O> {
  readonly byAddress: ReadonlyMap<string, readonly Entry<O>[]>;
  readonly byStem: ReadonlyMap<string, readonly Entry<O>[]>;
  readonly byTypo: ReadonlyMap<string, readonly Entry<O>[]>;
  readonly byOrder: ReadonlyMap<string, readonly Entry<O>[]>;
}

interface Candidate<O> {
  readonly kind: 'method' | 'path';
  readonly entry: Entry<O>;
}

function entriesOf<O>(sighted: readonly Sighted<O>[]): readonly Entry<O>[] {
  return sighted.map((one, index) => {
    const keys = pathKeys(one.path);
    return { ...one, index, keys, stems: stems(keys) };
  });
}

function file<O>(map: Map<string, Entry<O>[]>, key: string, entry: Entry<O>): void {
  const there = map.get(key);
  if (there) there.push(entry);
  else map.set(key, [entry]);
}

/** One key for every position and every letter that may be wrong there. */
function* typoAddresses(entry: { readonly method: string; readonly stems: Keys }): Generator<string> {
  for (const [at, word] of entry.stems.entries()) {
    const before = joinKeys(entry.stems.slice(0, at));
    const after = joinKeys(entry.stems.slice(at + 1));
    for (const typo of typoKeys(word)) yield `${entry.method} ${before}/ ${typo} /${after}`;
  }
}

function orderKey(entry: { readonly method: string; readonly stems: Keys }): string {
  return `${entry.method} ${joinKeys([...entry.stems].sort())}`;
}

function indexesOf<O>(entries: readonly Entry<O>[]): Indexes<O> {
  const byAddress = new Map<string, Entry<O>[]>();
  const byStem = new Map<string, Entry<O>[]>();
  const byTypo = new Map<string, Entry<O>[]>();
  const byOrder = new Map<string, Entry<O>[]>();
  for (const entry of entries) {
    file(byAddress, joinKeys(entry.keys), entry);
    file(byStem, `${entry.method} ${joinKeys(entry.stems)}`, entry);
    // What has a counterpart is spelled right; a typo is looked for among the rest only.
    if (!entry.alone) continue;
    for (const key of typoAddresses(entry)) file(byTypo, key, entry);
    file(byOrder, orderKey(entry), entry);
  }
  return { byAddress, byStem, byTypo, byOrder };
}

function candidates<A, B>(entry: Entry<A>, others: Indexes<B>): readonly Candidate<B>[] {
  const found = new Map<number, Candidate<B>>();
  const take = (kind: Candidate<B>['kind'], entries: readonly Entry<B>[] | undefined): void => {
    for (const other of entries ?? []) if (!found.has(other.index)) found.set(other.index, { kind, entry: other });
  };
  const exact = others.byAddress.get(joinKeys(entry.keys));
  take('method', exact?.filter(({ method, alone }) => method !== entry.method && alone));
  take('path', others.byStem.get(`${entry.method} ${joinKeys(entry.stems)}`));
  for (const key of typoAddresses(entry)) take('path', others.byTypo.get(key));
  if (entry.stems.some((key) => key !== PARAM)) take('path', others.byOrder.get(orderKey(entry)));
  take('method', exact?.filter(({ method, alone }) => method !== entry.method && !alone));
  return [...found.values()].sort((a, b) => Number(b.entry.alone) - Number(a.entry.alone)).slice(0, MAX_NEAR);
}

/** Two methods at one address: which is meant for which can only be told where each side has one left. */
function onlyAlone<O>(entry: Entry<O>, indexes: Indexes<O>): boolean {
  return (indexes.byAddress.get(joinKeys(entry.keys)) ?? []).filter(({ alone }) => alone).length === 1;
}

/** `own` as the other side spells it, with the parameter names of `own` where both have a parameter. */
function respelled(own: Path, other: Path): string {
  if (own.length !== other.length) return formatPath(other);
  return formatPath(
    other.map((segment, i) => {
      const mine = own[i];
      if (!mine || isRest(mine) || !isParam(segment)) return segment;
      const params = mine.parts.flatMap((part) => ('param' in part ? [part.param] : []));
      const [only] = params;
      return params.length === 1 && only !== undefined && (isParam(mine) || isForeignParameter(pathKeys([mine])[0] ?? ''))
        ? { parts: [{ param: only }] }
        : segment;
    }),
  );
}

/** Near misses of each side, at the same index as in `left` and `right`; empty for operations with a counterpart. */
export function nearMisses<A, B>(
  left: readonly Sighted<A>[],
  right: readonly Sighted<B>[],
): { readonly left: readonly (readonly Near<B>[])[]; readonly right: readonly (readonly Near<A>[])[] } {
  const lefts = entriesOf(left);
  const rights = entriesOf(right);
  const leftIndexes = indexesOf(lefts);
  const rightIndexes = indexesOf(rights);
  const ofLeft = lefts.map((entry) => (entry.alone ? candidates(entry, rightIndexes) : []));
  const ofRight = rights.map((entry) => (entry.alone ? candidates(entry, leftIndexes) : []));

  const finish = <X, Y>(
    entry: Entry<X>,
    found: readonly Candidate<Y>[],
    back: readonly (readonly Candidate<X>[])[],
    mine: Indexes<X>,
    theirs: Indexes<Y>,
  ): readonly Near<Y>[] =>
    found.map(({ kind, entry: other }, rank) => ({
      kind,
      operation: other.operation,
      suggestion: kind === 'path' ? respelled(entry.path, other.path) : formatPath(other.path),
      mutual:
        rank === 0 &&
        other.alone &&
        back[other.index]?.[0]?.entry.index === entry.index &&
        (kind === 'path' || (onlyAlone(entry, mine) && onlyAlone(other, theirs))),
    }));

  return {
    left: lefts.map((entry, i) => finish(entry, ofLeft[i] ?? [], ofRight, leftIndexes, rightIndexes)),
    right: rights.map((entry, i) => finish(entry, ofRight[i] ?? [], ofLeft, rightIndexes, leftIndexes)),
  };
}
