/** What an editor draws into a document or asks of its parts: hints, colours of names, folds, who refers to whom. */

import {
  FoldingRangeKind,
  FoldingRangeRequest,
  InlayHintRequest,
  SemanticTokensBuilder,
  SemanticTokensRangeRequest,
  SymbolKind,
  type CallHierarchyItem,
  type Connection,
  type Range,
} from 'vscode-languageserver';
import type { FileId, Span } from '../contract/span.ts';
import {
  calleesOf,
  callersOf,
  hierarchyAt,
  type HierarchyCall,
  type HierarchyItem,
} from './features/call-hierarchy.ts';
import type { FeatureIndex } from './features/feature-index.ts';
import { foldingRanges } from './features/folding-ranges.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { semanticTokens, tokenModifiers, tokenTypes } from './features/semantic-tokens.ts';
import { specHints } from './features/spec-hints.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import type { Places } from './to-lsp.ts';

interface At {
  readonly folder: Folder;
  readonly index: FeatureIndex;
  readonly places: Places;
  readonly file: FileId;
}

/** Folds that an editor has who does not say how many it takes: as VS Code. */
const usualFolds = 5_000;

/** @param foldLimit how many folds the client takes */
export function answerDocumentRequests(
  connection: Connection,
  folders: Folders,
  foldLimit: number = usualFolds,
): void {
  function at(uri: string): At | undefined {
    const found = folders.find(uri);
    const { index, places } = found?.folder ?? {};
    return found && index && places ? { folder: found.folder, index, places, file: found.file } : undefined;
  }

  function spanOf({ places, file }: At, { start, end }: Range): Span {
    return { file, start: places.offset(file, start), end: places.offset(file, end) };
  }

  connection.onRequest(InlayHintRequest.type, ({ textDocument, range }) => {
    const here = at(textDocument.uri);
    if (!here) return null;
    const { settings } = here.folder;
    const span = spanOf(here, range);
    return [
      ...(settings['inlayHints.enabled'] ? inlayHints(here.index, span) : []),
      ...(settings['inlayHints.specs'] ? specHints(here.index, span) : []),
    ].map((hint) => ({
      position: here.places.range(hint.at).end,
      label: hint.label,
      tooltip: hint.tooltip,
      paddingLeft: hint.label !== '*',
    }));
  });

  connection.onRequest(SemanticTokensRangeRequest.type, ({ textDocument, range }) => {
    const here = at(textDocument.uri);
    // Nothing at all, so that other providers of a language are asked.
    if (here?.index.specFiles.has(here.file) !== true) return null;
    const builder = new SemanticTokensBuilder();
    let last = -1;
    for (const { at: place, type, modifiers } of semanticTokens(here.index, spanOf(here, range))) {
      const { start, end } = here.places.range(place);
      // What was typed since the last results may have torn a name apart.
      if (start.line !== end.line || place.start < last) continue;
      last = place.end;
      const bits = modifiers.reduce((sum, each) => sum | (1 << tokenModifiers.indexOf(each)), 0);
      builder.push(
        start.line,
        start.character,
        end.character - start.character,
        tokenTypes.indexOf(type),
        bits,
      );
    }
    return builder.build();
  });

  connection.onRequest(FoldingRangeRequest.type, ({ textDocument }) => {
    const here = at(textDocument.uri);
    const ranges = here && foldingRanges(here.index, here.file, foldLimit);
    return (
      ranges?.flatMap(({ start, end, kind }) => {
        const range = here?.places.range({ file: here.file, start, end });
        if (!range || range.start.line >= range.end.line) return [];
        return [
          {
            startLine: range.start.line,
            endLine: range.end.line,
            ...(kind && { kind: FoldingRangeKind.Comment }),
          },
        ];
      }) ?? null
    );
  });

  connection.languages.callHierarchy.onPrepare(({ textDocument, position }) => {
    const here = at(textDocument.uri);
    const item = here && hierarchyAt(here.index, here.file, here.places.offset(here.file, position));
    return here && item ? [wireItem(here, item)] : null;
  });

  connection.languages.callHierarchy.onIncomingCalls(({ item }) => {
    const asked = itemAsked(item);
    return (
      asked &&
      callersOf(asked.here.index, asked).map((call) => {
        const { from, fromRanges } = wireCall(asked.here, call);
        return { from, fromRanges };
      })
    );
  });

  connection.languages.callHierarchy.onOutgoingCalls(({ item }) => {
    const asked = itemAsked(item);
    return (
      asked &&
      calleesOf(asked.here.index, asked).map((call) => {
        const { from: to, fromRanges } = wireCall(asked.here, call);
        return { to, fromRanges };
      })
    );
  });

  function itemAsked({ uri, data }: CallHierarchyItem): (AskedItem & { readonly here: At }) | null {
    const here = at(uri);
    return here ? { ...(data as AskedItem), here } : null;
  }
}

/** What an item of the hierarchy is asked on by. */
type AskedItem = Pick<HierarchyItem, 'file' | 'pointer'>;

function wireItem({ places }: At, item: HierarchyItem): CallHierarchyItem {
  const data: AskedItem = { file: item.file, pointer: item.pointer };
  return {
    name: item.name,
    detail: item.detail,
    kind: item.kind === 'operation' ? SymbolKind.Method : SymbolKind.Struct,
    uri: places.uriOf(item.file),
    range: places.range(item.whole),
    selectionRange: places.range(item.at),
    data,
  };
}

function wireCall(
  here: At,
  { item, places }: HierarchyCall,
): { readonly from: CallHierarchyItem; readonly fromRanges: Range[] } {
  return { from: wireItem(here, item), fromRanges: places.map((place) => here.places.range(place)) };
}
