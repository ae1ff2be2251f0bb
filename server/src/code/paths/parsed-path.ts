/** What a route path of a framework means as a path of the contract. */

import type { Path } from '../../contract/path.ts';

export type ParsedPath =
  | {
      readonly kind: 'path';
      /** The longest form: every optional part is there. */
      readonly path: Path;
      /** The other forms, longest first, none of the same shape as another. */
      readonly variants: readonly Path[];
      /** Written without a leading slash: Express never matches such a route, and reads such a mount literally. */
      readonly bare?: true;
      /** Why the framework refuses the text in the syntax that it was read in; it was then read as another syntax. */
      readonly invalid?: string;
    }
  | {
      /** Matches paths that cannot be listed. */
      readonly kind: 'pattern';
      /** Completes "not readable: …". */
      readonly why: string;
      /** All that it matches lies below this; the root where it is missing. */
      readonly under?: Path;
    };

/** The syntax of a string path, by the library that reads it. */
export type PathSyntax =
  /** path-to-regexp 0.1: Express 4, NestJS up to 10. */
  | 'express-4'
  /** path-to-regexp 8: Express 5, NestJS from 11. */
  | 'express-5'
  /** path-to-regexp 3 to 6: stand-alone routers, `exclude` of NestJS up to 10. */
  | 'regexp-6'
  /** find-my-way: NestJS on Fastify. */
  | 'fastify'
  /** Path templates of OpenAPI, for routes that are registered from a specification. */
  | 'template';

/** Longer texts are no routes that anyone wrote. */
export const maxLength = 2000;

/** More forms of one path than this are a pattern. */
export const maxForms = 8;

/** The forms of a parsed path, longest first; none for a pattern. */
export function formsOf(parsed: ParsedPath): readonly Path[] {
  return parsed.kind === 'path' ? [parsed.path, ...parsed.variants] : [];
}

export function patternPath(why: string): ParsedPath {
  return { kind: 'pattern', why };
}
