/**
 * A specification as a page, in a panel of an editor. The editor sends the outline whenever it changes, the inside of
 * an operation when it is asked for, and which operation the cursor stands in.
 */

import type { Preview, PreviewDetails, PreviewOperation } from '../src/lsp/features/preview.ts';
import type { TryForm } from '../src/lsp/features/try-operation.ts';
import type { WireLocation } from '../src/lsp/protocol.ts';
import { element } from './elements.ts';
import { prose } from './markdown.ts';
import { inside } from './preview-operation.ts';
import { tryView, type Tried, type TryView } from './try-operation.ts';

interface Editor {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => Editor;

type Outline = Preview<WireLocation>;
type Details = PreviewDetails<WireLocation>;
type Operation = PreviewOperation<WireLocation>;

interface FromEditor {
  readonly uri?: string;
  readonly preview?: Outline | null;
  readonly details?: Details;
  /** The operation that the cursor stands in. */
  readonly reveal?: string;
  /** A form that was asked for; which secrets there are for its server; what came back. */
  readonly tryForm?: TryForm;
  readonly secrets?: { readonly id: string; readonly given: readonly string[] };
  readonly tried?: { readonly id: string; readonly result: Tried };
}

const states: Readonly<Record<Operation['state'], readonly [mark: string, word: string]>> = {
  matched: ['✓', 'matches the code'],
  drift: ['≠', 'differs from the code'],
  undocumented: ['+', 'only in the code'],
  unimplemented: ['−', 'not in the code'],
  aside: ['·', 'not compared'],
  unknown: ['?', 'not compared with code'],
};

function start(root: HTMLElement, editor: Editor): void {
  const open = new Set<string>();
  const details = new Map<string, Details>();
  /** Forms stay as they are filled in, whatever is typed beside them. */
  const tries = new Map<string, TryView>();
  let outline: Outline | null | undefined;

  function draw(): void {
    if (!outline) {
      root.replaceChildren(
        element(
          'p',
          { class: 'nothing' },
          outline === null ? 'This is no OpenAPI document, or it cannot be read yet.' : 'Reading …',
        ),
      );
      return;
    }
    const { title, version, openapi, description, servers, groups } = outline;
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['id'] : undefined;
    const top = element(
      'header',
      {},
      element('h1', {}, title, ' ', element('span', { class: 'version' }, version)),
      element('p', { class: 'quiet' }, [`OpenAPI ${openapi}`, ...servers].join(' · ')),
      description === undefined ? undefined : prose(description),
    );
    const at = window.scrollY;
    root.replaceChildren(
      top,
      ...groups.map(({ tag, description: about, operations }) =>
        element(
          'section',
          {},
          tag === '' ? undefined : element('h2', {}, tag),
          about === undefined ? undefined : prose(about),
          ...operations.map(row),
        ),
      ),
    );
    window.scrollTo(0, at);
    if (focused !== undefined) rowOf(focused)?.querySelector('summary')?.focus();
  }

  function row({ id, method, path, summary, deprecated, state, findings, at }: Operation): HTMLElement {
    const [mark, word] = states[state];
    const told = findings > 0 ? `${word}: ${findings} ${findings === 1 ? 'finding' : 'findings'}` : word;
    const made = element(
      'details',
      { 'data-row': id, class: `operation ${method.toLowerCase()}` },
      element(
        'summary',
        { 'data-id': id },
        element('span', { class: 'method' }, method),
        element('span', { class: deprecated ? 'path deprecated' : 'path' }, path),
        summary === undefined ? undefined : element('span', { class: 'summary' }, summary),
        element('span', { class: `state ${state}`, title: told, 'aria-label': told, role: 'img' }, mark),
      ),
    );
    const source = element('button', { type: 'button', class: 'source' }, 'Show in the document');
    source.addEventListener('click', () => editor.postMessage({ kind: 'goTo', at }));
    const fill = (): void => {
      const known = details.get(id);
      const body = known
        ? inside(known, (place) => editor.postMessage({ kind: 'goTo', at: place }))
        : element('p', { class: 'quiet' }, 'Reading …');
      const form = tries.get(id)?.root ?? tryButton(id);
      made.replaceChildren(
        ...[...made.children].slice(0, 1),
        element('div', { class: 'inside' }, body, element('p', { class: 'doors' }, source), form),
      );
    };
    made.open = open.has(id);
    if (made.open) fill();
    made.addEventListener('toggle', () => {
      if (!made.open) {
        open.delete(id);
        return;
      }
      open.add(id);
      fill();
      editor.postMessage({ kind: 'details', id });
    });
    made.addEventListener('filled', fill);
    return made;
  }

  function tryButton(id: string): HTMLElement {
    const button = element('button', { type: 'button', class: 'try-it' }, 'Try it');
    button.addEventListener('click', () => editor.postMessage({ kind: 'try', id }));
    return button;
  }

  function openForm(form: TryForm): void {
    const { id } = form;
    const chosen = (server: string): void => editor.postMessage({ kind: 'secrets', id, server });
    tries.set(
      id,
      tryView(form, {
        send: (filled) => editor.postMessage({ kind: 'send', id, filled }),
        secret: (server, credential) => editor.postMessage({ kind: 'secret', id, server, credential }),
        chosen,
      }),
    );
    rowOf(id)?.dispatchEvent(new Event('filled'));
    chosen(form.servers[0] ?? '');
  }

  function rowOf(id: string): HTMLDetailsElement | undefined {
    return [...root.querySelectorAll<HTMLDetailsElement>('details[data-row]')].find(
      ({ dataset }) => dataset['row'] === id,
    );
  }

  window.addEventListener('message', ({ data }: MessageEvent<FromEditor>) => {
    if (data.uri !== undefined) editor.setState({ uri: data.uri });
    if (data.preview !== undefined) {
      outline = data.preview;
      draw();
      // What is open may say something else now.
      for (const id of open) editor.postMessage({ kind: 'details', id });
    }
    if (data.details) {
      details.set(data.details.id, data.details);
      rowOf(data.details.id)?.dispatchEvent(new Event('filled'));
    }
    if (data.tryForm) openForm(data.tryForm);
    if (data.secrets) tries.get(data.secrets.id)?.given(data.secrets.given);
    if (data.tried) tries.get(data.tried.id)?.show(data.tried.result);
    if (data.reveal !== undefined) reveal(data.reveal);
  });

  function reveal(id: string): void {
    const made = rowOf(id);
    for (const other of root.querySelectorAll('.current')) other.classList.remove('current');
    made?.classList.add('current');
    if (!made) return;
    made.open = true;
    made.scrollIntoView({ block: 'nearest' });
  }

  draw();
  editor.postMessage({ kind: 'ready' });
}

const root = document.getElementById('preview');
if (root) start(root, acquireVsCodeApi());
