/** `baseline`: writes down what is found, so that only what is new is told from now on. */

import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { baselineText } from '../../config/baseline.ts';
import { judgeSnapshot } from '../../engine/snapshot.ts';
import { shown } from '../../engine/measures.ts';
import { reasonOf } from '../../host/read-text.ts';
import type { ExitCode, Io } from '../io.ts';
import { count } from '../report/theme.ts';
import type { Session } from '../session.ts';
import { nothingToCompare } from './check.ts';

/** All findings of now, whatever the file knew before. */
export function writeBaseline(session: Session, io: Io): ExitCode {
  const nothing = nothingToCompare(session);
  if (nothing !== undefined) {
    io.err(`${nothing}\n`);
    return 2;
  }
  const { snapshot, settings } = session;
  const { severities } = settings.rules;
  const { findings } = judgeSnapshot(snapshot, { ...settings, rules: { severities } });
  const known = shown(findings).flatMap(({ fingerprints }) => fingerprints ?? []);
  if (!write(session, known, io)) return 2;
  io.out(`Wrote ${count(known.length, 'finding')} to ${name(session, io)}.\n`);
  if (settings.rules.baseline === undefined)
    io.out(`Name it in the configuration (baseline: ${name(session, io)}) to be told only of what is new.\n`);
  return 0;
}

/** Takes out what is not found any more, and adds nothing. */
export function pruneBaseline(session: Session, io: Io): ExitCode {
  const { snapshot, settings } = session;
  const before = settings.rules.baseline ?? [];
  const { gone } = judgeSnapshot(snapshot, settings);
  const left = [...before];
  for (const print of gone) left.splice(left.indexOf(print), 1);
  if (gone.length > 0 && !write(session, left, io)) return 2;
  io.out(
    gone.length === 0
      ? `Nothing in ${name(session, io)} was mended.\n`
      : `Took ${count(gone.length, 'finding')} out of ${name(session, io)}; ${left.length} left.\n`,
  );
  return 0;
}

function name({ baseline }: Session, { cwd }: Io): string {
  return relative(cwd, baseline) || baseline;
}

function write({ baseline }: Session, known: readonly string[], io: Io): boolean {
  try {
    writeFileSync(baseline, baselineText(known));
    return true;
  } catch (error) {
    io.err(`${baseline} cannot be written: ${reasonOf(error)}.\n`);
    return false;
  }
}
