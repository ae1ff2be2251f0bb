/** Edits as a person makes them, one character after the other, and what the findings do meanwhile. */

import * as vscode from 'vscode';
import { api, ready, ruleOf } from './editor.ts';
import { type Bench, pause, until } from './harness.ts';

type Side = 'code' | 'spec';

/** What is typed on a line of its own: half a line each, as a person who stops to think leaves it. */
const halves: Readonly<Record<Side, readonly string[]>> = {
  code: ['const half = ', 'return half.map((each) => {'],
  spec: ['descr', "x-note: 'half"],
};

/**
 * Half-typed lines, a deleted line, a rename, each undone. What comes and goes while a line is half typed is noted, and
 * what is there afterwards is compared with what was there before.
 */
export async function editLikeAPerson(editor: vscode.TextEditor, side: Side, bench: Bench): Promise<void> {
  const { document } = editor;
  const place = editor.selection.active;
  const before = document.getText();
  const line = side === 'code' ? bodyLine(document, place.line) : place.line;
  for (const [index, text] of halves[side].entries()) {
    const seen = watchFindings();
    caretAt(editor, line);
    await vscode.commands.executeCommand('editor.action.insertLineAfter');
    await typed(text);
    await atRest();
    await bench.ask({ kind: 'screenshot', name: `${side}-half-${index}` });
    bench.note(`${side}, half a line ${JSON.stringify(text)}: ${seen.told()}`);
    await back(editor, before);
    await atRest();
    bench.note(`${side}, and back: ${seen.told()}`);
    seen.dispose();
  }
  const deleted = watchFindings();
  caretAt(editor, place.line);
  for (let count = 0; count < 3; count += 1) {
    await vscode.commands.executeCommand('editor.action.deleteLines');
    await pause(150);
  }
  await atRest();
  await bench.ask({ kind: 'screenshot', name: `${side}-deleted` });
  bench.note(`${side}, three lines deleted: ${deleted.told()}`);
  await back(editor, before);
  await atRest();
  bench.note(`${side}, and back: ${deleted.told()}`);
  deleted.dispose();

  const renamed = watchFindings();
  const end = quotedEnd(document, place.line) ?? new vscode.Position(place.line, 0);
  editor.selection = new vscode.Selection(end, end);
  await typed('-renamed');
  await atRest();
  await bench.ask({ kind: 'screenshot', name: `${side}-renamed` });
  bench.note(`${side}, ${JSON.stringify(document.lineAt(place.line).text)}: ${renamed.told()}`);
  await back(editor, before);
  await atRest();
  bench.note(`${side}, and back: ${renamed.told()}`);
  renamed.dispose();
}

/** Waits until what was typed has been analysed: nothing about findings changes for a while, and the server is ready. */
export async function atRest(): Promise<void> {
  let last = Date.now();
  const listening = vscode.languages.onDidChangeDiagnostics(() => (last = Date.now()));
  await pause(400);
  await ready();
  const { status } = await api();
  await until(
    'the findings are at rest',
    () => Date.now() - last > 1_500 && status()?.phase === 'ready',
    60_000,
  );
  listening.dispose();
}

/** Which of our findings came and went since the last time it was asked, other than by moving. */
export function watchFindings(): vscode.Disposable & { told(): string } {
  let shown = allFindings();
  let events = 0;
  const flickered = new Set<string>();
  let start = shown;
  const listening = vscode.languages.onDidChangeDiagnostics(() => {
    const now = allFindings();
    const changed = difference(shown, now);
    if (changed.length > 0) events += 1;
    for (const each of changed) flickered.add(each);
    shown = now;
  });
  return {
    told() {
      const now = allFindings();
      const left = difference(start, now);
      const passing = [...flickered].filter((each) => !left.includes(each) && !left.includes(opposite(each)));
      const text = `${events} changes; ${left.length === 0 ? 'nothing is different' : left.join(' | ')}${passing.length > 0 ? `; for a moment ${passing.join(' | ')}` : ''}`;
      [start, events] = [now, 0];
      flickered.clear();
      return text;
    },
    dispose: () => listening.dispose(),
  };
}

function opposite(change: string): string {
  return (change.startsWith('+') ? '-' : '+') + change.slice(1);
}

function allFindings(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [uri, all] of vscode.languages.getDiagnostics())
    for (const each of all.filter(({ source }) => source === 'Backend Contract' || source === 'Spectral')) {
      const key = `${vscode.workspace.asRelativePath(uri)} ${ruleOf(each)}: ${each.message}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return counts;
}

function difference(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const more = (b.get(key) ?? 0) - (a.get(key) ?? 0);
    return more === 0 ? [] : [`${more > 0 ? '+' : '-'}${Math.abs(more)} ${key}`];
  });
}

/** The first line from a place on that opens a body. */
function bodyLine(document: vscode.TextDocument, from: number): number {
  for (let line = from; line < Math.min(document.lineCount, from + 30); line += 1)
    if (/[{]\s*$/.test(document.lineAt(line).text)) return line;
  return from;
}

/** The end of the last quoted text of a line, or of its key. */
function quotedEnd(document: vscode.TextDocument, line: number): vscode.Position | undefined {
  const found =
    /^(.*)['"][^'"]*$/.exec(document.lineAt(line).text) ??
    /^(\s*[\w/{}-]+):/.exec(document.lineAt(line).text);
  return found?.[1] === undefined ? undefined : new vscode.Position(line, found[1].length);
}

function caretAt(editor: vscode.TextEditor, line: number): void {
  const end = editor.document.lineAt(line).range.end;
  editor.selection = new vscode.Selection(end, end);
}

async function typed(text: string): Promise<void> {
  for (const character of text) {
    await vscode.commands.executeCommand('type', { text: character });
    await pause(90);
  }
}

/** Undoes until the text is what it was. */
async function back(editor: vscode.TextEditor, before: string): Promise<void> {
  for (let step = 0; step < 60 && editor.document.getText() !== before; step += 1)
    await vscode.commands.executeCommand('undo');
  if (editor.document.getText() !== before) throw new Error('undo does not lead back');
}
