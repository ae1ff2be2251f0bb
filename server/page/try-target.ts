/** What an operation is tried against: an environment or none, an address, and the variables in it. */

import type { OfferedForm } from '../src/lsp/preview.ts';
import type { SecretOwner, TryParams } from '../src/lsp/protocol.ts';
import { element, labelled } from './elements.ts';

export interface TryTarget {
  readonly root: HTMLElement;
  filled(): Pick<TryParams['filled'], 'server' | 'variables'>;
  /** The address has its variables filled in. */
  owner(): SecretOwner;
}

export interface TargetActions {
  chosen(owner: SecretOwner): void;
  environments(): void;
}

/** @param first The name of the environment that it begins with. */
export function tryTarget(
  { id, servers, environments }: OfferedForm,
  first: string | undefined,
  actions: TargetActions,
): TryTarget {
  const listId = `servers ${id}`;
  const server = element('input', {
    type: 'text',
    inputmode: 'url',
    spellcheck: 'false',
    list: listId,
    'aria-label': 'Server',
  });
  const list = element(
    'datalist',
    { id: listId },
    ...servers.map(({ url }) => element('option', { value: url })),
  );
  const choice = element(
    'select',
    { 'aria-label': 'Environment' },
    element('option', { value: '' }, 'none'),
    ...environments.map(({ name }) => element('option', { value: name }, name)),
  );
  const edit = element('button', { type: 'button', class: 'link' }, 'Environments …');
  edit.addEventListener('click', () => actions.environments());
  const fields = element('div', {});
  /** By name; what was typed stays while addresses change. */
  const values = new Map<string, string>();

  const names = (): readonly string[] => [
    ...new Set([...server.value.matchAll(variable)].map(([, name = '']) => name)),
  ];
  const filled = (): ReturnType<TryTarget['filled']> => {
    const variables = Object.fromEntries(names().map((name) => [name, values.get(name) ?? '']));
    return { server: server.value, ...(names().length > 0 && { variables }) };
  };
  const owner = (): SecretOwner => {
    const address = server.value.replace(variable, (_, name: string) => values.get(name) ?? '');
    return { server: address, ...(choice.value !== '' && { environment: choice.value }) };
  };
  const changed = (): void => actions.chosen(owner());

  function draw(): void {
    const described = servers.find(({ url }) => url === server.value)?.variables ?? [];
    fields.replaceChildren(
      ...names().map((name) => {
        const about = described.find((each) => each.name === name);
        const value = values.get(name) ?? about?.value ?? '';
        values.set(name, value);
        const input = about?.values
          ? element(
              'select',
              { 'aria-label': name },
              ...[...new Set([value, ...about.values])].map((each) =>
                element('option', { value: each }, each),
              ),
            )
          : element('input', { type: 'text', 'aria-label': name, spellcheck: 'false' });
        input.value = value;
        input.addEventListener('change', () => {
          values.set(name, input.value);
          changed();
        });
        return labelled(name, input, 'of the server');
      }),
    );
  }

  /** What an environment says goes before what the specification says. */
  function choose(): void {
    const environment = environments.find(({ name }) => name === choice.value);
    values.clear();
    for (const [name, value] of Object.entries(environment?.variables ?? {})) values.set(name, value);
    server.value = environment?.server ?? servers[0]?.url ?? '';
    draw();
  }

  choice.value = environments.find(({ name }) => name === first)?.name ?? '';
  choose();
  choice.addEventListener('change', () => {
    choose();
    changed();
  });
  server.addEventListener('input', draw);
  server.addEventListener('change', changed);
  const root = element(
    'div',
    {},
    environments.length > 0 ? labelled('Environment', choice) : undefined,
    labelled('Server', server),
    list,
    fields,
    element('p', {}, edit),
  );
  return { root, filled, owner };
}

const variable = /\{([^{}]*)\}/g;
