/** Drift between spec and code, as people meet it while they edit. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, fileUri, findings, open, positionOf, ready, replace, ruleOf } from './editor.ts';
import { pause, until, type Case } from './harness.ts';

const code = 'apps/orders/src/routes/orders.ts';
const spec = 'spec/orders/openapi.yaml';

function openTabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

export const driftCases: readonly Case[] = [
  {
    name: 'drift stands in files that nobody has opened',
    async run({ note }) {
      await ready();
      await until('what is wrong in a closed file is told', () =>
        findings(code).some((each) => each.startsWith('http/undocumented-parameter')),
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
      // Not before what was typed last has been analysed.
      const { isPreferred, edit } = await until('the fix is offered', async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          editor.document.uri,
          diagnostic.range,
        );
        return actions.find(({ title }) => title === 'Document 409 in the spec');
      });
      assert.ok(isPreferred && edit);
      await vscode.commands.executeCommand('editor.action.quickFix');
      await pause(800);
      await ask({ kind: 'screenshot', name: 'quick-fix' });
      await vscode.commands.executeCommand('hideCodeActionWidget');
      assert.ok(await vscode.workspace.applyEdit(edit));
      await until('the finding is gone', () => !findings(code).some((each) => each.startsWith(rule)));
      const [[uri]] = edit.entries() as [[vscode.Uri, unknown]];
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
      await until('the operation is told', async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          editor.document.uri,
          position,
        );
        const texts = hovers
          .flatMap(({ contents }) => contents)
          .map((each) => (typeof each === 'string' ? each : each.value));
        return texts.some((text) => /orders\/\{/.test(text));
      });
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
      await vscode.commands.executeCommand('editor.action.showHover');
      await pause(800);
      await ask({ kind: 'screenshot', name: 'hover' });
      await vscode.commands.executeCommand('editor.action.hideHover');
      await until('it leads to the operation', async () => {
        const links = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          editor.document.uri,
          position,
        );
        const paths = links.map((each) => ('uri' in each ? each.uri : each.targetUri).path);
        return paths.some((path) => path.includes('/spec/orders/'));
      });
    },
  },
  {
    name: 'lenses stand above routes and operations, symbols find both',
    async run({ ask }) {
      const { document } = await open('spec/orders/paths/order.yaml');
      await until('the operation says who serves it', async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
        );
        return lenses.some(({ command }) => /served by/.test(command?.title ?? ''));
      });
      await pause(500);
      await ask({ kind: 'screenshot', name: 'lenses' });
      await until('the routes are among the symbols', async () => {
        const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
          'vscode.executeWorkspaceSymbolProvider',
          'get orders',
        );
        return symbols.some(({ name }) => /GET .*orders/.test(name));
      });
    },
  },
  {
    name: 'the tree and the status bar tell the same as the findings',
    async run({ ask }) {
      await until('both count the same specifications', async () => {
        const { specs } = await ready();
        const { folders } = await (await api()).tree();
        return specs > 0 && folders[0]?.specs.filter(({ at }) => at).length === specs;
      });
      await until('the status bar counts them', async () => {
        const bar = await ask({ kind: 'texts', selector: '.statusbar-item' });
        return bar === undefined || bar.some((text) => /API \d+% · \d+ drifts/.test(text));
      });
      await vscode.commands.executeCommand('backendContract.contract.focus');
      await pause(500);
      await ask({ kind: 'screenshot', name: 'tree' });
    },
  },
  {
    name: 'commands: the report, the page of a rule, the configuration',
    async run({ ask }) {
      await vscode.commands.executeCommand('backendContract.showDriftReport');
      await until('the report is open', () => openTabs().includes('Drift Report'));
      await pause(5_000);
      await ask({ kind: 'screenshot', name: 'report' });
      await vscode.commands.executeCommand('backendContract.explainFinding', 'http/undocumented-parameter');
      await until('the page is open', () =>
        openTabs().some((label) => label.includes('undocumented-parameter')),
      );
      await pause(3_000);
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
      await pause(2_000);
      await ask({ kind: 'screenshot', name: 'side-by-side' });
    },
  },
];
