/** The names of all specifications of a workspace, with their places. Pure: the same documents give the same index. */

import type { FileId } from '../../contract/span.ts';
import { yamlAnchors } from '../../text/yaml-anchors.ts';
import type { SpecSources } from '../sources.ts';
import { createCollector, type Collected, type Collector, type Walks } from './collect.ts';
import { createCompositions } from './compositions.ts';
import { declareDiscriminators, type ImplicitValue } from './discriminators.ts';
import type { SymbolIndex } from './model.ts';
import { declareNames, markReferences } from './names.ts';
import { declareOperations, markOperations } from './operations.ts';
import { declareProperties } from './properties.ts';
import { createSymbolTable } from './table.ts';
import { markValues } from './values.ts';

export interface SpecSymbols {
  readonly index: SymbolIndex;
  /** By root document. */
  readonly collected: readonly Collected[];
  readonly collector: Collector;
  /** Components whose name is a value on the wire, by the id of their symbol. */
  readonly implicit: ReadonlyMap<string, ImplicitValue>;
}

/** @param walks Kept by the caller: documents that are the same objects are not walked again. */
export function buildSymbols(sources: SpecSources, walks?: Walks): SpecSymbols {
  const collector = createCollector(sources, walks);
  const table = createSymbolTable(sources);
  const compositions = createCompositions(collector);
  const collected = sources.roots.flatMap((root) => collector.collect(root) ?? []);
  const implicit = new Map<string, ImplicitValue>();
  for (const one of collected) {
    declareNames(one, collector, table);
    declareOperations(one, collector, table);
  }
  for (const one of collected) {
    const properties = declareProperties(one, collector, compositions, table);
    markReferences(one, collector, table);
    markOperations(one, collector, table);
    for (const [id, value] of declareDiscriminators(one, collector, compositions, table))
      implicit.set(id, value);
    markValues(one, collector, compositions, properties, table);
  }
  for (const file of new Set(collected.flatMap(({ objects }) => objects.map(({ file }) => file))))
    markAnchors(file);
  return { index: table.finish(), collected, collector, implicit };

  /** Of YAML: names within one text. */
  function markAnchors(file: FileId): void {
    const text = sources.text(file) ?? '';
    for (const { name, definition, uses } of yamlAnchors(text)) {
      const id = `yaml-anchor ${file} ${definition}`;
      table.declare(id, 'yamlAnchor', name, `yaml-anchors ${file}`);
      const scalar = (start: number) => ({
        file,
        start,
        end: start + name.length,
        value: name,
        inFlow: false,
      });
      table.add(id, 'definition', scalar(definition));
      for (const use of uses) table.add(id, 'use', scalar(use));
    }
  }
}
