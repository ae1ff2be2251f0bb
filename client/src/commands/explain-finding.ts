/** Opens the page of a rule: of the finding that was clicked, or of those around the cursor. */

import * as vscode from 'vscode';
import { pageScheme } from '../../../server/src/lsp/protocol.ts';
import { openPage } from '../pages.ts';

const source = 'Backend Contract';

/** @param id What a link or a menu handed over; anything but the id of a rule counts as nothing. */
export async function explainFinding(id: unknown): Promise<void> {
  const rule = typeof id === 'string' ? id : await ruleAtCursor();
  if (rule === undefined) return;
  await openPage(vscode.Uri.from({ scheme: pageScheme, path: `/rules/${rule}.md` }));
}

async function ruleAtCursor(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const ours = editor
    ? vscode.languages.getDiagnostics(editor.document.uri).filter((each) => each.source === source)
    : [];
  if (editor === undefined || ours.length === 0) {
    await vscode.window.showInformationMessage('There is no finding of Backend Contract in this editor.');
    return undefined;
  }
  const cursor = editor.selection.active;
  const here = ours.filter(({ range }) => range.contains(cursor));
  const sameLine = ours.filter(({ range }) => range.start.line === cursor.line);
  const candidates = [here, sameLine, ours].find((each) => each.length > 0) ?? [];
  const items = candidates.flatMap((each) => {
    const rule = ruleOf(each);
    return rule === undefined ? [] : [{ label: each.message, description: rule, rule }];
  });
  const [only] = items;
  if (items.every(({ rule }) => rule === only?.rule)) return only?.rule;
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which finding?' });
  return picked?.rule;
}

function ruleOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}
