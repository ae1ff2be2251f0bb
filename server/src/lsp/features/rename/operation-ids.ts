/** Ids of operations in code: in decorators that document a route, and as names of handlers. */

import type { Edited, SourceEdit } from '../../../authoring/edits.ts';
import type { SpecSymbol } from '../../../authoring/symbols/model.ts';
import type { FileId, Span } from '../../../contract/span.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { unproven } from './code-places.ts';
import { readEdit } from './code-text.ts';

/** Is the symbol the id of this operation of the spec? */
export function isIdOf({ kind, name, occurrences }: SpecSymbol, { spec }: Entry): boolean {
  return (
    kind === 'operationId' &&
    spec?.origin.operationId === name &&
    occurrences.some(({ scalar, role }) => role === 'definition' && scalar.file === spec.at.file)
  );
}

/** Where the code of an operation gives it the id that it has in the spec, if an offset is there. */
export function operationIdAt({ spec, code }: Entry, file: FileId, offset: number): Span | undefined {
  const { name, at } = code?.origin.operationId ?? {};
  if (!at || name === undefined || name !== spec?.origin.operationId) return undefined;
  return at.file === file && at.start <= offset && offset <= at.end
    ? { file, start: at.end - name.length - 1, end: at.end - 1 }
    : undefined;
}

export function operationIdEdits(index: FeatureIndex, symbol: SpecSymbol, to: string): Edited {
  const entries = index.entries.filter((entry) => isIdOf(symbol, entry));
  if (entries.some((entry) => isHandlerName(index, entry)))
    return {
      refused: `The server is built from the specification: "${symbol.name}" may be the name of a handler in its code.`,
    };
  const edits: SourceEdit[] = [];
  for (const { code } of entries) {
    const { name, at } = code?.origin.operationId ?? {};
    // Where the two sides have names of their own, nothing is tied.
    if (!code || !at || name !== symbol.name) continue;
    const edit = readEdit(index.ready.textOf(at.file) ?? '', at, symbol.name, to);
    if (!edit) return unproven(code, `where its id "${symbol.name}" is written`);
    edits.push(edit);
  }
  return { edits };
}

/**
 * Does the server walk the specification? Then one place in code registers this operation and others, or the handler is
 * its own registration, as the packages do that ask for handlers by the ids of operations.
 */
function isHandlerName({ entries }: FeatureIndex, { spec, code, path }: Entry): boolean {
  if (spec?.origin.wired !== undefined) return true;
  if (!code) return false;
  const { at, origin } = code;
  const isAt = (other: Span | undefined): boolean => other?.start === at.start && other.file === at.file;
  return isAt(origin.handler?.at) || entries.some((other) => other.path !== path && isAt(other.code?.at));
}
