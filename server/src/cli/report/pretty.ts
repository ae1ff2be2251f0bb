/** The report for people: what was compared, the findings by file with both sides in view, and the figures. */

import type { Finding, Problem, Related } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import type { Judgement } from '../../drift/run.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import type { Places } from '../places.ts';
import { frame } from './frame.ts';
import type { Measures } from '../../engine/measures.ts';
import { shown } from '../../engine/measures.ts';
import { summary } from './summary.ts';
import type { Theme } from './theme.ts';
import { count, marks } from './theme.ts';

/** Names of operations that one line of a pile lists. */
const listedRelated = 8;
/** Documents that are left out and named; the rest is counted. */
const namedSkips = 10;

export function checkReport(
  snapshot: Snapshot,
  judgement: Judgement,
  measures: Measures,
  places: Places,
  theme: Theme,
  elapsed: number,
  since?: string,
): string {
  const lines = [
    '',
    ...header(snapshot, theme),
    '',
    ...fileSections(shown(judgement.findings), places, theme),
    ...problemSection(snapshot.problems, places, theme),
    ...summary(snapshot, judgement, measures, places, theme, elapsed, since),
    '',
  ];
  return lines.join('\n');
}

function header(snapshot: Snapshot, theme: Theme): readonly string[] {
  const lines: string[] = [];
  for (const link of snapshot.links) {
    if (link.specs.length === 0 || link.codes.length === 0) continue;
    const specs = link.specs.map(
      (spec) =>
        `${theme.strong(spec.file)} ${theme.quiet(`OpenAPI ${spec.version}, ${count(spec.operations.items.length, 'operation')}`)}`,
    );
    const codes = link.codes.map(
      (code) =>
        `${theme.strong(rootName(code.root))} ${theme.quiet(`${code.frameworks.join(', ')}, ${count(code.operations.items.length, 'route')}`)}`,
    );
    lines.push(`  ${specs.join(', ')}  ${theme.accent('⇄')}  ${codes.join(', ')}`);
  }
  const unbound = (what: string, why: string) => lines.push(`  ${theme.strong(what)} ${theme.quiet(why)}`);
  for (const link of snapshot.links) {
    if (link.specs.length === 0) {
      for (const code of link.codes) {
        if (code.operations.items.length === 0) continue;
        unbound(rootName(code.root), `${count(code.operations.items.length, 'route')}, described by no spec`);
      }
    }
    if (link.codes.length === 0) {
      for (const spec of link.specs) unbound(spec.file, 'describes none of the servers found');
    }
  }
  for (const { file, reason, copyOf } of snapshot.skipped.slice(0, namedSkips)) {
    lines.push(theme.quiet(`  ${file} skipped: ${reason}${copyOf === undefined ? '' : ` of ${copyOf}`}`));
  }
  const rest = snapshot.skipped.length - namedSkips;
  if (rest > 0)
    lines.push(theme.quiet(`  and ${count(rest, 'further document')} skipped; --format json has all`));
  return lines;
}

function rootName(root: string): string {
  return root === '.' ? 'this folder' : root;
}

export function fileSections(findings: readonly Finding[], places: Places, theme: Theme): readonly string[] {
  const byFile = new Map<FileId, Finding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.at.file);
    if (list === undefined) byFile.set(finding.at.file, [finding]);
    else list.push(finding);
  }
  return [...byFile].flatMap(([file, list]) => [
    `${theme.strong(file)}  ${theme.quiet(count(list.length, 'finding'))}`,
    '',
    ...list.filter(({ severity }) => severity !== 'info').flatMap((finding) => full(finding, places, theme)),
    ...compact(
      list.filter(({ severity }) => severity === 'info'),
      places,
      theme,
    ),
  ]);
}

