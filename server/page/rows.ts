/** Operations as rows that open. What is inside of a row is made when it opens. */

import type { ReportOperation, ReportPlace } from '../src/report/data.ts';
import { count, element } from './elements.ts';
import { type Group, states } from './select.ts';

/** Opens a place in the editor; undefined where there is none. */
export type GoTo = ((place: ReportPlace) => void) | undefined;

export interface Rows {
  readonly open: Set<string>;
  readonly goTo: GoTo;
}

export function groups(all: readonly Group[], rows: Rows): readonly HTMLElement[] {
  return all.map(({ title, operations }) => {
    const list = element('ul', { class: 'rows' }, ...operations.map((operation) => row(operation, rows)));
    if (title === '') return list;
    return element(
      'section',
      { class: 'group' },
      element('h2', {}, title, ' ', element('span', { class: 'number' }, String(operations.length))),
      list,
    );
  });
}

const words = new Map(states.map(([state, word, mark]) => [state, { word, mark }]));

function row(operation: ReportOperation, { open, goTo }: Rows): HTMLElement {
  const { id, method, path, state, deprecated, findings } = operation;
  const { word = '', mark = '' } = words.get(state) ?? {};
  const counted = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [count(number, severity === 'info' ? 'note' : severity)];
  });
  const summary = element(
    'summary',
    { 'data-id': id, tabindex: -1 },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    element('span', { class: 'method' }, method),
    element('span', { class: deprecated ? 'path deprecated' : 'path' }, path),
    element(
      'span',
      { class: 'state' },
      [word, ...(deprecated ? ['deprecated'] : []), ...counted].join(' · '),
    ),
  );
  const details = element('details', { class: `row ${state}` }, summary);
  const fill = (): void => {
    if (details.childElementCount === 1) details.append(inside(operation, goTo));
  };
  if (open.has(id)) {
    details.open = true;
    fill();
  }
  details.addEventListener('toggle', () => {
    if (details.open) open.add(id);
    else open.delete(id);
    fill();
  });
  return element('li', {}, details);
}

function inside(operation: ReportOperation, goTo: GoTo): HTMLElement {
  const { summary, state, reason, inSpec, inCode, controller, tags, owners, findings } = operation;
  const facts: readonly (readonly [string, Node | string | undefined])[] = [
    ['Summary', summary],
    [state === 'aside' ? 'Not compared' : 'Cannot tell', reason],
    ['Spec', inSpec && place(inSpec, goTo)],
    ['Code', inCode && place(inCode, goTo)],
    ['Controller', controller],
    ['Tags', tags.length > 0 ? tags.join(', ') : undefined],
    ['Owners', owners.length > 0 ? owners.join(' ') : undefined],
  ];
  return element(
    'div',
    { class: 'inside' },
    element(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([name, value]) =>
        value === undefined ? [] : [element('div', {}, element('dt', {}, name), element('dd', {}, value))],
      ),
    ),
    findings.length === 0
      ? undefined
      : element(
          'ul',
          { class: 'findings' },
          ...findings.map(({ rule, severity, message, at }) =>
            element(
              'li',
              { class: severity },
              element('span', { class: 'severity' }, severity === 'info' ? 'note' : severity),
              element('span', { class: 'message' }, message, ' ', element('code', {}, rule)),
              place(at, goTo),
            ),
          ),
        ),
  );
}

function place(at: ReportPlace, goTo: GoTo): HTMLElement {
  const text = `${at.file}:${at.line}`;
  if (!goTo) return element('code', { class: 'place' }, text);
  const button = element('button', { class: 'place', type: 'button' }, text);
  button.addEventListener('click', () => goTo(at));
  return button;
}
