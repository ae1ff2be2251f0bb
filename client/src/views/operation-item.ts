/** One operation in the contract tree. */

import * as vscode from 'vscode';
import type { OperationState, TreeOperation } from '../../../server/src/lsp/protocol.ts';

export const stateNames: Readonly<Record<OperationState, string>> = {
  matched: 'matched',
  drift: 'drift',
  undocumented: 'undocumented',
  unimplemented: 'unimplemented',
  unknown: 'cannot tell',
  aside: 'not compared',
};

const icons: Readonly<Record<OperationState, vscode.ThemeIcon>> = {
  matched: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  drift: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  undocumented: new vscode.ThemeIcon('diff-added', new vscode.ThemeColor('list.warningForeground')),
  unimplemented: new vscode.ThemeIcon('diff-removed', new vscode.ThemeColor('list.warningForeground')),
  unknown: new vscode.ThemeIcon('question', new vscode.ThemeColor('descriptionForeground')),
  aside: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('descriptionForeground')),
};

/** @param parent The id of the group; ids are unique in the whole view. */
export function operationItem(parent: string, operation: TreeOperation): vscode.TreeItem {
  const { id, method, path, state, spec, code, handler } = operation;
  const title = `${method.toUpperCase()} ${path}`;
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.None);
  item.id = `${parent}|${id}`;
  item.iconPath = icons[state];
  item.description = descriptionOf(operation);
  item.tooltip = tooltipOf(title, operation);
  // `when` clauses of the menus look for these words.
  item.contextValue = ['operation', ...(spec ? ['spec'] : []), ...(code ? ['code'] : [])].join('.');
  item.accessibilityInformation = {
    label: [
      title,
      stateNames[state],
      ...(handler === undefined ? [] : [handler]),
      ...operation.findings,
    ].join(', '),
  };
  const target = code ?? spec;
  if (target !== undefined) {
    item.command = { command: 'backendContract.goTo', title: 'Open', arguments: [target] };
  }
  return item;
}

function descriptionOf({ state, findings, handler, deprecated }: TreeOperation): string {
  const drift = findings.length > 1 ? `${findings.length} findings` : stateNames[state];
  return [
    ...(state === 'matched' ? [] : [state === 'drift' ? drift : stateNames[state]]),
    ...(deprecated ? ['deprecated'] : []),
    ...(handler === undefined ? [] : [handler]),
  ].join(' · ');
}

function tooltipOf(
  title: string,
  { state, summary, findings, reason, handler }: TreeOperation,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**');
  text.appendText(title);
  text.appendMarkdown(`** — ${stateNames[state]}\n\n`);
  for (const line of [summary, handler === undefined ? undefined : `Served by ${handler}.`, reason]) {
    if (line === undefined) continue;
    text.appendText(line);
    text.appendMarkdown('\n\n');
  }
  for (const finding of findings) {
    text.appendMarkdown('- ');
    text.appendText(finding);
    text.appendMarkdown('\n');
  }
  return text;
}
