/** The report of a folder as an editor shows it: its places open. */

import type { Finding } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { openOwners } from '../host/owners.ts';
import { documentLimit } from '../host/limits.ts';
import { textOnDisk } from '../host/read-text.ts';
import { openWorkspace } from '../host/workspace.ts';
import { reportData, type ReportData } from '../report/data.ts';
import { historyFileName, readHistory } from '../report/history.ts';
import type { Places } from './to-lsp.ts';
import type { FeatureIndex } from './features/feature-index.ts';
import { lintMeasure } from './features/lint-health.ts';

export interface ReportedFolder {
  readonly index: FeatureIndex;
  readonly places: Places;
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly linted: ReadonlyMap<FileId, readonly Finding[]>;
}

export function folderReport({ index, places, name, path, linted }: ReportedFolder): ReportData {
  const { snapshot, findings, hidden } = index.ready;
  const workspace = openWorkspace(path);
  const owners = openOwners(path);
  const history = workspace.idOf(historyFileName);
  return reportData({
    name,
    snapshot,
    findings,
    entries: index.entries,
    hidden: hidden ?? { ignored: 0, known: 0 },
    lint: lintMeasure(index, linted),
    history: readHistory(textOnDisk(workspace.pathOf(history), history, documentLimit) ?? ''),
    placeOf: (at) => {
      const { uri, range } = places.location(at);
      const { line, character } = range.start;
      return { file: at.file, uri, line: line + 1, column: character + 1 };
    },
    ownersOf: (file) => owners(workspace.pathOf(file)),
  });
}
