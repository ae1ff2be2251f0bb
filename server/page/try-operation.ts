/** A form to try an operation, and what came back. Requests are the editor's business: the page itself reaches nobody. */

import type { TryParameter } from '../src/lsp/features/try-operation.ts';
import type { OfferedForm } from '../src/lsp/preview.ts';
import type { SecretOwner, Tried, TryParams, WireCredential } from '../src/lsp/protocol.ts';
import { element, labelled } from './elements.ts';
import { tryTarget } from './try-target.ts';

export interface TryView {
  readonly root: HTMLElement;
  owner(): SecretOwner;
  /** The schemes for which the editor has a secret for the server. */
  given(schemes: readonly string[]): void;
  show(tried: Tried): void;
}

export interface TryActions {
  send(filled: TryParams['filled'], owner: SecretOwner): void;
  secret(owner: SecretOwner, credential: WireCredential): void;
  /** Another server was chosen: which secrets are there for it? */
  chosen(owner: SecretOwner): void;
  /** Where environments are written down. */
  environments(): void;
}

export function tryView(form: OfferedForm, environment: string | undefined, actions: TryActions): TryView {
  const { method, parameters, bodies, credentials } = form;
  const target = tryTarget(form, environment, actions);
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
    button.addEventListener('click', () => actions.secret(target.owner(), credential));
    return { credential, button };
  });
  const send = element('button', { type: 'submit', class: 'send' }, `Send ${method}`);
  const result = element('div', { class: 'tried', 'aria-live': 'polite' });
  const root = element(
    'form',
    { class: 'try' },
    target.root,
    ...inputs.map(({ each, input }) =>
      labelled(`${each.key}${each.required ? ' *' : ''}`, input, `${each.in} ${each.type}`),
    ),
    ...(bodies.length > 0 ? [labelled('Body', media), body] : []),
    ...secrets.map(({ button }) => element('p', {}, button)),
    element('p', {}, send),
    result,
  );
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    result.replaceChildren(element('p', { class: 'quiet' }, 'Waiting …'));
    const filled = {
      ...target.filled(),
      values: Object.fromEntries(inputs.map(({ each, input }) => [`${each.in} ${each.key}`, input.value])),
      ...(bodies.length > 0 && { mediaType: media.value, body: body.value }),
    };
    actions.send(filled, target.owner());
  });
  return {
    root,
    owner: target.owner,
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

function secretText({ scheme }: WireCredential, isGiven: boolean): string {
  return isGiven ? `${scheme}: kept for this server. Change …` : `${scheme}: give a secret for this server …`;
}

function resultOf(tried: Tried): readonly HTMLElement[] {
  if ('refused' in tried) return [element('p', { class: 'refused' }, tried.refused)];
  const { status, statusText, milliseconds, headers, body, clipped } = tried;
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
    ...(clipped ? [element('p', { class: 'quiet' }, 'The rest is not shown.')] : []),
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
