/** Who is let in, as security requirements and schemes (OpenAPI 3.1 sections 4.8.27 and 4.8.30). */

import type { CodeOperation } from '../contract/operation.ts';
import type { Draft } from './schema.ts';

export interface SecurityDraft {
  readonly schemes: Readonly<Record<string, Draft>>;
  /** What goes into the operation. */
  of(code: CodeOperation): Draft;
}

export function draftSecurity(codes: readonly CodeOperation[]): SecurityDraft {
  const schemes = new Map<string, Draft>();
  for (const code of codes)
    for (const { name, what } of demanded(code)) schemes.set(name, schemeOf(name, what));
  return {
    schemes: Object.fromEntries(schemes),
    of: (code) => {
      const names = demanded(code);
      // All that stands in the way has to be passed.
      return names.length === 0
        ? {}
        : { security: [Object.fromEntries(names.map(({ name }) => [name, []]))] };
    },
  };
}

/** Empty where a caller without a name may be let in. */
function demanded({ security }: CodeOperation): readonly { readonly name: string; readonly what: string }[] {
  if (!security.required.known || !security.required.value) return [];
  const names = new Map(
    security.schemes.items.map(({ name }) => [
      name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^-+|-+$/g, ''),
      name,
    ]),
  );
  names.delete('');
  if (names.size === 0) names.set('authentication', 'a guard');
  return [...names].map(([name, what]) => ({ name, what }));
}

/** The code says who refuses, and rarely what it wants to see: the rest is for people to correct. */
function schemeOf(name: string, what: string): Draft {
  const description = `Demanded by \`${what}\`. Correct the type if callers prove who they are in another way.`;
  if (/basic/i.test(name)) return { type: 'http', scheme: 'basic', description };
  if (/api-?_?key/i.test(name)) return { type: 'apiKey', in: 'header', name: 'X-API-Key', description };
  return { type: 'http', scheme: 'bearer', ...(/jwt/i.test(name) && { bearerFormat: 'JWT' }), description };
}
