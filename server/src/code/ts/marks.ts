/**
 * Comments that speak to this program, as plain data:
 *
 *     // backend-contract-ignore http/undocumented-operation -- served to the gateway only
 *     // backend-contract-ignore-file http/unread-parameter, http/unread-body -- generated
 *     // backend-contract-internal -- not for clients
 *
 * A comment on a line of its own means what begins on the next line of code, another one the line it stands on.
 * JSDoc's `@deprecated` is one of them.
 */

import { ts } from '@ts-morph/common';
import type { Mark } from '../program/program.ts';

const comment =
  /(?:\/\/+|\/\*+)[ \t]*backend-contract-(ignore-file|ignore|internal)(?![\w-])([^\n\r]*?)[ \t]*(?:\*\/|(?=[\r\n])|$)/g;

const documentation = /\/\*\*(?:(?!\*\/)[\s\S])*?\*\//g;
const deprecation = /(?:^\/\*\*|[\r\n][ \t]*\*?)[ \t]*@deprecated(?![\w-])/;

export function readMarks(source: ts.SourceFile): readonly Mark[] {
  return [...spoken(source), ...deprecations(source)];
}

function deprecations(source: ts.SourceFile): readonly Mark[] {
  const { text } = source;
  if (!text.includes('@deprecated')) return [];
  return [...text.matchAll(documentation)]
    .filter((match) => deprecation.test(match[0]) && isComment(source, match.index))
    .map((match): Mark => {
      const [begin, end] = [match.index, match.index + match[0].length];
      const s = begin + match[0].search(/@deprecated/);
      return {
        about: 'deprecated',
        rules: [],
        s,
        e: s + '@deprecated'.length,
        ...coveredBy(source, begin, end),
      };
    });
}

function spoken(source: ts.SourceFile): readonly Mark[] {
  const { text } = source;
  // Few files have any, and looking for comments in all of them would cost as much as parsing them.
  if (!text.includes('backend-contract-')) return [];
  return [...text.matchAll(comment)]
    .filter((match) => isComment(source, match.index))
    .map((match): Mark => {
      const [whole, kind = '', rest = ''] = match;
      const s = match.index;
      const e = s + whole.length;
      const { rules, reason } = wordsOf(rest);
      const range = kind === 'ignore-file' ? { from: 0, to: text.length + 1 } : coveredBy(source, s, e);
      return {
        about: kind === 'internal' ? 'internal' : 'findings',
        rules: kind === 'internal' ? [] : rules,
        ...(reason !== '' && { reason }),
        s,
        e,
        ...range,
      };
    });
}

function wordsOf(rest: string): { readonly rules: readonly string[]; readonly reason: string } {
  const dash = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const named = dash ? rest.slice(0, dash.index) : rest;
  return {
    rules: named.split(/[\s,:]+/).filter((word) => word !== ''),
    reason: dash ? rest.slice(dash.index + dash[0].length).trim() : '',
  };
}

/** A text that looks like a comment stands inside of a token: a string, a template, text between tags. */
function isComment(source: ts.SourceFile, at: number): boolean {
  const holds = (node: ts.Node): boolean => node.getStart(source, false) <= at && at < node.end;
  let node: ts.Node = source;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) => (holds(child) ? child : undefined));
    if (!inner) break;
    node = inner;
  }
  return !(
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isJsxText(node)
  );
}

function coveredBy(
  source: ts.SourceFile,
  s: number,
  e: number,
): { readonly from: number; readonly to: number } {
  const { text } = source;
  const line = text.lastIndexOf('\n', s - 1) + 1;
  if (text.slice(line, s).trim() !== '') return { from: line, to: endOfLine(text, e) };
  const next = e + (/^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(e))?.[0].length ?? 0);
  return { from: next, to: endOfLine(text, endOfHead(source, next)) };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length + 1 : end;
}

/** Decorators and chains of calls take several lines: then it is the name at their end that counts. */
function endOfHead(source: ts.SourceFile, start: number): number {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node !== source && node.getStart(source, false) === start) return node;
    return ts.forEachChild(node, (child) =>
      child.pos <= start && start < child.end ? find(child) : undefined,
    );
  };
  const node = find(source);
  if (!node) return start;
  if (ts.isClassDeclaration(node) || ts.isClassElement(node)) return node.name?.getStart(source) ?? start;
  let last = start;
  let call = ts.isExpressionStatement(node) ? node.expression : undefined;
  if (call && ts.isAwaitExpression(call)) call = call.expression;
  if (call && ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression))
    last = call.expression.name.getStart(source);
  return last;
}
