/** Addresses of requests, and what they have in common: the template of a path. */

import { freeName, isIdentifier, pascal, singular, wordsOf } from '../../contract/words.ts';
import type { Address, Segment } from './exchange.ts';

/** Values of `{{name}}`. */
export type Variables = ReadonlyMap<string, string>;

/** Undefined for what is no address. User names and passwords in it are left out. */
export function addressOf(text: string, variables: Variables = new Map()): Address | undefined {
  const written = withBase(text.trim(), variables);
  const match = /^(?:([a-z][a-z\d+.-]*):\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i.exec(written);
  const [, scheme, authority = '', path = '', query = ''] = match ?? [];
  if (!match || (scheme === undefined && !path.startsWith('/'))) return undefined;
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return undefined;
  const host = authority.replace(/^.*@/, '').toLowerCase();
  const isKnown = scheme !== undefined && /^[\w.:[\]-]+$/.test(host);
  return {
    origin: isKnown ? `${scheme.toLowerCase()}://${host}` : undefined,
    segments: path.split('/').filter(Boolean).map(segmentOf),
    query: query
      .split('&')
      .filter(Boolean)
      .map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return { name: decoded(name), value: decoded(value.join('=')) };
      })
      .filter(({ name }) => name !== '' && !name.includes('{{')),
  };
}

/** `{{baseUrl}}/teas`: the variable in front is where the server is. */
function withBase(text: string, variables: Variables): string {
  const [whole, name = ''] = /^\{\{([^{}]*)\}\}/.exec(text) ?? [];
  if (whole === undefined)
    return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)|^localhost\b/.test(text) ? `https://${text}` : text;
  const value = variables.get(name.trim()) ?? '';
  const rest = text.slice(whole.length);
  if (/^https?:\/\/[^{}]*$/i.test(value)) return `${value.replace(/\/$/, '')}${rest}`;
  // Protocol or host are variables too: what comes behind the host is all that is known.
  const path = rest.replace(/^(?:\{\{[^{}]*\}\}|[^/{])*(?:\/\/[^/]*)?/, '');
  return path === '' ? '/' : path;
}

function segmentOf(written: string): Segment {
  const text = decoded(written);
  const variable = /^:(\w[\w-]*)$/.exec(text)?.[1] ?? /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(text)?.[1];
  return variable === undefined ? { text } : { text, variable };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** One segment of a template: a word, or a parameter with what is known of its values. */
export type Part =
  | { readonly literal: string }
  | { readonly parameter: string; readonly schema: { readonly type: string; readonly format?: string } };

/** The template of an address: `/users/42/orders` → `/users/{userId}/orders`. */
export function templateOf({ segments }: Address): readonly Part[] {
  const taken = new Set<string>();
  return segments.map((segment, index): Part => {
    const { text, variable } = segment;
    // Braces would be parameters.
    if (variable === undefined && !isIdentifier(text) && !/[{}]/.test(text)) return { literal: text };
    const before = segments[index - 1];
    const wanted = nameOf(variable, before?.variable === undefined ? before?.text : undefined);
    const name = freeName(wanted, (each) => taken.has(each));
    taken.add(name);
    return { parameter: name, schema: schemaOf(variable === undefined ? text : '') };
  });
}

function nameOf(variable: string | undefined, before: string | undefined): string {
  const words = wordsOf(variable ?? '');
  if (words.length > 0) return camel(words);
  const owner = wordsOf(before ?? '').filter((word) => !/^\d|^v\d+$/.test(word));
  const last = owner.at(-1);
  return last === undefined ? 'id' : camel([...owner.slice(0, -1), singular(last), 'id']);
}

function camel([first = 'id', ...more]: readonly string[]): string {
  return first + more.map((word) => pascal(word)).join('');
}

function schemaOf(value: string): { readonly type: string; readonly format?: string } {
  if (/^\d+$/.test(value)) return { type: 'integer' };
  if (/^[\da-f]{8}-[\da-f]{4}-/i.test(value)) return { type: 'string', format: 'uuid' };
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { type: 'string', format: 'date' };
  return { type: 'string' };
}
