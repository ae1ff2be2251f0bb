/**
 * The figures by which an API is judged: the same in the terminal, in JSON, in reports and in the status bar.
 * `server/docs/kpis.md` is the same for people, and a test compares the two.
 */

import type { Measures } from './measures.ts';

export type KpiId = 'coverage' | 'drift' | 'lint' | 'unknown';

export interface Kpi {
  readonly id: KpiId;
  readonly title: string;
  /** One sentence. */
  readonly definition: string;
  /** Is a high share good, or a low one? */
  readonly better: 'high' | 'low';
  readonly part: number;
  readonly whole: number;
}

/** Operations of specs that were linted, and those in which nothing was found that is worse than a note. */
export interface LintMeasure {
  readonly operations: number;
  readonly clean: number;
}

type Definition = Pick<Kpi, 'title' | 'definition' | 'better'>;

export const definitions: Readonly<Record<KpiId, Definition>> = {
  coverage: {
    title: 'Contract coverage',
    definition: 'Routes that a spec documents, of all routes that a spec is expected to have.',
    better: 'high',
  },
  drift: {
    title: 'Schema drift rate',
    definition: 'Operations that an error or a warning names, of all operations of both sides.',
    better: 'low',
  },
  lint: {
    title: 'Lint health',
    definition:
      'Operations of specs in which linting finds no error and no warning, of all that were linted.',
    better: 'high',
  },
  unknown: {
    title: 'Cannot-tell share',
    definition:
      'Operations of which nobody can tell whether the other side has them, of all operations of both sides.',
    better: 'low',
  },
};

/** In the order in which they are shown. Without `lint`, nothing was linted. */
export function kpisOf(
  measures: Pick<Measures, 'documented' | 'routes' | 'drifted' | 'operations' | 'untold'>,
  lint?: LintMeasure,
): readonly Kpi[] {
  const { documented, routes, drifted, operations, untold } = measures;
  return [
    { id: 'coverage', ...definitions.coverage, part: documented, whole: routes },
    { id: 'drift', ...definitions.drift, part: drifted, whole: operations },
    { id: 'lint', ...definitions.lint, part: lint?.clean ?? 0, whole: lint?.operations ?? 0 },
    { id: 'unknown', ...definitions.unknown, part: untold, whole: operations },
  ];
}

/** From 0 to 1 with four digits, which are enough to compare runs; undefined where there is nothing to divide by. */
export function shareOf({ part, whole }: Pick<Kpi, 'part' | 'whole'>): number | undefined {
  return whole === 0 ? undefined : Math.round((10_000 * part) / whole) / 10_000;
}

/** `83 %`. Only all is 100 %, and only nothing is 0 %. */
export function shareText({ part, whole }: Pick<Kpi, 'part' | 'whole'>): string {
  if (whole === 0) return '–';
  const rounded = Math.round((100 * part) / whole);
  const honest = part === 0 || part === whole ? rounded : Math.min(99, Math.max(1, rounded));
  return `${honest} %`;
}
