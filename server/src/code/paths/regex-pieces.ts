/** From a regular expression to the pieces of a path, where it describes one. */

import { optional, type Piece } from './forms.ts';
import type { RegexNode } from './regex-tree.ts';

export type RegexPieces =
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'unreadable'; readonly why: string };

type Nodes = readonly RegexNode[];

/** Name of what an expression matches and does not give out. */
const unnamed = '_';
const maxRepeats = 8;

/** Pieces for the alternatives of an expression. */
export function regexPieces(alternatives: readonly Nodes[]): RegexPieces {
  let why: string | undefined;

  function choice(all: readonly Nodes[], name: string): readonly Piece[] {
    const of = all.map((nodes) => sequence(nodes, name));
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : [{ kind: 'choice', of }];
  }

  function sequence(nodes: Nodes, name: string): readonly Piece[] {
    const pieces: Piece[] = [];
    for (let at = 0; at < nodes.length; at += 1) {
      let until = at;
      while (until < nodes.length && isFree(nodes[until])) until += 1;
      if (until > at) {
        // `[a-z][a-z0-9]*` is one parameter, not two.
        const run = nodes.slice(at, until);
        const param: Piece = { kind: 'param', name };
        pieces.push(run.every(canBeEmpty) ? optional([param]) : param);
        at = until - 1;
        continue;
      }
      const node = nodes[at];
      if (node === undefined) continue;
      if (node.kind === 'ahead' && at < nodes.length - 1) why ??= 'a condition on the text around it';
      pieces.push(...one(node, name));
    }
    return pieces;
  }

  function one(node: RegexNode, name: string): readonly Piece[] {
    switch (node.kind) {
      case 'char':
        return [{ kind: 'text', text: node.char }];
      case 'class':
        // A dot on its own is nearly always a forgotten escape: `/openapi.json`.
        return [node.dot === true ? { kind: 'text', text: '.' } : { kind: 'param', name }];
      case 'param':
        return [{ kind: node.slash ? 'rest' : 'param', name: node.name }];
      case 'start':
      case 'end':
        return [{ kind: node.kind }];
      case 'ahead':
        return choice(node.alternatives, name);
      case 'group':
        return group(node.alternatives, node.capture ?? name, node.capture !== undefined);
      case 'repeat':
        return repeat(node.of, node.min, node.max, name);
    }
  }

  function group(all: readonly Nodes[], name: string, captures: boolean): readonly Piece[] {
    const oneText =
      captures &&
      !all.some((nodes) => nodes.some(matchesSlash)) &&
      !all.every((nodes) => nodes.every(isFinite));
    if (!oneText) return choice(all, name);
    const param: Piece = { kind: 'param', name };
    return all.some((nodes) => nodes.every(canBeEmpty)) ? [optional([param])] : [param];
  }

  function repeat(node: RegexNode, min: number, max: number, name: string): readonly Piece[] {
    if (max === 0) return [];
    if (max === 1) return min === 0 ? [optional(one(node, name))] : one(node, name);
    if (node.kind === 'char' && node.char === '/') {
      const slash: Piece = { kind: 'text', text: '/' };
      return min === 0 ? [optional([slash])] : [slash];
    }
    if (node.kind === 'char') {
      if (min === max && min <= maxRepeats) return [{ kind: 'text', text: node.char.repeat(min) }];
      why ??= `a repeated "${node.char}"`;
      return [];
    }
    const label = node.kind === 'group' ? (node.capture ?? name) : node.kind === 'param' ? node.name : name;
    if (matchesSlash(node)) return [{ kind: 'rest', name: label }];
    const param: Piece = { kind: 'param', name: label };
    return min === 0 ? [optional([param])] : [param];
  }

  const pieces = choice(alternatives, unnamed);
  return why === undefined ? { kind: 'pieces', pieces } : { kind: 'unreadable', why };
}

/** Matches text without slashes and without a letter of its own, and gives nothing out. */
function isFree(node: RegexNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.kind === 'class') return !node.slash;
  if (node.kind === 'repeat') return isFree(node.of);
  return (
    node.kind === 'group' &&
    node.capture === undefined &&
    node.alternatives.every((nodes) => nodes.length > 0 && nodes.every(isFree))
  );
}

function canBeEmpty(node: RegexNode): boolean {
  if (node.kind === 'repeat') return node.min === 0 || canBeEmpty(node.of);
  if (node.kind === 'group') return node.alternatives.some((nodes) => nodes.every(canBeEmpty));
  return node.kind === 'start' || node.kind === 'end' || node.kind === 'ahead';
}

/** Can the text that it matches hold a slash? */
export function matchesSlash(node: RegexNode): boolean {
  switch (node.kind) {
    case 'char':
      return node.char === '/';
    case 'class':
    case 'param':
      return node.slash;
    case 'repeat':
      return matchesSlash(node.of);
    case 'group':
      return node.alternatives.some((nodes) => nodes.some(matchesSlash));
    default:
      return false;
  }
}

/** Matches a few texts that can be listed. */
function isFinite(node: RegexNode): boolean {
  if (node.kind === 'repeat') return node.max <= 1 && isFinite(node.of);
  if (node.kind === 'group') return node.alternatives.every((nodes) => nodes.every(isFinite));
  return node.kind !== 'class' && node.kind !== 'param';
}
