/**
 * A specification as a page, in a panel of an editor. The editor sends the outline whenever it changes, the inside of
 * an operation when it is asked for, and which operation the cursor stands in.
 */

import type { Preview, PreviewDetails, PreviewOperation } from '../src/lsp/features/preview.ts';
import type { OfferedForm } from '../src/lsp/preview.ts';
import type { Tried, WireLocation } from '../src/lsp/protocol.ts';
import { count, element, setChildren } from './elements.ts';
import { prose } from './markdown.ts';
import { inside } from './preview-operation.ts';
import { tryView, type TryView } from './try-operation.ts';

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
  readonly tryForm?: OfferedForm;
  readonly secrets?: { readonly id: string; readonly given: readonly string[] };
  readonly tried?: { readonly id: string; readonly result: Tried };
}

/** What is there again after the window was closed; the editor reads `uri`. */
interface KeptState {
  readonly uri?: string;
  /** The name of the one that was chosen last. */
  readonly environment?: string | undefined;
}

const states: Readonly<Record<Operation['state'], readonly [mark: string, word: string]>> = {
  matched: ['✓', 'matches the code'],
  drift: ['≠', 'differs from the code'],
  undocumented: ['+', 'only in the code'],
  unimplemented: ['−', 'not in the code'],
  aside: ['·', 'not compared'],
  unknown: ['?', 'not compared with code'],
};

/** An operation as it was drawn. */
interface Row {
  readonly operation: Operation;
  readonly root: HTMLDetailsElement;
  readonly inside: HTMLElement;
}

