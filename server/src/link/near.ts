/**
 * Near misses: for an operation without counterpart, those of the other side that it was most likely meant to be.
 * Everything goes through indexes, so thousands of operations without counterpart stay cheap.
 */

import { formatPath, isParam, isRest, type Path } from '../contract/path.ts';
import { joinKeys, type Keys, PARAM, pathKeys } from './keys.ts';
import { isForeignParameter, isTypable, stems, typoKeys } from './spelling.ts';

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
  readonly byGap: ReadonlyMap<string, Siblings<O>>;
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

/** The address without the segment at one position: what two addresses share that differ there only. */
function* gaps({
  method,
  keys,
  stems: own,
}: {
  readonly method: string;
  readonly keys: Keys;
  readonly stems: Keys;
}): Generator<{ readonly key: string; readonly word: string }> {
  for (const [at, word] of keys.entries()) {
    if (isTypable(own[at] ?? word))
      yield { key: `${method} ${joinKeys(own.slice(0, at))}/ /${joinKeys(own.slice(at + 1))}`, word };
  }
}

/** Entries that differ at one position only, by the word there. The finer index is made when somebody asks. */
interface Siblings<O> {
  readonly entries: { readonly word: string; readonly entry: Entry<O> }[];
  byTypo?: ReadonlyMap<string, readonly Entry<O>[]>;
}

function misspelt<O>(siblings: Siblings<O>, word: string): readonly Entry<O>[] {
  if (!siblings.byTypo) {
    const byTypo = new Map<string, Entry<O>[]>();
    for (const { word: other, entry } of siblings.entries)
      for (const key of typoKeys(other)) file(byTypo, key, entry);
    siblings.byTypo = byTypo;
  }
  const { byTypo } = siblings;
  return typoKeys(word).flatMap((key) => byTypo.get(key) ?? []);
}

function orderKey(entry: { readonly method: string; readonly stems: Keys }): string {
  return `${entry.method} ${joinKeys([...entry.stems].sort())}`;
}

function indexesOf<O>(entries: readonly Entry<O>[]): Indexes<O> {
  const byAddress = new Map<string, Entry<O>[]>();
  const byStem = new Map<string, Entry<O>[]>();
  const byGap = new Map<string, Siblings<O>>();
  const byOrder = new Map<string, Entry<O>[]>();
  for (const entry of entries) {
    file(byAddress, joinKeys(entry.keys), entry);
    file(byStem, `${entry.method} ${joinKeys(entry.stems)}`, entry);
    // What has a counterpart is spelled right; a typo is looked for among the rest only.
    if (!entry.alone) continue;
    for (const { key, word } of gaps(entry)) {
      const siblings = byGap.get(key);
      if (siblings) siblings.entries.push({ word, entry });
      else byGap.set(key, { entries: [{ word, entry }] });
    }
    file(byOrder, orderKey(entry), entry);
  }
  return { byAddress, byStem, byGap, byOrder };
}

function candidates<A, B>(entry: Entry<A>, others: Indexes<B>): readonly Candidate<B>[] {
  const found = new Map<number, Candidate<B>>();
  const take = (kind: Candidate<B>['kind'], entries: readonly Entry<B>[] | undefined): void => {
    for (const other of entries ?? []) {
      // One address twice is no misspelling: something else keeps the two apart (an unknown prefix).
      if (kind === 'path' && joinKeys(other.keys) === joinKeys(entry.keys)) continue;
      if (!found.has(other.index)) found.set(other.index, { kind, entry: other });
    }
  };
  const exact = others.byAddress.get(joinKeys(entry.keys));
  take(
    'method',
    exact?.filter(({ method, alone }) => method !== entry.method && alone),
  );
  take('path', others.byStem.get(`${entry.method} ${joinKeys(entry.stems)}`));
  for (const { key, word } of gaps(entry)) {
    const siblings = others.byGap.get(key);
    if (siblings) take('path', misspelt(siblings, word));
  }
  if (entry.stems.some((key) => key !== PARAM)) take('path', others.byOrder.get(orderKey(entry)));
  take(
    'method',
    exact?.filter(({ method, alone }) => method !== entry.method && !alone),
  );
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
      return params.length === 1 &&
        only !== undefined &&
        (isParam(mine) || isForeignParameter(pathKeys([mine])[0] ?? ''))
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
  if (![...left, ...right].some(({ alone }) => alone))
    return { left: left.map(() => []), right: right.map(() => []) };
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
