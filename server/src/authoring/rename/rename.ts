/** Renames a name of a specification everywhere: all of its places, or none. */

import type { FileId, Span } from '../../contract/span.ts';
import { writeToken } from '../../text/pointer-source.ts';
import { replaceParts } from '../../text/scalar-source.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import type { Occurrence, SpecSymbol } from '../symbols/model.ts';
import { conflictWith } from './conflicts.ts';
import { keepValue } from './implicit-values.ts';
import { faultOf } from './spelling.ts';

export interface Renameable {
  readonly symbol: SpecSymbol;
  /** What the editor puts its box over. */
  readonly at: Span;
}

/** The name at an offset; undefined where there is none. */
export function renameableAt({ index }: SpecSymbols, file: FileId, offset: number): Renameable | undefined {
  const found = index.at(file, offset).find(({ occurrence }) => occurrence.isWritten);
  return found && { symbol: found.symbol, at: found.occurrence.at };
}

/** All edits, or the reason why there are none. */
export function renameSymbol(
  symbols: SpecSymbols,
  sources: SpecSources,
  symbol: SpecSymbol,
  to: string,
): Edited {
  if (to === symbol.name) return { edits: [] };
  const fault = faultOf(symbol.kind, to) ?? conflictWith(symbols, sources, symbol, to);
  if (fault !== undefined) return { refused: fault };
  const edits: SourceEdit[] = [];
  for (const places of byScalar(symbol.occurrences)) {
    const made = editsOf(places, sources, symbol, to);
    if (!made) {
      const [first] = places;
      return {
        refused: `${first?.scalar.file ?? 'A file'} writes "${symbol.name}" as an alias or over several lines; write it out first.`,
      };
    }
    edits.push(...made);
  }
  const kept = keepValue(symbols, sources, symbol, to);
  if ('refused' in kept) return kept;
  return { edits: [...edits, ...kept.edits] };
}

function editsOf(
  places: readonly Occurrence[],
  sources: SpecSources,
  { kind }: SpecSymbol,
  to: string,
): readonly SourceEdit[] | undefined {
  const [first] = places;
  if (!first || places.some(({ isWritten }) => !isWritten)) return undefined;
  const { file, start, end } = first.scalar;
  if (kind === 'yamlAnchor') return [{ file, start, end, text: to }];
  const source = sources.text(file)?.slice(start, end);
  if (source === undefined) return undefined;
  const parts = [...places]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to: until, inPointer }) => ({
      from,
      to: until,
      text: inPointer ? writeToken(to, source) : to,
    }));
  return replaceParts({ source, start, inFlow: first.inFlow }, parts)?.map((edit) => ({ file, ...edit }));
}

function byScalar(occurrences: readonly Occurrence[]): readonly (readonly Occurrence[])[] {
  const groups = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const key = `${occurrence.scalar.file} ${occurrence.scalar.start}`;
    const group = groups.get(key);
    if (group) group.push(occurrence);
    else groups.set(key, [occurrence]);
  }
  return [...groups.values()];
}
