/** What an editor asks while somebody types: answered from the text as it is now and the last complete results. */

import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionList,
  type Connection,
  type Range,
} from 'vscode-languageserver';
import { completions } from './features/completion/complete.ts';
import { codeCompletions } from './features/completion/in-code.ts';
import { withoutStops, type Completion } from './features/completion/item.ts';
import { mostItems } from './features/completion/references.ts';
import type { Folders } from './folders.ts';
import { markup } from './to-lsp.ts';

export interface CompletionAbilities {
  readonly snippets: boolean;
  /** A command of the editor that opens the list again. */
  readonly askAgain: string | undefined;
}

/** Signs behind which something can be chosen in YAML, JSON and code. */
export const triggerCharacters: readonly string[] = ['"', "'", '`', '/', '#', ':', ' ', '-', '{', '[', '('];

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
  route: CompletionItemKind.Method,
};

/** Their editors have completions of their own: ours are asked for between quotes and parentheses only. */
function isCode(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

export function answerCompletion(
  connection: Connection,
  folders: Folders,
  { snippets, askAgain }: CompletionAbilities,
): void {
  connection.onCompletion(({ textDocument, position }): CompletionList | null => {
    const found = folders.find(textDocument.uri);
    const { index, places, settings } = found?.folder ?? {};
    if (!found || !index || !places || settings?.['completion.enabled'] !== true) return null;
    const { file } = found;
    const { text, lines } = places.current(file);
    const offset = lines.offset(position.line, position.character);
    const before = places.offset(file, position);
    const place = { file, text, offset, before };
    const all = isCode(file) ? codeCompletions(index, place) : completions(index, place);
    if (!all) return null;
    const range = (start: number, end: number): Range => {
      const [from, to] = [lines.position(start), lines.position(end)];
      return {
        start: { line: from.line, character: from.column },
        end: { line: to.line, character: to.column },
      };
    };
    const items = all.map((one): CompletionItem => ({
      label: one.label,
      kind: kinds[one.kind],
      ...(one.detail !== undefined && { detail: one.detail }),
      ...(one.docs && { documentation: markup(one.docs, places) }),
      sortText: String(one.rank).padStart(5, '0'),
      filterText: one.filter,
      insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      insertTextMode: InsertTextMode.asIs,
      textEdit: {
        range: range(one.start, one.end),
        newText: snippets ? one.insert : withoutStops(one.insert),
      },
      ...(one.also.length > 0 && {
        additionalTextEdits: one.also.map(({ start, end, text: newText }) => ({
          range: range(start, end),
          newText,
        })),
      }),
      ...(one.again === true &&
        askAgain !== undefined && { command: { title: 'Choose', command: askAgain } }),
    }));
    return { isIncomplete: items.length >= mostItems, items };
  });
}
