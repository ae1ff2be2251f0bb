/**
 * What a fault of syntax leaves open. A parser that reads past one may put lines elsewhere than their author, or take them
 * for the rest of a text; where that surely ends, the columns of lines tell in YAML, and brackets in JSON.
 */

import type { DocNode, Doubt } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import { hasBalancedBrackets } from './json.ts';
import { MAX_PROBLEMS } from './limits.ts';

/** Undefined where nothing is in doubt, which is nearly always. */
export function doubtsOf(
  text: string,
  root: DocNode,
  problems: readonly Problem[],
): readonly Doubt[] | undefined {
  const faults = problems.filter(({ code }) =>
    /^document\/(?:yaml-syntax|json-syntax|complex-key)$/.test(code),
  );
  if (faults.length === 0) return undefined;
  const all: Doubt = { from: 0, start: 0, fault: 0, end: text.length + 1 };
  // What is wrong behind the last problem that is told, nobody knows.
  if (problems.length >= MAX_PROBLEMS) return [all];
  const isJson = faults.some(({ code }) => code === 'document/json-syntax');
  // A bracket too many, or too few, is noticed far behind the place where it was left out.
  if (isJson && !hasBalancedBrackets(text)) return [all];
  return faults.map(({ at }) => (isJson ? doubtInJson(root, at.start) : doubtInYaml(text, root, at.start)));
}

/** As long as brackets match, only what stands beside the fault may be other than it looks. */
function doubtInJson(root: DocNode, fault: number): Doubt {
  const inner = openAt(root, fault).findLast(({ kind }) => kind !== 'scalar') ?? root;
  return { from: inner.start, start: fault, fault, end: fault + 1 };
}

/**
 * The lines from a fault to the next key of a mapping that began in front of it, if no line between them stands further
 * to the left: only there a later line is sure to be read as what it is, and no outer mapping has lost anything.
 */
function doubtInYaml(text: string, root: DocNode, fault: number): Doubt {
  const open = openAt(root, fault);
  const start = beginOf(text, open.at(-1), fault);
  let best: Doubt = { from: 0, start, fault, end: text.length + 1 };
  for (const map of open) {
    if (map.kind !== 'map' || map.start >= fault) continue;
    const next = map.entries.find(({ keyStart }) => keyStart > fault);
    if (!next || next.keyStart >= best.end) continue;
    const column = columnOf(text, next.keyStart);
    const own = map.entries[0] && columnOf(text, map.entries[0].keyStart);
    if (column === undefined || (own !== undefined && own !== column)) continue;
    if (leastColumn(text, fault, next.keyStart) < column) continue;
    best = { from: map.start, start, fault, end: next.keyStart };
  }
  return best;
}

/** The nodes that may have been open at an offset, the outermost first: what began last in front of it, on each level. */
function openAt(root: DocNode, offset: number): readonly DocNode[] {
  const open: DocNode[] = [];
  let node: DocNode | undefined = root;
  while (node) {
    open.push(node);
    const inside: readonly DocNode[] =
      node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'seq' ? node.items : [];
    const { start, end }: DocNode = node;
    // What stands outside is there by an alias.
    node = inside.findLast((each) => each.start <= offset && each.start >= start && each.start <= end);
  }
  return open;
}

/**
 * Where the damage begins: at the end of what stands in front of the line of the fault, because what follows may belong
 * there, and what is deeper than the line above may belong to the one above that. A text of several lines in front of
 * the fault may be one that took in what follows it.
 */
function beginOf(text: string, last: DocNode | undefined, fault: number): number {
  const isLong = last?.kind === 'scalar' && text.slice(last.start, last.end).includes('\n');
  const from = isLong ? Math.min(last.start, fault) : fault;
  let column = columnOf(text, from);
  let end = text.lastIndexOf('\n', from - 1);
  while (end > 0) {
    const line = text.lastIndexOf('\n', end - 1) + 1;
    const written = text.slice(line, end).trimEnd();
    const lead = written.length - written.trimStart().length;
    if (written !== '' && written[lead] !== '#') {
      if (column === undefined || lead >= column) return line + written.length;
      column = undefined;
    }
    end = line - 1;
  }
  return 0;
}

/** Of what stands first on its line; undefined for what does not. */
function columnOf(text: string, offset: number): number | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(line, offset).trim() === '' ? offset - line : undefined;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

/** Of the lines between two offsets, that of the first one included. */
function leastColumn(text: string, start: number, end: number): number {
  let least = Infinity;
  for (let at = text.lastIndexOf('\n', start - 1); at + 1 < end; at = lineEnd(text, at + 1)) {
    const [, lead = '', first = ''] = /^([ \t]*)([^\r\n]?)/.exec(text.slice(at + 1, at + 200)) ?? [];
    if (first !== '' && first !== '#') least = Math.min(least, lead.length);
  }
  return least;
}
