/**
 * The cheapest look at a source file: which of thousands of files can matter at all, without parsing any.
 * A wrong "yes" costs a parse; a wrong "no" costs a route, so the patterns are generous.
 */

import { hasAnnotations } from '../text/annotations.ts';

export interface Scan {
  /** The file itself declares routes, routers, controllers or modules. */
  readonly seed: boolean;
  /** The file creates an application. */
  readonly app: boolean;
  /** Module specifiers of all imports, in order; may hold a few that stand in comments. */
  readonly specifiers: readonly string[];
  /** Comments in it speak of an API. */
  readonly annotated?: true;
}

const frameworkImport =
  /(?:from|require\(|import\()\s*['"`](?:express(?:-?[45])?|@awaitjs\/express|router|express-promise-router|express-async-router|express-ws|oas-tools|oas3-tools|swagger-jsdoc|@nestjs\/core|@nestjs\/swagger|inversify-express-utils|routing-controllers|tsoa|@tsoa\/runtime)['"`]/;
const nestDeclaration = /@(?:Controller|Module)\s*\(/;
const appCreation =
  /\bNestFactory\s*\.\s*create|\b(?:create|use)ExpressServer\s*\(|\bexpressAppConfig\s*\(|\bnew\s+InversifyExpressServer\b|\bexpress\s*\(\s*\)|\bcreateServer\s*\(\s*\)|require\(\s*['"]express(?:-?[45])?['"]\s*\)\s*\(\s*\)|\bexpress_?\d*\.default\)?\s*\(\s*\)/;
const importSpecifier = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['"`])([^'"`\n$]+)\1/g;

export function scanText(text: string): Scan {
  const specifiers: string[] = [];
  for (const match of text.matchAll(importSpecifier)) if (match[2] !== undefined) specifiers.push(match[2]);
  const express = frameworkImport.test(text);
  return {
    seed: express || nestDeclaration.test(text),
    // Most files are neither, and the pattern takes longer than a word.
    app: (express || text.includes('NestFactory')) && appCreation.test(text),
    specifiers,
    ...(hasAnnotations(text) && { annotated: true as const }),
  };
}
