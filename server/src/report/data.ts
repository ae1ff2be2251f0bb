/** The report as data: what the page, the Markdown and other programs are made from. `version` as in json-format.md. */

import type { Finding, Hidden } from '../contract/finding.ts';
import type { CodeOperation } from '../contract/operation.ts';
import { reasonText } from '../contract/reasons.ts';
import type { Span } from '../contract/span.ts';
import type { Entry, OperationState } from '../engine/entries.ts';
import { type Kpi, type KpiId, kpisOf, type LintMeasure, shareText } from '../engine/kpis.ts';
import { measure, type Unknown } from '../engine/measures.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { Moment } from './history.ts';

/** Lines and columns count from 1. */
export interface ReportPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** In an editor, which opens it. */
  readonly uri?: string;
}

export interface ReportFinding {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly at: ReportPlace;
}

export interface ReportOperation {
  /** Unique in the report, and the same in the next one. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly state: OperationState;
  readonly deprecated: boolean;
  readonly summary?: string;
  /** Why it cannot be told. */
  readonly reason?: string;
  /** The document. */
  readonly spec?: string;
  readonly tags: readonly string[];
  /** The router or controller. */
  readonly controller?: string;
  readonly owners: readonly string[];
  readonly inSpec?: ReportPlace;
  readonly inCode?: ReportPlace;
  readonly findings: readonly ReportFinding[];
}

export interface ReportKpi extends Kpi {
  /** `83 %`, or `–` where there is nothing to divide by. */
  readonly share: string;
  /** Earlier shares from 0 to 1, oldest first, this one last; empty without a history. */
  readonly trend: readonly number[];
}

export interface ReportData {
  readonly version: 1;
  readonly name: string;
  /** ISO 8601 date of the report. */
  readonly date?: string;
  readonly kpis: readonly ReportKpi[];
  readonly hidden: Hidden;
  readonly operations: readonly ReportOperation[];
  /** What cannot be told, most frequent first. */
  readonly unknowns: readonly { readonly text: string; readonly count: number }[];
}

export interface ReportInput {
  readonly name: string;
  readonly date?: string;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  /** Those of `entriesOf`. */
  readonly entries: readonly Entry[];
  readonly hidden: Hidden;
  readonly lint?: LintMeasure;
  readonly history: readonly Moment[];
  placeOf(at: Span): ReportPlace;
  ownersOf(file: Span['file']): readonly string[];
}

export function reportData(input: ReportInput): ReportData {
  const { name, date, snapshot, findings, hidden, lint, history } = input;
  const measures = measure(snapshot, findings);
  const entries = [...new Map(input.entries.map((entry) => [entry.id, entry])).values()];
  return {
    version: 1,
    name,
    ...(date !== undefined && { date }),
    kpis: kpisOf(measures, lint).map((kpi) => ({
      ...kpi,
      share: shareText(kpi),
      trend: trendOf(kpi, history),
    })),
    hidden: { ignored: hidden.ignored, known: hidden.known },
    operations: entries.map((entry) => operationOf(entry, input)).sort(byAddress),
    unknowns: unknownTexts(measures.unknowns),
  };
}

function trendOf({ id, part, whole }: Kpi, history: readonly Moment[]): readonly number[] {
  const earlier = history.flatMap((moment) => moment[id] ?? []);
  return earlier.length === 0 || whole === 0 ? [] : [...earlier, part / whole];
}

/** Of this report, for the next ones. */
export function momentOf({ kpis }: ReportData): Readonly<Record<KpiId, number | null>> {
  const share = (id: KpiId): number | null => {
    const kpi = kpis.find((each) => each.id === id);
    return kpi && kpi.whole > 0 ? Math.round((10_000 * kpi.part) / kpi.whole) / 10_000 : null;
  };
  return {
    coverage: share('coverage'),
    drift: share('drift'),
    lint: share('lint'),
    unknown: share('unknown'),
  };
}

function operationOf(entry: Entry, { placeOf, ownersOf }: ReportInput): ReportOperation {
  const { id, method, path, state, spec, code, reason, findings } = entry;
  const summary = spec?.origin.summary;
  const owned = code ? codePlace(code).file : spec?.at.file;
  return {
    id,
    method,
    path,
    state,
    deprecated: [spec, code].some((side) => side?.deprecated.known === true && side.deprecated.value),
    ...(summary !== undefined && { summary }),
    ...(reason && { reason: reasonText(reason) }),
    ...(spec && { spec: spec.origin.spec }),
    tags: spec?.origin.tags ?? [],
    ...(code && { controller: code.origin.group.title }),
    owners: owned === undefined ? [] : ownersOf(owned),
    ...(spec && { inSpec: placeOf(spec.at) }),
    ...(code && { inCode: placeOf(codePlace(code)) }),
    findings: findings.map(({ rule, severity, message, at }) => ({
      rule,
      severity,
      message,
      at: placeOf(at),
    })),
  };
}

/** The handler where it has a place of its own, else the registration. */
function codePlace({ at, origin }: CodeOperation): Span {
  return origin.handler?.at ?? at;
}

function byAddress(a: ReportOperation, b: ReportOperation): number {
  return compare(a.path, b.path) || compare(a.method, b.method) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Reasons that differ by their place only are told once. */
function unknownTexts(unknowns: readonly Unknown[]): ReportData['unknowns'] {
  const counts = new Map<string, number>();
  for (const { reason, count } of unknowns) {
    const text = reasonText(reason);
    counts.set(text, (counts.get(text) ?? 0) + count);
  }
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count || compare(a.text, b.text));
}
