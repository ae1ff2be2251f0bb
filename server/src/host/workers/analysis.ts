/** The analysis worker: keeps the engines of all folders, so that the language server's loop never waits for one. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromAnalysis, ToAnalysis } from '../analysis-protocol.ts';
import { createBundleLoader } from '../code-cache.ts';
import { openFolder, type FolderAnalysis } from '../folder-analysis.ts';
import type { Analysis } from '../perform.ts';

/** `storage` is where compiled bundles may be kept. */
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

const folders = new Map<string, FolderAnalysis>();

function opened(folder: string): FolderAnalysis {
  const known = folders.get(folder);
  if (known) return known;
  const analysis = openFolder(folder, loadAnalysis);
  folders.set(folder, analysis);
  return analysis;
}

function handle(message: ToAnalysis): void {
  switch (message.kind) {
    case 'open':
      opened(message.folder);
      break;
    case 'close':
      folders.delete(message.folder);
      break;
    case 'edit':
      opened(message.folder).edit(message.path, message.text);
      break;
    case 'changed':
      opened(message.folder).changed(message.paths);
      break;
    case 'analyse':
      analyse(message.folder, message.revision);
  }
}

function analyse(folder: string, revision: number): void {
  const post = (message: FromAnalysis): void => port?.postMessage(message);
  try {
    post({ kind: 'result', folder, revision, result: opened(folder).result() });
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
