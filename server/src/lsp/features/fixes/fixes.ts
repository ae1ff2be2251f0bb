/** What can be done about the findings at a place. */

import type { Finding } from '../../../contract/finding.ts';
import type { Span } from '../../../contract/span.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { grouped } from '../../../engine/lookup.ts';
import { codeFixers } from './code/code-follows-spec.ts';
import { quieten } from './configuration.ts';
import { isState, statesIn, type Fix, type State } from './fix.ts';
import { silencing } from './silence.ts';
import { specFixers } from './spec-follows-code.ts';

export interface FixOf {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** Those that mend come first, those that silence last. */
export function fixesAt(index: FeatureIndex, { file, start, end }: Span): readonly FixOf[] {
  const findings = index
    .findingsIn(file)
    .filter(({ at, coveredBy }) => coveredBy === undefined && at.start <= end && start <= at.end);
  const byRule = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const of = (finding: Finding, fixes: readonly (Fix | undefined)[]): readonly FixOf[] =>
    fixes.flatMap((fix) => (fix ? [{ finding, fix }] : []));
  return [
    ...findings.flatMap((finding) => mendsOf(index, finding).map((fix) => ({ finding, fix }))),
    ...findings.flatMap((finding) =>
      of(finding, silencing({ index, finding, entries: about(index, finding) })),
    ),
    ...byRule.flatMap((finding) => of(finding, quieten(index, finding.rule, finding.severity))),
  ];
}

/** Those that change a side so that the finding is gone, and not what is told of it. */
export function mendsOf(index: FeatureIndex, finding: Finding): readonly Fix[] {
  const fixers = [specFixers[finding.rule], codeFixers[finding.rule]].filter((one) => one !== undefined);
  if (fixers.length === 0) return [];
  const entries = about(index, finding);
  return cases(finding.state).flatMap(({ state, operations }) => {
    const meant = entries.filter(
      ({ method, path }) => operations.length === 0 || operations.includes(`${method} ${path}`),
    );
    const scene = { index, finding, entries: meant };
    return fixers.flatMap((fixer) => fixer(scene, state).filter((fix) => fix !== undefined));
  });
}

function about(index: FeatureIndex, finding: Finding): readonly Entry[] {
  return index.entries.filter(({ findings }) => findings.includes(finding));
}

interface Case {
  readonly state: State;
  /** Those that it is about; none where it does not say. */
  readonly operations: readonly string[];
}

/** What a rule says of the operation, and not of what is wrong with it. */
const aboutOperation: ReadonlySet<string> = new Set(['operation', 'near', 'outside']);

/** A finding that tells of several operations has the states of all of them. What they say is told once. */
function cases(state: unknown): readonly Case[] {
  const states = statesIn(state);
  const alike = grouped(states, (each) =>
    JSON.stringify(Object.entries(each).filter(([name]) => !aboutOperation.has(name))),
  );
  return [...alike.values()].flatMap(([first, ...more]): readonly Case[] =>
    first
      ? [{ state: first, operations: [first, ...more].flatMap(({ operation }) => nameOf(operation)) }]
      : [],
  );
}

function nameOf(operation: unknown): readonly string[] {
  if (!isState(operation)) return [];
  return [`${String(operation['method'])} ${String(operation['path'])}`];
}
