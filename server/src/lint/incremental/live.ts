/** A document that is linted again and again, as it is now: its parts, what is known of them, and where they are. */

import type { IRuleResult } from '@stoplight/spectral-core';
import type { Finding } from '../../contract/finding.ts';
import { dataOf } from '../document-data.ts';
import { namesSchemas } from '../examples/identifiers.ts';
import { findingsOf, type Places } from '../findings.ts';
import type { WholeRun } from '../lint.ts';
import type { Reference } from '../references.ts';
import type { Cut, Part } from './cut.ts';
import type { CutEdit } from './edit-cut.ts';
import {
  absolute,
  placeInPart,
  placesInParts,
  indexParts,
  referencesInPart,
  type PartIndex,
} from './parts.ts';
import { resolveParts, type Target } from './resolve.ts';
import { createStates, type Found, type State, type States } from './states.ts';
import { stubFor } from './stubs.ts';
import { createTree, type Tree } from './tree.ts';
import { createWiring, sortErrors, type ResolutionError, type Wiring } from './wiring.ts';

/** What a session begins with. */
export interface Prepared {
  readonly states: States;
  readonly wiring: Wiring;
  readonly kept: readonly ResolutionError[];
  readonly naming: 'id' | undefined;
}

/** Undefined for a document whose parts may depend on each other in ways that are not seen. */
export function prepare(
  source: string,
  { resolution, others, target, results }: WholeRun,
  index: PartIndex,
  naming: 'id' | undefined,
): Prepared | undefined {
  const { result } = resolution;
  const isKnown = (of: string): boolean => of === source || others.placesOf(of) !== undefined;
  if (!results.every(({ source: of }) => of === undefined || isKnown(of))) return undefined;
  if (typeof result !== 'object' || namesSchemas(result as object, naming)) return undefined;
  // Documents that refer back to this one.
  const name = source.slice(source.lastIndexOf('/') + 1);
  if ([...others.documents.values()].some((document) => document?.text.includes(name))) return undefined;
  const states = createStates((path) => index.reach(path));
  for (const part of index.parts.values()) {
    const state = states.add(part, valueAt(target.parsed.data, part.path), valueAt(result, part.path));
    if (state?.links.foreign.some((ref) => ref.includes(name)) ?? true) return undefined;
  }
  const wiring = createWiring(resolution, source, states.all.values());
  const kept = sortErrors(resolution, states.all, index);
  return wiring && kept && { states, wiring, kept, naming };
}

export interface Trees {
  readonly data: Tree;
  readonly resolved: Tree;
  /** The data with stubs in the place of most parts. */
  readonly stubs: Tree;
}

/** Parts that an edit made, and those that it changed or that refer to what it changed. */
export interface Taken {
  readonly fresh: ReadonlySet<State>;
  readonly dirty: ReadonlySet<State>;
}

export interface Live {
  readonly cut: Cut;
  readonly index: PartIndex;
  readonly trees: Trees;
  readonly home: Places;
  /** By what Spectral calls a document. */
  placesOf(source: string): Places | 'broken' | undefined;
  /** A result with a place that stays right while others change. */
  foundIn(result: IRuleResult): Found | undefined;
  /** What is kept of a part, as it stands in the document now. */
  findingsIn(state: State): readonly Finding[];
  /** Undefined where it is not certain what the edit concerns. Then this document is of no use any more. */
  take(edit: CutEdit): Taken | undefined;
}

export interface LiveStart extends Prepared {
  readonly path: string;
  readonly run: WholeRun;
  readonly cut: Cut;
  readonly index: PartIndex;
}

