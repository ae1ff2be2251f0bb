/**
 * The report as a page: alone in a file, with its data beside it, or in a panel of an editor, which sends the data and
 * sends it again whenever it changes.
 */

import type { ReportData, ReportPlace } from '../src/report/data.ts';
import { count, element } from './elements.ts';
import { figures } from './figures.ts';
import { type GoTo, groups } from './rows.ts';
import { group, type Grouping, groupings, select, type Selection, type State, states } from './select.ts';

/** What an editor gives its panels. */
interface Editor {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: (() => Editor) | undefined;

interface Kept {
  readonly search: string;
  readonly states: readonly State[];
  readonly grouping: Grouping;
}

function start(root: HTMLElement, editor: Editor | undefined): void {
  let selection = restored(editor);
  let data: readonly ReportData[] = [];
  const open = new Set<string>();
  const goTo: GoTo = editor && ((place: ReportPlace) => editor.postMessage({ kind: 'goTo', place }));

  const search = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Path, rule, file, tag, owner …',
    value: selection.search,
  });
  const buttons = new Map<State, HTMLButtonElement>();
  const grouping = element(
    'select',
    { id: 'grouping' },
    ...groupings.map(([value, title]) =>
      element('option', { value, selected: value === selection.grouping }, title),
    ),
  );
  const shown = element('p', { class: 'shown', role: 'status', 'aria-live': 'polite' });
  const top = element('header');
  const tools = element(
    'form',
    { class: 'tools', role: 'search', 'aria-label': 'Operations' },
    element('label', { for: 'search' }, 'Search'),
    search,
    element('div', { class: 'states', role: 'group', 'aria-label': 'States' }, ...states.map(stateButton)),
    element('span', { class: 'grouping' }, element('label', { for: 'grouping' }, 'Group by'), ' ', grouping),
  );
  const list = element('div', { class: 'list' });
  const foot = element('footer');
  root.replaceChildren(top, tools, shown, list, foot);

  function stateButton([state, word, mark]: (typeof states)[number]): HTMLElement {
    const button = element('button', { type: 'button', class: state, 'data-word': word, 'data-mark': mark });
    button.addEventListener('click', () => {
      const chosen = new Set(selection.states);
      if (!chosen.delete(state)) chosen.add(state);
      choose({ states: chosen });
    });
    buttons.set(state, button);
    return button;
  }

  function choose(part: Partial<Selection>): void {
    selection = { ...selection, ...part };
    editor?.setState({ ...selection, states: [...selection.states] } satisfies Kept);
    drawList();
  }

  function draw(): void {
    const [first] = data;
    if (!first) return;
    const names = data.map(({ name }) => name).join(', ');
    document.title = `${names}: contract report`;
    top.replaceChildren(
      element('h1', {}, names),
      ...(first.date === undefined ? [] : [element('p', { class: 'date' }, first.date)]),
      ...data.flatMap(({ name, kpis }) => [
        ...(data.length > 1 ? [element('h2', {}, name)] : []),
        figures(kpis),
      ]),
    );
    drawList();
    const unknowns = data.flatMap((each) => each.unknowns);
    foot.replaceChildren(
      ...(unknowns.length === 0
        ? []
        : [
            element('h2', {}, 'What could not be told, and why'),
            element(
              'ul',
              {},
              ...unknowns.map(({ text, count: times }) => element('li', {}, `${text} (${times})`)),
            ),
          ]),
    );
  }

  function drawList(): void {
    const all = data.flatMap(({ operations }) => operations);
    const numbers = new Map<State, number>();
    for (const { state } of select(all, { ...selection, states: new Set() }))
      numbers.set(state, (numbers.get(state) ?? 0) + 1);
    for (const [state, button] of buttons) {
      button.setAttribute('aria-pressed', String(selection.states.has(state)));
      button.textContent = `${button.dataset['mark'] ?? ''} ${button.dataset['word'] ?? ''} ${numbers.get(state) ?? 0}`;
    }
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['id'] : undefined;
    const found = select(all, selection);
    list.replaceChildren(...groups(group(found, selection.grouping), { open, goTo }));
    const known = data.reduce((sum, { hidden }) => sum + hidden.known, 0);
    const ignored = data.reduce((sum, { hidden }) => sum + hidden.ignored, 0);
    shown.textContent = [
      `${found.length} of ${count(all.length, 'operation')}`,
      ...(known > 0 ? [`${count(known, 'finding')} known to the baseline`] : []),
      ...(ignored > 0 ? [`${count(ignored, 'finding')} ignored`] : []),
    ].join(' · ');
    const again =
      focused === undefined ? undefined : summaries().find(({ dataset }) => dataset['id'] === focused);
    const entry = again ?? summaries()[0];
    if (entry) entry.tabIndex = 0;
    again?.focus();
  }

  function summaries(): readonly HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>('summary')];
  }

  /** One row is in the order of the tabulator; the arrows lead to the others. */
  list.addEventListener('keydown', (event) => {
    const at = event.target;
    if (!(at instanceof HTMLElement) || at.tagName !== 'SUMMARY') return;
    const all = summaries();
    const index = all.indexOf(at);
    const details = at.parentElement;
    const next =
      event.key === 'ArrowDown'
        ? all[index + 1]
        : event.key === 'ArrowUp'
          ? all[index - 1]
          : event.key === 'Home'
            ? all[0]
            : event.key === 'End'
              ? all.at(-1)
              : undefined;
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (
      details instanceof HTMLDetailsElement &&
      (event.key === 'ArrowRight' || event.key === 'ArrowLeft')
    ) {
      event.preventDefault();
      details.open = event.key === 'ArrowRight';
    }
  });
  list.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.tagName !== 'SUMMARY') return;
    for (const each of list.querySelectorAll<HTMLElement>('summary[tabindex="0"]')) each.tabIndex = -1;
    target.tabIndex = 0;
  });
  search.addEventListener('input', () => choose({ search: search.value }));
  grouping.addEventListener('change', () => {
    const chosen = groupings.find(([value]) => value === grouping.value);
    if (chosen) choose({ grouping: chosen[0] });
  });
  tools.addEventListener('submit', (event) => event.preventDefault());

  const beside = document.getElementById('data');
  if (beside) {
    data = [JSON.parse(beside.textContent ?? '') as ReportData];
    draw();
    return;
  }
  shown.textContent = 'Reading the workspace …';
  window.addEventListener(
    'message',
    ({ data: message }: MessageEvent<{ readonly reports?: readonly ReportData[] }>) => {
      if (!message.reports) return;
      data = message.reports;
      draw();
    },
  );
  editor?.postMessage({ kind: 'ready' });
}

/** What the panel showed before it was hidden. */
function restored(editor: Editor | undefined): Selection {
  const kept = (editor?.getState() ?? {}) as Partial<Kept>;
  return {
    search: kept.search ?? '',
    states: new Set(kept.states),
    grouping: kept.grouping ?? 'none',
  };
}

const root = document.getElementById('report');
if (root) start(root, typeof acquireVsCodeApi === 'undefined' ? undefined : acquireVsCodeApi());
