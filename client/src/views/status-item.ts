/** The item in the status bar: how much of the API is in both places, how much drifted, and what cannot be told. */

import * as vscode from 'vscode';
import type { KpiFigure, Status } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

export function registerStatusItem(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'backendContract.status',
    vscode.StatusBarAlignment.Left,
    10,
  );
  item.name = 'Backend Contract';
  return vscode.Disposable.from(
    item,
    session.onStatus((status) => show(item, status)),
  );
}

function show(item: vscode.StatusBarItem, status: Status | undefined): void {
  if (status === undefined || isSilent(status)) {
    item.hide();
    return;
  }
  const failed = status.phase === 'failed' || status.lintFailed;
  const broken = failed || status.phase === 'degraded';
  const text = textOf(status);
  item.text = `${iconOf(status)} ${text}`;
  item.tooltip = tooltipOf(status);
  item.command =
    status.phase === 'virtual'
      ? undefined
      : failed
        ? 'backendContract.showOutput'
        : 'backendContract.showDriftReport';
  item.backgroundColor = broken
    ? new vscode.ThemeColor(failed ? 'statusBarItem.errorBackground' : 'statusBarItem.warningBackground')
    : undefined;
  item.accessibilityInformation = { label: `Backend Contract: ${spoken(status)}`, role: 'button' };
  item.show();
}

/** Where there is no API there is nothing to say, unless something is broken. */
function isSilent({ phase, lintFailed, specs, routes }: Status): boolean {
  return !lintFailed && (phase === 'ready' || phase === 'working') && specs === 0 && routes === 0;
}

function iconOf({ phase, lintFailed, states }: Status): string {
  if (lintFailed) return '$(error)';
  switch (phase) {
    case 'starting':
    case 'working':
      return '$(sync~spin)';
    case 'degraded':
    case 'failed':
      return '$(error)';
    case 'virtual':
      return '$(circle-slash)';
    case 'ready':
      return driftOf(states) > 0 ? '$(git-compare)' : '$(check)';
  }
}

function textOf(status: Status): string {
  if (status.phase === 'starting') return 'API';
  if (status.phase === 'virtual') return 'API: not on a disk';
  if (status.phase === 'failed') return 'API contract';
  const coverage = shareOf(status, 'coverage');
  const drift = driftOf(status.states);
  return [
    `API${coverage === undefined ? '' : ` ${coverage.replace(' ', '')}`}`,
    ...(drift > 0 ? [`${drift} ${drift === 1 ? 'drift' : 'drifts'}`] : []),
    ...(status.restricted ? ['$(shield) built-in rules'] : []),
  ].join(' · ');
}

function driftOf({ drift, undocumented, unimplemented }: Status['states']): number {
  return drift + undocumented + unimplemented;
}

/** Undefined where there is nothing to divide by. */
function shareOf({ kpis }: Status, wanted: KpiFigure['id']): string | undefined {
  const kpi = kpis.find(({ id }) => id === wanted);
  return kpi && kpi.whole > 0 ? kpi.share : undefined;
}

function spoken(status: Status): string {
  if (status.message !== undefined) return status.message;
  if (status.phase === 'starting') return 'starting';
  const coverage = shareOf(status, 'coverage');
  const drift = driftOf(status.states);
  const known = coverage === undefined ? 'no operations' : `${coverage} of routes are documented`;
  const restricted = status.restricted ? '; Restricted Mode, only built-in rules are used' : '';
  return `${known}, ${drift} drifted, ${status.states.unknown} cannot be told${restricted}`;
}

function hiddenText({ known, ignored }: Status['hidden']): string {
  const parts = [
    ...(known > 0 ? [`${known} known to the baseline`] : []),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  return parts.length === 0 ? '' : `Not shown: ${parts.join(', ')}.`;
}

function tooltipOf(status: Status): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: ['backendContract.restartServer', 'backendContract.showOutput'] };
  text.appendMarkdown('**Backend Contract**\n\n');
  if (status.message !== undefined) text.appendText(status.message);
  if (status.phase === 'virtual') return text;
  if (status.message !== undefined) {
    text.appendMarkdown(
      '\n\n[Restart](command:backendContract.restartServer) · [Output](command:backendContract.showOutput)\n\n',
    );
  }
  if (status.phase === 'failed' || status.phase === 'starting') return text;
  const { matched, drift, undocumented, unimplemented, unknown, aside } = status.states;
  const rows: readonly (readonly [string, number])[] = [
    ['$(pass) in both, the same', matched],
    ['$(warning) in both, different', drift],
    ['$(diff-added) in code only', undocumented],
    ['$(diff-removed) in a specification only', unimplemented],
    ['$(question) cannot be told', unknown],
    ['$(circle-slash) not compared', aside],
  ];
  text.appendMarkdown(
    `| operations | |\n|:--|--:|\n${rows.map(([what, n]) => `| ${what} | ${n} |\n`).join('')}\n`,
  );
  const kpis = status.kpis.filter(({ whole }) => whole > 0);
  if (kpis.length > 0)
    text.appendMarkdown(
      `| | |\n|:--|--:|\n${kpis.map(({ title, share }) => `| ${title} | ${share} |\n`).join('')}\n`,
    );
  const hidden = hiddenText(status.hidden);
  if (hidden !== '') text.appendMarkdown(`${hidden}\n\n`);
  if (unknown > 0 && status.unknownReasons.length > 0) {
    text.appendMarkdown('Cannot be told because:\n\n');
    for (const { reason, count } of status.unknownReasons.slice(0, 5)) {
      text.appendMarkdown(`- ${count} × `);
      text.appendText(reason);
      text.appendMarkdown('\n');
    }
    text.appendMarkdown('\n');
  }
  if (status.restricted) {
    text.appendMarkdown(
      '$(shield) Restricted Mode: the rulesets of this workspace are not used, only those that are built in.\n',
    );
  }
  return text;
}
