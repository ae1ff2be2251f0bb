/**
 * Takes a value out of a document and writes it somewhere else, as it is written: comments, quotes and order stay, and
 * only the indentation changes. Gives undefined where what is written has a meaning in its place alone (anchors and
 * aliases, tabs), or has no form at the other place.
 */

import { Document, visit, type Scalar } from 'yaml';
import type { DocNode } from '../contract/facts.ts';
import { fileId, type TextRange } from '../contract/span.ts';
import { readDocument } from './document.ts';
import type { TextEdit } from './edit-document.ts';
import { yamlAnchors } from './yaml-anchors.ts';

/** A value as text, at column 0. */
export interface Cutting {
  /** Lines after the first begin at their own depth below it. */
  readonly text: string;
  /** Lines of YAML that stand below their key. */
  readonly isBlock: boolean;
  readonly language: 'yaml' | 'json';
  readonly node: DocNode;
}

export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Is it written between braces or brackets, or on one line? */
function isInline(text: string, node: DocNode): boolean {
  return node.kind === 'scalar' || text[node.start] === '{' || text[node.start] === '[';
}

/**
 * From the first character of a value to the last one, with a comment behind it on its last line where lines below
 * their key are meant. Undefined for a value that is written elsewhere.
 */
export function extentOf(text: string, node: DocNode, keyEnd: number): TextRange | undefined {
  if (node.start < keyEnd) return undefined;
  if (isInline(text, node)) return { start: node.start, end: node.end };
  let end = node.end;
  while (end > node.start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  const lineEnd = /\r?\n|$/.exec(text.slice(end));
  end += lineEnd?.index ?? 0;
  while (/[ \t]/.test(text[end - 1] ?? '')) end -= 1;
  return { start: node.start, end };
}

/** @param edits of what is inside, with offsets into the whole text */
export function cut(
  text: string,
  language: Cutting['language'],
  node: DocNode,
  keyEnd: number,
  edits: readonly TextEdit[] = [],
): Cutting | undefined {
  const extent = extentOf(text, node, keyEnd);
  if (!extent) return undefined;
  const { start, end } = extent;
  if (language === 'yaml' && touchesAnchors(text, keyEnd, end)) return undefined;
  const column = start - lineStartOf(text, start);
  const inside = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const lines = applyEdits(text.slice(start, end), inside).split(/\r?\n/);
  const below = lines.slice(1);
  if (language === 'yaml' && below.some((line) => /^ *\t/.test(line))) return undefined;
  // Braces close where their line began, which may be further out than they opened.
  const depth = isInline(text, node)
    ? (/^\s*/.exec(text.slice(lineStartOf(text, start)))?.[0].length ?? 0)
    : column;
  const dedented = below.map((line) => {
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    return line.slice(Math.min(depth, indent));
  });
  const cutting = { isBlock: !isInline(text, node), language, node };
  const own = [lines[0] ?? '', ...dedented].join('\n');
  return edits.length > 0 ? withText({ ...cutting, text: '' }, own) : { ...cutting, text: own };
}

/** The same with another text, and the node that it stands for. */
export function withText(cutting: Cutting, text: string): Cutting {
  const { root } = readDocument(fileId(`cutting.${cutting.language}`), text);
  return { ...cutting, text, node: root ?? cutting.node };
}

function touchesAnchors(text: string, start: number, end: number): boolean {
  return (
    /[&*]/.test(text.slice(start, end)) &&
    yamlAnchors(text).some(({ definition, uses }) =>
      [definition, ...uses].some((offset) => start <= offset && offset <= end),
    )
  );
}

/** Edits do not overlap; their order does not matter. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: written } of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + written;
    from = end;
  }
  return result + text.slice(from);
}

export interface Place {
  readonly language: Cutting['language'];
  readonly eol: string;
  /** How much further in what stands below something is. */
  readonly step: string;
  /** The value begins where its first key is to stand, and not behind a key. */
  readonly isAligned?: boolean;
  /** Between braces. */
  readonly inFlow: boolean;
  /** In front of the key of the value; undefined where all stands on one line. */
  readonly indent: string | undefined;
}

/** What goes behind `key:`, with the space or the line break in front of it. */
export function planted(
  cutting: Cutting,
  { language, eol, step, isAligned, inFlow, indent }: Place,
): string | undefined {
  const below = `${indent ?? ''}${isAligned === true ? '' : step}`;
  const lines = (text: string, by: string): string =>
    text
      .split('\n')
      .map((line, index) => (index === 0 || line === '' ? line : by + line))
      .join(eol);
  if (language === 'json') {
    const json =
      cutting.language === 'json' ? cutting.text : jsonText(cutting.node, indent === undefined ? '' : step);
    return ` ${lines(json, indent ?? '')}`;
  }
  if (cutting.language === 'json' && !inFlow && indent !== undefined && cutting.node.kind !== 'scalar')
    return `${eol}${below}${lines(yamlText(cutting.node, step), below)}`;
  if (cutting.language === 'json' && cutting.node.kind !== 'scalar')
    return ` ${yamlText(cutting.node, step, true).replaceAll('\n', ' ')}`;
  if (!cutting.isBlock) return ` ${lines(cutting.text, indent ?? '')}`;
  if (inFlow || indent === undefined) {
    if (/(?:^|\s)#/m.test(cutting.text)) return undefined;
    return ` ${yamlText(cutting.node, step, true).replaceAll('\n', ' ')}`;
  }
  return `${eol}${below}${lines(cutting.text, below)}`;
}

/** JSON with the order of keys and the spelling of numbers that the document has. */
export function jsonText(node: DocNode, step: string, indent = ''): string {
  const inner = indent + step;
  const [open, separator, close] =
    step === '' ? [' ', ', ', ' '] : [`\n${inner}`, `,\n${inner}`, `\n${indent}`];
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  if (node.kind === 'seq') {
    if (node.items.length === 0) return '[]';
    const items = node.items.map((item) => jsonText(item, step, inner));
    return step === '' ? `[${items.join(', ')}]` : `[${open}${items.join(separator)}${close}]`;
  }
  const entries = lastOfEach(node).map(
    ([key, value]) => `${JSON.stringify(key)}: ${jsonText(value, step, inner)}`,
  );
  return entries.length === 0 ? '{}' : `{${open}${entries.join(separator)}${close}}`;
}

/** Of keys that stand twice the last one counts. */
function lastOfEach(node: Extract<DocNode, { kind: 'map' }>): readonly (readonly [string, DocNode])[] {
  return [...new Map(node.entries.map(({ key, value }) => [key, value]))];
}

/** YAML without comments, in the order of keys that the document has. */
export function yamlText(node: DocNode, step: string, inBraces = false): string {
  const document = new Document(ordered(node), { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  if (inBraces)
    visit(document, {
      Collection: (_, collection) => {
        collection.flow = true;
      },
    });
  visit(document, {
    Scalar: (key, scalar: Scalar) => {
      // Long texts over lines are easier to read as blocks, which is what the library makes of them by itself.
      if (key !== 'key' && typeof scalar.value === 'string' && scalar.value.includes('\n') && !inBraces)
        scalar.type = 'BLOCK_LITERAL';
    },
  });
  return document
    .toString({
      indent: Math.max(1, step.includes('\t') ? 2 : step.length),
      lineWidth: 0,
      singleQuote: true,
    })
    .trimEnd();
}

/** Plain data whose mappings keep their order, whatever their keys look like. */
function ordered(node: DocNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(ordered);
  return new Map(node.entries.map(({ key, value }) => [key, ordered(value)]));
}