export function createLive(start: LiveStart): Live {
  const { path: source, run, states, wiring, naming } = start;
  const { others } = run;
  let { cut, index } = start;
  const references = new WeakMap<Part, readonly Reference[]>();
  let trees = treesOf();
  let home = placesInParts(cut, index, referencesOf);

  function treesOf(): Trees {
    const dataIn = ({ key }: Part): unknown => states.all.get(key)?.data;
    return {
      data: createTree(cut, dataIn),
      resolved: createTree(cut, ({ key }) => states.all.get(key)?.resolved),
      stubs: createTree(cut, (part) => stubFor(part.path) ?? dataIn(part)),
    };
  }

  function referencesOf(part: Part): readonly Reference[] {
    const known = references.get(part) ?? referencesInPart(part);
    references.set(part, known);
    return known;
  }

  function placesOf(of: string): Places | 'broken' | undefined {
    return of === source ? home : others.placesOf(of);
  }

  function foundIn(result: IRuleResult): Found | undefined {
    const [finding] = findingsOf(result, home, placesOf);
    if (!finding) return undefined;
    if (result.source !== undefined && result.source !== source) return { finding, place: undefined };
    const { part, start: from, end } = placeInPart(index, result.path);
    return { finding, place: part ? { part, start: from, end } : { part, path: result.path } };
  }

  function findingsIn({ local, structural }: State): readonly Finding[] {
    return [...local, ...structural].map(({ finding, place }) => {
      if (!place) return finding;
      const { start: from, end } = place.part ? absolute(index, place) : home.placeOf(place.path);
      return { ...finding, at: { file: home.file, start: from, end } };
    });
  }

  function take(edit: CutEdit): Taken | undefined {
    const { removed, added } = edit;
    if (![...removed, ...added].every(isEditable)) return undefined;
    const before = new Map<string, State>();
    for (const part of removed) {
      const state = states.remove(part);
      if (!state || state.links.foreign.length > 0) return undefined;
      before.set(part.key, state);
      wiring.remove(state.links.links);
    }
    ({ cut } = edit);
    index = indexParts(cut);
    home = placesInParts(cut, index, referencesOf);
    const fresh = new Set<State>();
    for (const part of added) {
      const state = states.add(part, dataOf(part.entry.value), before.get(part.key)?.resolved);
      if (!state || state.links.foreign.length > 0) return undefined;
      fresh.add(state);
      wiring.add(state.links.links);
    }
    const dirty = new Set([...fresh, ...states.usersOf([...removed, ...added].map(({ key }) => key))]);
    if (!resolveParts(dirty, targetOf)) return undefined;
    if ([...dirty].some(({ path, resolved }) => namesSchemas(below(path, resolved), naming)))
      return undefined;
    if (removed.length !== added.length || removed.some(({ key }, at) => key !== added[at]?.key))
      trees = treesOf();
    else for (const state of dirty) updateTrees(trees, state);
    return { fresh, dirty };
  }

  function targetOf(to: readonly string[]): Target<State> | undefined {
    const reached = index.reach(to);
    return reached && { part: states.all.get(reached.key), within: to.slice(reached.depth) };
  }

  return {
    get cut() {
      return cut;
    },
    get index() {
      return index;
    },
    get trees() {
      return trees;
    },
    get home() {
      return home;
    },
    placesOf,
    foundIn,
    findingsIn,
    take,
  };
}

/** Keys of the root that say nothing about how the rest is read. */
const EDITABLE =
  /^(?:info|tags|servers|security|externalDocs|webhooks|host|basePath|schemes|consumes|produces|x-.*)$/;

/** Rules look up security schemes wherever they look. */
function isEditable({ path, key }: Part): boolean {
  return path.length === 1 ? EDITABLE.test(key) : !key.startsWith('components\0securitySchemes');
}

function updateTrees(trees: Trees, { part, data, resolved }: State): void {
  trees.data.set(part, data);
  trees.resolved.set(part, resolved);
  trees.stubs.set(part, stubFor(part.path) ?? data);
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>>)[key], data);
}

function below(path: readonly string[], value: unknown): object {
  return path.reduceRight<unknown>((node, key) => ({ [key]: node }), value) as object;
}
