/** `check`: the findings of a fixture must be exactly those that its markers expect. */

import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/contract/finding.ts';
import type { Link } from '../../server/src/contract/pair.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { type Expectation, type Fixture, parseFixture } from './fixture.ts';
import { snapshotOf } from './pipeline.ts';

const settings = { bindings: [], rules: { severities: {} } };

export function findingsOf(fixture: Fixture): readonly Finding[] {
  return analyse(snapshotOf(fixture.files), settings);
}

export function linksOf(source: string): readonly Link[] {
  return snapshotOf(parseFixture(source).files).links;
}

/** Fails with both lists side by side, each finding with the text that it points at. */
export function check(source: string): readonly Finding[] {
  const fixture = parseFixture(source);
  const findings = findingsOf(fixture);
  compare(fixture, findings);
  return findings;
}

/** Fails unless the findings are just those that the fixture's markers expect. */
export function compare(fixture: Fixture, findings: readonly Finding[]): void {
  const left = [...findings];
  const unmet: string[] = [];
  for (const expectation of fixture.expected) {
    const at = left.findIndex((finding) => meets(finding, expectation));
    if (at < 0) unmet.push(`${expectation.rule} at ${shown(fixture, expectation)}`);
    else left.splice(at, 1);
  }
  const surplus = left.map(
    (finding) => `${finding.rule} at ${shown(fixture, finding.at)}: ${finding.message}`,
  );
  assert.deepEqual({ unmet, surplus }, { unmet: [], surplus: [] });
}

function meets(finding: Finding, expected: Expectation): boolean {
  const { file, start, end } = finding.at;
  return (
    finding.rule === expected.rule && file === expected.file && start <= expected.start && expected.end <= end
  );
}

function shown(
  fixture: Fixture,
  { file, start, end }: { readonly file: string; readonly start: number; readonly end: number },
): string {
  const text = fixture.files.get(file) ?? '';
  const line = text.slice(0, start).split('\n').length;
  return `${file}:${line} "${text.slice(start, end).split('\n')[0] ?? ''}"`;
}
