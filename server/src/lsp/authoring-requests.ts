/** Names of specifications: rename, highlights, linked editing. */

import {
  DocumentHighlightKind,
  LinkedEditingRangeRequest,
  LSPErrorCodes,
  ResponseError,
  SelectionRange,
  TextDocumentEdit,
  type Connection,
  type DocumentHighlight,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileId } from '../contract/span.ts';
import { isRefused, type SourceEdit } from '../authoring/edits.ts';
import { renameableAt, renameSymbol } from '../authoring/rename/rename.ts';
import { selectionsAt } from '../authoring/selections.ts';
import { grouped } from '../engine/lookup.ts';
import { Authoring, type CurrentSpecs } from './authoring.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import type { Places } from './to-lsp.ts';

interface Here {
  readonly folder: Folder;
  readonly specs: CurrentSpecs;
  readonly places: Places;
  readonly file: FileId;
}

function refusal(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

/** Edits of open documents are good for the version that they were made for, and for no other. */
export function editOf(
  edits: readonly SourceEdit[],
  { folder, specs, places }: Omit<Here, 'file'>,
): WorkspaceEdit {
  return {
    documentChanges: [...grouped(edits, ({ file }) => file)].map(([file, ofFile]) =>
      TextDocumentEdit.create(
        { uri: places.uriOf(file), version: folder.versionOf(file) ?? null },
        ofFile.map(({ start, end, text }) => ({
          range: specs.range({ file, start, end }),
          newText: text,
        })),
      ),
    ),
  };
}

export function answerAuthoring(connection: Connection, folders: Folders, authoring: Authoring): void {
  function at(uri: string): Here | undefined {
    const found = folders.find(uri);
    const specs = found && authoring.specs(found.folder);
    const { places, index } = found?.folder ?? {};
    const isSpec = found !== undefined && index?.specFiles.has(found.file) === true;
    return isSpec && specs && places ? { folder: found.folder, specs, places, file: found.file } : undefined;
  }

  connection.onPrepareRename(({ textDocument, position }) => {
    const here = at(textDocument.uri);
    if (!here) return null;
    const { specs, file } = here;
    const found = renameableAt(specs.symbols(), file, specs.offset(file, position));
    return found ? { range: specs.range(found.at), placeholder: found.symbol.name } : null;
  });

  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const here = at(textDocument.uri);
    if (!here) return null;
    const { specs, file } = here;
    const symbols = specs.symbols();
    const found = renameableAt(symbols, file, specs.offset(file, position));
    if (!found) return null;
    const made = renameSymbol(symbols, specs.sources, found.symbol, newName);
    return isRefused(made) ? refusal(made.refused) : editOf(made.edits, here);
  });

  connection.onDocumentHighlight(({ textDocument, position }) => {
    const here = at(textDocument.uri);
    if (here?.specs.isQuick !== true) return null;
    const { specs, file } = here;
    const [found] = specs.symbols().index.at(file, specs.offset(file, position));
    return found
      ? found.symbol.occurrences
          .filter((each) => each.at.file === file)
          .map((each): DocumentHighlight => ({
            range: specs.range(each.at),
            kind: each.role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          }))
      : null;
  });

  connection.onRequest(LinkedEditingRangeRequest.type, ({ textDocument, position }) => {
    const here = at(textDocument.uri);
    if (here?.specs.isQuick !== true) return null;
    const { specs, file } = here;
    const [found] = specs.symbols().index.at(file, specs.offset(file, position));
    if (!found || (found.symbol.kind !== 'pathParameter' && found.symbol.kind !== 'yamlAnchor')) return null;
    const { occurrences, name } = found.symbol;
    const text = specs.sources.text(file) ?? '';
    // All of the name's places change together, or none does.
    const isAlike = occurrences.every(
      (each) => each.at.file === file && text.slice(each.at.start, each.at.end) === name,
    );
    return isAlike && occurrences.length > 1
      ? { ranges: occurrences.map((each) => specs.range(each.at)), wordPattern: '[^\\s{}/,\\[\\]"\':#?&*]+' }
      : null;
  });

  connection.onSelectionRanges(({ textDocument, positions }) => {
    const here = at(textDocument.uri);
    const root = here?.specs.sources.document(here.file)?.root;
    if (!here || !root) return null;
    const { specs, file } = here;
    return positions.map((position) => {
      let selection: SelectionRange | undefined;
      for (const span of selectionsAt(root, specs.offset(file, position)))
        selection = SelectionRange.create(specs.range({ file, ...span }), selection);
      return selection ?? SelectionRange.create({ start: position, end: position });
    });
  });
}
