/** Drift between spec and code, as people meet it while they edit. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, fileUri, findings, open, positionOf, ready, replace, ruleOf } from './editor.ts';
import { until, type Case } from './harness.ts';

const code = 'apps/orders/src/routes/orders.ts';
const spec = 'spec/orders/openapi.yaml';

export const driftCases: readonly Case[] = [
  {
    name: 'drift stands in files that nobody has opened',
    async run({ note }) {
      await ready();
      assert.ok(
        findings(code).some((each) => each.startsWith('http/undocumented-parameter')),
        findings(code).join('\n'),
      );
      const all = vscode.languages.getDiagnostics().flatMap(([, each]) => each);
      const ours = all.filter(({ source }) => source === 'Backend Contract');
      assert.ok(
        ours.every(({ range }) => !range.isEmpty),
        'every finding marks something',
      );
      note(`${ours.length} findings on the example`);
    },
  },
  {
    name: 'a handler is edited: the findings follow, there and back',
    async run({ ask, note }) {
      const editor = await open(code);
      const before = findings(code);
      await replace(editor, 'const { limit, status } = req.query;', 'const { limit, tea } = req.query;');
      const start = performance.now();
      await until('the new parameter is told', () =>
        findings(code).some((each) => each.includes('parameter tea')),
      );
      note(`edit of a handler to findings: ${Math.round(performance.now() - start)} ms, the pause included`);
      await ask({ kind: 'screenshot', name: 'edited' });
      await replace(editor, 'const { limit, tea } = req.query;', 'const { limit, status } = req.query;');
      await until('what was said before', () => findings(code).join() === before.join());
    },
  },
  {
    name: 'a quick fix in code documents a status in the spec, and undo takes it back',
    async run({ ask }) {
      const editor = await open(code);
      const rule = 'http/undocumented-status';
      const diagnostic = vscode.languages
        .getDiagnostics(editor.document.uri)
        .find((each) => ruleOf(each) === rule);
      assert.ok(diagnostic, findings(code).join('\n'));
      editor.selection = new vscode.Selection(diagnostic.range.start, diagnostic.range.start);
      editor.revealRange(diagnostic.range, vscode.TextEditorRevealType.InCenter);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        editor.document.uri,
        diagnostic.range,
      );
      const action = actions.find(({ title }) => title === 'Document 409 in the spec');
      assert.ok(action?.edit && action.isPreferred, actions.map(({ title }) => title).join('\n'));
      await vscode.commands.executeCommand('editor.action.quickFix');
      await new Promise((resolve) => setTimeout(resolve, 800));
      await ask({ kind: 'screenshot', name: 'quick-fix' });
      await vscode.commands.executeCommand('hideCodeActionWidget');
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      await until('the finding is gone', () => !findings(code).some((each) => each.startsWith(rule)));
      const [[uri]] = action.edit.entries() as [[vscode.Uri, unknown]];
      const document = await vscode.window.showTextDocument(uri);
      assert.match(document.document.getText(), /'409':\s+description: Conflict/);
      await vscode.commands.executeCommand('undo');
      await until('it is back', () => findings(code).some((each) => each.startsWith(rule)));
    },
  },
  {
    name: 'a spec is edited: the code hears of it',
    async run() {
      const editor = await open(spec);
      const before = findings(code);
      const [path] = /^ {2}\/orders:/m.exec(editor.document.getText()) ?? [];
      assert.ok(path !== undefined);
      await replace(editor, `${path}\n`, '  /purchases:\n');
      await until('the routes lost their operations', () => findings(code).join() !== before.join());
      await replace(editor, '  /purchases:\n', `${path}\n`);
      await until('what was said before', () => findings(code).join() === before.join());
    },
  },
  {
    name: 'hover tells the contract of a handler, the operation leads to it',
    async run({ ask }) {
      const editor = await open(code);
      const position = positionOf(editor.document, "orderRouter.get('/:id'", 13);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        editor.document.uri,
        position,
      );
      const text = hovers
        .flatMap(({ contents }) => contents)
        .map((each) => (typeof each === 'string' ? each : each.value))
        .join('\n');
      assert.match(text, /orders\/\{/);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
      await vscode.commands.executeCommand('editor.action.showHover');
      await new Promise((resolve) => setTimeout(resolve, 800));
      await ask({ kind: 'screenshot', name: 'hover' });
      await vscode.commands.executeCommand('editor.action.hideHover');
      const links = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        editor.document.uri,
        position,
      );
      const paths = links.map((each) => ('uri' in each ? each.uri : each.targetUri).path);
      assert.ok(
        paths.some((path) => path.includes('/spec/orders/')),
        paths.join(),
      );
    },
  },
  {
    name: 'lenses stand above routes and operations, symbols find both',
    async run({ ask }) {
      const { document } = await open('spec/orders/paths/order.yaml');
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      assert.ok(
        lenses.some(({ command }) => /served by/.test(command?.title ?? '')),
        JSON.stringify(lenses),
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      await ask({ kind: 'screenshot', name: 'lenses' });
      const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'get orders',
      );
      assert.ok(symbols.some(({ name }) => /GET .*orders/.test(name)));
    },
  },
  {
    name: 'the tree and the status bar tell the same as the findings',
    async run({ ask }) {
      const status = await ready();
      const tree = await (await api()).tree();
      assert.equal(tree.folders[0]?.specs.filter(({ at }) => at).length, status.specs);
      await vscode.commands.executeCommand('backendContract.contract.focus');
      await new Promise((resolve) => setTimeout(resolve, 500));
      await ask({ kind: 'screenshot', name: 'tree' });
    },
  },
  {
    name: 'commands: the report, the page of a rule, the configuration',
    async run({ ask }) {
      await vscode.commands.executeCommand('backendContract.showDriftReport');
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      await ask({ kind: 'screenshot', name: 'report' });
      await vscode.commands.executeCommand('backendContract.explainFinding', 'http/undocumented-parameter');
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await ask({ kind: 'screenshot', name: 'explanation' });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
  {
    name: 'a rule that the configuration turns off is silent, and speaks again',
    async run() {
      const file = fileUri('backend-contract.config.yaml');
      await vscode.workspace.fs.writeFile(file, Buffer.from('rules:\n  http/undocumented-parameter: off\n'));
      const tells = (): boolean =>
        findings(code).some((each) => each.startsWith('http/undocumented-parameter'));
      await until('the rule is silent', () => !tells());
      await vscode.workspace.fs.delete(file);
      await until('the rule speaks', tells);
    },
  },
  {
    name: 'spec and code stand side by side',
    async run({ ask }) {
      await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const editor = await open(code);
      const position = positionOf(editor.document, 'limit, status', 8);
      editor.selection = new vscode.Selection(position, position);
      const beside = { viewColumn: vscode.ViewColumn.Beside, preview: false, preserveFocus: true };
      await vscode.window.showTextDocument(fileUri('spec/orders/paths/orders.yaml'), beside);
      await vscode.commands.executeCommand('backendContract.contract.focus');
      await vscode.commands.executeCommand('list.expand');
      await vscode.commands.executeCommand('list.focusDown');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await ask({ kind: 'screenshot', name: 'side-by-side' });
    },
  },
];
