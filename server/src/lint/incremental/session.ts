/**
 * One document, linted again and again. What was found in a part stands until the part or something that it refers to
 * changes; after an edit Spectral runs on what is left.
 *
 * INVARIANT: what comes out is what a run over the whole document gives. Whatever is not certain to be so gives
 * undefined, and the caller makes such a run.
 */

import type { DocumentFacts } from '../../contract/facts.ts';
import { namingKey } from '../examples/remember.ts';
import { findingsOf, tidied } from '../findings.ts';
import { lintWhole, threw, type Linted, type LintHost, type LintInput } from '../lint.ts';
import type { Rules } from '../rules.ts';
import { cutDocument } from './cut.ts';
import { editCut, type CutEdit } from './edit-cut.ts';
import { createLive, prepare, type Taken } from './live.ts';
import type { Formats } from './locality.ts';
import { formatsOf, marking, reachesOf, type Reaches } from './marks.ts';
import { indexParts, rootOf, type PartIndex } from './parts.ts';
import { createPasses, type PassesStart } from './passes.ts';

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
  /** Of the text that was linted last. */
  parts(): PartIndex;
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
    const session = createSession(facts.language, { path, rules, run, reaches, cut, index, ...start });
    session.takeWhole();
    return { linted, session };
  } finally {
    rules.watch.markOf = undefined;
  }
}

/** Validators keep every schema that they ever compiled. */
const WORKSHOP_USES = 50;

function createSession(
  language: DocumentFacts['language'],
  start: PassesStart,
): Session & { takeWhole(): void } {
  const { rules, run, reaches, states } = start;
  const { others } = run;
  const live = createLive(start);
  const passes = createPasses(live, start);
  let expected: { readonly text: string; readonly edit: CutEdit | undefined } | undefined;
  let workshop = {};
  let uses = 0;

  async function lintParts({ fresh, dirty }: Taken): Promise<Linted | undefined> {
    if (dirty.size > 0 && !(await passes.runLocal(dirty))) return undefined;
    const above = await passes.runStructural(fresh);
    const results = above && (await passes.runGlobal());
    if (!results) return undefined;
    const { home, placesOf } = live;
    const found = [...above, ...results].flatMap((result) => findingsOf(result, home, placesOf));
    const thrown = rules.takeThrown().map((each) => threw(home, each));
    const problems = [...others.documents.values()].flatMap((document) => document?.facts.problems ?? []);
    return {
      findings: tidied([...[...states.all.values()].flatMap(live.findingsIn), ...found]),
      problems: [...problems, ...thrown],
      dependsOn: [...others.documents.keys()],
    };
  }

  function editTo(text: string): CutEdit | undefined {
    if (expected?.text !== text) expected = { text, edit: editCut(live.cut, text) };
    return expected.edit;
  }

  return {
    takeWhole() {
      passes.takeLocal(run.results);
      for (const result of run.results) {
        if (reaches.get(String(result.code)) !== 'structural') continue;
        const key = live.index.reach(result.path)?.key;
        const found = live.foundIn(result);
        if (key !== undefined && found) states.all.get(key)?.structural.push(found);
      }
    },
    facts: () => ({
      kind: 'document',
      file: live.cut.file,
      language,
      root: rootOf(live.cut.root),
      problems: [],
    }),
    parts: () => live.index,
    expects: (text) => editTo(text) !== undefined,
    async lint(text, host) {
      const isOld = [...others.documents].some(
        ([path, document]) => host.read(path)?.text !== document?.text,
      );
      const edit = editTo(text);
      expected = undefined;
      const taken = edit && !isOld ? live.take(edit) : undefined;
      if (!taken) return undefined;
      if (uses % WORKSHOP_USES === 0) workshop = {};
      uses += 1;
      try {
        rules.watch.workshop = workshop;
        return await lintParts(taken);
      } finally {
        rules.watch.workshop = undefined;
        rules.watch.markOf = undefined;
      }
    },
  };
}
