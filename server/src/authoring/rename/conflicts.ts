/** Names that are taken already. */

import type { DocNode } from '../../contract/facts.ts';
import { parseTemplate, shapeKey } from '../../contract/path.ts';
import type { DocMap } from '../../text/document-node.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import type { Occurrence, SpecSymbol } from '../symbols/model.ts';

/** A sentence where the new name means something else already. */
export function conflictWith(
  symbols: SpecSymbols,
  sources: SpecSources,
  symbol: SpecSymbol,
  to: string,
): string | undefined {
  if (symbol.kind === 'pathSegment') return pathConflict(symbols, symbol, to);
  const taken = symbol.scopes.some((scope) =>
    symbols.index.inScope(scope).some((other) => other !== symbol && other.name === to),
  );
  if (taken || symbol.occurrences.some((occurrence) => hasSibling(sources, symbol, occurrence, to)))
    return `"${to}" is the name of something else here already.`;
  return undefined;
}

/** Another key of the mapping in which the name is a key. */
function hasSibling(
  sources: SpecSources,
  { kind }: SpecSymbol,
  { scalar, inPointer }: Occurrence,
  to: string,
): boolean {
  if (inPointer || kind === 'pathParameter' || kind === 'yamlAnchor') return false;
  const root = sources.document(scalar.file)?.root;
  const map = root && mapOfKey(root, scalar.start);
  return map?.entries.some(({ key }) => key === to) ?? false;
}

/** The mapping that has a key at an offset. */
function mapOfKey(root: DocNode, keyStart: number): DocMap | undefined {
  let node: DocNode | undefined = root;
  while (node) {
    const items: readonly DocNode[] =
      node.kind === 'seq' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
    if (node.kind === 'map' && node.entries.some((entry) => entry.keyStart === keyStart)) return node;
    node = items.find(({ start, end }) => start <= keyStart && keyStart < end);
  }
  return undefined;
}

/** Paths that would be the same as others (OpenAPI 3.1, section 4.8.8: templates differ by more than names). */
function pathConflict({ collected }: SpecSymbols, symbol: SpecSymbol, to: string): string | undefined {
  const edited = new Map(
    symbol.occurrences
      .filter(({ inPointer }) => !inPointer)
      .map((occurrence) => [`${occurrence.scalar.file} ${occurrence.scalar.start}`, occurrence]),
  );
  for (const { objects } of collected) {
    const seen = new Map<string, string>();
    for (const { role, under, parent, entry, file } of objects) {
      if (role !== 'pathItem' || under !== 'paths' || parent?.role !== 'root' || !entry) continue;
      const { key } = entry;
      const place = edited.get(`${file} ${entry.keyStart}`);
      const renamed = place ? key.slice(0, place.from) + to + key.slice(place.to) : key;
      const shape = shapeKey(parseTemplate(renamed));
      const other = seen.get(shape);
      if (other !== undefined && shapeKey(parseTemplate(other)) !== shapeKey(parseTemplate(key)))
        return `"${renamed}" would be the same path as another one.`;
      seen.set(shape, key);
    }
  }
  return undefined;
}
