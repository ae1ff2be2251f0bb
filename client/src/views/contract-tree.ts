/** The contract tree as VS Code asks for it. */

import * as vscode from 'vscode';
import type {
  ContractTree,
  OperationState,
  TreeFolder,
  TreeGroup,
  TreeOperation,
} from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';
import { operationItem, stateNames } from './operation-item.ts';

export type Grouping = 'specs' | 'controllers';

export type Node =
  | { readonly kind: 'folder'; readonly folder: TreeFolder }
  | { readonly kind: 'group'; readonly folder: TreeFolder; readonly group: TreeGroup }
  | {
      readonly kind: 'operation';
      readonly folder: TreeFolder;
      readonly group: TreeGroup;
      readonly operation: TreeOperation;
    };

export class ContractTreeProvider implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #session: Session;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;
  #tree: Promise<ContractTree> | undefined;
  #grouping: Grouping = 'specs';
  #filter: ReadonlySet<OperationState> | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.#listening = session.onContract(() => this.refresh());
  }

  get filtered(): ReadonlySet<OperationState> | undefined {
    return this.#filter;
  }

  refresh(): void {
    this.#tree = undefined;
    this.#changed.fire();
  }

  group(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#changed.fire();
  }

  /** Undefined shows everything. */
  filter(states: ReadonlySet<OperationState> | undefined): void {
    this.#filter = states;
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return this.#roots();
    switch (node.kind) {
      case 'folder':
        return this.#groups(node.folder);
      case 'group':
        return this.#shown(node.group).map((operation) => ({ ...node, kind: 'operation', operation }));
      case 'operation':
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node.folder);
      case 'group':
        return groupItem(node.folder, node.group, this.#shown(node.group), this.#grouping);
      case 'operation':
        return operationItem(`${node.folder.uri}|${this.#grouping}|${node.group.id}`, node.operation);
    }
  }

  async #roots(): Promise<Node[]> {
    this.#tree ??= this.#session.contractTree();
    const folders = (await this.#tree).folders.filter((folder) => this.#groups(folder).length > 0);
    const [only] = folders;
    if (only !== undefined && folders.length === 1) return this.#groups(only);
    return folders.map((folder) => ({ kind: 'folder', folder }));
  }

  #groups(folder: TreeFolder): Node[] {
    return folder[this.#grouping]
      .filter((group) => this.#filter === undefined || this.#shown(group).length > 0)
      .map((group) => ({ kind: 'group', folder, group }));
  }

  #shown({ operations }: TreeGroup): readonly TreeOperation[] {
    const filter = this.#filter;
    return filter === undefined ? operations : operations.filter(({ state }) => filter.has(state));
  }
}

function folderItem(folder: TreeFolder): vscode.TreeItem {
  const item = new vscode.TreeItem(folder.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = folder.uri;
  item.iconPath = vscode.ThemeIcon.Folder;
  return item;
}

function groupItem(
  folder: TreeFolder,
  group: TreeGroup,
  shown: readonly TreeOperation[],
  grouping: Grouping,
): vscode.TreeItem {
  const item = new vscode.TreeItem(group.title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${folder.uri}|${grouping}|${group.id}`;
  item.iconPath = new vscode.ThemeIcon(grouping === 'specs' ? 'book' : 'symbol-class');
  const counts = countsOf(shown);
  item.description = [group.detail, counts].filter((each) => each !== undefined && each !== '').join(' · ');
  item.contextValue = group.at === undefined ? 'group' : 'group.place';
  item.accessibilityInformation = {
    label: `${group.title}, ${shown.length} operations${counts === '' ? '' : `, ${counts}`}`,
  };
  return item;
}

/** `2 drift, 1 undocumented`: only what asks for attention. */
function countsOf(operations: readonly TreeOperation[]): string {
  const told: readonly OperationState[] = ['drift', 'undocumented', 'unimplemented'];
  return told
    .map((state) => [operations.filter((each) => each.state === state).length, stateNames[state]] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(', ');
}
