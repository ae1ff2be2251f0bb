/** The analysis worker: keeps the engines of all folders, so that the language server's loop never waits for one. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromAnalysis, ToAnalysis } from '../analysis-protocol.ts';
import { cacheName } from '../cache-folder.ts';
import { createBundleLoader } from '../code-cache.ts';
import { noCache, openCache } from '../facts-cache.ts';
import { openFolder, type FolderAnalysis } from '../folder-analysis.ts';
import type { Analysis } from '../perform.ts';
import { ResultSender } from '../result-wire.ts';
import { openWorkspace } from '../workspace.ts';
import { flatTransfers } from '../../text/flat-document.ts';

/** Names this program: see `server/build.mjs`. */
declare const BUILD: string;

/** `storage` is where caches may be kept. */
export interface AnalysisWorkerData {
  readonly storage: string | undefined;
}

const port = parentPort;
const { storage } = workerData as AnalysisWorkerData;
const bundles = storage === undefined ? undefined : createBundleLoader(storage);
const path = join(__dirname, 'analysis.cjs');

function loadAnalysis(): Analysis {
  return (bundles ? bundles.load(path) : createRequire(path)(path)) as Analysis;
}

interface Opened {
  readonly analysis: FolderAnalysis;
  readonly sender: ResultSender;
}

const folders = new Map<string, Opened>();

function opened(folder: string): Opened {
  const known = folders.get(folder);
  if (known) return known;
  const name = cacheName(openWorkspace(folder), 'facts');
  const cache = storage === undefined ? noCache : openCache(join(storage, name), BUILD);
  const made = { analysis: openFolder(folder, loadAnalysis, cache), sender: new ResultSender() };
  folders.set(folder, made);
  return made;
}

function handle(message: ToAnalysis): void {
  switch (message.kind) {
    case 'open':
      opened(message.folder);
      break;
    case 'close':
      folders.delete(message.folder);
      break;
    case 'configure':
      opened(message.folder).analysis.configure(message.preset);
      break;
    case 'edit':
      opened(message.folder).analysis.edit(message.path, message.text, message.revision);
      break;
    case 'changed':
      opened(message.folder).analysis.changed(message.paths);
      break;
    case 'rename':
      rename(message);
      break;
    case 'analyse':
      analyse(message.folder, message.revision);
  }
}

function rename({ folder, id, rename: wanted }: Extract<ToAnalysis, { kind: 'rename' }>): void {
  const post = (message: FromAnalysis): void => port?.postMessage(message);
  try {
    post({ kind: 'renamed', folder, id, renamed: opened(folder).analysis.rename(wanted) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    post({ kind: 'renamed', folder, id, renamed: { refused: `TypeScript could not be asked: ${reason}` } });
  }
}

function analyse(folder: string, revision: number): void {
  const post = (message: FromAnalysis): void => port?.postMessage(message);
  try {
    const { analysis, sender } = opened(folder);
    const result = sender.send(analysis.result());
    const message: FromAnalysis = { kind: 'result', folder, revision, result };
    port?.postMessage(message, result.documents.flatMap(flatTransfers));
  } catch (error) {
    // Evaluation and rules have boundaries of their own; this is for what they do not cover. Starting anew is safe.
    folders.delete(folder);
    post({
      kind: 'fault',
      folder,
      revision,
      message: error instanceof Error ? error.message : String(error),
    });
  }
  bundles?.keep();
}

port?.on('message', handle);
