/**
 * One document, linted again and again. What was found in a part stands until the part or something that it refers to
 * changes; after an edit Spectral runs on what is left.
 *
 * INVARIANT: what comes out is what a run over the whole document gives. Whatever is not certain to be so gives
 * undefined, and the caller makes such a run.
 */

import type { IRuleResult } from '@stoplight/spectral-core';
import type { DocumentFacts } from '../../contract/facts.ts';
import type { Finding } from '../../contract/finding.ts';
import { dataOf } from '../document-data.ts';
import { namesSchemas } from '../examples/identifiers.ts';
import { namingKey } from '../examples/remember.ts';
import { findingsOf, tidied, type Places } from '../findings.ts';
import { lintWhole, threw, type Linted, type LintHost, type LintInput, type WholeRun } from '../lint.ts';
import type { Reference } from '../references.ts';
import type { Rules } from '../rules.ts';
import { createTarget, runSpectral, type Resolution, type Resolving } from '../run.ts';
import { cutDocument, editCut, type Cut, type CutEdit, type Part } from './cut.ts';
import type { Formats } from './locality.ts';
import { formatsOf, marking, markIn, reachesOf, rulesetOf, type Reaches } from './marks.ts';
import {
  absolute,
  indexParts,
  placeInPart,
  placesInParts,
  referencesInPart,
  rootOf,
  type PartIndex,
} from './parts.ts';
import { resolveParts, type Target } from './resolve.ts';
import { createStates, type Found, type State, type States } from './states.ts';
import { stubFor } from './stubs.ts';
import { createTree, type Tree } from './tree.ts';
import { createWiring, errorsOf, sortErrors, type ResolutionError, type Wiring } from './wiring.ts';

export interface Session {
  /**
   * Does a text differ from the last one that was linted within some parts, so that nothing else has to be read? The
   * session is of no use any more after it could not lint a text that it expected.
   */
  expects(text: string): boolean;
  /** Undefined where only a run over the whole document is certain to be right. To be asked for an expected text. */
  lint(text: string, host: LintHost): Promise<Linted | undefined>;
  /** Of the text that was linted last. */
  facts(): DocumentFacts;
}

/** A run over the whole document, and what the next ones can go on from. */
export async function startSession(
  input: LintInput & { readonly text: string },
  rules: Rules,
): Promise<{ readonly linted: Linted; readonly session?: Session }> {
  const { facts, text, path } = input;
  const cut =
    facts.root && facts.problems.length === 0 ? cutDocument(facts.file, text, facts.root) : undefined;
  if (!cut) return lintWhole(input, rules);
  const index = indexParts(cut);
  const watching = { isCertain: true };
  let formats: Formats = null;
  let reaches: Reaches = new Map();
  try {
    const { linted, run } = await lintWhole(input, rules, ({ result }) => {
      formats = formatsOf(rules.ruleset, result, path);
      reaches = reachesOf(rules, formats);
      rules.watch.markOf = marking(index, reaches, watching, () => true);
    });
    if (!run || !watching.isCertain) return { linted };
    const start = prepare(path, run, index, namingKey(formats ?? undefined));
    if (!start) return { linted };
    const session = createSession({
      path,
      language: facts.language,
      rules,
      run,
      reaches,
      cut,
      index,
      ...start,
    });
    session.takeWhole();
    return { linted, session };
  } finally {
    rules.watch.markOf = undefined;
  }
}

interface Prepared {
  readonly states: States;
  readonly wiring: Wiring;
  readonly kept: readonly ResolutionError[];
  readonly naming: 'id' | undefined;
}

