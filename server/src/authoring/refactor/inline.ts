/** What a reference leads to is written in its place. */

import type { DocNode } from '../../contract/facts.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { type Located, refOf } from '../../specs/openapi/reader.ts';
import { entryOf, formatPointer, stringOf } from '../../text/document-node.ts';
import { eolOf, stepOf } from '../../text/document-style.ts';
import { cut, extentOf, lineStartOf, planted, withText } from '../../text/transplant.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import { relativeReference } from '../relative-reference.ts';
import type { SpecSources } from '../sources.ts';

/** @param target what the reference leads to, with the end of the key that it stands under */
export function inline(sources: SpecSources, object: Visited, target: Located, keyEnd: number): Edited {
  const { file, node, entry } = object;
  const text = sources.text(file);
  const from = sources.text(target.file);
  const language = sources.document(file)?.language;
  const origin = sources.document(target.file)?.language;
  if (
    text === undefined ||
    from === undefined ||
    language === undefined ||
    origin === undefined ||
    node.kind !== 'map'
  )
    return { refused: 'What it refers to cannot be read.' };
  if (node.entries.length > 1) return { refused: 'Other keys stand beside this reference.' };
  if (refersTo(target, target.node)) return { refused: 'It refers to itself, so a reference has to stay.' };
  const cutting = cut(from, origin, target.node, keyEnd);
  if (!cutting) return { refused: 'Anchors, aliases or tabs in it have a meaning at its place alone.' };
  const moved = target.file === file ? cutting.text : rebased(cutting.text, target, file);
  if (moved === undefined) return { refused: 'References in it cannot be written for this file.' };
  const extent = extentOf(text, node, entry?.keyEnd ?? node.start);
  if (!extent) return { refused: 'This reference is written somewhere else.' };
  const { start, end } = extent;
  const lineStart = lineStartOf(text, start);
  // An item of a list begins behind its dash.
  const isBrace = text[start] === '{' && entry !== undefined;
  const column = ' '.repeat(start - lineStart);
  const indent = /^\s*/.exec(text.slice(lineStart))?.[0] ?? '';
  const step = stepOf(text);
  const written = planted(moved === cutting.text ? cutting : withText(cutting, moved), {
    language,
    eol: eolOf(text),
    step,
    isAligned: !isBrace,
    inFlow: object.inFlow && language === 'yaml',
    indent: isBrace ? indent : column,
  });
  if (written === undefined) return { refused: 'Comments in it have no place between braces.' };
  const edit: SourceEdit =
    isBrace && cutting.isBlock && !object.inFlow && language === 'yaml'
      ? { file, start: entry.keyEnd + 1, end, text: written }
      : { file, start, end, text: written.trimStart() };
  return { edits: [edit] };
}

function refersTo(target: Located, node: DocNode): boolean {
  if (node.kind === 'seq') return node.items.some((item) => refersTo(target, item));
  if (node.kind !== 'map') return false;
  const text = stringOf(refOf(node)?.value);
  if (text !== undefined) {
    const reference = parseReference(target.file, text);
    const own = formatPointer(target.pointer);
    const isOwn =
      reference.kind === 'file' &&
      reference.file === target.file &&
      reference.fragment.kind === 'pointer' &&
      `${formatPointer(reference.fragment.tokens)}/`.startsWith(`${own}/`);
    if (isOwn) return true;
  }
  return node.entries.some(({ value }) => refersTo(target, value));
}

/** References as they are written from another file. Undefined where one cannot be found in the text. */
function rebased(text: string, from: Located, to: Located['file']): string | undefined {
  let isWhole = true;
  const result = text.replaceAll(
    /(\$ref["']?[ \t]*:[ \t]*)("[^"\n]*"|'[^'\n]*'|[^\s"',}\]#][^\s,}\]]*)/g,
    (whole: string, head: string, value: string) => {
      const quote = /^["']/.exec(value)?.[0] ?? '';
      const inner = quote === '' ? value : value.slice(1, -1);
      const reference = parseReference(from.file, inner);
      if (reference.kind === 'absolute') return whole;
      const hash = inner.indexOf('#');
      const address = relativeReference(to, reference.file);
      const fragment = hash < 0 ? '' : inner.slice(hash);
      const written = address + fragment || '#';
      // A reference that begins with `#` would be a comment.
      const marks = quote === '' && /^[#@`%]/.test(written) ? "'" : quote;
      return `${head}${marks}${written}${marks}`;
    },
  );
  const count = countReferences(from.node);
  const found = [...text.matchAll(/\$ref["']?[ \t]*:/g)].length;
  if (found < count) isWhole = false;
  return isWhole ? result : undefined;
}

function countReferences(node: DocNode): number {
  if (node.kind === 'seq') return node.items.reduce((sum, item) => sum + countReferences(item), 0);
  if (node.kind !== 'map') return 0;
  const own = stringOf(entryOf(node, '$ref')?.value) === undefined ? 0 : 1;
  return node.entries.reduce((sum, { value }) => sum + countReferences(value), own);
}
