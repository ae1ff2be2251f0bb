/** Begins a contract: from the workspace's code, from requests, from a template, or from nothing. */

import * as vscode from 'vscode';
import {
  contractSources,
  newContract,
  type ContractSources,
  type DraftedContract,
  type NewContract,
  type NewContractParams,
} from '../../../server/src/lsp/protocol.ts';
import { goTo } from '../locations.ts';
import type { Session } from '../session.ts';

type Source =
  | { readonly kind: 'server'; readonly folder: string; readonly root: string }
  | { readonly kind: 'template'; readonly id: string }
  /** Without a file, people are asked for it. */
  | { readonly kind: 'requests'; readonly file?: string };

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

type Wanted = Without<NewContractParams, 'version' | 'language'>;

interface SourceItem extends vscode.QuickPickItem {
  readonly source?: Source;
}

/** `source` and `target` are for those who know them already; people are asked. */
export async function beginContract(session: Session, source?: Source, target?: vscode.Uri): Promise<void> {
  const chosen = source ?? (await askForSource(session));
  if (!chosen) return;
  const requests = chosen.kind === 'requests' ? (chosen.file ?? (await askForRequests())) : undefined;
  if (chosen.kind === 'requests' && requests === undefined) return;
  const file = target ?? (await askForFile(chosen));
  if (!file) return;
  const params: NewContractParams = {
    version: '3.1',
    language: file.path.endsWith('.json') ? 'json' : 'yaml',
    ...wanted(chosen, requests ?? '', file),
  };
  const contract = await session.request<NewContract | null>(newContract, params);
  if (!contract) {
    await vscode.window.showErrorMessage(
      'The contract could not be drafted: the code has not been read yet.',
    );
    return;
  }
  if ('refused' in contract) {
    await vscode.window.showErrorMessage(contract.refused);
    return;
  }
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(contract.text));
  await vscode.window.showTextDocument(file);
  await tell(contract);
}

function wanted(source: Source, requests: string, file: vscode.Uri): Wanted {
  switch (source.kind) {
    case 'server':
      return source;
    case 'template':
      return { ...source, title: titleOf(file) };
    case 'requests':
      return { kind: 'requests', file: requests };
  }
}

async function askForRequests(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'New Contract from requests',
      openLabel: 'Draft',
      filters: { 'Postman collection or HAR recording': ['json', 'har'] },
    })) ?? [];
  return file?.fsPath;
}

async function askForSource(session: Session): Promise<Source | undefined> {
  const sources = await session.request<ContractSources>(contractSources);
  const items = [
    ...serverItems(sources),
    ...requestItems,
    ...templateItems(sources),
    ...(await comingItems()),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'New Contract',
    placeHolder: 'What does the contract begin with?',
    matchOnDetail: true,
  });
  if (picked && !picked.source)
    await vscode.window.showInformationMessage(
      `${picked.label} will follow. OpenAPI is what can be begun today.`,
    );
  return picked?.source;
}

function serverItems(sources: ContractSources | undefined): readonly SourceItem[] {
  if (!sources || sources.servers.length === 0) return [];
  return [
    { label: 'From the code', kind: vscode.QuickPickItemKind.Separator },
    ...sources.servers.map(({ folder, root, title, frameworks, routes }) => ({
      label: `$(server) ${title}`,
      description: root === '.' ? '' : root,
      detail: `${routes} routes of ${frameworks.join(' and ')}, with what is known of their parameters, bodies and answers`,
      source: { kind: 'server', folder, root } as const,
    })),
  ];
}

const requestItems: readonly SourceItem[] = [
  { label: 'From requests', kind: vscode.QuickPickItemKind.Separator },
  {
    label: '$(list-tree) Postman collection or HAR recording',
    detail: 'Paths, parameters, bodies and answers by their kinds; no value, token or cookie of the requests',
    source: { kind: 'requests' },
  },
];

function templateItems(sources: ContractSources | undefined): readonly SourceItem[] {
  return [
    { label: 'From a template', kind: vscode.QuickPickItemKind.Separator },
    ...(sources?.templates ?? []).map(({ id, title, detail }) => ({
      label: `$(file) ${title}`,
      detail,
      source: { kind: 'template', id } as const,
    })),
  ];
}

/** Whoever has such files wants to know. */
async function comingItems(): Promise<readonly SourceItem[]> {
  const found = async (pattern: string): Promise<boolean> =>
    (await vscode.workspace.findFiles(pattern, '**/node_modules/**', 1)).length > 0;
  const [graphql, proto] = await Promise.all([found('**/*.{graphql,graphqls,gql}'), found('**/*.proto')]);
  const items = [
    ...(graphql
      ? [{ label: 'GraphQL schemas', detail: 'Found in this workspace; not compared with code yet' }]
      : []),
    ...(proto
      ? [{ label: 'gRPC services', detail: 'Found in this workspace; not compared with code yet' }]
      : []),
  ];
  return items.length === 0 ? [] : [{ label: 'Later', kind: vscode.QuickPickItemKind.Separator }, ...items];
}

async function askForFile(source: Source): Promise<vscode.Uri | undefined> {
  const folder =
    source.kind === 'server'
      ? vscode.Uri.joinPath(vscode.Uri.parse(source.folder), source.root)
      : vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: 'New Contract',
    saveLabel: 'Create',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'openapi.yaml') }),
    filters: { 'OpenAPI document': ['yaml', 'yml', 'json'] },
  });
}

/** The name of the folder that the contract stands in. */
function titleOf(file: vscode.Uri): string {
  return file.path.split('/').at(-2) ?? 'Service';
}

async function tell({ operations, left }: DraftedContract): Promise<void> {
  if (operations === 0) return;
  const [first] = left;
  const drafted = `${operations} operations drafted.`;
  if (!first) {
    void vscode.window.showInformationMessage(drafted);
    return;
  }
  const more = left.length > 1 ? ` and ${left.length - 1} more` : '';
  const text = `${drafted} Left out: ${first.title}${more}; the first ${first.why}.`;
  const show = 'Show';
  const { at } = first;
  const answer = await vscode.window.showInformationMessage(text, ...(at ? [show] : []));
  if (at && answer === show) await goTo(at);
}
