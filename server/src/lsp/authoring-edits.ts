/** From edits of texts to those of the protocol. */

import {
  CreateFile,
  LSPErrorCodes,
  ResponseError,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { SourceEdit } from '../authoring/edits.ts';
import { grouped } from '../engine/lookup.ts';
import type { CurrentSpecs } from './authoring.ts';
import type { Folder } from './folder.ts';
import type { Places } from './to-lsp.ts';

/** Why something is not done, in words that the editor shows. */
export function refusal(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

interface Shown {
  readonly folder: Folder;
  readonly specs: CurrentSpecs;
  readonly places: Places;
}

/** Edits of open documents are good for the version that they were made for, and for no other. */
export function editOf(
  edits: readonly SourceEdit[],
  { folder, specs, places }: Shown,
): Required<Pick<WorkspaceEdit, 'documentChanges'>> {
  return {
    documentChanges: [...grouped(edits, ({ file }) => file)].flatMap(([file, ofFile]) => {
      const uri = places.uriOf(file);
      const changes = TextDocumentEdit.create(
        { uri, version: folder.versionOf(file) ?? null },
        ofFile.map(({ start, end, text }) => ({ range: specs.range({ file, start, end }), newText: text })),
      );
      return ofFile.some(({ create }) => create === true) ? [CreateFile.create(uri), changes] : [changes];
    }),
  };
}
