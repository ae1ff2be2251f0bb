/** The report as Markdown, for pull requests and wikis: the figures, then what is not as it should be. */

import type { OperationState } from '../engine/entries.ts';
import type { ReportData, ReportOperation, ReportPlace } from './data.ts';

const headings: readonly (readonly [OperationState, string])[] = [
  ['drift', 'Different in spec and code'],
  ['undocumented', 'Not in the spec'],
  ['unimplemented', 'Not in the code'],
  ['unknown', 'Cannot tell'],
  ['aside', 'Not compared'],
];

const marks = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const;

export function reportMarkdown({ name, date, kpis, hidden, operations, unknowns }: ReportData): string {
  const matched = operations.filter(({ state }) => state === 'matched').length;
  const blocks = [
    `# ${plain(name)}: contract report`,
    ...(date === undefined ? [] : [date]),
    [
      '| Figure | Share | Of |',
      '| --- | --: | --: |',
      ...kpis.map(({ title, share, part, whole }) => `| ${title} | ${share} | ${part} of ${whole} |`),
    ].join('\n'),
    `${matched} of ${operations.length} operations are in spec and code without drift.${hiddenText(hidden)}`,
    ...headings.flatMap(([state, title]) => {
      const list = operations.filter((operation) => operation.state === state);
      return list.length === 0 ? [] : [`## ${title} (${list.length})`, list.map(item).join('\n')];
    }),
    ...(unknowns.length === 0
      ? []
      : [
          '## What could not be told, and why',
          unknowns.map(({ text, count }) => `- ${plain(text)} (${count})`).join('\n'),
        ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function hiddenText({ known, ignored }: ReportData['hidden']): string {
  const parts = [
    ...(known > 0 ? [`${known} known to the baseline`] : []),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  return parts.length === 0 ? '' : ` Findings that are not shown: ${parts.join(', ')}.`;
}

function item({ method, path, inSpec, inCode, owners, reason, findings }: ReportOperation): string {
  const places = [inSpec, inCode].flatMap((place) => (place ? [placeText(place)] : []));
  const about = [...places, ...owners.map(plain), ...(reason === undefined ? [] : [plain(reason)])];
  const lines = findings.map(
    ({ severity, message, rule }) => `  - ${marks[severity]} ${plain(message)} \`${rule}\``,
  );
  return [`- ${code(`${method} ${path}`)} — ${about.join(', ')}`, ...lines].join('\n');
}

function placeText({ file, line }: ReportPlace): string {
  return code(`${file}:${line}`);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ').replace(/\s+/g, ' ')}\``;
}

/** Text in which nothing is markup (CommonMark section 2.4). */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~&]/g, '\\$&');
}
