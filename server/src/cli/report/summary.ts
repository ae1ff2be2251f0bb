/** The end of a report: the figures in one line, and what could not be told. */

import type { Judgement } from '../../drift/run.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import type { Places } from '../places.ts';
import { kpisOf, shareText, type Kpi, type KpiId } from '../../engine/kpis.ts';
import type { Measures, Unknown } from '../../engine/measures.ts';
import { reasonText } from '../../contract/reasons.ts';
import { alike, placesOf } from './reasons.ts';
import type { Level, Theme } from './theme.ts';
import { count, levels, marks } from './theme.ts';

/** Reasons that are named; the rest is counted. */
const namedReasons = 5;

export function summary(
  snapshot: Snapshot,
  judgement: Judgement,
  measures: Measures,
  places: Places,
  theme: Theme,
  elapsed: number,
  since?: string,
): readonly string[] {
  if (snapshot.specs.length === 0 || snapshot.codes.length === 0) return [];
  const parts = [
    countsPart(measures.findings, 'no drift found', theme),
    ...hiddenParts(judgement, theme, since),
    ...kpiParts(kpisOf(measures)),
    theme.quiet(duration(elapsed)),
  ];
  return [
    parts.join(theme.quiet(' · ')),
    ...goneLines(judgement, theme, since),
    ...unknownLines(measures.unknowns, places, theme),
  ];
}

function hiddenParts(
  { ignored, known }: Judgement,
  theme: Theme,
  since: string | undefined,
): readonly string[] {
  return [
    ...(known === 0
      ? []
      : [
          theme.quiet(
            since === undefined ? `${known} known and not shown` : `${known} there before ${since}`,
          ),
        ]),
    ...(ignored === 0 ? [] : [theme.quiet(`${ignored} ignored`)]),
  ];
}

function kpiParts(kpis: readonly Kpi[]): readonly string[] {
  const words: Readonly<Record<KpiId, (kpi: Kpi) => string>> = {
    coverage: ({ part, whole }) => `${part} of ${count(whole, 'route')} documented`,
    drift: ({ part, whole }) => `drift in ${part} of ${count(whole, 'operation')}`,
    lint: ({ part, whole }) => `${part} of ${count(whole, 'operation')} lint clean`,
    unknown: ({ part, whole }) => `cannot tell of ${part} of ${count(whole, 'operation')}`,
  };
  return kpis
    .filter(({ id, part, whole }) => (id === 'lint' ? whole > 0 : id !== 'unknown' || part > 0))
    .map((kpi) => `${words[kpi.id](kpi)} (${shareText(kpi)})`);
}

function goneLines({ gone }: Judgement, theme: Theme, since: string | undefined): readonly string[] {
  if (gone.length === 0) return [];
  const what = count(gone.length, 'finding');
  if (since !== undefined) return [theme.quiet(`${what} of ${since} not found any more.`)];
  return [theme.quiet(`${what} of the baseline not found any more; baseline --update takes them out.`)];
}

/** `✖ 1 error  ▲ 2 warnings`, or what to say where there is nothing. */
export function countsPart(findings: Readonly<Record<Level, number>>, none: string, theme: Theme): string {
  const names: Readonly<Record<Level, readonly [string, string]>> = {
    error: ['error', 'errors'],
    warning: ['warning', 'warnings'],
    info: ['note', 'notes'],
  };
  const found = levels.filter((level) => findings[level] > 0);
  if (found.length === 0) return theme.good(`✔ ${none}`);
  return found
    .map((level) => theme.level(level, `${marks[level]} ${count(findings[level], ...names[level])}`))
    .join('  ');
}

function unknownLines(unknowns: readonly Unknown[], places: Places, theme: Theme): readonly string[] {
  if (unknowns.length === 0) return [];
  const total = unknowns.reduce((sum, unknown) => sum + unknown.count, 0);
  const groups = alike(
    unknowns,
    ({ reason }) => reason,
    ({ about }) => about,
  );
  const lines = groups.slice(0, namedReasons).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const times = group.reduce((sum, one) => sum + one.count, 0);
    const what = first.about === 'operation' ? `${count(times, 'operation')}: ` : '';
    const where = placesOf(
      group.map(({ reason }) => reason),
      places,
    );
    return [theme.quiet(`  ${what}${reasonText(first.reason)}${where && `  ${where}`}`)];
  });
  const rest = groups.length - namedReasons;
  return [
    theme.quiet(`Cannot tell in ${count(total, 'case')}:`),
    ...lines,
    ...(rest > 0 ? [theme.quiet(`  and ${count(rest, 'further reason')}; --format json has all`)] : []),
  ];
}

export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
