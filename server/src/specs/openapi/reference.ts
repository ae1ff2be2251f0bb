/** What a `$ref` names, from its text alone (RFC 3986 as OpenAPI 3.1, section 4.6 uses it). */

import { type FileId, fileId } from '../../contract/span.ts';
import { parsePointer } from '../../text/document-node.ts';

export type Fragment =
  | { readonly kind: 'pointer'; readonly tokens: readonly string[] }
  /** A name that `$anchor` or `$dynamicAnchor` gives. */
  | { readonly kind: 'anchor'; readonly name: string };

export type Reference =
  | { readonly kind: 'file'; readonly file: FileId; readonly fragment: Fragment }
  /** An absolute URI: something that only a network, or an `$id` in a document at hand, could tell us about. */
  | { readonly kind: 'absolute'; readonly uri: string; readonly fragment: Fragment };

/** Reads the text of a `$ref` that stands in the file `from`. */
export function parseReference(from: FileId, text: string): Reference {
  const hash = text.indexOf('#');
  const address = hash === -1 ? text : text.slice(0, hash);
  const fragment = parseFragment(hash === -1 ? '' : text.slice(hash + 1));
  if (address === '') return { kind: 'file', file: from, fragment };
  // One letter is the drive of a Windows path and no scheme.
  if (/^[a-z][a-z0-9+.-]+:/i.test(address) || address.startsWith('//'))
    return { kind: 'absolute', uri: address, fragment };
  return { kind: 'file', file: joinPath(from, decode(address.replaceAll('\\', '/'))), fragment };
}

/** The file at a relative path as seen from the folder of `from`; a leading `/` means the workspace folder. */
export function joinPath(from: FileId, path: string): FileId {
  const withoutQuery = path.replace(/\?.*$/, '');
  const base = withoutQuery.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const parts: string[] = [];
  for (const part of [...base, ...withoutQuery.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return fileId(parts.join('/'));
}

function parseFragment(text: string): Fragment {
  const decoded = decode(text);
  const tokens = parsePointer(decoded);
  return tokens ? { kind: 'pointer', tokens } : { kind: 'anchor', name: decoded };
}

/** Text with a stray `%` means that `%`: people write file names and not URIs. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
