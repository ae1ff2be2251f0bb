/** What a selection grows to: the value, its entry, all of the mapping, and so on outwards. */

import type { DocNode } from '../contract/facts.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Outermost first, each within the one before it. */
export function selectionsAt(root: DocNode, offset: number): readonly Range[] {
  const ranges: Range[] = [];
  const add = ({ start, end }: Range): void => {
    const last = ranges.at(-1);
    if (last && (start < last.start || end > last.end || (start === last.start && end === last.end))) return;
    ranges.push({ start, end });
  };
  let node: DocNode | undefined = root;
  while (node) {
    add(node);
    const current: DocNode = node;
    node = undefined;
    if (current.kind === 'seq') node = current.items.find((item) => holds(item, offset));
    if (current.kind !== 'map') continue;
    for (const { keyStart, keyEnd, value } of current.entries) {
      const isInPlace = value.start >= keyEnd;
      const whole = { start: keyStart, end: isInPlace ? value.end : keyEnd };
      if (!holds(whole, offset)) continue;
      add(whole);
      if (offset <= keyEnd) add({ start: keyStart, end: keyEnd });
      else node = value;
      break;
    }
  }
  return ranges;
}

function holds({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}
