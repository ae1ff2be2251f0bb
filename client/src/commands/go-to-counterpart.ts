/** From the specification to the code and back: at the cursor, or from an item of the contract tree. */

import * as vscode from 'vscode';
import {
  counterpart,
  type Counterpart,
  type CounterpartParams,
  type TreeOperation,
} from '../../../server/src/lsp/protocol.ts';
import { fromPosition, goTo } from '../locations.ts';
import type { Session } from '../session.ts';

const names = { code: 'handler', spec: 'operation' } as const;

/** @param target The item of the tree that it was called on; at the cursor without one. */
export async function goToCounterpart(
  session: Session,
  side: CounterpartParams['side'],
  target: unknown,
): Promise<void> {
  const places = isOperationItem(target) ? placesOf(target.operation, side) : await atCursor(session, side);
  const chosen = places.length > 1 ? await pick(places) : places[0];
  if (chosen !== undefined) return goTo(chosen.at);
  if (places.length === 0) await vscode.window.showInformationMessage(`No ${names[side]} belongs to this.`);
}

function isOperationItem(target: unknown): target is { readonly operation: TreeOperation } {
  return typeof target === 'object' && target !== null && 'operation' in target;
}

function placesOf(
  { method, path, spec, code }: TreeOperation,
  side: 'spec' | 'code',
): readonly Counterpart[] {
  const at = side === 'spec' ? spec : code;
  return at === undefined ? [] : [{ title: `${method} ${path}`, at }];
}

async function atCursor(session: Session, side: CounterpartParams['side']): Promise<readonly Counterpart[]> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const params: CounterpartParams = {
    uri: editor.document.uri.toString(),
    position: fromPosition(editor.selection.active),
    side,
  };
  return (await session.request<readonly Counterpart[]>(counterpart, params)) ?? [];
}

async function pick(places: readonly Counterpart[]): Promise<Counterpart | undefined> {
  const items = places.map((place) => {
    const file = vscode.workspace.asRelativePath(vscode.Uri.parse(place.at.uri));
    return { label: place.title, description: `${file}:${place.at.range.start.line + 1}`, place };
  });
  return (await vscode.window.showQuickPick(items, { matchOnDescription: true }))?.place;
}
