/** Linting as people meet it: marks, pages, settings, colours, and what is not open. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, open, ready, ruleOf } from './editor.ts';
import { pause, until, type Case } from './harness.ts';

const accounts = 'spec/accounts/openapi.yaml';
const orders = 'spec/orders/openapi.yaml';
/** Never opened: what was open once, VS Code keeps for a while. */
const closed = 'spec/cups.yaml';
const small = "openapi: 3.0.3\ninfo: { title: cups, version: '1' }\npaths: {}\n";

/** What linting says of a file: rules of Spectral and of contract health. */
function linted(path: string): readonly string[] {
  return vscode.languages
    .getDiagnostics(fileUri(path))
    .filter((each) => each.source === 'Spectral' || ruleOf(each).startsWith('health/'))
    .map(ruleOf);
}

export const lintCases: readonly Case[] = [
  {
    name: 'an open specification is linted, contract health included',
    async run({ ask, note }) {
      const editor = await open(accounts);
      await until('Spectral and contract health have spoken', () => {
        const rules = linted(accounts);
        return rules.includes('info-contact') && rules.some((rule) => rule.startsWith('health/'));
      });
      note(`linting says of ${accounts}: ${linted(accounts).join(', ')}`);
      const health = vscode.languages
        .getDiagnostics(editor.document.uri)
        .find((each) => ruleOf(each).startsWith('health/'));
      assert.ok(health);
      editor.selection = new vscode.Selection(health.range.start, health.range.start);
      editor.revealRange(health.range, vscode.TextEditorRevealType.InCenter);
      await vscode.commands.executeCommand('editor.action.showHover');
      await pause(1_000);
      await ask({ kind: 'screenshot', name: 'lint' });
      await vscode.commands.executeCommand('editor.action.hideHover');
      await vscode.commands.executeCommand('backendContract.explainFinding', ruleOf(health));
      await pause(3_000);
      await ask({ kind: 'screenshot', name: 'health-page' });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
  {
    name: 'Lint All Specs lints what is not open',
    async run({ ask }) {
      await vscode.workspace.fs.writeFile(fileUri(closed), Buffer.from(small));
      await until('its paths are known', async () => (await ready()).specs === 3);
      assert.deepEqual(linted(closed), []);
      // It ends when its message is answered.
      void vscode.commands.executeCommand('backendContract.lintAllSpecs');
      await until('closed documents are linted', () =>
        [orders, accounts, closed].every((path) => linted(path).length > 0),
      );
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      await pause(1_000);
      await ask({ kind: 'screenshot', name: 'lint-all' });
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('workbench.action.closePanel');
      await vscode.workspace.fs.delete(fileUri(closed));
      await until('it is gone', () => linted(closed).length === 0);
    },
  },
  {
    name: 'settings of a folder turn rules off and on',
    async run() {
      await ready();
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      const settings = vscode.workspace.getConfiguration('backendContract', folder);
      const target = vscode.ConfigurationTarget.WorkspaceFolder;
      await settings.update('rules', { 'info-contact': 'off' }, target);
      await until('the rule is silent', () => !linted(accounts).includes('info-contact'));
      await settings.update('rules', undefined, target);
      await until('the rule speaks', () => linted(accounts).includes('info-contact'));
    },
  },
  {
    name: 'contracts and rulesets have colours',
    async run({ ask }) {
      await vscode.workspace.fs.writeFile(fileUri('colours.json'), Buffer.from(colours));
      await vscode.workspace.fs.writeFile(fileUri('rules/tea.yaml'), Buffer.from(ruleset));
      await open(orders);
      await pause(1_000);
      await ask({ kind: 'screenshot', name: 'colours-yaml' });
      await open('colours.json');
      const beside = { viewColumn: vscode.ViewColumn.Beside, preview: false };
      await vscode.window.showTextDocument(fileUri('rules/tea.yaml'), beside);
      await pause(1_500);
      await ask({ kind: 'screenshot', name: 'colours-json' });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(fileUri('colours.json'));
      await vscode.workspace.fs.delete(fileUri('rules'), { recursive: true });
    },
  },
];

const colours = `{
  "openapi": "3.0.3",
  "info": { "title": "colours", "version": "1" },
  "paths": {
    "/teas/{teaId}/cups/{cupId}": {
      "get": {
        "responses": {
          "200": { "$ref": "responses.json#/components/responses/Tea" },
          "4XX": { "description": "not found", "content": { "application/problem+json": {} } }
        }
      }
    }
  }
}
`;

const ruleset = `extends: [[spectral:oas, all]]
rules:
  tea-has-a-name:
    severity: warn
    given: $.paths[*][get,post].responses
    then: { field: description, function: truthy }
  cups-are-few:
    given:
      - "$..cups[?(@.size > 3 && @property != 'tea')]"
    severity: error
    then: { function: pattern }
`;

/** In Restricted Mode, in a workspace that has a ruleset. */
export const restrictedCases: readonly Case[] = [
  {
    name: 'Restricted Mode: only the built-in rules are used, and that is said',
    async run({ ask }) {
      assert.equal(vscode.workspace.isTrusted, false);
      await open(accounts);
      await ready();
      await until('the built-in rules speak', () => linted(accounts).includes('info-contact'));
      const notes = await until('the ruleset is spoken of', () => {
        const rules = vscode.languages.getDiagnostics(fileUri('.spectral.yaml')).map(ruleOf);
        return rules.length > 0 && rules;
      });
      assert.deepEqual(notes, ['lint/ruleset-not-loaded']);
      // The item is drawn by the window, some time after the finding is there.
      await until('the status bar says so', async () => {
        const bar = await ask({ kind: 'texts', selector: '.statusbar-item' });
        return bar === undefined || bar.some((text) => text.includes('built-in rules'));
      });
      await open('.spectral.yaml');
      await pause(1_000);
      await ask({ kind: 'screenshot', name: 'restricted' });
    },
  },
];