function start(root: HTMLElement, editor: Editor): void {
  /** INVARIANT: what is open is what this says; elements follow. */
  const open = new Set<string>();
  const details = new Map<string, Details>();
  /** Forms stay as they are filled in, whatever is typed beside them. */
  const tries = new Map<string, TryView>();
  const rows = new Map<string, Row>();
  const sections = new Map<string, HTMLElement>();
  const top = element('header', {});
  const { environment: kept } = (editor.getState() ?? {}) as KeptState;
  let state: KeptState = { ...(kept !== undefined && { environment: kept }) };

  function keep(more: KeptState): void {
    state = { ...state, ...more };
    editor.setState(state);
  }

  function draw(outline: Outline | null | undefined): void {
    if (!outline) {
      const told = outline === null ? 'This is no OpenAPI document, or it cannot be read yet.' : 'Reading …';
      setChildren(root, [element('p', { class: 'nothing' }, told)]);
      return;
    }
    const { title, version, openapi, description, servers, groups } = outline;
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['id'] : undefined;
    top.replaceChildren(
      element('h1', {}, title, ' ', element('span', { class: 'version' }, version)),
      element('p', { class: 'quiet' }, [`OpenAPI ${openapi}`, ...servers].join(' · ')),
      ...(description === undefined ? [] : [prose(description)]),
    );
    const at = window.scrollY;
    const drawn = groups.map(({ tag, description: about, operations }) => {
      const section = sections.get(tag) ?? element('section', {});
      sections.set(tag, section);
      setChildren(section, [
        ...(tag === '' ? [] : [element('h2', {}, tag)]),
        ...(about === undefined ? [] : [prose(about)]),
        ...operations.map((operation) => rowOf(operation).root),
      ]);
      return section;
    });
    setChildren(root, [top, ...drawn]);
    window.scrollTo(0, at);
    if (focused !== undefined && document.activeElement === document.body)
      rows.get(focused)?.root.querySelector('summary')?.focus();
  }

  /** The one that is there, unless it shows something else. */
  function rowOf(operation: Operation): Row {
    const known = rows.get(operation.id);
    if (known && JSON.stringify(known.operation) === JSON.stringify(operation)) return known;
    const made = newRow(operation);
    rows.set(operation.id, made);
    render(operation.id);
    return made;
  }

  function newRow(operation: Operation): Row {
    const { id, method, path, summary, deprecated, state: compared, findings } = operation;
    const [mark, word] = states[compared];
    const told = findings > 0 ? `${word}: ${count(findings, 'finding')}` : word;
    const head = element(
      'summary',
      { 'data-id': id },
      element('span', { class: 'method' }, method),
      element('span', { class: deprecated ? 'path deprecated' : 'path' }, path),
      summary === undefined ? undefined : element('span', { class: 'summary' }, summary),
      element('span', { class: `state ${compared}`, title: told, 'aria-label': told, role: 'img' }, mark),
    );
    const inner = element('div', { class: 'inside' });
    const made = element(
      'details',
      { 'data-row': id, class: `operation ${method.toLowerCase()}` },
      head,
      inner,
    );
    head.addEventListener('click', (event) => {
      event.preventDefault();
      setOpen(id, !open.has(id));
    });
    // A browser opens what a search found in it.
    made.addEventListener('toggle', () => {
      if (rows.get(id)?.root === made && made.open !== open.has(id)) setOpen(id, made.open);
    });
    return { operation, root: made, inside: inner };
  }

  function setOpen(id: string, isOpen: boolean): void {
    if (isOpen) open.add(id);
    else open.delete(id);
    render(id);
    if (isOpen) editor.postMessage({ kind: 'details', id });
  }

  /** Makes a row what is known of it. */
  function render(id: string): void {
    const row = rows.get(id);
    if (!row) return;
    row.root.open = open.has(id);
    if (!open.has(id)) return;
    const known = details.get(id);
    const source = element('button', { type: 'button', class: 'source' }, 'Show in the document');
    source.addEventListener('click', () => editor.postMessage({ kind: 'goTo', at: row.operation.at }));
    setChildren(row.inside, [
      known
        ? inside(known, (place) => editor.postMessage({ kind: 'goTo', at: place }))
        : element('p', { class: 'quiet' }, 'Reading …'),
      element('p', { class: 'doors' }, source),
      tries.get(id)?.root ?? tryButton(id),
    ]);
  }

  function tryButton(id: string): HTMLElement {
    const button = element('button', { type: 'button', class: 'try-it' }, 'Try it');
    button.addEventListener('click', () => editor.postMessage({ kind: 'try', id }));
    return button;
  }

  function openForm(form: OfferedForm): void {
    const { id } = form;
    const view = tryView(form, state.environment, {
      send: (filled, { environment }) =>
        editor.postMessage({ kind: 'send', id, filled, ...(environment !== undefined && { environment }) }),
      secret: (owner, credential) => editor.postMessage({ kind: 'secret', id, owner, credential }),
      chosen: (owner) => {
        keep({ environment: owner.environment });
        editor.postMessage({ kind: 'secrets', id, owner });
      },
      environments: () => editor.postMessage({ kind: 'environments' }),
    });
    tries.set(id, view);
    render(id);
    editor.postMessage({ kind: 'secrets', id, owner: view.owner() });
  }

  window.addEventListener('message', ({ data }: MessageEvent<FromEditor>) => {
    if (data.uri !== undefined) keep({ uri: data.uri });
    if (data.preview !== undefined) {
      draw(data.preview);
      // What is open may say something else now.
      for (const id of open) editor.postMessage({ kind: 'details', id });
    }
    if (data.details) {
      details.set(data.details.id, data.details);
      render(data.details.id);
    }
    if (data.tryForm) openForm(data.tryForm);
    if (data.secrets) tries.get(data.secrets.id)?.given(data.secrets.given);
    if (data.tried) tries.get(data.tried.id)?.show(data.tried.result);
    if (data.reveal !== undefined) reveal(data.reveal);
  });

  function reveal(id: string): void {
    for (const other of root.querySelectorAll('.current')) other.classList.remove('current');
    const row = rows.get(id);
    if (!row) return;
    row.root.classList.add('current');
    if (!open.has(id)) setOpen(id, true);
    row.root.scrollIntoView({ block: 'nearest' });
  }

  draw(undefined);
  editor.postMessage({ kind: 'ready' });
}

const root = document.getElementById('preview');
if (root) start(root, acquireVsCodeApi());