/** Undefined for a document whose parts may depend on each other in ways that are not seen. */
function prepare(
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

interface Start extends Prepared {
  readonly language: DocumentFacts['language'];
  readonly path: string;
  readonly rules: Rules;
  readonly run: WholeRun;
  readonly reaches: Reaches;
  readonly cut: Cut;
  readonly index: PartIndex;
}

interface Trees {
  readonly data: Tree;
  readonly resolved: Tree;
  /** The data with stubs in the place of most parts. */
  readonly stubs: Tree;
}

/** Validators keep every schema that they ever compiled. */
const WORKSHOP_USES = 50;

function createSession(start: Start): Session & { takeWhole(): void } {
  const { path: source, language, rules, run, reaches, states, wiring, kept, naming } = start;
  const { resolution, others, target, uriCache } = run;
  let { cut, index } = start;
  let trees = treesOf();
  let expected: { readonly text: string; readonly edit: CutEdit | undefined } | undefined;
  let workshop = {};
  let uses = 0;
  const references = new WeakMap<Part, readonly Reference[]>();
  let home = placesInParts(cut, index, referencesOf);
  const rulesets = {
    local: rulesetOf(rules.ruleset, reaches, 'local'),
    structural: rulesetOf(rules.ruleset, reaches, 'structural'),
    global: rulesetOf(rules.ruleset, reaches, 'global'),
  };

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

  function resolverOf(result: unknown, errors: ResolutionError[] = []): Resolving {
    const answer: Resolution = { ...resolution, result, errors, graph: wiring.graph };
    return { uriCache: uriCache as Resolving['uriCache'], resolve: () => Promise.resolve(answer) };
  }

  function foundIn(result: IRuleResult): Found | undefined {
    const [finding] = findingsOf(result, home, placesOf);
    if (!finding) return undefined;
    if (result.source !== undefined && result.source !== source) return { finding, place: undefined };
    const { part, start: from, end } = placeInPart(index, result.path);
    return { finding, place: part ? { part, start: from, end } : { part, path: result.path } };
  }

  function takeLocal(results: readonly IRuleResult[]): void {
    for (const result of results) {
      const key = markIn(result);
      const state = key === undefined ? undefined : states.all.get(key);
      const found = state && foundIn(result);
      if (found) state.local.push(found);
    }
  }

  /** The local rules on some parts. */
  async function runLocal(dirty: ReadonlySet<State>): Promise<boolean> {
    const parts = [...dirty].map(({ part }) => part);
    const keys = new Set(parts.map(({ key }) => key));
    const watching = { isCertain: true };
    for (const state of dirty) state.local = [];
    target.parsed.data = trees.data.showing(parts);
    rules.watch.markOf = marking(index, reaches, watching, (key) => keys.has(key));
    takeLocal(await runSpectral(target, rulesets.local, resolverOf(trees.resolved.showing(parts))));
    rules.watch.markOf = undefined;
    return watching.isCertain;
  }

  /** The check against the schema, of a document in which most parts are stubs. What is found above the parts. */
  async function runStructural(fresh: ReadonlySet<State>): Promise<readonly IRuleResult[] | undefined> {
    const { stubs } = trees;
    for (const { part, data } of fresh) stubs.set(part, data);
    const { root } = stubs;
    const results = await runSpectral(createTarget(root, source), rulesets.structural, resolverOf(root));
    for (const { part, data } of fresh) stubs.set(part, stubFor(part.path) ?? data);
    const above: IRuleResult[] = [];
    for (const result of results) {
      const reached = index.reach(result.path);
      const state = reached && states.all.get(reached.key);
      const isStub = state && !fresh.has(state) && stubFor(state.path) !== undefined;
      const found = foundIn(result);
      if (!reached || !state || !found || (!isStub && !fresh.has(state))) above.push(result);
      else if (fresh.has(state)) state.structural.push(found);
      else if (reached.within.length > 0 || !state.structural.some((each) => isSame(each, found)))
        return undefined;
      // The check looks up what is referred to, which may be a stub now.
      if (!isStub && state?.links.hasSiblings === true && result.message.includes('allowed values'))
        return undefined;
    }
    return above;
  }

  function findingsIn({ local, structural }: State): readonly Finding[] {
    return [...local, ...structural].map(({ finding, place }) => {
      if (!place) return finding;
      const { start: from, end } = place.part ? absolute(index, place) : home.placeOf(place.path);
      return { ...finding, at: { file: home.file, start: from, end } };
    });
  }

  /** Takes an edit in; the parts that are new, and those that changed or refer to what did. */
  function take(edit: CutEdit): readonly [ReadonlySet<State>, ReadonlySet<State>] | undefined {
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
    return [fresh, dirty];
  }

  function targetOf(to: readonly string[]): Target<State> | undefined {
    const reached = index.reach(to);
    return reached && { part: states.all.get(reached.key), within: reached.within as readonly string[] };
  }

  async function lintParts(
    fresh: ReadonlySet<State>,
    dirty: ReadonlySet<State>,
  ): Promise<Linted | undefined> {
    if (dirty.size > 0 && !(await runLocal(dirty))) return undefined;
    const above = await runStructural(fresh);
    const errors = errorsOf(kept, states.all.values());
    if (!above || !errors) return undefined;
    const whole = createTarget(trees.data.root, source);
    const results = await runSpectral(whole, rulesets.global, resolverOf(trees.resolved.root, errors));
    const found = [...above, ...results].flatMap((result) => findingsOf(result, home, placesOf));
    const thrown = rules.takeThrown().map((each) => threw(home, each));
    const problems = [...others.documents.values()].flatMap((document) => document?.facts.problems ?? []);
    return {
      findings: tidied([...[...states.all.values()].flatMap(findingsIn), ...found]),
      problems: [...problems, ...thrown],
      dependsOn: [...others.documents.keys()],
    };
  }

  function editTo(text: string): CutEdit | undefined {
    if (expected?.text !== text) expected = { text, edit: editCut(cut, text) };
    return expected.edit;
  }

  return {
    takeWhole() {
      takeLocal(run.results);
      for (const result of run.results) {
        if (reaches.get(String(result.code)) !== 'structural') continue;
        const key = index.reach(result.path)?.key;
        const found = foundIn(result);
        if (key !== undefined && found) states.all.get(key)?.structural.push(found);
      }
    },
    facts: () => ({
      kind: 'document',
      file: cut.file,
      language,
      root: rootOf(cut.root),
      problems: [],
    }),
    expects: (text) => editTo(text) !== undefined,
    async lint(text, host) {
      const isOld = [...others.documents].some(
        ([path, document]) => host.read(path)?.text !== document?.text,
      );
      const edit = editTo(text);
      expected = undefined;
      const taken = edit && !isOld ? take(edit) : undefined;
      if (!taken) return undefined;
      if (uses % WORKSHOP_USES === 0) workshop = {};
      uses += 1;
      try {
        rules.watch.workshop = workshop;
        return await lintParts(...taken);
      } finally {
        rules.watch.workshop = undefined;
        rules.watch.markOf = undefined;
      }
    },
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

function isSame(one: Found, other: Found): boolean {
  return one.finding.rule === other.finding.rule && one.finding.message === other.finding.message;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>>)[key], data);
}

function below(path: readonly string[], value: unknown): object {
  return path.reduceRight<unknown>((node, key) => ({ [key]: node }), value) as object;
}
