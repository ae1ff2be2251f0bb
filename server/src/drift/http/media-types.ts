/** Media types (RFC 9110 section 8.3.1): when one documents another. */

import type { Body } from '../../contract/operation.ts';

export function isKnownType({ mediaType }: Body): boolean {
  return mediaType !== '*' && mediaType !== '';
}

function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

function isText(type: string): boolean {
  return type.startsWith('text/') || isJson(type);
}

/** `*` and `*\/*` document everything, `text/*` every text; the JSON types document each other. */
export function documentsType(documented: string, sent: string): boolean {
  if (documented === sent || documented === '*' || documented === '*/*') return true;
  const [main = '', sub] = documented.split('/');
  if (sub === '*' && sent.startsWith(`${main}/`)) return true;
  // "Some bytes" (RFC 2046 section 4.5.1) is what contracts say of pictures and archives alike.
  if (documented === 'application/octet-stream') return !isText(sent);
  return isJson(documented) && isJson(sent);
}
