/** `report`: the state of the contract on one page, for people who do not run the check themselves. */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { entriesOf } from '../../engine/entries.ts';
import type { LintMeasure } from '../../engine/kpis.ts';
import { lintMeasure } from '../../engine/lint-measure.ts';
import { once } from '../../engine/lookup.ts';
import { judgeSnapshot } from '../../engine/snapshot.ts';
import { headOf } from '../../host/git.ts';
import { openOwners } from '../../host/owners.ts';
import { documentLimit } from '../../host/limits.ts';
import { reasonOf, textOnDisk } from '../../host/read-text.ts';
import { momentOf, reportData, type ReportData } from '../../report/data.ts';
import { earlierThan, historyFileName, type Moment, readHistory, withMoment } from '../../report/history.ts';
import { reportMarkdown } from '../../report/markdown.ts';
import { reportPage } from '../../report/page.ts';
import { readDocument } from '../../text/document.ts';
import { lookUp, parsePointer } from '../../text/document-node.ts';
import type { ExitCode, Io } from '../io.ts';
import { print } from '../report/json.ts';
import type { Session } from '../session.ts';
import { nothingToCompare, writeReport } from './check.ts';
import { lintPaths, rulesetsOf } from './lint.ts';

/** Script and style of the page. */
export interface Page {
  readonly script: string;
  readonly style: string;
}

export interface ReportOptions {
  readonly format: 'html' | 'markdown' | 'json';
  readonly output?: string;
  /** A file of earlier figures, to which those of now are added; `true` for the usual name. */
  readonly history?: string | true;
  /** Lint the specs, too. */
  readonly lint?: true;
  /** Rulesets that are found may run. */
  readonly trustRulesets?: true;
}

/** At once, unless it is to lint. `lintWorker`: path of the bundle. */
export function report(
  session: Session,
  options: ReportOptions,
  loadPage: () => Page,
  lintWorker: string,
  io: Io,
): ExitCode | Promise<ExitCode> {
  const nothing = nothingToCompare(session);
  if (nothing !== undefined) {
    io.err(`${nothing}\n`);
    return 2;
  }
  const history = openHistory(session, options, io);
  if (typeof history === 'string') {
    io.err(`${history}\n`);
    return 2;
  }
  const finish = (lint?: LintMeasure): ExitCode => {
    const data = dataOf(session, history, io, lint);
    if (!history.add(data)) return 2;
    return writeReport(written(data, options.format, loadPage), options.output, io) ? 0 : 2;
  };
  return options.lint ? lintOf(session, options, lintWorker, io).then(finish) : finish();
}

function dataOf(
  { snapshot, settings, workspace, places }: Session,
  history: History,
  io: Io,
  lint: LintMeasure | undefined,
): ReportData {
  const owners = openOwners(workspace.folder);
  const { findings, ignored, known } = judgeSnapshot(snapshot, settings);
  return reportData({
    name: basename(workspace.folder),
    date: io.today(),
    snapshot,
    findings,
    entries: entriesOf({ snapshot, findings }),
    hidden: { ignored, known },
    history: history.earlier,
    ...(lint && { lint }),
    placeOf: (at) => {
      const { file, start } = places.of(at);
      return { file, ...start };
    },
    ownersOf: (file) => owners(workspace.pathOf(file)),
  });
}

/** Undefined, and said why, where a ruleset would have to run that nobody allowed. */
async function lintOf(
  { snapshot, workspace }: Session,
  options: ReportOptions,
  worker: string,
  io: Io,
): Promise<LintMeasure | undefined> {
  const trusted = options.trustRulesets === true;
  const files = [...new Set(snapshot.specs.flatMap((spec) => [spec.file, ...spec.files]))];
  const paths = files.map((file) => workspace.pathOf(file));
  const rulesets = trusted ? [] : rulesetsOf(workspace, paths);
  if (rulesets.length > 0) {
    io.err(`Nothing was linted: ${rulesets.join(', ')} can run code. Say --trust-rulesets to use it.\n`);
    return undefined;
  }
  const results = await lintPaths(workspace, paths, worker, { trusted });
  const linted = new Map(
    results.flatMap(({ path, result }) =>
      result?.linted ? [[workspace.idOf(path), result.findings] as const] : [],
    ),
  );
  const roots = new Map(
    files.map((file) => [file, once(() => rootOf(workspace.pathOf(file), file))] as const),
  );
  return lintMeasure(snapshot.specs, linted, ({ at, origin }) => {
    const pointer = parsePointer(origin.pointer);
    return pointer && lookUp(roots.get(at.file)?.(), pointer)?.end;
  });
}

function rootOf(path: string, file: FileId): DocNode | undefined {
  const text = textOnDisk(path, file, documentLimit);
  return text === undefined ? undefined : readDocument(file, text).root;
}

function written(data: ReportData, format: ReportOptions['format'], loadPage: () => Page): string {
  switch (format) {
    case 'json':
      return print(data);
    case 'markdown':
      return reportMarkdown(data);
    case 'html': {
      const { script, style } = loadPage();
      return reportPage(data, { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) });
    }
  }
}

/** As a Content Security Policy names a script. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

interface History {
  readonly earlier: readonly Moment[];
  /** Adds the figures of now; false, and said why, where that cannot be done. */
  add(data: ReportData): boolean;
}

function openHistory({ workspace }: Session, options: ReportOptions, io: Io): History | string {
  if (options.history === undefined) return { earlier: [], add: () => true };
  const path =
    options.history === true ? resolve(workspace.folder, historyFileName) : resolve(io.cwd, options.history);
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    // The first report begins it.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return `${path} cannot be read: ${reasonOf(error)}.`;
  }
  const commit = headOf(workspace.folder);
  return {
    earlier: earlierThan(readHistory(text), commit),
    add(data) {
      const moment: Moment = {
        date: io.today(),
        ...(commit !== undefined && { commit }),
        ...momentOf(data),
      };
      try {
        writeFileSync(path, withMoment(text, moment));
        return true;
      } catch (error) {
        io.err(`${path} cannot be written: ${reasonOf(error)}.\n`);
        return false;
      }
    },
  };
}
