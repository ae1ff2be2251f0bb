/** The forms that the report of a check can have. */

import type { Finding, Problem } from '../../contract/finding.ts';
import type { Span } from '../../contract/span.ts';
import type { Judgement } from '../../drift/run.ts';
import { type Measures, shown } from '../../engine/measures.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import type { Place, Places } from '../places.ts';
import { githubReport } from './github.ts';
import { checkJson } from './json.ts';
import { junitReport } from './junit.ts';
import { checkReport } from './pretty.ts';
import { sarifReport } from './sarif.ts';
import type { Level, Theme } from './theme.ts';

export const formats = ['pretty', 'json', 'sarif', 'github', 'junit'] as const;
export type Format = (typeof formats)[number];

export interface Checked {
  readonly snapshot: Snapshot;
  readonly judgement: Judgement;
  readonly measures: Measures;
  readonly places: Places;
  readonly theme: Theme;
  /** The branch, tag or commit since which what is told is new. */
  readonly since?: string;
  /** In milliseconds. */
  readonly elapsed: number;
  /** From this severity on a finding is a failure. */
  readonly failing: ReadonlySet<Level>;
  /** A file as who runs the command names it: relative to the folder that they are in. */
  nameOf(file: Span['file']): string;
}

/** What is told, of rules and of files, in the order in which it is told. */
export interface Told {
  readonly rule: string;
  readonly severity: Level;
  readonly message: string;
  readonly file: string;
  readonly place: Place;
  /** Undefined for what is wrong with a file. */
  readonly finding?: Finding;
}

function toldOf({ snapshot, judgement, places, nameOf }: Checked): readonly Told[] {
  const told = ({ at, ...rest }: Pick<Finding, 'severity' | 'message' | 'at'> & { rule: string }): Told => ({
    ...rest,
    file: nameOf(at.file),
    place: places.of(at),
  });
  return [
    ...shown(judgement.findings).map((finding) => {
      const { rule, severity, message, at } = finding;
      return { ...told({ rule, severity, message, at }), finding };
    }),
    ...snapshot.problems.map(({ code, severity, message, at }: Problem) =>
      told({ rule: code, severity, message, at }),
    ),
  ];
}

export const reporters: Readonly<Record<Format, (checked: Checked) => string>> = {
  pretty: ({ snapshot, judgement, measures, places, theme, elapsed, since }) =>
    checkReport(snapshot, judgement, measures, places, theme, elapsed, since),
  json: ({ snapshot, judgement, measures, places }) => checkJson(snapshot, judgement, measures, places),
  sarif: (checked) => sarifReport(toldOf(checked), checked),
  github: (checked) => githubReport(toldOf(checked)),
  junit: (checked) => junitReport(toldOf(checked), checked.failing),
};
