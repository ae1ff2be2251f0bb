/** A cut of a later text: only the parts that an edit is in are read again. */

import { MAX_YAML_LENGTH } from '../../text/limits.ts';
import { changeBetween, type Change } from './change.ts';
import type { Cut, Group, Item, Part, PlacedPart } from './cut.ts';
import { readRun, type Run } from './read-run.ts';

export interface CutEdit {
  readonly cut: Cut;
  readonly removed: readonly Part[];
  readonly added: readonly Part[];
}

/** The cut of a later text. Undefined where the edit may concern more than some neighbouring parts. */
export function editCut(cut: Cut, text: string): CutEdit | undefined {
  if (text.length > MAX_YAML_LENGTH) return undefined;
  const change = changeBetween(cut.text, text);
  if (!change) return { cut, removed: [], added: [] };
  const run = runOf(cut, text, change, cut.root, cut.text.length);
  if (!run) return undefined;
  const grown = text.length - cut.text.length;
  const source = text.slice(run.start, run.end + grown);
  const read = readRun(cut, source, run);
  if (!read) return undefined;
  const { group, first, last } = run;
  const kept = group.items.filter((_, index) => index < first || index > last);
  if (kept.length + read.length === 0) return undefined;
  const removed = group.items
    .slice(first, last + 1)
    .flatMap((item) => (item.kind === 'part' ? [item.part] : []));
  const keys = new Set([...kept, ...read].map(nameOf));
  if (keys.size !== kept.length + read.length) return undefined;
  const root = replaced(cut.root, run, read, grown);
  return { cut: { ...cut, text, root }, removed, added: read.map(({ part }) => part) };
}

function nameOf(item: Item): string {
  return (item.kind === 'part' ? item.part.path : item.path).at(-1) ?? '';
}

function runOf(cut: Cut, text: string, change: Change, group: Group, groupEnd: number): Run | undefined {
  const { items } = group;
  const { start, oldEnd, newEnd } = change;
  const startOf = (index: number): number => items[index]?.start ?? groupEnd;
  const endOf = (index: number): number => {
    const item = items[index];
    if (cut.format === 'yaml' || item?.kind !== 'part') return startOf(index + 1);
    return item.part.entry.value.end - item.part.origin + item.start;
  };
  let first = items.findLastIndex((item) => item.start <= start);
  if (first === -1) return undefined;
  // What is inserted in front of a key can belong to what stands before.
  if (cut.format === 'yaml' && startOf(first) === start && first > 0) first -= 1;
  let last = first;
  while (last < items.length && endOf(last) < oldEnd) last += 1;
  if (cut.format === 'yaml' && endOf(last) === oldEnd && newEnd > 0 && text[newEnd - 1] !== '\n') last += 1;
  if (cut.format === 'yaml' && last === items.length && oldEnd === cut.text.length) last -= 1;
  if (last >= items.length) return undefined;
  const [only] = items.slice(first, last + 1);
  if (first === last && only?.kind === 'group') {
    const [head] = only.items;
    return head && head.start <= start ? runOf(cut, text, change, only, startOf(first + 1)) : undefined;
  }
  if (items.slice(first, last + 1).some(({ kind }) => kind === 'group')) return undefined;
  return { group, first, last, start: startOf(first), end: endOf(last) };
}

/** The tree with the parts of a run exchanged, and all that stands behind them moved. */
function replaced(group: Group, run: Run, parts: readonly PlacedPart[], grown: number): Group {
  const moved = (item: Item): Item => {
    if (item.kind === 'part') return { ...item, start: item.start + grown };
    const { start, keyStart, keyEnd, items } = item;
    return {
      ...item,
      start: start + grown,
      keyStart: keyStart + grown,
      keyEnd: keyEnd + grown,
      items: items.map(moved),
    };
  };
  const behind = (item: Item): Item => (item.start >= run.end ? (grown === 0 ? item : moved(item)) : item);
  if (group === run.group) {
    const before = group.items.slice(0, run.first);
    return { ...group, items: [...before, ...parts, ...group.items.slice(run.last + 1).map(behind)] };
  }
  const holds = (item: Item): item is Group =>
    item.kind === 'group' &&
    run.group.path.slice(0, item.path.length).every((key, at) => item.path[at] === key);
  return {
    ...group,
    items: group.items.map((item) => (holds(item) ? replaced(item, run, parts, grown) : behind(item))),
  };
}
