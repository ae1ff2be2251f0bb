/** What one part refers to, and what of it may concern other parts in another way than by references. */

import { parsePointer } from '../../text/document-node.ts';
import type { JsonPath } from '../document-data.ts';

export interface Link {
  /** Of the object with the `$ref`, in the document. */
  readonly from: JsonPath;
  readonly ref: string;
  /** Of what it refers to, in the document. */
  readonly to: readonly string[];
  /** It refers to something that it stands in, which Spectral leaves as it is. */
  readonly isOwn: boolean;
}

export interface Links {
  readonly links: readonly Link[];
  /** References that need Spectral's resolver: they lead to another file, or are written in an unusual way. */
  readonly foreign: readonly string[];
  /** Something gives a schema a name (`$id`, `$anchor`) by which others may find it. */
  readonly names: boolean;
  /** Some reference has keys beside it. */
  readonly hasSiblings: boolean;
}

/** References as nearly everybody writes them: none of their characters is written in another way in an URI. */
const PLAIN = /^#(?:\/(?:[\w.-]|~[01])+)+$/;

const NAMES: ReadonlySet<string> = new Set([
  '$id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$schema',
]);

/** @param path of `data` in its document */
export function linksOf(data: unknown, path: readonly string[]): Links {
  const links: Link[] = [];
  const foreign: string[] = [];
  let names = false;
  let hasSiblings = false;
  const at: string[] = [...path];
  const visit = (node: object, follows: boolean): void => {
    const ref = refOf(node);
    if (ref !== undefined && follows) {
      const to = PLAIN.test(ref) && !namesInherited(ref) ? parsePointer(ref.slice(1)) : undefined;
      if (to) links.push({ from: [...at], ref, to, isOwn: to.every((key, depth) => at[depth] === key) });
      else foreign.push(ref);
      hasSiblings ||= Object.keys(node).length > 1;
    }
    for (const [key, value] of Object.entries(node) as readonly (readonly [string, unknown])[]) {
      names ||= typeof value === 'string' && NAMES.has(key);
      if (typeof value !== 'object' || value === null) continue;
      at.push(key);
      // The resolver does not look beside a reference.
      visit(value, follows && ref === undefined);
      at.pop();
    }
  };
  if (typeof data === 'object' && data !== null) visit(data, true);
  return { links, foreign, names, hasSiblings };
}

/** Spectral's resolver finds what every object inherits, such as `constructor`. */
function namesInherited(ref: string): boolean {
  return ref.split('/').some((token) => token in Object.prototype);
}

/** The reference that an object is, as Spectral's resolver sees it. */
export function refOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { $ref } = node as { readonly $ref?: unknown };
  return typeof $ref === 'string' ? $ref : undefined;
}

/** What a local reference that is written in an unusual way leads to. Undefined for one that may lead anywhere. */
export function targetOfForeign(ref: string): readonly string[] | undefined {
  return ref.startsWith('#/') && !ref.includes('%') ? parsePointer(ref.slice(1)) : undefined;
}

/** Of a path in a document, as Spectral writes it where it keeps which reference stands where. */
export function writtenPointer(path: JsonPath): string {
  const tokens = path.map((token) =>
    String(token)
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
      .replace(/[^\w.!~*'()/–\-\u{D800}-\u{DFFF}]/gu, encodeURIComponent),
  );
  return `#/${tokens.join('/')}`;
}
