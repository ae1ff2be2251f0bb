/** Places as the server names them, and as VS Code does. */

import * as vscode from 'vscode';
import type { WireLocation, WirePosition, WireRange } from '../../server/src/lsp/protocol.ts';

export function toRange({ start, end }: WireRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

export function fromPosition({ line, character }: vscode.Position): WirePosition {
  return { line, character };
}

function toLocation({ uri, range }: WireLocation): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri), toRange(range));
}

/**
 * Opens a place, selects where it starts and brings it to the middle of the editor: of the one that shows the file,
 * else of one in `column`.
 */
export async function goTo(location: WireLocation, column?: vscode.ViewColumn): Promise<void> {
  const { uri, range } = toLocation(location);
  const document = await vscode.workspace.openTextDocument(uri);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = column === undefined ? undefined : (shown?.viewColumn ?? column);
  // The file may be shorter than when the server looked.
  const start = document.validatePosition(range.start);
  const editor = await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(start, start),
    ...(viewColumn !== undefined && { viewColumn }),
  });
  editor.revealRange(document.validateRange(range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Goes to the one place, or shows several in a peek window at the place that they were asked for. */
export async function peek(from: WireLocation, locations: readonly WireLocation[]): Promise<void> {
  const [only] = locations;
  if (only !== undefined && locations.length === 1) return goTo(only);
  const { uri, range } = toLocation(from);
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    uri,
    range.start,
    locations.map(toLocation),
  );
}
