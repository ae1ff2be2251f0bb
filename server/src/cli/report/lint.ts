/** What linting found, for people. */

import type { LintOutcome } from '../commands/lint.ts';
import type { Places } from '../places.ts';
import { fileSections, problemSection } from './pretty.ts';
import { countsPart, duration } from './summary.ts';
import { count, type Theme } from './theme.ts';

export function lintReport(
  { documents, findings, problems }: LintOutcome,
  places: Places,
  theme: Theme,
  elapsed: number,
): string {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of [...findings, ...problems]) counts[severity] += 1;
  const parts = [
    countsPart(counts, 'nothing found', theme),
    `${count(documents.length, 'document')} linted`,
    theme.quiet(duration(elapsed)),
  ];
  return [
    '',
    ...fileSections(findings, places, theme),
    ...problemSection(problems, places, theme),
    parts.join(theme.quiet(' · ')),
    '',
  ].join('\n');
}
