/** The figures of the status bar and of the report. */

import { reasonText } from '../../contract/reasons.ts';
import { kpisOf, type LintMeasure, shareText } from '../../engine/kpis.ts';
import { type Measures, measure } from '../../engine/measures.ts';
import type { ContractFigures } from '../protocol.ts';
import { countStates } from './contract-tree.ts';
import type { FeatureIndex } from './feature-index.ts';

/** Of all folders together. The states are counted as the tree shows them, each operation once. */
export function figuresOf(
  indexes: readonly FeatureIndex[],
  lint: readonly LintMeasure[] = [],
): ContractFigures {
  const entries = indexes.flatMap((index) => [
    ...new Map(index.entries.map((entry) => [entry.id, entry])).values(),
  ]);
  const measures = indexes.map(({ ready }) => measure(ready.snapshot, ready.findings));
  const sum = (of: (measures: Measures) => number): number =>
    measures.reduce((total, each) => total + of(each), 0);
  const count = (of: (index: FeatureIndex) => number): number =>
    indexes.reduce((total, each) => total + of(each), 0);
  const measured = {
    routes: sum(({ routes }) => routes),
    documented: sum(({ documented }) => documented),
    operations: sum(({ operations }) => operations),
    drifted: sum(({ drifted }) => drifted),
    untold: sum(({ untold }) => untold),
  };
  const linted = {
    operations: lint.reduce((total, each) => total + each.operations, 0),
    clean: lint.reduce((total, each) => total + each.clean, 0),
  };
  return {
    kpis: kpisOf(measured, linted).map((kpi) => ({ ...kpi, share: shareText(kpi) })),
    specs: count(({ ready }) => ready.snapshot.specs.length),
    operations: count(({ ready }) =>
      ready.snapshot.specs.reduce((total, spec) => total + spec.operations.items.length, 0),
    ),
    routes: count(({ ready }) =>
      ready.snapshot.codes.reduce((total, code) => total + code.operations.items.length, 0),
    ),
    states: countStates(entries),
    errors: sum(({ findings }) => findings.error),
    warnings: sum(({ findings }) => findings.warning),
    hidden: {
      ignored: count(({ ready }) => ready.hidden?.ignored ?? 0),
      known: count(({ ready }) => ready.hidden?.known ?? 0),
    },
    unknownReasons: reasonsOf(measures),
  };
}

/** Reasons that differ by their place only are told once. */
function reasonsOf(measures: readonly Measures[]): ContractFigures['unknownReasons'] {
  const counts = new Map<string, number>();
  for (const { reason, count } of measures.flatMap(({ unknowns }) => unknowns)) {
    const text = reasonText(reason);
    counts.set(text, (counts.get(text) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
