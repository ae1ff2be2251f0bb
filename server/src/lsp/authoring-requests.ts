/** Names of specifications: rename, highlights, linked editing. */

import {
  DocumentHighlightKind,
  LinkedEditingRangeRequest,
  SelectionRange,
  type Connection,
  type DocumentHighlight,
  type Position,
} from 'vscode-languageserver';
import type { FileId, Span } from '../contract/span.ts';
import { isRefused } from '../authoring/edits.ts';
import { renameableAt, renameSymbol } from '../authoring/rename/rename.ts';
import type { SpecSymbol } from '../authoring/symbols/model.ts';
import { selectionsAt } from '../authoring/selections.ts';
import { NAMES_WAIT } from '../host/timing.ts';
import { editOf, refusal } from './authoring-edits.ts';
import type { Authoring, CurrentSpecs } from './authoring.ts';
import type { Drift } from './drift.ts';
import type { FeatureIndex } from './features/feature-index.ts';
import { symbolInCode, tiedNames } from './features/rename/code-names.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import type { Places } from './to-lsp.ts';

interface Here {
  readonly folder: Folder;
  readonly specs: CurrentSpecs;
  readonly places: Places;
  readonly file: FileId;
}

interface RenameAt {
  readonly here: Here;
  readonly index: FeatureIndex;
  readonly symbol: SpecSymbol;
  readonly at: Span;
}

const behind = 'What was typed last is being analysed; try again in a moment.';

/** Names that code writes as well. */
const inCode: ReadonlySet<SpecSymbol['kind']> = new Set([
  ...(['pathParameter', 'pathSegment', 'operationId', 'property'] as const),
]);

/** Names whose places change together while one of them is typed. */
const linked: ReadonlySet<SpecSymbol['kind']> = new Set([
  ...(['pathParameter', 'yamlAnchor', 'tag', 'operationId', 'securityScheme', 'scope'] as const),
]);

/** Characters that no other part of a path, a list or a quoted text is made of. */
const linkedWord = '[^\\s{}/,\\[\\]"\':#?&*]+';

function isInCode({ kind }: SpecSymbol): boolean {
  return inCode.has(kind);
}

export function answerAuthoring(
  connection: Connection,
  folders: Folders,
  authoring: Authoring,
  drift: Drift,
): void {
  function at(uri: string): Here | undefined {
    const found = folders.find(uri);
    const specs = found && authoring.specs(found.folder);
    const { places, index } = found?.folder ?? {};
    const isSpec = found !== undefined && index?.specFiles.has(found.file) === true;
    return isSpec && specs && places ? { folder: found.folder, specs, places, file: found.file } : undefined;
  }

  connection.onPrepareRename(({ textDocument, position }) => {
    const asked = renameAt(textDocument.uri, position);
    if (!asked) return null;
    const { here, at: place, symbol } = asked;
    return { range: here.specs.range(place), placeholder: symbol.name };
  });

  connection.onRenameRequest(async ({ textDocument, position, newName }) => {
    const early = renameAt(textDocument.uri, position);
    if (early && isInCode(early.symbol)) await early.here.folder.whenCurrent(NAMES_WAIT);
    const asked = renameAt(textDocument.uri, position);
    if (!asked) return null;
    const { here, index, symbol } = asked;
    const { folder, specs } = here;
    const tied = tiedNames(index, specs.symbols(), symbol, newName);
    if (isRefused(tied)) return refusal(tied.refused);
    const files = [
      ...tied.edits,
      ...tied.symbols.flatMap(({ occurrences }) => occurrences.map(({ at }) => at)),
    ];
    // What code is tied to is known of the texts that were analysed.
    if (isInCode(symbol) && !(folder.isCurrent && files.every((each) => folder.isShown(each.file))))
      return refusal(behind);
    const { declared = [] } = tied;
    const renamed =
      declared.length > 0
        ? await drift.rename(folder, { declared, name: symbol.name, to: newName })
        : { edits: [] };
    if (isRefused(renamed)) return refusal(renamed.refused);
    // Meanwhile somebody may have typed.
    if (declared.length > 0 && folder.index !== index) return refusal(behind);
    const edits = [...tied.edits, ...renamed.edits];
    for (const each of tied.symbols) {
      const made = renameSymbol(specs.symbols(), specs.sources, each, newName);
      if (isRefused(made)) return refusal(made.refused);
      edits.push(...made.edits);
    }
    return editOf(edits, here);
  });

  /** A name of a specification at a place of it, or of the code that is tied to it. */
  function renameAt(uri: string, position: Position): RenameAt | undefined {
    const inSpec = at(uri);
    const index = inSpec?.folder.index;
    if (inSpec && index) {
      const { specs, file } = inSpec;
      const found = renameableAt(specs.symbols(), file, specs.offset(file, position));
      return found && { here: inSpec, index, ...found };
    }
    const found = folders.find(uri);
    const { index: known, places } = found?.folder ?? {};
    const specs = found && authoring.specs(found.folder);
    if (!found || !known || !places || !specs || !/\.[cm]?[jt]sx?$/.test(found.file)) return undefined;
    const { folder, file } = found;
    if (!folder.isShown(file)) return undefined;
    const symbol = symbolInCode(known, specs.symbols(), file, specs.offset(file, position));
    return symbol && { here: { folder, specs, places, file }, index: known, ...symbol };
  }

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
    if (!found || !linked.has(found.symbol.kind)) return null;
    const { occurrences, name } = found.symbol;
    const text = specs.sources.text(file) ?? '';
    // All of the name's places change together, or none does.
    const isAlike =
      new RegExp(`^${linkedWord}$`).test(name) &&
      occurrences.every((each) => each.at.file === file && text.slice(each.at.start, each.at.end) === name);
    return isAlike && occurrences.length > 1
      ? { ranges: occurrences.map((each) => specs.range(each.at)), wordPattern: linkedWord }
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
