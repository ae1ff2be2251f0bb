/** What can be done about what linting found: by itself, and of one rule in the whole document. */

import type { DocumentFacts } from '../../../../contract/facts.ts';
import type { Finding } from '../../../../contract/finding.ts';
import type { FileId, TextRange } from '../../../../contract/span.ts';
import { readDocument } from '../../../../text/document.ts';
import { textOf, valueOf } from '../../../../text/document-node.ts';
import { openForEditing, type TextEdit } from '../../../../text/edit-document.ts';
import type { Fix } from '../fix.ts';
import { componentFixers } from './components.ts';
import { metadataFixers } from './metadata.ts';
import { operationFixers } from './operations.ts';
import { parameterFixers } from './parameters.ts';
import type { LintFixer, LintScene, Mend, Target } from './scene.ts';
import { schemaFixers } from './schemas.ts';

const fixers: Readonly<Record<string, LintFixer>> = {
  ...metadataFixers,
  ...operationFixers,
  ...parameterFixers,
  ...schemaFixers,
  ...componentFixers,
};

/** The rules that have a mend. */
export const mendedRules: readonly string[] = Object.keys(fixers).sort();

/** A document and what was found in it. */
export interface LintedText {
  readonly file: FileId;
  /** What `findings` are places in. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The tree of the text, where somebody has it at hand. */
  readonly facts?: DocumentFacts | undefined;
}

export interface LintFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** A fix that is made when somebody asks for it, see `fixAllOf`. */
export interface FixAll {
  readonly finding: Finding;
  readonly title: string;
}

export interface LintFixes {
  readonly single: readonly LintFix[];
  /** One for each rule that is mended here and found elsewhere in the document, too. */
  readonly all: readonly FixAll[];
}

/** Mends of the findings at a place. */
export function lintFixesAt(linted: LintedText, { start, end }: TextRange): LintFixes {
  const here = linted.findings.filter(
    ({ rule, at }) => at.file === linted.file && rule in fixers && at.start <= end && start <= at.end,
  );
  const scene = here.length > 0 ? sceneOf(linted) : undefined;
  if (!scene) return { single: [], all: [] };
  const single = here.flatMap((finding) => mends(scene, linted, [finding]).map((fix) => ({ finding, fix })));
  const mended = new Map(single.map(({ finding }) => [finding.rule, finding]));
  const all = [...mended.values()].flatMap((finding) => {
    const count = ofRule(linted, finding.rule).length;
    const title = `Fix all ${count} of ${finding.rule} in this file`;
    return count > 1 ? [{ finding, title }] : [];
  });
  return { single, all };
}

/** All that a rule found in the document; undefined where nothing of it can be mended. */
export function fixAllOf(linted: LintedText, rule: string): Fix | undefined {
  const findings = ofRule(linted, rule);
  const scene = findings.length > 0 ? sceneOf(linted) : undefined;
  return scene && mends(scene, linted, findings)[0];
}

function ofRule({ file, findings }: LintedText, rule: string): readonly Finding[] {
  return findings.filter((one) => one.rule === rule && one.at.file === file);
}

function sceneOf({ file, text, facts }: LintedText): LintScene | undefined {
  const { root, language, problems } = facts ?? readDocument(file, text);
  if (root?.kind !== 'map' || problems.length > 0) return undefined;
  const version = textOf(valueOf(root, 'swagger') ?? valueOf(root, 'openapi')) ?? '';
  return {
    document: openForEditing(text, language),
    root,
    version: version.split('.').slice(0, 2).join('.'),
  };
}

function mends(scene: LintScene, linted: LintedText, findings: readonly Finding[]): readonly Fix[] {
  const [first] = findings;
  const fixer = first && fixers[first.rule];
  const targets = findings.flatMap((finding): readonly Target[] => {
    const { path } = (finding.state ?? {}) as { readonly path?: readonly string[] };
    return [{ finding, path: path ?? [] }];
  });
  return (fixer?.(scene, targets) ?? []).flatMap((mend) => fixOf(linted, mend) ?? []);
}

function fixOf(linted: LintedText, { title, edits, isDraft }: Mend): Fix | undefined {
  const merged = together(edits);
  if (merged.length === 0 || !reads(linted, merged)) return undefined;
  return {
    title,
    edits: merged.map((edit) => ({ file: linted.file, ...edit })),
    ...(!isDraft && { preferred: true }),
  };
}

/** In order. What is added at one place is added one after the other; what another edit changes already is left. */
export function together(edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: TextEdit[] = [];
  for (const edit of sorted) {
    const last = merged.at(-1);
    const isInsertion = edit.start === edit.end;
    const isSame = last && last.start === edit.start && last.end === edit.end;
    if (isSame && last.text === edit.text) continue;
    if (isSame && isInsertion) merged[merged.length - 1] = { ...last, text: `${last.text}${edit.text}` };
    else if (!last || edit.start >= last.end) merged.push(edit);
  }
  return merged;
}

/** Is the document still one that can be read? An anchor may have gone that another place needs. */
function reads({ file, text }: LintedText, edits: readonly TextEdit[]): boolean {
  const facts: DocumentFacts = readDocument(file, applied(text, edits));
  return facts.problems.length === 0 && facts.root !== undefined;
}

/** `edits` are in order and apart. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  let from = 0;
  let next = '';
  for (const { start, end, text: added } of edits) {
    next += text.slice(from, start) + added;
    from = end;
  }
  return next + text.slice(from);
}
