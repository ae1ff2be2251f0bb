/** Quick fixes: those of drift from the last complete results, those of linting from the last run over the document. */

import {
  CodeActionKind,
  CreateFile,
  TextDocumentEdit,
  type CodeAction,
  type Connection,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding } from '../contract/finding.ts';
import type { FileId, Span } from '../contract/span.ts';
import { grouped } from '../engine/lookup.ts';
import type { FileEdit, Fix } from './features/fixes/fix.ts';
import { fixesAt } from './features/fixes/fixes.ts';
import { fixAllOf, lintFixesAt } from './features/fixes/lint/lint-fixes.ts';
import type { Authoring } from './authoring.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import { refactorActions, resolveRefactoring, type LaterRefactoring } from './refactor-actions.ts';
import { createPlaces, type Places } from './to-lsp.ts';

/** Of an action whose edits are made when it is chosen. */
interface LaterAction {
  readonly uri: string;
  readonly rule: string;
}

/** @param canResolve the client asks for the edits of an action when somebody chooses it */
export function answerCodeActions(
  connection: Connection,
  folders: Folders,
  authoring: Authoring,
  canResolve: boolean,
): void {
  connection.onCodeAction(({ textDocument, range, context }) => {
    const found = folders.find(textDocument.uri);
    if (!found) return null;
    const { folder, file } = found;
    const asked: Asked = { folder, file, uri: textDocument.uri, range, diagnostics: context.diagnostics };
    const { only } = context;
    const wantsFixes = only?.some((kind) => CodeActionKind.QuickFix.startsWith(kind)) ?? true;
    const here = { folder, file, uri: textDocument.uri, position: range.start };
    return [
      ...(wantsFixes ? [...driftActions(asked), ...lintActions(asked, canResolve)] : []),
      ...refactorActions(authoring, here, only, canResolve),
    ];
  });

  connection.onCodeActionResolve((action) => {
    const { uri, rule, refactoring, position } = (action.data ?? {}) as Partial<
      LaterAction & LaterRefactoring
    >;
    const found = uri === undefined ? undefined : folders.find(uri);
    if (found && uri !== undefined && refactoring !== undefined && position !== undefined) {
      const here = { folder: found.folder, file: found.file, uri, position };
      return resolveRefactoring(authoring, action, here, refactoring);
    }
    if (!found || rule === undefined) return action;
    const edit = allEdit(found.folder, found.file, rule);
    return edit ? { ...action, edit } : action;
  });
}

interface Asked {
  readonly folder: Folder;
  readonly file: FileId;
  readonly uri: string;
  readonly range: Diagnostic['range'];
  readonly diagnostics: readonly Diagnostic[];
}

function driftActions({ folder, file, range, diagnostics }: Asked): readonly CodeAction[] {
  const { index, places } = folder;
  if (!index || !places) return [];
  const fixes = fixesAt(index, spanOf(places, file, range));
  const files = new Set(fixes.flatMap(({ fix }) => fix.edits.map((edit) => edit.file)));
  // What has moved on since is not edited.
  const current = new Set([...files].filter((each) => folder.isShown(each)));
  return fixes
    .filter(({ fix }) => fix.edits.every((edit) => edit.create === true || current.has(edit.file)))
    .map(({ finding, fix }) => actionOf(finding, fix, diagnostics, workspaceEdit(fix.edits, folder, places)));
}

function lintActions(
  { folder, file, uri, range, diagnostics }: Asked,
  canResolve: boolean,
): readonly CodeAction[] {
  const linted = folder.lintedNow(file);
  if (!linted) return [];
  const places = placesNow(folder);
  const { single, all } = lintFixesAt(linted, spanOf(places, file, range));
  return [
    ...single.map(({ finding, fix }) =>
      actionOf(finding, fix, diagnostics, workspaceEdit(fix.edits, folder, places)),
    ),
    ...all.flatMap(({ finding, title }): readonly CodeAction[] => {
      const { rule } = finding;
      const action = {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: diagnostics.filter(({ code }) => code === rule),
      };
      const later: LaterAction = { uri, rule };
      if (canResolve) return [{ ...action, data: later }];
      const edit = allEdit(folder, file, rule);
      return edit ? [{ ...action, edit }] : [];
    }),
  ];
}

function allEdit(folder: Folder, file: FileId, rule: string): WorkspaceEdit | undefined {
  const linted = folder.lintedNow(file);
  const fix = linted && fixAllOf(linted, rule);
  return fix && workspaceEdit(fix.edits, folder, placesNow(folder));
}

function placesNow(folder: Folder): Places {
  return createPlaces(folder.path, (file) => folder.textNow(file));
}

function spanOf(places: Places, file: FileId, { start, end }: Diagnostic['range']): Span {
  return { file, start: places.offset(file, start), end: places.offset(file, end) };
}

function actionOf(
  { rule, message }: Finding,
  { title, preferred }: Fix,
  diagnostics: readonly Diagnostic[],
  edit: WorkspaceEdit,
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostics.filter((each) => each.code === rule && each.message === message),
    ...(preferred && { isPreferred: true }),
    edit,
  };
}

/** Edits of open documents are good for the version that they were made for, and for no other. */
function workspaceEdit(edits: readonly FileEdit[], folder: Folder, places: Places): WorkspaceEdit {
  const documentChanges = [...grouped(edits, ({ file }) => file)].flatMap(([file, ofFile]) => {
    const uri = places.uriOf(file);
    const changes = TextDocumentEdit.create(
      { uri, version: folder.versionOf(file) ?? null },
      ofFile.map(({ start, end, text }) => ({ range: places.range({ file, start, end }), newText: text })),
    );
    return ofFile.some(({ create }) => create === true) ? [CreateFile.create(uri), changes] : [changes];
  });
  return { documentChanges };
}
