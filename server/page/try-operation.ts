/** A form to try an operation, and what came back. Requests are the editor's business: the page itself reaches nobody. */

import type { TryForm, TryParameter } from '../src/lsp/features/try-operation.ts';
import type { TryParams, WireCredential } from '../src/lsp/protocol.ts';
import { element } from './elements.ts';

/** What came back, see client/src/try-it.ts. */
export interface Tried {
  readonly refused?: string;
  readonly status?: number;
  readonly statusText?: string;
  readonly milliseconds?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly clipped?: boolean;
}

export interface TryView {
  readonly root: HTMLElement;
  /** The schemes for which the editor has a secret for the server. */
  given(schemes: readonly string[]): void;
  show(tried: Tried): void;
}

export interface TryActions {
  send(filled: TryParams['filled']): void;
  secret(server: string, credential: WireCredential): void;
  /** Another server was chosen: which secrets are there for it? */
  chosen(server: string): void;
}

export function tryView(form: TryForm, actions: TryActions): TryView {
  const { id, method, servers, parameters, bodies, credentials } = form;
  const listId = `servers ${id}`;
  const server = element('input', { type: 'url', value: servers[0], list: listId, 'aria-label': 'Server' });
  const list = element(
    'datalist',
    { id: listId },
    ...servers.map((url) => element('option', { value: url })),
  );
  const inputs = parameters.map((each) => ({ each, input: inputOf(each) }));
  const media = element(
    'select',
    { 'aria-label': 'Media type' },
    ...bodies.map(({ mediaType }) => element('option', { value: mediaType }, mediaType)),
  );
  const body = element('textarea', { rows: 6, spellcheck: 'false', 'aria-label': 'Body' });
  body.value = bodies[0]?.example ?? '';
  media.addEventListener('change', () => (body.value = bodies[media.selectedIndex]?.example ?? ''));
  const secrets = credentials.map((credential) => {
    const button = element('button', { type: 'button', class: 'link' }, secretText(credential, false));
    button.addEventListener('click', () => actions.secret(server.value, credential));
    return { credential, button };
  });
  const send = element('button', { type: 'submit', class: 'send' }, `Send ${method}`);
  const result = element('div', { class: 'tried', 'aria-live': 'polite' });
  const root = element(
    'form',
    { class: 'try' },
    labelled('Server', server),
    list,
    ...inputs.map(({ each, input }) =>
      labelled(`${each.key}${each.required ? ' *' : ''}`, input, `${each.in} ${each.type}`),
    ),
    ...(bodies.length > 0 ? [labelled('Body', media), body] : []),
    ...secrets.map(({ button }) => element('p', {}, button)),
    element('p', {}, send),
    result,
  );
  server.addEventListener('change', () => actions.chosen(server.value));
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    result.replaceChildren(element('p', { class: 'quiet' }, 'Waiting …'));
    actions.send({
      server: server.value,
      values: Object.fromEntries(inputs.map(({ each, input }) => [`${each.in} ${each.key}`, input.value])),
      ...(bodies.length > 0 && { mediaType: media.value, body: body.value }),
    });
  });
  return {
    root,
    given(schemes) {
      for (const { credential, button } of secrets)
        button.textContent = secretText(credential, schemes.includes(credential.scheme));
    },
    show(tried) {
      send.disabled = false;
      result.replaceChildren(...resultOf(tried));
    },
  };
}

function inputOf({ key, value, required }: TryParameter): HTMLInputElement {
  return element('input', { type: 'text', value, required, 'aria-label': key, spellcheck: 'false' });
}

function labelled(name: string, input: HTMLElement, about?: string): HTMLElement {
  return element(
    'label',
    {},
    element('span', { class: 'name' }, name),
    input,
    about === undefined ? undefined : element('span', { class: 'quiet' }, about),
  );
}

function secretText({ scheme }: WireCredential, isGiven: boolean): string {
  return isGiven ? `${scheme}: kept for this server. Change …` : `${scheme}: give a secret for this server …`;
}

function resultOf(tried: Tried): readonly HTMLElement[] {
  if (tried.refused !== undefined) return [element('p', { class: 'refused' }, tried.refused)];
  const { status = 0, statusText = '', milliseconds = 0, headers = [], body = '', clipped } = tried;
  const kind = String(status).slice(0, 1);
  return [
    element(
      'p',
      {},
      element('code', { class: `status s${kind}` }, String(status)),
      ` ${statusText} `,
      element('span', { class: 'quiet' }, `${milliseconds} ms`),
    ),
    element(
      'details',
      {},
      element('summary', {}, 'Headers'),
      element('pre', {}, headers.map(([name, value]) => `${name}: ${value}`).join('\n')),
    ),
    ...(body === '' ? [] : [element('pre', { class: 'body' }, readable(body))]),
    ...(clipped === true ? [element('p', { class: 'quiet' }, 'The rest is not shown.')] : []),
  ];
}

/** JSON on lines. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
