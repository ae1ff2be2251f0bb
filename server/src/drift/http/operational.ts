/** Routes about the server and not about its subject. Every server has some, and few specs have them. */

import type { CodeOperation } from '../../contract/operation.ts';
import { literalOf } from '../../contract/path.ts';

const probe = /^(?:health(?:z|check|-check)?|livez?|liveness|alive|readyz?|readiness|metrics|ping)$/i;
const documentation =
  /^(?:docs?|api-?docs|(?:api-?)?documentation|swagger(?:-ui)?|redoc|openapi|api-?spec)$/i;
const document = /^(?:openapi|swagger|api-?(?:docs?|spec))[\w.-]*\.(?:json|ya?ml)$/i;
const file = /^(?:favicon\.ico|robots\.txt|manifest\.json|sitemap\.xml|security\.txt)$/i;

/** Is it asked how the server is, for its documentation, or for a file that every site has? By its address alone. */
export function isOperational({ key }: CodeOperation): boolean {
  if (key.method !== 'GET' && key.method !== 'HEAD' && key.method !== 'ALL') return false;
  const words: string[] = [];
  for (const segment of key.path) {
    const word = literalOf(segment);
    if (word === undefined) break;
    words.push(word);
  }
  const last = words.length === key.path.length ? (words.at(-1) ?? '') : '';
  return (
    probe.test(last) || document.test(last) || file.test(last) || words.some((one) => documentation.test(one))
  );
}
