/** An operation as a page of Markdown: what is promised, what is served, and where they differ. */

import type { Finding } from '../../contract/finding.ts';
import type { CodeOperation, PathLink, SpecOperation } from '../../contract/operation.ts';
import { reasonText } from '../../contract/reasons.ts';
import { textOf, valueOf } from '../../text/document-node.ts';
import { fileName, handlerLabel, handlerTarget } from './handlers.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { blocks, code, description, joined, link, type Markdown, plain, table } from './markdown.ts';
import { answerRows, bodyRows, operationNode, parameterRows } from './operation-rows.ts';

/** The whole page. */
export function operationText(index: FeatureIndex, entry: Entry): Markdown {
  const { spec, code: served } = entry;
  const node = spec && operationNode(index, spec);
  return blocks([
    heading(entry),
    [node ? description(textOf(valueOf(node.node, 'description')) ?? '') : ''],
    [table(['Parameter', 'Type', 'Example', ''], parameterRows(index, entry, node))],
    [table(['Body', 'Type', 'Example', ''], bodyRows(index, entry, node))],
    [table(['Status', 'Answer', 'Body', ''], answerRows(index, entry, node))],
    [securityLine(entry)],
    findingLines(entry.findings.filter((finding) => isNews(entry, finding))),
    [doubtLine(entry)],
    served ? chainLine(index, served) : [],
    placesLine(index, entry),
  ]);
}

export function heading(entry: Entry): Markdown {
  const summary = entry.spec?.origin.summary;
  const marks = [
    ...(isDeprecated(entry) ? ['_deprecated_'] : []),
    ...(entry.state === 'undocumented' ? ['_not in the spec_'] : []),
    ...(entry.state === 'unimplemented' ? ['_not in the code_'] : []),
  ];
  const title = `**${entry.method}** ${code(entry.path)}`;
  return [[title, ...(summary === undefined ? [] : [plain(summary)]), ...marks].join(' — ')];
}

export function isDeprecated({ spec, code: served }: Entry): boolean {
  return [spec, served].some((side) => side?.deprecated.known === true && side.deprecated.value);
}

function securityLine({ spec, code: served }: Entry): string {
  const names = (side: SpecOperation | CodeOperation): string =>
    side.security.schemes.items
      .filter(({ name }) => name !== 'anonymous handler')
      .map(({ name, scopes }) => code(scopes.length > 0 ? `${name} (${scopes.join(', ')})` : name))
      .join(', ');
  if (spec?.security.required.known === true && spec.security.required.value) {
    const schemes = names(spec);
    return `Security: ${schemes === '' ? 'required' : schemes}`;
  }
  if (spec) return '';
  const guards =
    served && served.security.required.known && served.security.required.value ? names(served) : '';
  return guards === '' ? '' : `Guarded by ${guards}`;
}

function doubtLine({ reason, compared }: Entry): string {
  if (!reason || !compared) return '';
  return reason.why === 'aside'
    ? `_Not compared: ${plain(reason.fact)}._`
    : `_Cannot tell: ${plain(reasonText(reason))}._`;
}

/** That a whole router is not documented is said for each of its routes already. */
function isNews({ state }: Entry, { operations }: Finding): boolean {
  return operations === undefined || (state !== 'undocumented' && state !== 'unimplemented');
}

/** One line for each finding, with a link to the page of its rule. */
export function findingLines(findings: readonly Finding[]): Markdown {
  const marks = { error: '⛔', warning: '⚠️', info: 'ℹ️' } as const;
  return joined(
    findings.map((finding) => [
      `${marks[finding.severity]} ${plain(ownMessage(finding))} `,
      { label: code(finding.rule), rule: finding.rule },
    ]),
    '  \n',
  );
}

/** The message without the name of the operation, which stands above it, and without a list of others. */
function ownMessage({ message, operation, operations }: Finding): string {
  const [first] = operations ?? [];
  const list = first ? message.indexOf(`: ${first.method} ${first.path}`) : -1;
  if (list >= 0) return `${message.slice(0, list)}.`;
  const name = operation ? `${operation.method} ${operation.path}` : '';
  if (name === '' || !message.startsWith(name)) return message;
  const rest = message.slice(name.length).replace(/^:?\s+/, '');
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

/** `app.use('/api')` → `router.use('/v1')` → `get('/:id')`, as they are written, each a jump. */
function chainLine(index: FeatureIndex, { origin }: CodeOperation): Markdown {
  const chain = origin.chain ?? [];
  if (chain.length < 2) return [];
  const front = origin.unknownPrefix ? [`_${plain(reasonText(origin.unknownPrefix))}_ → `] : [];
  return [
    'Path: ',
    ...front,
    ...joined(
      chain.map((one) => link(code(writtenLink(index, one)), one.at)),
      ' → ',
    ),
  ];
}

/** The source of a link on one line, with its receiver and its arguments; what it adds where that says more. */
function writtenLink(index: FeatureIndex, { at, path }: PathLink): string {
  const text = index.ready.textOf(at.file) ?? '';
  const name = text.slice(at.start, at.end);
  const call = /^[\w$]+$/.test(name)
    ? `${name}${/^\([^()\n]{0,60}\)/.exec(text.slice(at.end, at.end + 64))?.[0] ?? ''}`
    : name;
  const own = call.replace(/\s+/g, ' ').replace('( ', '(');
  // A version or a table entry is a value and no call: what it adds is what a reader looks for.
  if (!own.includes('(') || own.length > 80) return path;
  const receiver = /[\w$.]*\.$/.exec(text.slice(Math.max(0, at.start - 40), at.start))?.[0] ?? '';
  const open = own.split('(').length - own.split(')').length;
  return `${receiver}${own}${')'.repeat(Math.max(0, open))}`;
}

/** Where both sides are. */
function placesLine(index: FeatureIndex, { spec, code: served }: Entry): Markdown {
  const operationId = spec?.origin.operationId;
  return joined(
    [
      ...(spec ? [['Spec: ', ...link(code(operationId ?? fileName(spec.at.file)), spec.at)]] : []),
      ...(served
        ? [['Handler: ', ...link(code(handlerLabel(index, served)), handlerTarget(index, served).at)]]
        : []),
    ],
    ' · ',
  );
}
