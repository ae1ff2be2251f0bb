/** Fixes that mend neither side: for findings that are meant so, or that are to be mended later. */

import { baselineText, readBaseline } from '../../../config/baseline.ts';
import { configFileNames, readConfig } from '../../../config/config.ts';
import type { Finding } from '../../../contract/finding.ts';
import type { SpecOperation } from '../../../contract/operation.ts';
import { fileId, type Span } from '../../../contract/span.ts';
import { readDocument } from '../../../text/document.ts';
import { valueOf } from '../../../text/document-node.ts';
import { appendItem, insertEntry } from '../../../text/edit-document.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { isSource } from '../spec-texts.ts';
import { edited, fix, mappingAt, operationAt, type Fix, type Scene } from './fix.ts';
import { eolOf } from '../../../text/document-style.ts';

/** A reason is worth more than a silence; who leaves this in is asked in the review. */
const why = 'TODO: why';

export function silencing(scene: Scene): readonly (Fix | undefined)[] {
  if (scene.finding.rule === 'ignore/unused') return [removeComment(scene)];
  return [ignoreInCode(scene), ignoreInSpec(scene), markInternal(scene), addToBaseline(scene)];
}

function ignoreInCode({ index, finding, entries }: Scene): Fix | undefined {
  const at = codePlace(index, finding, entries);
  return at && comment(index, at, `Ignore ${finding.rule} here`, `backend-contract-ignore ${finding.rule}`);
}

/** A finding about a spec is ignored where its route is registered. */
function codePlace(
  { ready }: FeatureIndex,
  { at, operations }: Finding,
  entries: readonly Entry[],
): Span | undefined {
  if (isCode(at) && !isInComment(ready.textOf(at.file) ?? '', at.start)) return at;
  const routes = [...new Set(entries.flatMap(({ code }) => (code ? [code.at] : [])))];
  return operations === undefined && routes.length === 1 ? routes[0] : undefined;
}

function isCode({ file }: Span): boolean {
  return isSource(file);
}

/** A specification in comments: a line that is added there is text of it. */
function isInComment(text: string, offset: number): boolean {
  const before = text.slice(0, offset);
  return before.lastIndexOf('/**') > before.lastIndexOf('*/');
}

function markInternal({ index, finding }: Scene): Fix | undefined {
  if (finding.rule !== 'http/undocumented-operation' || !isCode(finding.at)) return undefined;
  const title = finding.operations
    ? `Mark these ${finding.operations.length} routes as internal`
    : 'Mark this route as internal';
  return comment(index, finding.at, title, 'backend-contract-internal');
}

/** On a line of its own above the place, as far in as that. */
function comment({ ready }: FeatureIndex, at: Span, title: string, words: string): Fix | undefined {
  const text = ready.textOf(at.file);
  if (text === undefined) return undefined;
  const start = text.lastIndexOf('\n', at.start - 1) + 1;
  if (isInComment(text, at.start)) return undefined;
  // Between backticks a line is text.
  if ((text.slice(0, start).match(/(?<!\\)`/g)?.length ?? 0) % 2 === 1) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const eol = eolOf(text);
  const line = `${indent}// ${words} -- ${why}${eol}`;
  return fix(title, [{ file: at.file, start, end: start, text: line }]);
}

const key = 'x-backend-contract-ignore';

/** The whole comment, with its line where it has one of its own; not one that still silences another rule. */
function removeComment({ index: { ready }, finding }: Scene): Fix | undefined {
  const { at, state } = finding;
  const text = ready.textOf(at.file);
  if (text === undefined || !isCode(at)) return undefined;
  const { idle = [], unknown } = (state ?? {}) as { idle?: readonly string[]; unknown?: string };
  const words =
    text
      .slice(at.start, at.end)
      .replace(/\s--\s[^]*$/, '')
      .match(/[a-z]+\/[a-z-]+/g) ?? [];
  if (words.some((word) => word !== unknown && !idle.includes(word))) return undefined;
  const before = /[ \t]*$/.exec(text.slice(0, at.start))?.[0].length ?? 0;
  const start = at.start - before;
  const isAlone = start === 0 || text[start - 1] === '\n';
  const rest = isAlone ? (/^[ \t]*\r?\n/.exec(text.slice(at.end))?.[0].length ?? 0) : 0;
  if (isAlone && rest === 0) return undefined;
  return fix('Remove this comment', [{ file: at.file, start, end: at.end + rest, text: '' }], true);
}

function ignoreInSpec({ index, finding, entries }: Scene): Fix | undefined {
  const operations = new Map<string, SpecOperation>();
  for (const { spec } of entries) if (spec) operations.set(`${spec.at.file} ${spec.at.start}`, spec);
  const [operation, ...more] = operations.values();
  if (!operation || more.length > 0) return undefined;
  const map = mappingAt(index, operationAt(index, operation));
  if (!map) return undefined;
  const { rule } = finding;
  const there = valueOf(map.map, key);
  const edit =
    there === undefined
      ? insertEntry(map.document, map.map, key, { [rule]: why })
      : there.kind === 'map'
        ? insertEntry(map.document, there, rule, why)
        : there.kind === 'seq'
          ? appendItem(map.document, there, { [rule]: why })
          : undefined;
  return fix(`Ignore ${rule} for this operation, in the spec`, edited(map, edit));
}

/** Only where the configuration names a baseline: without it nobody would look at the file. */
function addToBaseline({ index: { ready }, finding }: Scene): Fix | undefined {
  const prints = finding.fingerprints ?? [];
  const config = configFileNames.map((name) => fileId(name)).find((name) => ready.textOf(name) !== undefined);
  if (config === undefined || prints.length === 0) return undefined;
  const named = readConfig(readDocument(config, ready.textOf(config) ?? '')).config.baseline?.path;
  if (named === undefined) return undefined;
  const file = fileId(named);
  const text = ready.textOf(file);
  const title = `Add to the baseline (${named})`;
  if (text === undefined)
    return fix(title, [{ file, start: 0, end: 0, text: baselineText(prints), create: true }]);
  const { known, problems } = readBaseline(readDocument(file, text));
  if (problems.length > 0) return undefined;
  return fix(title, [{ file, start: 0, end: text.length, text: baselineText([...known, ...prints]) }]);
}
