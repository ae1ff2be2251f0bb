/** The view "API Contract": every operation, by specification or by controller, with what is known about it. */

import * as vscode from 'vscode';
import type { OperationState } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';
import { ContractTreeProvider, type Grouping } from './contract-tree.ts';
import { stateNames } from './operation-item.ts';

const viewId = 'backendContract.contract';

export function registerContractView(session: Session): vscode.Disposable {
  const provider = new ContractTreeProvider(session);
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: provider, showCollapseAll: true });
  const register = vscode.commands.registerCommand;
  const group = (grouping: Grouping): void => {
    provider.group(grouping);
    void vscode.commands.executeCommand('setContext', 'backendContract.grouping', grouping);
  };
  const filter = (states: ReadonlySet<OperationState> | undefined): void => {
    provider.filter(states);
    view.description = states === undefined ? '' : [...states].map((state) => stateNames[state]).join(', ');
    void vscode.commands.executeCommand('setContext', 'backendContract.filtered', states !== undefined);
  };
  return vscode.Disposable.from(
    provider,
    view,
    register('backendContract.groupBySpec', () => group('specs')),
    register('backendContract.groupByController', () => group('controllers')),
    register('backendContract.refreshTree', () => provider.refresh()),
    register('backendContract.clearFilter', () => filter(undefined)),
    register('backendContract.filterTree', async () => {
      const states = await pickStates(provider.filtered);
      if (states !== undefined) filter(states === 'all' ? undefined : states);
    }),
  );
}

/** Undefined if the user went away, `all` if every state was chosen. */
async function pickStates(
  current: ReadonlySet<OperationState> | undefined,
): Promise<ReadonlySet<OperationState> | 'all' | undefined> {
  const items = (Object.keys(stateNames) as OperationState[]).map((state) => ({
    label: stateNames[state],
    picked: current === undefined || current.has(state),
    state,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: 'Which operations to show',
  });
  if (picked === undefined) return undefined;
  return picked.length === 0 || picked.length === items.length
    ? 'all'
    : new Set(picked.map(({ state }) => state));
}
