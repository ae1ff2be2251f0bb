/** Annotations on GitHub: one workflow command a finding, read from standard output. */

import type { Level } from './theme.ts';
import type { Told } from './reporters.ts';

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'notice' };

export function githubReport(told: readonly Told[]): string {
  return told
    .map(({ rule, severity, message, file, place: { start, end } }) => {
      const properties = {
        file,
        line: start.line,
        endLine: end.line,
        // Columns count only where both are on one line.
        ...(start.line === end.line && { col: start.column, endColumn: end.column }),
        title: rule,
      };
      const written = Object.entries(properties).map(([name, value]) => `${name}=${escaped(String(value))}`);
      return `::${commands[severity]} ${written.join(',')}::${escapedMessage(message)}\n`;
    })
    .join('');
}

function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escaped(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
