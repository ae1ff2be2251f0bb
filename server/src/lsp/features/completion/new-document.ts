/** The beginning of a specification, in a file that has nothing yet. */

import type { Plain } from '../../../text/document-style.ts';
import { verbatim, type Completion } from './item.ts';
import { skeletonOf } from './skeletons.ts';
import type { TypingPlace } from './scene.ts';

const beginnings: readonly (readonly [string, string])[] = [
  ['3.1', 'openapi: 3.1.1'],
  ['3.2', 'openapi: 3.2.0'],
  ['3.0', 'openapi: 3.0.4'],
  ['2.0', "swagger: '2.0'"],
];

/** Undefined in a file that has something, or is no YAML. */
export function newDocument({ file, text, offset }: TypingPlace): readonly Completion[] | undefined {
  if (
    !/\.ya?ml$/i.test(file) ||
    !/^\s*(?:o(?:p(?:e(?:n(?:a(?:p(?:i)?)?)?)?)?)?|s(?:w(?:a(?:g(?:g(?:e(?:r)?)?)?)?)?)?)?\s*$/.test(text)
  )
    return undefined;
  const typed = text.trim();
  const start = typed === '' ? offset : text.indexOf(typed);
  // In other files nobody wants to begin one unless they say so.
  if (typed === '' && !/openapi|swagger|api/i.test(file.split('/').at(-1) ?? '')) return undefined;
  return beginnings.map(([version, first], rank) => ({
    label: `OpenAPI ${version}`,
    kind: 'snippet',
    detail: 'a new specification',
    insert: `${verbatim(first)}\ninfo:\n${infoLines()}\npaths:\n  $0`,
    start,
    end: start + typed.length,
    also: [],
    filter: `${first} openapi`,
    rank,
  }));
}

function infoLines(): string {
  const info: Readonly<Record<string, Plain>> = skeletonOf('info', '3.1') ?? {};
  return Object.keys(info)
    .map((key, index) => `  ${key}: \${${index + 1}:${key === 'title' ? 'My API' : '1.0.0'}}`)
    .join('\n');
}
