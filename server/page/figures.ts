/** The figures at the top, each with its definition and how it moved. */

import type { ReportKpi } from '../src/report/data.ts';
import { element, svg } from './elements.ts';

export function figures(kpis: readonly ReportKpi[]): HTMLElement {
  return element('dl', { class: 'figures' }, ...kpis.map(figure));
}

function figure({ id, title, definition, part, whole, share, trend }: ReportKpi): HTMLElement {
  const measured = whole > 0;
  return element(
    'div',
    { class: 'figure', title: definition },
    element('dt', {}, title),
    element('dd', { class: 'share' }, share, sparkline(trend)),
    element(
      'dd',
      { class: 'of' },
      measured ? `${part} of ${whole}` : id === 'lint' ? 'not linted' : 'nothing to measure',
    ),
    element('dd', { class: 'definition' }, definition),
  );
}

const width = 80;
const height = 24;
const most = 40;

/** From 0 % at the bottom to 100 % at the top. */
function sparkline(trend: readonly number[]): Node | undefined {
  const shown = trend.slice(-most);
  const [first] = shown;
  const last = shown.at(-1);
  if (shown.length < 2 || first === undefined || last === undefined) return undefined;
  const step = width / (shown.length - 1);
  const points = shown.map(
    (share, at) => `${(at * step).toFixed(1)},${(height - 2 - share * (height - 4)).toFixed(1)}`,
  );
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const label = `From ${percent(first)} to ${percent(last)} over ${shown.length} reports`;
  return svg(
    'svg',
    { class: 'trend', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label },
    svg('polyline', { points: points.join(' '), fill: 'none', stroke: 'currentColor', 'stroke-width': 2 }),
  );
}
