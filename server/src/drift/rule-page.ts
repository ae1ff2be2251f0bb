/** The page of a rule: what it says, why, when it is silent, and examples. For `server/docs/rules/` and for editors. */

import type { Severity } from '../contract/finding.ts';
import type { Axis, Example } from './define-rule.ts';

/** A rule of drift, or one of linting that is written the same way. */
export interface DocumentedRule {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  readonly severity: Exclude<Severity, 'off'>;
  /** Of rules of drift. */
  readonly axis?: Axis;
  readonly valid: readonly Example[];
  readonly invalid: readonly Example[];
}

/** Markdown with one heading of the first level. */
export function rulePage(rule: DocumentedRule): string {
  const { id, title, docs, severity, axis, invalid, valid } = rule;
  const about = axis ? `${axis.subject.replaceAll('-', ' ')}, ${axis.drift}` : 'the specification by itself';
  return `${[
    `# ${id}`,
    `**${title}.**`,
    `Severity: \`${severity}\` · About: ${about}`,
    docs.trim(),
    '## Found',
    'The carets stand below what is marked.',
    ...invalid.flatMap(exampleBlocks),
    '## Not found',
    ...valid.flatMap(exampleBlocks),
    '## Settings',
    'In `backend-contract.config.yaml`: `error`, `warning`, `info` or `off`.',
    fenced('yaml', `rules:\n  ${id}: off`),
  ].join('\n\n')}\n`;
}

/** The first paragraph of the documentation, on one line: why the finding matters. */
export function ruleReason({ docs }: DocumentedRule): string {
  return (docs.trim().split(/\n{2,}/)[0] ?? '').replace(/\s*\n\s*/g, ' ');
}

function exampleBlocks({ name, files }: Example): readonly string[] {
  return [`### ${name.charAt(0).toUpperCase()}${name.slice(1)}`, ...filesOf(files).flatMap(fileBlocks)];
}

interface ExampleFile {
  readonly name: string;
  readonly text: string;
}

function fileBlocks({ name, text }: ExampleFile): readonly string[] {
  const language = /\.ya?ml$/.test(name) ? 'yaml' : /\.json$/.test(name) ? 'json' : 'ts';
  return [`\`${name}\``, fenced(language, text)];
}

function filesOf(files: string): readonly ExampleFile[] {
  return files
    .split(/^\/\/- /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { name: part.slice(0, end).trim(), text: part.slice(end + 1).trimEnd() };
    });
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
