/** Markdown with places in it. What users wrote is text unless it is meant as Markdown, and never can run anything. */

import type { Span } from '../../contract/span.ts';

/**
 * A text as it stands, or a link: to a place, or to the page of a rule. The label of a link is finished Markdown.
 * `to-lsp.ts` knows how links are written.
 */
export type MarkdownPart =
  string | { readonly label: string; readonly to: Span } | { readonly label: string; readonly rule: string };

export type Markdown = readonly MarkdownPart[];

/** Text in which nothing is Markdown, HTML or an entity, on one line. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()<>#+\-.!|~&$:]/g, (char, at: number, whole: string) =>
      isHarmless(char, at, whole) ? char : `\\${char}`,
    );
}

/** Signs that mean something at the start of a line or beside a space only; a backslash at each would be hard to read. */
function isHarmless(char: string, at: number, whole: string): boolean {
  if ('-+.#'.includes(char)) return at > 0 && !/^\d+$/.test(whole.slice(0, at));
  if ('(){}:$'.includes(char)) return !(char === ':' && whole.startsWith('://', at));
  if (char === '!') return whole[at + 1] !== '[';
  return false;
}

/** Text as code, on one line, whatever backticks it has. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Code inside of a table: a bar would end the cell, even in code. */
export function cellCode(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/**
 * A description, which OpenAPI says is CommonMark: shown as such, without HTML, images and links to anything but the
 * web. Cut at the end of a paragraph beyond `limit` characters.
 */
export function description(text: string, limit = 600): string {
  const safe = text
    .trim()
    .replace(/<(?!https?:)/g, '&lt;')
    .replace(/!\[/g, '\\!\\[')
    .replace(/\]\(\s*(?!https?:\/\/)/g, ']\\(')
    .replace(/^(\s*\[[^\]]*\]):/gm, '$1\\:');
  if (safe.length <= limit) return safe;
  const paragraph = safe.lastIndexOf('\n\n', limit);
  if (paragraph > limit / 4) return `${safe.slice(0, paragraph)}\n\n…`;
  const space = safe.lastIndexOf(' ', limit);
  return `${safe.slice(0, space > 0 ? space : limit)}…`;
}

/** A table whose cells are finished Markdown; nothing without rows. Columns that are empty in every row are left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const kept = head.map((_, column) => column === 0 || rows.some((row) => (row[column] ?? '') !== ''));
  const line = (cells: readonly string[]): string =>
    `| ${head.flatMap((_, column) => (kept[column] === true ? [cells[column] ?? ''] : [])).join(' | ')} |`;
  return [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n');
}

/** Blocks with empty lines between them; empty ones vanish. */
export function blocks(parts: readonly Markdown[]): Markdown {
  const filled = parts.filter((part) => part.some((piece) => piece !== ''));
  return filled.flatMap((part, index) => (index === 0 ? part : ['\n\n', ...part]));
}

/** Puts `separator` between items. */
export function joined(items: readonly Markdown[], separator: string): Markdown {
  return items.flatMap((item, index) => (index === 0 ? item : [separator, ...item]));
}

export function link(label: string, to: Span): Markdown {
  return [{ label, to }];
}
