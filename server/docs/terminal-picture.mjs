/**
 * Draws the picture of the README from the real report of the example workspace:
 *
 *   node server/docs/terminal-picture.mjs
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const docs = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(docs));
const shownFiles = [
  'apps/accounts/src/accounts/accounts.controller.ts',
  'apps/orders/src/routes/carts.ts',
  'spec/orders/openapi.yaml',
];

const charWidth = 8.4;
const lineHeight = 19;
const margin = 20;
const colors = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#79c0ff' };

const run = spawnSync(
  process.execPath,
  [join(root, 'server/dist/cli.cjs'), 'check', join(root, 'test/fixtures/workspaces/example')],
  { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' } },
);
const lines = chosen(run.stdout.replace(/\n+$/, '').split('\n'));
writeFileSync(join(docs, 'terminal.svg'), picture([`\u001b[2m$\u001b[22m npm start`, ...lines]));

/** The head, a few files and the figures; the rest of the report is a row of dots. */
function chosen(all) {
  const plain = all.map((line) => line.replace(/\u001b\[\d+m/g, ''));
  const isHeading = (line) => /^\S+ {2}\d+ findings?$/.test(line);
  const out = [];
  let keep = true;
  let left = false;
  for (const [index, line] of plain.entries()) {
    if (isHeading(line)) keep = shownFiles.some((file) => line.startsWith(`${file} `));
    if (/^\S \d+ error/.test(line)) keep = true;
    if (!keep) {
      left = true;
      continue;
    }
    if (left) out.push('\u001b[2m⋮\u001b[22m', '');
    left = false;
    out.push(all[index]);
  }
  return out;
}

function picture(rows) {
  const width = Math.round(
    Math.max(...rows.map((row) => row.replace(/\u001b\[\d+m/g, '').length)) * charWidth + 2 * margin,
  );
  const height = rows.length * lineHeight + 2 * margin;
  const texts = rows.flatMap((row, index) => {
    if (row === '') return [];
    const y = margin + (index + 0.75) * lineHeight;
    return [`<text x="${margin}" y="${y}" xml:space="preserve">${spans(row)}</text>`];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The drift report of the example workspace in a terminal">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">
${texts.join('\n')}
</g>
</svg>
`;
}

/** Text with the colour codes that the report uses: colours, bold, dim. */
function spans(row) {
  let color;
  let bold = false;
  let dim = false;
  let column = 0;
  let out = '';
  for (const part of row.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code === undefined) {
      if (part === '') continue;
      const style = [
        `x="${(margin + column * charWidth).toFixed(1)}"`,
        // Fonts differ; the columns must not.
        `textLength="${(part.length * charWidth).toFixed(1)}"`,
        ...(color === undefined ? [] : [`fill="${color}"`]),
        ...(bold ? ['font-weight="bold"'] : []),
        ...(dim ? ['opacity="0.6"'] : []),
      ];
      out += `<tspan ${style.join(' ')}>${part.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</tspan>`;
      column += part.length;
    } else if (code === '1') bold = true;
    else if (code === '2') dim = true;
    else if (code === '22') bold = dim = false;
    else if (code === '39') color = undefined;
    else color = colors[code] ?? color;
  }
  return out;
}