function full(finding: Finding, places: Places, theme: Theme): readonly string[] {
  const paint = (text: string) => theme.level(finding.severity, text);
  const other = finding.operations === undefined ? otherSide(finding) : undefined;
  const framed = other === undefined ? [] : [other];
  const further = finding.related.filter((related) => related !== other);
  const place = places.of(finding.at);
  const others = framed.map(({ at }) => places.of(at));
  const gutter = Math.max(3, ...[place, ...others].map(({ start }) => String(start.line).length));
  const pad = ' '.repeat(gutter);
  return [
    ...wrapped(`${paint(marks[finding.severity])} `, finding.message, theme.width, 2),
    ...frame(places, place, gutter, theme, paint).map((line) => `  ${line}`),
    ...framed.flatMap(({ at, note }, index) => {
      const there = others[index] ?? places.of(at);
      return [
        `  ${pad} ${theme.quiet('├')} ${theme.quiet(`${at.file}:${there.start.line}`)}  ${theme.quiet(note)}`,
        ...frame(places, there, gutter, theme, theme.accent).map((line) => `  ${line}`),
      ];
    }),
    ...furtherLines(finding, further, places, theme, pad),
    `  ${pad} ${theme.quiet(`╰ ${finding.rule}`)}`,
    '',
  ];
}

/** The place to show beside the finding's own: on the other side of the contract if there is one. Further places are named. */
function otherSide({ at, related }: Finding): Related | undefined {
  return related.find((each) => isDocument(each.at.file) !== isDocument(at.file)) ?? related[0];
}

function isDocument(file: FileId): boolean {
  return /\.(?:ya?ml|json)$/i.test(file);
}

/** The operations of a pile, or the places that are left over. */
function furtherLines(
  finding: Finding,
  further: readonly Related[],
  places: Places,
  theme: Theme,
  pad: string,
): readonly string[] {
  const isPile = finding.operations !== undefined;
  const limit = isPile ? listedRelated : further.length;
  const lines = further.slice(0, limit).map(({ at, note }) => {
    const { start } = places.of(at);
    const where = isPile && at.file === finding.at.file ? `:${start.line}` : `${at.file}:${start.line}`;
    return `  ${pad} ${theme.quiet('│')} ${note}  ${theme.quiet(where)}`;
  });
  const rest = further.length - limit;
  return rest > 0 ? [...lines, `  ${pad} ${theme.quiet(`│ and ${rest} more`)}`] : lines;
}

/** What is only worth knowing takes one line. */
function compact(findings: readonly Finding[], places: Places, theme: Theme): readonly string[] {
  if (findings.length === 0) return [];
  const width = Math.max(...findings.map(({ at }) => String(places.of(at).start.line).length));
  const lines = findings.flatMap(({ at, message, rule, severity }) => {
    const line = String(places.of(at).start.line).padStart(width);
    const lead = `${theme.level(severity, marks[severity])} ${theme.quiet(line)}  `;
    return wrapped(lead, `${message} ${theme.quiet(rule)}`, theme.width, width + 4);
  });
  return [...lines, ''];
}

export function problemSection(
  problems: readonly Problem[],
  places: Places,
  theme: Theme,
): readonly string[] {
  if (problems.length === 0) return [];
  return [
    `${theme.strong('Input')}  ${theme.quiet(count(problems.length, 'problem'))}`,
    '',
    ...problems.flatMap(({ severity, message, at, code }) => {
      const { start } = places.of(at);
      const lead = `${theme.level(severity, marks[severity])} `;
      return wrapped(
        lead,
        `${at.file}:${start.line}:${start.column}  ${message} ${theme.quiet(code)}`,
        theme.width,
        2,
      );
    }),
    '',
  ];
}

/** Breaks between words; `lead` stands in front of the first line, `indent` spaces in front of the others. */
export function wrapped(lead: string, text: string, width: number, indent: number): readonly string[] {
  const lines: string[] = [];
  let line = lead;
  let length = indent;
  for (const word of text.split(' ')) {
    const size = visibleLength(word);
    if (length + size > width && length > indent) {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent);
      length = indent;
    }
    line += `${word} `;
    length += size + 1;
  }
  return [...lines, line.trimEnd()];
}

function visibleLength(text: string): number {
  return text.replace(/\u001b\[[0-9;]*m/g, '').length;
}
