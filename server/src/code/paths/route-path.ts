/** Path strings of routes and mounts, in the syntax of the library that will read them. */

import { parseTemplate } from '../../contract/path.ts';
import { parseExpress4 } from './express-4.ts';
import { readExpress5, type SyntaxResult } from './express-5.ts';
import { readFindMyWay } from './find-my-way.ts';
import { parsedFrom, sequences, toPath } from './forms.ts';
import { maxLength, patternPath, type ParsedPath, type PathSyntax } from './parsed-path.ts';
import { isBare } from './regex-path.ts';
import { readRegexp6 } from './regexp-6.ts';

type StrictSyntax = Exclude<PathSyntax, 'express-4' | 'template'>;

const readers: Readonly<Record<StrictSyntax, (text: string) => SyntaxResult>> = {
  'express-5': readExpress5,
  'regexp-6': readRegexp6,
  fastify: readFindMyWay,
};

/** Signs that mean nothing useful in Express 4: braces are text there, and the dot of `(.*)` is a full stop. */
const modern = /[{}]|\(\.\*\)/;

/**
 * Reads a route path. A text that the syntax refuses (Express would throw at start-up) is read in another one that
 * takes it, and says so in `invalid`: the version may be wrong, or the code is about to be moved.
 */
export function parseRoutePath(text: string, syntax: PathSyntax): ParsedPath {
  if (text.length > maxLength) return patternPath('too long');
  if (isAddress(text)) return patternPath('an address and not a path');
  if (syntax === 'template') return { kind: 'path', path: parseTemplate(text), variants: [] };
  if (syntax === 'express-4') return parseExpress4(text);
  const own = readers[syntax](text);
  if (own.kind === 'pieces') return parsed(own, undefined);
  const others: readonly StrictSyntax[] = modern.test(text) ? ['express-5', 'regexp-6'] : [];
  for (const other of others) {
    const read = readers[other](text);
    if (read.kind === 'pieces') return parsed(read, own.why);
  }
  const last = parseExpress4(text);
  return last.kind === 'path' ? { ...last, invalid: own.why } : last;
}

/** The syntax of Express by its major version; the stricter, newer one where that is not known. */
export function expressSyntax(major: number | undefined): PathSyntax {
  return major !== undefined && major < 5 ? 'express-4' : 'express-5';
}

/** The syntax of NestJS on Express by the major version of `@nestjs/core`. */
export function nestSyntax(major: number | undefined): PathSyntax {
  return major !== undefined && major < 11 ? 'express-4' : 'express-5';
}

function parsed(read: Extract<SyntaxResult, { kind: 'pieces' }>, invalid: string | undefined): ParsedPath {
  const forms = sequences(read.pieces);
  if (forms === undefined) return patternPath('has too many optional parts');
  return parsedFrom(forms.map(toPath), {
    ...(forms.every(isBare) ? { bare: true } : {}),
    ...(invalid === undefined ? {} : { invalid }),
  });
}

/** A host or a query string: the first argument of a call to an HTTP client, never a route. */
function isAddress(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text) || /\?[\w.[\]-]+=/.test(text);
}
