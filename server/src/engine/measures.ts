/** The figures of a report: how much is documented, how much drifted, and what nobody can tell. */

import type { Finding } from '../contract/finding.ts';
import type { UnknownReason } from '../contract/knowledge.ts';
import type { CodeOperation } from '../contract/operation.ts';
import type { Pair } from '../contract/pair.ts';
import { formatPath, parseTemplate, shapeKey } from '../contract/path.ts';
import type { Snapshot } from './snapshot.ts';

type Level = Finding['severity'];

export interface Measures {
  /** Findings that people see: those that another finding says better are left out. */
  readonly findings: Readonly<Record<Level, number>>;
  /** Routes that a spec is expected to have: none that are hidden or outside of what the specs speak of. */
  readonly routes: number;
  readonly documented: number;
  /** Operations of either side, each once: none that are hidden or outside of what the specs speak of. */
  readonly operations: number;
  /** Those that a finding names which is drift: see `isDrift`. */
  readonly drifted: number;
  /** Operations of which it cannot be told whether the other side has them. What was set aside on purpose does not count. */
  readonly untold: number;
  /** What cannot be told, most frequent first, one entry for each reason at each place. */
  readonly unknowns: readonly Unknown[];
}

export interface Unknown {
  readonly reason: UnknownReason;
  /** What the reason keeps us from telling about. */
  readonly about: 'operation' | 'region' | 'code';
  readonly count: number;
}

export function measure(snapshot: Snapshot, findings: readonly Finding[]): Measures {
  const pairs = snapshot.links.filter(({ specs }) => specs.length > 0).flatMap((link) => link.pairs);
  const routes = new Set<string>();
  const documented = new Set<string>();
  const untold = new Set<string>();
  const counted = pairs.filter(isCounted);
  const operations = new Set(counted.map(pairKey));
  const told = new Set<string>();
  for (const pair of counted) {
    (isTold(pair) ? told : untold).add(pairKey(pair));
    if (pair.state === 'spec-only') continue;
    const route = routeKey(pair.code);
    routes.add(route);
    if (pair.state === 'matched') documented.add(route);
  }
  const named = findings
    .filter(isDrift)
    .flatMap((finding) => finding.operations ?? (finding.operation ? [finding.operation] : []));
  const drifted = new Set(named.map(({ method, path }) => `${method} ${shapeKey(parseTemplate(path))}`));
  return {
    findings: countLevels(shown(findings)),
    routes: routes.size,
    documented: documented.size,
    operations: operations.size,
    untold: [...untold].filter((key) => !told.has(key)).length,
    drifted: [...drifted].filter((key) => operations.has(key)).length,
    unknowns: unknownsOf(snapshot, pairs),
  };
}

/**
 * Does the finding make its operation one that drifted? Notes do not: they are worth a look and may be meant so.
 * Nor do findings that another one on the same fault says better.
 */
export function isDrift(finding: Finding): boolean {
  return finding.severity !== 'info' && finding.coveredBy === undefined;
}

/** What a report for people shows. */
export function shown(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.coveredBy === undefined);
}

function countLevels(findings: readonly Finding[]): Readonly<Record<Level, number>> {
  const counts: Record<Level, number> = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Whoever hides a route, or serves a page beside an API, leaves it out of the contract. */
function isCounted(pair: Pair): boolean {
  if (pair.state === 'code-only' && pair.outside !== undefined) return false;
  return pair.state === 'spec-only' || pair.code.origin.hidden === undefined;
}

/** What one server has and another may have can be told. */
function isTold(pair: Pair): boolean {
  if (pair.state === 'matched') return pair.match.how !== 'possible';
  return pair.doubt === undefined || pair.doubt.why === 'aside';
}

/** A route is counted once, however many specs it was compared with. */
function routeKey({ key, at }: CodeOperation): string {
  return `${at.file} ${at.start} ${key.method} ${formatPath(key.path)}`;
}

function pairKey(pair: Pair): string {
  const { method, path } = pair.state === 'code-only' ? pair.code.key : pair.spec.key;
  return `${method} ${shapeKey(path)}`;
}

function unknownsOf(snapshot: Snapshot, pairs: readonly Pair[]): readonly Unknown[] {
  const counts = new Map<string, { reason: UnknownReason; about: Unknown['about']; count: number }>();
  const add = (reason: UnknownReason, about: Unknown['about']): void => {
    const key = `${about} ${JSON.stringify(reason)}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { reason, about, count: 1 });
    else known.count += 1;
  };
  for (const pair of pairs) {
    if (pair.state !== 'matched' && pair.doubt !== undefined) add(pair.doubt, 'operation');
  }
  for (const code of snapshot.codes) {
    for (const gap of code.operations.gaps) add(gap, 'code');
    for (const area of code.opaque) add(area.reason, 'region');
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
