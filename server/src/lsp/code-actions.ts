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
import { fixesAt, type FixOf } from './features/fixes/fixes.ts';
import { fixAllOf, lintFixesAt } from './features/fixes/lint/lint-fixes.ts';
import type { Authoring } from './authoring.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import { refactorActions, resolveRefactoring, type LaterRefactoring } from './refactor-actions.ts';
import { createPlaces, type Places } from './to-lsp.ts';

/** Of an action whose edits are made when it is chosen: what mends all findings of a rule of linting. */
interface LaterAction {
  readonly uri: string;
  readonly rule: string;
}

/** The fix of this title for what stands here. */
interface LaterFix {
  readonly uri: string;
  readonly fix: string;
  readonly range: Diagnostic['range'];
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
      ...(wantsFixes ? [...driftActions(asked, canResolve), ...lintActions(asked, canResolve)] : []),
      ...refactorActions(authoring, here, only, canResolve),
    ];
  });

  connection.onCodeActionResolve((action) => {
    const { uri, rule, refactoring, position, fix, range } = (action.data ?? {}) as Partial<
      LaterAction & LaterRefactoring & LaterFix
    >;
    const found = uri === undefined ? undefined : folders.find(uri);
    if (found && fix !== undefined && range !== undefined) {
      const made = driftFixes(found.folder, found.file, range).find((one) => one.fix.title === fix);
      return made ? { ...action, edit: made.edit() } : action;
    }
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

function driftActions(
  { folder, file, uri, range, diagnostics }: Asked,
  canResolve: boolean,
): readonly CodeAction[] {
  return driftFixes(folder, file, range).map(({ finding, fix, edit }) => {
    if (!canResolve || !fix.files) return actionOf(finding, fix, diagnostics, { edit: edit() });
    const data: LaterFix = { uri, fix: fix.title, range };
    return actionOf(finding, fix, diagnostics, { data });
  });
}

interface DriftFix extends FixOf {
  readonly edit: () => WorkspaceEdit;
}

function driftFixes(folder: Folder, file: FileId, range: Diagnostic['range']): readonly DriftFix[] {
  const { index, places } = folder;
  if (!index || !places) return [];
  const fixes = fixesAt(index, spanOf(places, file, range));
  const filesOf = ({ files, edits }: Fix): readonly FileId[] =>
    files ?? edits.flatMap((edit) => (edit.create === true ? [] : [edit.file]));
  // What has moved on since is not edited.
  const current = new Set(
    [...new Set(fixes.flatMap(({ fix }) => filesOf(fix)))].filter((each) => folder.isShown(each)),
  );
  return fixes
    .filter(({ fix }) => filesOf(fix).every((each) => current.has(each)))
    .map((one) => ({ ...one, edit: () => workspaceEdit(one.fix.edits, folder, places) }));
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
      actionOf(finding, fix, diagnostics, { edit: workspaceEdit(fix.edits, folder, places) }),
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
  what: Pick<CodeAction, 'edit' | 'data'>,
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostics.filter((each) => each.code === rule && each.message === message),
    ...(preferred && { isPreferred: true }),
    ...what,
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
