/** New contracts: what one can be begun with, and its text. */

import type { Connection } from 'vscode-languageserver';
import { draftContract } from '../draft/contract.ts';
import { fileId } from '../contract/span.ts';
import { draftRequests, readRequests } from '../draft/requests/from-requests.ts';
import { templates } from '../draft/templates.ts';
import { packageInfo } from '../host/package-info.ts';
import { documentLimit } from '../host/limits.ts';
import { textOnDisk } from '../host/read-text.ts';
import { openWorkspace } from '../host/workspace.ts';
import { writeDocument } from '../text/write-document.ts';
import type { Folders } from './folders.ts';
import * as protocol from './protocol.ts';

export function answerNewContract(connection: Connection, folders: Folders): void {
  connection.onRequest(protocol.contractSources, (): protocol.ContractSources => ({
    servers: folders.all().flatMap(({ uri, path, index }) =>
      (index?.ready.snapshot.codes ?? [])
        .filter(({ operations }) => operations.items.length > 0)
        .map(({ root, frameworks, operations }) => ({
          folder: uri,
          root,
          title: packageInfo(openWorkspace(path), root).title,
          frameworks,
          routes: operations.items.length,
        })),
    ),
    templates: templates.map(({ id, title, detail }) => ({ id, title, detail })),
  }));

  connection.onRequest(protocol.newContract, (params: protocol.NewContractParams): object | null =>
    newContract(folders, params),
  );
}

function newContract(folders: Folders, params: protocol.NewContractParams): protocol.NewContract | null {
  if (params.kind === 'template') {
    const template = templates.find(({ id }) => id === params.id);
    const document = template?.make(params.title, params.version);
    return document ? { text: writeDocument(document, params.language), operations: 0, left: [] } : null;
  }
  if (params.kind === 'requests') {
    const read = readRequests(textOnDisk(params.file, fileId(params.file), documentLimit) ?? '');
    if ('refused' in read) return read;
    const { document, operations, left } = draftRequests(read, params.version);
    return { text: writeDocument(document, params.language), operations, left };
  }
  const folder = folders.all().find(({ uri }) => uri === params.folder);
  const code = folder?.index?.ready.snapshot.codes.find(({ root }) => root === params.root);
  if (!folder?.places || !code) return null;
  const { places, path } = folder;
  const info = packageInfo(openWorkspace(path), params.root);
  const { document, operations, left } = draftContract(code, params.version, info);
  return {
    text: writeDocument(document, params.language),
    operations,
    left: left.map(({ title, why, at }) => ({ title, why, at: places.location(at) })),
  };
}
