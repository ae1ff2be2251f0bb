/**
 * Whether a workspace has anything for us. VS Code activates us for every YAML or TypeScript file; most workspaces
 * with such files have neither a contract nor a server, and there no process of ours should run.
 */

import * as vscode from 'vscode';

const contractFiles =
  '**/{backend-contract.config.{yaml,yml,json},.spectral.{yaml,yml,json,js,mjs,cjs},*{openapi,swagger,asyncapi,arazzo}*.{yaml,yml,json}}';
const notOurs = '**/{node_modules,dist,build,.git}/**';
/** Manifests read at most: a monorepo with an API has one early, and each costs a read. */
const mostManifests = 50;
const serverDependency = /"(?:express|@nestjs\/(?:common|core))"\s*:/;
const contractHead = /^\s*\{?\s*["']?(?:openapi|swagger|asyncapi|arazzo)["']?\s*:/m;
const configName = /(?:^|\/)(?:backend-contract\.config\.(?:ya?ml|json)|\.spectral\.(?:ya?ml|json|[cm]?js))$/;
/** `openapi:` stands at the head of a document, also below a licence. */
const headLength = 4_000;

/** Is there a workspace, and none of its folders on a disk? Files are read from disk, so nothing can be said there. */
export function isVirtual(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 && folders.every(({ uri }) => uri.scheme !== 'file');
}

/**
 * Calls `start` once, as soon as something concerns us. `onDisk: false` where it concerns us and cannot be served: it is
 * shown in an editor and lies in a virtual workspace.
 */
export function whenRelevant(start: (found: { readonly onDisk: boolean }) => void): vscode.Disposable {
  let started = false;
  const startOnce = (onDisk = true): void => {
    if (started) return;
    started = true;
    watching.dispose();
    start({ onDisk });
  };
  const lookAt = (document: vscode.TextDocument): void => {
    if (!isRelevant(document)) return;
    if (document.uri.scheme === 'file') startOnce();
    else if (isVirtual()) startOnce(false);
  };
  const lookAround = (): void => {
    void hasRelevantFiles().then((relevant) => {
      if (relevant) startOnce();
    });
  };
  const watching = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(lookAt),
    vscode.workspace.onDidSaveTextDocument(lookAt),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAround),
  );
  vscode.workspace.textDocuments.forEach(lookAt);
  if (!started) lookAround();
  return watching;
}

function isRelevant(document: vscode.TextDocument): boolean {
  if (configName.test(document.uri.path)) return true;
  return document.uri.path.endsWith('/package.json')
    ? serverDependency.test(document.getText())
    : isContract(document);
}

/** Does the document say at its head that it is one of ours? */
export function isContract(document: vscode.TextDocument): boolean {
  if (!/^(?:yaml|jsonc?)$/.test(document.languageId)) return false;
  return contractHead.test(
    document.getText(new vscode.Range(document.positionAt(0), document.positionAt(headLength))),
  );
}

async function hasRelevantFiles(): Promise<boolean> {
  if (!vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file')) return false;
  const named = await vscode.workspace.findFiles(contractFiles, notOurs, 1);
  if (named.length > 0) return true;
  const manifests = await vscode.workspace.findFiles('**/package.json', notOurs, mostManifests);
  const texts = await Promise.all(manifests.map(textOf));
  return texts.some((text) => serverDependency.test(text));
}

async function textOf(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}
