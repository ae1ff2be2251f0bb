/** `check`: the drift report. */

import type { Finding, Problem } from '../../contract/finding.ts';
import { judgeSnapshot } from '../../engine/snapshot.ts';
import type { ExitCode, Io } from '../io.ts';
import { checkJson } from '../report/json.ts';
import { measure, shown } from '../../engine/measures.ts';
import { checkReport } from '../report/pretty.ts';
import type { Level } from '../report/theme.ts';
import { createTheme, levels } from '../report/theme.ts';
import type { Session } from '../session.ts';

export type FailOn = Level | 'never';

export interface CheckOptions {
  readonly format: 'pretty' | 'json';
  readonly failOn: FailOn;
}

export function check(session: Session, { format, failOn }: CheckOptions, io: Io): ExitCode {
  const { snapshot, places, settings } = session;
  const judgement = judgeSnapshot(snapshot, settings);
  const { findings } = judgement;
  const measures = measure(snapshot, findings);
  if (format === 'json') {
    io.out(checkJson(snapshot, judgement, measures, places));
  } else {
    const theme = createTheme(io.colors, io.width);
    io.out(checkReport(snapshot, judgement, measures, places, theme, io.now() - session.started));
  }
  if (session.misconfigured) return 2;
  const nothing = nothingToCompare(session);
  if (nothing !== undefined) {
    io.err(`${nothing}\n`);
    return 2;
  }
  return fails([...shown(findings), ...snapshot.problems], failOn) ? 1 : 0;
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
  if (failOn === 'never') return false;
  const failing = levels.slice(0, levels.indexOf(failOn) + 1);
  return found.some(({ severity }) => failing.includes(severity));
}
