/** From spans to what the protocol calls places. Nothing else knows of lines, characters and URIs. */

import { resolve } from 'node:path';
import {
  DiagnosticSeverity,
  type Diagnostic,
  type Location,
  type MarkupContent,
  type Position,
  type Range,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Finding, Problem } from '../contract/finding.ts';
import type { FileId, Span } from '../contract/span.ts';
import { createLineIndex, nextLineIndex, type LineIndex } from '../text/line-index.ts';
import { shiftBetween, type Shift } from '../text/shift.ts';
import { ruleOf } from './features/explain.ts';
import type { Markdown } from './features/markdown.ts';
import { ruleLink } from './protocol.ts';

export const source = 'Backend Contract';

/** Translates for one workspace folder. */
export interface Places {
  uriOf(file: FileId): string;
  range(span: Span): Range;
  /** What to underline of a place: its first line, for a wave under half a screen is in the way. Never empty. */
  mark(span: Span): Range;
  location(span: Span): Location;
  /** Does the same text still stand there? */
  stands(span: Span): boolean;
  offset(file: FileId, position: Position): number;
  /** The text that the editor shows, and its lines. */
  current(file: FileId): { readonly text: string; readonly lines: LineIndex };
  /** The same one for as long as places of the file are translated the same way. */
  stateOf(file: FileId): object;
}

/** What places of files were translated with, kept by whoever makes places anew for texts that mostly stay. */
export type ShownTexts = Map<FileId, ShownText>;

/**
 * @param textOf The text that spans of a file are offsets into.
 * @param textNow The text that the editor shows: positions are places in it. Where it is another one, places are
 *   moved along with what was typed since.
 */
export function createPlaces(
  folder: string,
  textOf: (file: FileId) => string | undefined,
  textNow: (file: FileId) => string | undefined = textOf,
  shown: ShownTexts = new Map(),
): Places {
  const uris = new Map<FileId, string>();
  const shownText = (file: FileId): ShownText => {
    const known = shown.get(file);
    if (known && textNow === textOf) return known;
    const text = textNow(file) ?? '';
    const before = textOf(file) ?? '';
    if (known?.text === text && known.before === before) {
      // Texts that are equal and not the same object are compared sign by sign: once is enough.
      known.text = text;
      known.before = before;
      return known;
    }
    const made: ShownText = {
      before,
      text,
      lines: known ? nextLineIndex(text, known) : createLineIndex(text),
      ...(before !== text && { shift: shiftBetween(before, text) }),
    };
    shown.set(file, made);
    return made;
  };
  const uriOf = (file: FileId): string => {
    const known = uris.get(file);
    if (known !== undefined) return known;
    const uri = URI.file(resolve(folder, file)).toString();
    uris.set(file, uri);
    return uri;
  };
  const range = ({ file, start, end }: Span): Range => {
    const { lines, shift } = shownText(file);
    const position = (offset: number): Position => {
      const { line, column } = lines.position(shift ? shift.forward(offset) : offset);
      return { line, character: column };
    };
    return { start: position(start), end: position(end) };
  };
  const mark = (span: Span): Range => {
    const { start, end } = range(span);
    if (start.line === end.line && start.character < end.character) return { start, end };
    const { text, lines } = shownText(span.file);
    const from = lines.offset(start.line, start.character);
    const lineEnd = text.indexOf('\n', from);
    const length = text.slice(from, lineEnd < 0 ? text.length : lineEnd).trimEnd().length;
    const shown = start.line === end.line ? 1 : Math.max(1, length);
    return { start, end: { line: start.line, character: start.character + shown } };
  };
  return {
    uriOf,
    range,
    mark,
    location: (span) => ({ uri: uriOf(span.file), range: range(span) }),
    stands({ file, start, end }) {
      const { before, text, shift } = shownText(file);
      return !shift || text.slice(shift.forward(start), shift.forward(end)) === before.slice(start, end);
    },
    offset(file, { line, character }) {
      const { lines, shift } = shownText(file);
      const offset = lines.offset(line, character);
      return shift ? shift.back(offset) : offset;
    },
    current: shownText,
    stateOf: shownText,
  };
}

interface ShownText {
  before: string;
  text: string;
  readonly lines: LineIndex;
  readonly shift?: Shift;
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

export function findingDiagnostic(finding: Finding, places: Places): Diagnostic {
  const { rule, severity, message, at, related, state } = finding;
  return {
    range: places.mark(at),
    severity: severities[severity],
    source,
    code: rule,
    codeDescription: { href: ruleLink(rule) },
    message,
    relatedInformation: related.map(({ at: place, note }) => ({
      location: places.location(place),
      message: note,
    })),
    data: { rule, state },
  };
}

/** What Spectral says has its name and its documentation; rules of ours that look at specifications have pages. */
export function lintDiagnostic(finding: Finding, places: Places): Diagnostic {
  const { rule, severity, message, at, docs } = finding;
  if (ruleOf(rule)) return findingDiagnostic(finding, places);
  return {
    range: places.mark(at),
    severity: severities[severity],
    source: 'Spectral',
    code: rule,
    ...(docs !== undefined && { codeDescription: { href: docs } }),
    message,
  };
}

export function problemDiagnostic({ code, severity, message, at }: Problem, places: Places): Diagnostic {
  return { range: places.mark(at), severity: severities[severity], source, code, message };
}

/** Links in hovers run commands of the client, which open the place. */
export function markup(parts: Markdown, places: Places): MarkupContent {
  const command = (label: string, name: string, args: readonly unknown[]): string =>
    link(label, `command:backendContract.${name}?${encodeURIComponent(JSON.stringify(args))}`);
  const value = textOf(
    parts,
    (label, to) => command(label, 'goTo', [places.location(to)]),
    (label, rule) => command(label, 'explainFinding', [rule]),
  );
  return { kind: 'markdown', value };
}

function textOf(
  parts: Markdown,
  place: (label: string, to: Span) => string,
  rule: (label: string, id: string) => string,
): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'rule' in part ? rule(part.label, part.rule) : place(part.label, part.to);
    })
    .join('');
}

function link(label: string, target: string): string {
  return `[${label}](${target.replace(/[()]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)})`;
}
