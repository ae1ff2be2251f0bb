/** What Spectral asks of its resolver about a document: which reference stands where, and which lead nowhere. */

import type { Resolution } from '../run.ts';
import { keyOf } from './cut.ts';
import { writtenPointer, type Link } from './links.ts';
import type { PartIndex } from './parts.ts';
import type { State } from './states.ts';

export interface Wiring {
  add(links: readonly Link[]): void;
  remove(links: readonly Link[]): void;
  readonly graph: Resolution['graph'];
}

/** Undefined where it is not certain that we write what the resolver writes. */
export function createWiring(
  { graph }: Resolution,
  source: string,
  states: Iterable<State>,
): Wiring | undefined {
  if (!graph.hasNode(source)) return undefined;
  const refMap = { ...(graph.getNodeData(source) as { readonly refMap: Record<string, string> }).refMap };
  const counts = new Map<string, number>();
  const count = (links: readonly Link[], by: number): void => {
    for (const { ref, isOwn } of links) {
      if (isOwn) continue;
      const now = (counts.get(ref) ?? 0) + by;
      if (now === 0) counts.delete(ref);
      else counts.set(ref, now);
    }
  };
  for (const { links } of states) count(links.links, 1);
  const nodes = graph.overallOrder();
  const [first] = counts.keys();
  const base =
    first === undefined ? source : nodes.find((node) => node.endsWith(first))?.slice(0, -first.length);
  if (base === undefined) return undefined;
  const local = new Set([...counts.keys()].map((ref) => base + ref));
  const others = nodes.filter((node) => !local.has(node));
  if (nodes.length !== others.length + local.size) return undefined;
  let order: readonly string[] | undefined;
  const answers = {
    getNodeData: (node: string): unknown => (node === source ? { refMap } : graph.getNodeData(node)),
    overallOrder: () => (order ??= [...others, ...[...counts.keys()].map((ref) => base + ref)]),
  };
  return {
    add(links) {
      for (const { from, to, isOwn } of links) if (!isOwn) refMap[writtenPointer(from)] = writtenPointer(to);
      count(links, 1);
      order = undefined;
    },
    remove(links) {
      for (const { from } of links) delete refMap[writtenPointer(from)];
      count(links, -1);
      order = undefined;
    },
    graph: answers as unknown as Resolution['graph'],
  };
}

export type ResolutionError = Resolution['errors'][number];

/** With what Spectral makes use of. */
function errorOf({ from, ref }: Link): ResolutionError {
  const error: Partial<ResolutionError> = {
    code: 'POINTER_MISSING',
    message: `'${ref}' does not exist`,
    path: [...from],
    uriStack: [],
    pointerStack: [],
  };
  return error as ResolutionError;
}

/** All errors of now. Undefined where two are told in the same words, because Spectral takes the first. */
export function errorsOf(
  kept: readonly ResolutionError[],
  states: Iterable<State>,
): ResolutionError[] | undefined {
  const missing = [...states].flatMap((state) => state.missing.map(errorOf));
  const messages = new Set(kept.map(({ message }) => message));
  return missing.some(({ message }) => messages.has(message)) ? undefined : [...kept, ...missing];
}

/**
 * Errors that come from references that only Spectral's resolver understands; the others are noted in their parts.
 * Undefined where it is not certain which are which.
 */
export function sortErrors(
  { errors }: Resolution,
  states: ReadonlyMap<string, State>,
  index: PartIndex,
): readonly ResolutionError[] | undefined {
  const kept: ResolutionError[] = [];
  for (const error of errors) {
    const key = error.uriStack.length === 0 ? index.reach(error.path)?.key : undefined;
    const state = key === undefined ? undefined : states.get(key);
    if (!state || state.links.foreign.length > 0) {
      kept.push(error);
      continue;
    }
    const at = keyOf(error.path);
    const link = state.links.links.find(({ from }) => keyOf(from) === at);
    if (!link || error.message !== errorOf(link).message) return undefined;
    state.missing = [...state.missing, link];
  }
  const hasForeign = [...states.values()].some(({ links }) => links.foreign.length > 0);
  return kept.length > 0 && !hasForeign ? undefined : kept;
}
