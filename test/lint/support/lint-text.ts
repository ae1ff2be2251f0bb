/** What linting finds in one text: every rule of Spectral's, those of contract health, and the faults of the text. */

import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import type { Finding, Problem } from '../../../server/src/contract/finding.ts';
import { fileId, type FileId } from '../../../server/src/contract/span.ts';
import { checkHealth } from '../../../server/src/lint/health/run.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { plainly } from '../../../server/src/lint/plain-messages.ts';
import { createRules } from '../../../server/src/lint/rules.ts';
import { readDocument } from '../../../server/src/text/document.ts';

const rules = createRules(
  new spectralCore.Ruleset(
    { extends: [[rulesets.oas as RulesetDefinition, 'all']] },
    { severity: 'recommended' },
  ),
);

/** Rules that only those see who ask for them. */
export function isOptional(rule: string): boolean {
  const { rules: all } = rulesets.oas as {
    readonly rules: Readonly<Record<string, { recommended?: boolean }>>;
  };
  return all[rule]?.recommended === false;
}

export interface LintedOnce {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** `file` is a name without folders; other documents are not there. */
export async function lintText(file: string, text: string): Promise<LintedOnce> {
  const facts = readDocument(fileId(file), text);
  const path = `/${file}`;
  const host = { path, read: () => undefined, remote: () => undefined, idOf: fileId, facts };
  const { findings, problems } = await lint(host, rules.rulesFor(path));
  return { findings: [...plainly(findings, facts), ...checkHealth(host)], problems };
}

/** What is found at the level of errors in documents that refer to each other, as sentences without lines. */
export async function lintErrors(
  names: readonly FileId[],
  texts: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const read = (path: string) => {
    const text = texts.get(path.slice(1));
    return text === undefined ? undefined : { text, facts: readDocument(fileId(path.slice(1)), text) };
  };
  const found = await Promise.all(
    names.map(async (name) => {
      const document = read(`/${name}`);
      if (!document) return [];
      const host = {
        path: `/${name}`,
        read,
        remote: () => undefined,
        idOf: (path: string) => fileId(path.slice(1)),
      };
      const { findings, problems } = await lint(
        { ...host, facts: document.facts },
        rules.rulesFor(host.path),
      );
      return [...plainly(findings, document.facts), ...problems].filter(
        ({ severity }) => severity === 'error',
      );
    }),
  );
  return found.flat().map(({ at, message }) => `${at.file}: ${message.replaceAll(/ on line \d+/g, '')}`);
}
