/** `explain`: why a rule exists, when it speaks and when it is silent. */

import { rules } from '../../drift/registry.ts';
import type { DocumentedRule } from '../../drift/rule-page.ts';
import { healthRules } from '../../lint/health/registry.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrapped } from '../report/pretty.ts';
import type { Theme } from '../report/theme.ts';
import { createTheme } from '../report/theme.ts';

export function explain(id: string, io: Io): ExitCode {
  const theme = createTheme(io.colors, io.width);
  const all: readonly DocumentedRule[] = [...rules, ...healthRules];
  const rule = all.find((candidate) => candidate.id === id || candidate.id.endsWith(`/${id}`));
  if (rule === undefined) {
    io.err(`There is no rule ${id}. The rules are:\n${all.map((each) => `  ${each.id}\n`).join('')}`);
    return 2;
  }
  io.out(page(rule, theme));
  return 0;
}

function page(rule: DocumentedRule, theme: Theme): string {
  const paragraphs = rule.docs.trim().split(/\n{2,}/);
  const example = rule.invalid[0];
  return [
    '',
    `${theme.strong(rule.id)}  ${theme.level(rule.severity, rule.severity)}`,
    '',
    ...wrapped('', `${rule.title}.`.replace('..', '.'), theme.width, 0),
    '',
    ...paragraphs.flatMap((paragraph) => [
      ...wrapped('', paragraph.replace(/\s*\n\s*/g, ' '), theme.width, 0),
      '',
    ]),
    ...(example === undefined
      ? []
      : [theme.quiet(`Example: ${example.name}`), '', ...exampleLines(example.files, theme), '']),
  ].join('\n');
}

function exampleLines(files: string, theme: Theme): readonly string[] {
  return files
    .trim()
    .split('\n')
    .map((line) => {
      const header = /^\/\/-\s*(.*)$/.exec(line.trim());
      if (header !== null) return `  ${theme.quiet(`── ${header[1] ?? ''}`)}`;
      return `  ${/^\s*(?:\/\/|#)\s*\^/.test(line) ? theme.level('warning', line) : line}`;
    });
}
