/** Editors on folders that are written for one test. */

import type { TestContext } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { folderOf } from './folder.ts';
import { startEditor, type Editor } from './lsp-client.ts';

/** An editor that has its first results, and is stopped with the test. */
export async function editorOn(t: TestContext, files: Readonly<Record<string, string>>): Promise<Editor> {
  const editor = await startEditor(folderOf(t, files));
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  return editor;
}

/** Where a text begins, `$0` marking the place in it. */
export function placeIn(editor: Editor, path: string, marked: string): object {
  const text = editor.text(path);
  const offset = text.indexOf(marked.replace('$0', '')) + marked.indexOf('$0');
  const position = TextDocument.create('', '', 0, text).positionAt(offset);
  return { textDocument: { uri: editor.uri(path) }, position };
}
