/** What an editor asks: answered at once, from the last complete results. */

import {
  CodeLensRequest,
  SymbolKind,
  type Connection,
  type DocumentSymbol,
  type Location,
  type LocationLink,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import type { FileId, Span } from '../contract/span.ts';
import { suggestConfig } from '../engine/suggested-config.ts';
import { NAMES_WAIT } from '../host/timing.ts';
import { answerCodeActions } from './code-actions.ts';
import { codeLenses } from './features/code-lens.ts';
import { contractTree } from './features/contract-tree.ts';
import { definition } from './features/definition.ts';
import { documentLinks, linkTarget } from './features/document-links.ts';
import { explainRule } from './features/explain.ts';
import type { FeatureIndex } from './features/feature-index.ts';
import { hover } from './features/hover.ts';
import { mayHoldName } from './features/name-places.ts';
import { counterparts, references } from './features/references.ts';
import { documentSymbols, workspaceSymbols, type OutlineSymbol } from './features/symbols.ts';
import type { SymbolAt } from '../authoring/symbols/model.ts';
import type { Authoring, CurrentSpecs } from './authoring.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import * as protocol from './protocol.ts';
import { answerNewContract } from './new-contract.ts';
import { answerPreview } from './preview.ts';
import { folderReport } from './report.ts';
import { markup, type Places } from './to-lsp.ts';

interface At {
  readonly folder: Folder;
  readonly index: FeatureIndex;
  readonly places: Places;
  readonly file: FileId;
}

function offsetAt({ places, file }: At, { position }: TextDocumentPositionParams): number {
  return places.offset(file, position);
}

const symbolKinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  group: SymbolKind.Namespace,
  path: SymbolKind.Module,
  operation: SymbolKind.Method,
  schema: SymbolKind.Struct,
  component: SymbolKind.Object,
};

function wireGroup(group: protocol.TreeGroup<Span>, places: Places): protocol.TreeGroup {
  const { at: place, operations, ...rest } = group;
  return {
    ...rest,
    ...(place && { at: places.location(place) }),
    operations: operations.map(({ spec, code, ...operation }) => ({
      ...operation,
      ...(spec && { spec: places.location(spec) }),
      ...(code && { code: places.location(code) }),
    })),
  };
}

interface NameAt {
  readonly specs: CurrentSpecs;
  readonly found: SymbolAt;
}

/** Places that overlap on a line are one: a reference and the name in it. */
function merged(first: readonly Location[], more: readonly Location[]): Location[] {
  const overlaps = (a: Location, b: Location): boolean =>
    a.uri === b.uri &&
    a.range.start.line === b.range.start.line &&
    a.range.start.character <= b.range.end.character &&
    b.range.start.character <= a.range.end.character;
  return [...first, ...more.filter((one) => !first.some((other) => overlaps(one, other)))];
}

/**
 * Answers everything that is a question about a folder.
 *
 * @param canResolve the client asks for the edits of an action when somebody chooses it
 */
