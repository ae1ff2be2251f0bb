/** The report of a folder as a page: figures, then every operation that is not as it should be. */

import type { Finding } from '../../contract/finding.ts';
import type { Span } from '../../contract/span.ts';
import type { OperationState } from '../protocol.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import { blocks, cellCode, code, joined, link, type Markdown, plain, table } from './markdown.ts';
import { figuresOf } from './status.ts';

const headings: readonly (readonly [OperationState, string])[] = [
  ['drift', 'Different in spec and code'],
  ['undocumented', 'Not in the spec'],
  ['unimplemented', 'Not in the code'],
  ['unknown', 'Cannot tell'],
];

/** Reasons are many in a big workspace, and the first ones matter. */
const maxReasons = 20;

export function driftReport(index: FeatureIndex, name: string): Markdown {
  const { states, unknownReasons } = figuresOf([index]);
  const rows = headings.map(([state, title]) => [title, String(states[state])]);
  return blocks([
    [`## ${plain(name)}`],
    [table(['Operations', ''], [['In spec and code, without drift', String(states.matched)], ...rows])],
    ...headings.flatMap(([state, title]) => section(index, state, title)),
    unknownReasons.length === 0 ? [] : ['### What could not be told, and why'],
    [
      unknownReasons
        .slice(0, maxReasons)
        .map(({ reason, count }) => `- ${plain(reason)} (${count})`)
        .join('\n'),
    ],
  ]);
}

function section(index: FeatureIndex, state: OperationState, title: string): readonly Markdown[] {
  const entries = [...new Map(index.entries.map((entry) => [entry.id, entry])).values()].filter(
    (entry) => entry.state === state,
  );
  // What cannot be told is told by its reasons: a list of operations would only be long.
  if (entries.length === 0 || state === 'unknown') return [];
  return [
    [`### ${title}`],
    joined(
      entries.map((entry) => operationItem(index, entry)),
      '\n',
    ),
  ];
}

function operationItem(index: FeatureIndex, entry: Entry): Markdown {
  const { spec, code: served, method, path } = entry;
  const places: readonly (readonly [string, Span])[] = [
    ...(spec ? [[spec.at.file, spec.at] as const] : []),
    ...(served ? [[handlerLabel(index, served), handlerTarget(index, served).at] as const] : []),
  ];
  return [
    `- ${cellCode(`${method} ${path}`)} — `,
    ...joined(
      places.map(([label, at]) => link(plain(label), at)),
      ', ',
    ),
    ...entry.findings.filter(isSaidHere(entry)).flatMap(findingItem),
  ];
}

/** That one side is missing is what the heading says. */
function isSaidHere({ state }: Entry): (finding: Finding) => boolean {
  return ({ operations }) => state === 'drift' || operations === undefined;
}

function findingItem({ severity, message, rule, at }: Finding): Markdown {
  return [`\n  - ${severity}: `, ...link(plain(message), at), ' ', { label: code(rule), rule }];
}
