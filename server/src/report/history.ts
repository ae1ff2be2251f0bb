/** Figures of earlier reports: JSON Lines, a line a commit, oldest first. */

import type { KpiId } from '../engine/kpis.ts';

export const historyFileName = 'backend-contract.history.jsonl';

export interface Moment extends Readonly<Partial<Record<KpiId, number | null>>> {
  readonly date?: string;
  readonly commit?: string;
}

/** What cannot be read of it is left out. */
export function readHistory(text: string): readonly Moment[] {
  return text.split(/\r?\n/).flatMap((line): readonly Moment[] => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value as Moment] : [];
    } catch {
      return [];
    }
  });
}

/** The text with this moment at its end, in place of one of the same commit. */
export function withMoment(text: string, moment: Moment): string {
  const others = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !isOfCommit(line, moment.commit));
  return [...others, JSON.stringify(moment), ''].join('\n');
}

export function earlierThan(moments: readonly Moment[], commit: string | undefined): readonly Moment[] {
  return moments.filter((each) => commit === undefined || each.commit !== commit);
}

function isOfCommit(line: string, commit: string | undefined): boolean {
  return commit !== undefined && readHistory(line).some((moment) => moment.commit === commit);
}