export function answerRequests(
  connection: Connection,
  folders: Folders,
  authoring: Authoring,
  canResolve: boolean,
): void {
  function at(uri: string): At | undefined {
    const found = folders.find(uri);
    const { index, places } = found?.folder ?? {};
    return found && index && places ? { folder: found.folder, index, places, file: found.file } : undefined;
  }

  connection.onHover((params) => {
    const here = at(params.textDocument.uri);
    if (!here?.folder.settings['hover.enabled']) return null;
    const found = hover(here.index, here.file, offsetAt(here, params));
    return found
      ? { range: here.places.range(found.at), contents: markup(found.markdown, here.places) }
      : null;
  });

  connection.onDefinition(async (params) => {
    const here = at(params.textDocument.uri);
    if (!here) return null;
    const { places } = here;
    const found = definition(here.index, here.file, offsetAt(here, params));
    if (!found) return (await mayHaveName(here, params, 'use')) ? nameDefinition(here, params) : null;
    return found.targets.map((target) => ({
      originSelectionRange: places.range(found.origin),
      targetUri: places.uriOf(target.at.file),
      targetRange: places.range(target.whole),
      targetSelectionRange: places.range(target.at),
    }));
  });

  connection.onReferences(async (params) => {
    const here = at(params.textDocument.uri);
    if (!here) return null;
    const { includeDeclaration } = params.context;
    const found = references(here.index, here.file, offsetAt(here, params), {
      withDeclaration: includeDeclaration,
    }).map(here.places.location);
    if (!(await mayHaveName(here, params, 'any'))) return found;
    return merged(found, nameReferences(here, params, includeDeclaration));
  });

  /**
   * Is it worth to look for names? Those of a long specification are looked for where one may stand, when the analysis has
   * read what was typed last: reading it here would hold up everybody else.
   */
  async function mayHaveName(
    { folder, index, file, places }: At,
    { position }: TextDocumentPositionParams,
    role: 'use' | 'any',
  ): Promise<boolean> {
    if (authoring.specs(folder)?.isQuick === true) return true;
    if (!mayHoldName(index, file, places.offset(file, position), role)) return false;
    await folder.whenCurrent(NAMES_WAIT);
    return folder.isShown(file);
  }

  /** The places of a name of a specification. */
  function nameAt({ folder, file }: At, { position }: TextDocumentPositionParams): NameAt | undefined {
    const specs = authoring.specs(folder);
    if (!specs || !folder.index?.specFiles.has(file)) return undefined;
    const [found] = specs.symbols().index.at(file, specs.offset(file, position));
    return found && { specs, found };
  }

  function nameDefinition(here: At, params: TextDocumentPositionParams): LocationLink[] | null {
    const name = nameAt(here, params);
    if (name?.found.occurrence.role !== 'use') return null;
    const { specs, found } = name;
    return found.symbol.occurrences
      .filter(({ role }) => role === 'definition')
      .map(({ at: place }) => ({
        originSelectionRange: specs.range(found.occurrence.at),
        targetUri: here.places.uriOf(place.file),
        targetRange: specs.range(place),
        targetSelectionRange: specs.range(place),
      }));
  }

  function nameReferences(
    here: At,
    params: TextDocumentPositionParams,
    withDeclaration: boolean,
  ): readonly Location[] {
    const name = nameAt(here, params);
    return (name?.found.symbol.occurrences ?? [])
      .filter(({ role, at: place }) =>
        withDeclaration ? true : role === 'use' && place !== name?.found.occurrence.at,
      )
      .map(({ at: place }) => ({
        uri: here.places.uriOf(place.file),
        range: name?.specs.range(place) ?? here.places.range(place),
      }));
  }

  connection.onDocumentSymbol((params) => {
    const here = at(params.textDocument.uri);
    if (!here) return null;
    const symbol = (one: OutlineSymbol): DocumentSymbol => ({
      name: one.name,
      detail: one.detail,
      kind: symbolKinds[one.kind],
      range: here.places.range(one.whole),
      selectionRange: here.places.range(one.at),
      ...(one.deprecated && { tags: [1] }),
      children: one.children.map(symbol),
    });
    return documentSymbols(here.index, here.file).map(symbol);
  });

  connection.onWorkspaceSymbol(({ query }) =>
    folders.all().flatMap(({ index, places }) =>
      index && places
        ? workspaceSymbols(index, query).map((one) => ({
            name: one.name,
            containerName: one.container,
            kind: SymbolKind.Method,
            location: places.location(one.at),
          }))
        : [],
    ),
  );

  connection.onRequest(CodeLensRequest.type, ({ textDocument }) => {
    const here = at(textDocument.uri);
    if (!here?.folder.settings['codeLens.enabled']) return null;
    const { places } = here;
    return codeLenses(here.index, here.file).map((lens) => {
      const range = places.range(lens.at);
      const locations = lens.targets.map(places.location);
      const [only] = locations;
      const command =
        locations.length === 1 && only
          ? { title: lens.title, command: 'backendContract.goTo', arguments: [only] }
          : locations.length > 1
            ? {
                title: lens.title,
                command: 'backendContract.peek',
                arguments: [{ uri: textDocument.uri, range }, locations],
              }
            : { title: lens.title, command: '' };
      return { range, command };
    });
  });

  connection.onDocumentLinks(({ textDocument }) => {
    const here = at(textDocument.uri);
    if (!here) return null;
    return documentLinks(here.index, here.file).map((link) => ({
      range: here.places.range(link.at),
      data: { uri: textDocument.uri, link },
    }));
  });

  connection.onDocumentLinkResolve((link) => {
    const { uri, link: found } = link.data as { uri: string; link: ReturnType<typeof documentLinks>[number] };
    const here = at(uri);
    if (!here) return link;
    const target = here.places.location(linkTarget(here.index, found));
    const { line, character } = target.range.start;
    return { ...link, target: `${target.uri}#${line + 1},${character + 1}` };
  });

  answerCodeActions(connection, folders, authoring, canResolve);
  answerNewContract(connection, folders);
  answerPreview(connection, folders, authoring);

  connection.onRequest(protocol.contractTree, (): protocol.ContractTree => ({
    folders: folders.all().flatMap(({ uri, name, index, places }) => {
      if (!index || !places) return [];
      const { specs, controllers } = contractTree(index);
      const wired = (groups: typeof specs): readonly protocol.TreeGroup[] =>
        groups.map((group) => wireGroup(group, places));
      return [{ uri, name, specs: wired(specs), controllers: wired(controllers) }];
    }),
  }));

  connection.onRequest(
    protocol.counterpart,
    (params: protocol.CounterpartParams): readonly protocol.Counterpart[] => {
      const here = at(params.uri);
      if (!here) return [];
      const offset = here.places.offset(here.file, params.position);
      return counterparts(here.index, here.file, offset, params.side).map(({ title, at: place }) => ({
        title,
        at: here.places.location(place),
      }));
    },
  );

  connection.onRequest(
    protocol.explainRule,
    ({ id }: protocol.ExplainParams): protocol.Explanation | null => explainRule(id) ?? null,
  );

  connection.onRequest(
    protocol.configText,
    ({ folder }: protocol.ConfigTextParams): protocol.ConfigText | null => {
      const index = folders.all().find(({ uri }) => uri === folder)?.index;
      return index ? { text: suggestConfig(index.ready.snapshot) } : null;
    },
  );

  connection.onRequest(protocol.driftReport, (): protocol.DriftReport => ({
    reports: folders
      .all()
      .flatMap(({ index, places, name, path, linted }) =>
        index && places ? [folderReport({ index, places, name, path, linted })] : [],
      ),
  }));
}
