/** `check`: the drift report. */

import { writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Finding, Problem } from '../../contract/finding.ts';
import { judgeSnapshot } from '../../engine/snapshot.ts';
import { measure, shown } from '../../engine/measures.ts';
import { reasonOf } from '../../host/read-text.ts';
import type { ExitCode, Io } from '../io.ts';
import { type Format, reporters } from '../report/reporters.ts';
import type { Level } from '../report/theme.ts';
import { createTheme, levels } from '../report/theme.ts';
import type { Session } from '../session.ts';

export type FailOn = Level | 'never';

export interface CheckOptions {
  readonly format: Format;
  readonly failOn: FailOn;
  /** A file for the report; standard output if omitted. */
  readonly output?: string;
}

export function check(session: Session, { format, failOn, output }: CheckOptions, io: Io): ExitCode {
  const { snapshot, places, settings, workspace } = session;
  const judgement = judgeSnapshot(snapshot, settings);
  const report = reporters[format]({
    snapshot,
    judgement,
    measures: measure(snapshot, judgement.findings),
    places,
    theme: createTheme(io.colors && output === undefined, io.width),
    ...(session.since && { since: session.since.ref }),
    elapsed: io.now() - session.started,
    failing: failingFrom(failOn === 'never' ? 'warning' : failOn),
    nameOf: (file) => relative(io.cwd, workspace.pathOf(file)).split(sep).join('/'),
  });
  if (!writeReport(report, output, io)) return 2;
  if (session.misconfigured) return 2;
  const nothing = nothingToCompare(session);
  if (nothing !== undefined) {
    io.err(`${nothing}\n`);
    return 2;
  }
  return fails([...shown(judgement.findings), ...snapshot.problems], failOn) ? 1 : 0;
}

/** False, and said why, where the file cannot be written. */
export function writeReport(report: string, output: string | undefined, io: Io): boolean {
  if (output === undefined) {
    io.out(report);
    return true;
  }
  try {
    writeFileSync(resolve(io.cwd, output), report);
    return true;
  } catch (error) {
    io.err(`${output} cannot be written: ${reasonOf(error)}.\n`);
    return false;
  }
}

/** A check that compared nothing must not look like one that found nothing. */
export function nothingToCompare({ snapshot }: Session): string | undefined {
  const { specs, codes } = snapshot;
  if (specs.length === 0 && codes.length === 0)
    return 'Found neither an OpenAPI document nor an Express or NestJS application here.';
  if (specs.length === 0)
    return 'Found no OpenAPI document here. Name one with --spec if it has no `openapi` or `swagger` key.';
  if (codes.length === 0)
    return 'Found no Express or NestJS application here. Name its folder with --root if it is somewhere else.';
  return undefined;
}

export function fails(found: readonly (Finding | Problem)[], failOn: FailOn): boolean {
  const failing = failingFrom(failOn);
  return found.some(({ severity }) => failing.has(severity));
}

function failingFrom(failOn: FailOn): ReadonlySet<Level> {
  return new Set(failOn === 'never' ? [] : levels.slice(0, levels.indexOf(failOn) + 1));
}
