/** Which rules find in one part of a document what that part and all it refers to alone decide. */

import type { Ruleset } from '@stoplight/spectral-core';

export type Rule = Ruleset['rules'][string];
export type Formats = Parameters<Rule['getGivenForFormats']>[0];

/**
 * `local`: what is found below a part depends on that part alone. `structural`: Spectral's check of a whole document
 * against the schema of OpenAPI. `global`: all others.
 */
export type Reach = 'local' | 'structural' | 'global';

/**
 * Functions of Spectral that look at nothing but the value that they are given, its path, and the version of the
 * document. `oasSecurityDefined` looks at the security schemes too, and `refSiblings` at the keys beside the value.
 */
const LOOK_AT_THEIR_VALUE: ReadonlySet<string> = new Set([
  ...['oasOpSuccessResponse', 'oasOpFormDataConsumeCheck', 'oasOpParams', 'oasSchema', 'oasDiscriminator'],
  ...['oasExample', 'oasSecurityDefined', 'refSiblings', 'serverVariables', 'uniquenessTags'],
  ...['alphabetical', 'casing', 'defined', 'enumeration', 'falsy', 'length', 'or', 'pattern', 'schema'],
  ...['truthy', 'typedEnum', 'undefined', 'xor'],
]);

/** @param checks the names of its functions; undefined where one does not come with Spectral */
export function reachOf(rule: Rule, formats: Formats, checks: readonly string[] | undefined): Reach {
  if (rule.overrides !== undefined || checks === undefined) return 'global';
  const given = rule.getGivenForFormats(formats);
  if (checks.every((name) => name === 'oasDocumentSchema'))
    return !rule.resolved && given.every((each) => each === '$') ? 'structural' : 'global';
  const isLocal =
    checks.every((name) => LOOK_AT_THEIR_VALUE.has(name)) &&
    rule.then.every(({ field }) => field === undefined || /^[\w-]+$/.test(field)) &&
    given.every(startsBelowParts);
  return isLocal ? 'local' : 'global';
}

/** A step of a path, or one that leads to any depth; names, wildcards, and filters. */
const STEP = /^\.{0,2}(?:\[(?:\*|[\w$-]+(?:,[\w$-]+)*|'[^'\]]+'|"[^"\]]+")\]|\.?\*|(?<=\.)[\w$-]+)/;
const FILTER = /^(?:\.\.)?\[\?\(/;

/** Does a JSONPath select by the values and keys below a part alone, and never just something above all parts? */
function startsBelowParts(given: string): boolean {
  if (!given.startsWith('$') || /^\$(?:\.[\w$-]+)*$/.test(given)) return false;
  let rest = given.slice(1);
  while (rest !== '') {
    const filter = FILTER.exec(rest)?.[0];
    if (filter === undefined) {
      const step = STEP.exec(rest)?.[0];
      if (step === undefined || step === '') return false;
      rest = rest.slice(step.length);
      continue;
    }
    const end = endOfFilter(rest, filter.length);
    if (end === undefined || !looksBelow(rest.slice(filter.length, end))) return false;
    rest = rest.slice(end + 2);
  }
  return true;
}

/** Where the `)]` of a filter is. */
function endOfFilter(text: string, from: number): number | undefined {
  let depth = 0;
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (quote !== undefined) {
      if (mark === quote) quote = undefined;
    } else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === '(') depth += 1;
    else if (mark === ')') {
      if (depth === 0) return text[at + 1] === ']' ? at : undefined;
      depth -= 1;
    }
  }
  return undefined;
}

/** Words of a filter: the value and its own key, what is in it, constants, and questions that change nothing. */
const WORD =
  /^(?:\s+|@property\b|@(?![\w$])|\.(?:includes|match|startsWith|endsWith|indexOf)\(|\.[\w$]+\b(?!\s*\()|\[\s*(?:'[^']*'|"[^"]*"|\d+)\s*\]|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|(?:void|null|true|false|undefined)\b|&&|\|\||[!=]==?|[<>]=?|!|[(),])/;

function looksBelow(filter: string): boolean {
  let rest = filter;
  while (rest !== '') {
    const word = WORD.exec(rest)?.[0];
    if (word === undefined) return false;
    rest = rest.slice(word.length);
  }
  return true;
}
