/** `backend-contract.baseline.json`: the findings that were there when a team began, one a line, sorted. */

import type { TextRange } from '../contract/span.ts';
import type { DocumentFacts } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import { stringOf, valueOf } from '../text/document-node.ts';

export const baselineFileName = 'backend-contract.baseline.json';

export interface ReadBaseline {
  readonly known: readonly string[];
  readonly problems: readonly Problem[];
}

/** What cannot be used is reported with its place, and the rest counts. */
export function readBaseline({ file, root, problems }: DocumentFacts): ReadBaseline {
  const faults: Problem[] = [...problems];
  const report = (message: string, node: TextRange | undefined): void => {
    const at = { file, start: node?.start ?? 0, end: node?.end ?? 0 };
    faults.push({ code: 'config/baseline', severity: 'error', message, at });
  };
  const list = valueOf(root, 'findings');
  if (list?.kind !== 'seq') {
    if (problems.length === 0) report('A baseline has a list of "findings".', list ?? root);
    return { known: [], problems: faults };
  }
  const known = list.items.flatMap((item) => {
    const text = stringOf(item);
    if (text === undefined) report('A finding is a text.', item);
    return text ?? [];
  });
  return { known, problems: faults };
}

export function baselineText(known: readonly string[]): string {
  const lines = [...known].sort().map((print) => `    ${JSON.stringify(print)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}
