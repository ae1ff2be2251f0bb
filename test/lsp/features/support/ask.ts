/** Asks everything that an editor may ask, and checks that all that answers point at is there. */

import assert from 'node:assert/strict';
import { type FileId, fileId, type Span } from '../../../../server/src/contract/span.ts';
import { calleesOf, callersOf, hierarchyAt } from '../../../../server/src/lsp/features/call-hierarchy.ts';
import { codeLenses } from '../../../../server/src/lsp/features/code-lens.ts';
import { contractTree } from '../../../../server/src/lsp/features/contract-tree.ts';
import { definition } from '../../../../server/src/lsp/features/definition.ts';
import { documentLinks, linkTarget } from '../../../../server/src/lsp/features/document-links.ts';
import type { FeatureIndex } from '../../../../server/src/lsp/features/feature-index.ts';
import { foldingRanges } from '../../../../server/src/lsp/features/folding-ranges.ts';
import { hover } from '../../../../server/src/lsp/features/hover.ts';
import { inlayHints } from '../../../../server/src/lsp/features/inlay-hints.ts';
import { counterparts, references } from '../../../../server/src/lsp/features/references.ts';
import { semanticTokens } from '../../../../server/src/lsp/features/semantic-tokens.ts';
import { specHints } from '../../../../server/src/lsp/features/spec-hints.ts';
import { documentSymbols, type OutlineSymbol } from '../../../../server/src/lsp/features/symbols.ts';
import { indexOf } from './scene.ts';

export type Files = ReadonlyMap<string, string>;

/** Asks everything at every `step`th place of the files. */
export function askEverywhere(files: Files, step: number): void {
  const index = indexOf(files);
  const exists = existsIn(files);
  for (const [name, text] of files) {
    const file = fileId(name);
    askFile(index, file, exists);
    for (let offset = 0; offset <= text.length; offset += step) askPlace(index, file, offset, exists);
  }
  contractTree(index);
}

export type Exists = (span: Span, what: string) => void;

export function askFile(index: FeatureIndex, file: FileId, exists: Exists): void {
  for (const { at, targets } of codeLenses(index, file))
    [at, ...targets].forEach((span) => exists(span, 'lens'));
  for (const link of documentLinks(index, file)) exists(linkTarget(index, link), 'link');
  const whole = { file, start: 0, end: Infinity };
  for (const { at } of [...inlayHints(index, whole), ...specHints(index, whole)]) exists(at, 'hint');
  semanticTokens(index, whole).forEach(({ at }, number, all) => {
    exists(at, 'token');
    assert.ok((all[number - 1]?.at.end ?? 0) <= at.start, 'no token is within another');
  });
  for (const range of foldingRanges(index, file, 1e6) ?? []) exists({ file, ...range }, 'fold');
  const check = ({ at, whole, children }: OutlineSymbol): void => {
    exists(whole, 'symbol');
    assert.ok(whole.start <= at.start && at.end <= whole.end, 'a symbol holds its selection');
    children.forEach(check);
  };
  documentSymbols(index, file).forEach(check);
}

export function askPlace(index: FeatureIndex, file: FileId, offset: number, exists: Exists): void {
  const hovered = hover(index, file, offset);
  if (hovered) {
    const { at, markdown } = hovered;
    assert.ok(at.file === file && at.start <= offset && offset <= at.end, `hover at ${file} ${offset}`);
    for (const part of markdown) if (typeof part !== 'string' && 'to' in part) exists(part.to, 'hover');
  }
  const defined = definition(index, file, offset);
  for (const { at, whole } of defined?.targets ?? []) {
    exists(whole, 'definition');
    assert.ok(
      at.file === whole.file && whole.start <= at.start && at.end <= whole.end,
      'a target holds its selection',
    );
  }
  references(index, file, offset, { withDeclaration: true }).forEach((span) => exists(span, 'reference'));
  const item = hierarchyAt(index, file, offset);
  for (const { item: other, places } of item ? [...callersOf(index, item), ...calleesOf(index, item)] : [])
    for (const at of [other.at, other.whole, ...places]) exists(at, 'call');
  for (const side of ['spec', 'code'] as const)
    for (const { at } of counterparts(index, file, offset, side)) exists(at, 'counterpart');
}

/** Is a place within one of the files? */
export function existsIn(files: Files): Exists {
  return ({ file, start, end }, what) => {
    const text = files.get(file);
    assert.ok(
      text !== undefined && 0 <= start && start <= end && end <= text.length,
      `${what}: ${file} ${start}`,
    );
  };
}
