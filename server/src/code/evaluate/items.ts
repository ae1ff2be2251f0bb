/** Items of lists that may have more than is known of them, or less. */

import { dynamic, undefinedValue, type ArrayValue, type Site, type Value } from './values.ts';
import { union } from './alternatives.ts';

/** A list longer than this is data, not a table of routes. */
export const itemLimit = 1_000;

/** Adds the items of a list to one that stays of a size that can be handled. */
export function append(target: ArrayValue, { items, open, each, loose }: ArrayValue): void {
  extend(target, items, open, each);
  if (loose) target.loose = true;
}

/** Adds items to a list that stays of a size that can be handled. */
export function extend(target: ArrayValue, items: readonly Value[], open = false, each = false): void {
  for (const item of items) {
    if (target.items.length >= itemLimit) {
      leaveOpen(target);
      return;
    }
    target.items.push(item);
  }
  if (open) leaveOpen(target, each);
}

/** It may have more items; with `each`, such ones as are listed. */
export function leaveOpen(target: ArrayValue, each = false): void {
  if (!each) delete target.each;
  else if (!target.open) target.each = true;
  target.open = true;
}

/** How many items it has, if that is known. */
export function lengthOf({ items, open, loose }: ArrayValue): number | undefined {
  return open || loose ? undefined : items.length;
}

/** The item at an index; what is behind it too, where those in front may be missing. */
export function itemAt({ items, open, loose }: ArrayValue, index: number, site: Pick<Site, 'at'>): Value {
  const item = items[index];
  if (loose && item) return union([...items.slice(index), undefinedValue]);
  return item ?? (open ? dynamic('element', site.at) : undefinedValue);
}

/** What stands for the items of a list that are not listed. */
export function unlisted({ open, each }: ArrayValue, site: Pick<Site, 'at'>): readonly Value[] {
  return open && !each ? [dynamic('element', site.at)] : [];
}
