/** Tags of JSDoc that limit values (`@minLength 3`), for tools that make validators of comments: tsoa is one. */

import type { ts } from '@ts-morph/common';
import type { DocTag } from '../program/program.ts';
import { startOf, type Lowering } from './lower.ts';

const limits = 'format|isInt|isLong|minLength|maxLength|pattern|minimum|maximum|minItems|maxItems';
const anyLimit = new RegExp(`@(?:${limits})(?!\\w)`);
const limit = new RegExp(`^(?:${limits})$`);

/** A tag begins a line, or follows white space within one; what stands between backticks is its text. */
const tag = /(?:^|(?<=\s))@(\w+)((?:`[^`]*`|(?!\s@\w)[^`])*)/g;

/** Few files have any: in others, nobody looks at comments. */
export function hasLimitTags(text: string): boolean {
  return anyLimit.test(text);
}

/** The tags of the comment in front of a node. */
export function docTags(lowering: Lowering, node: ts.Node): readonly DocTag[] {
  if (!lowering.hasTags) return [];
  const trivia = lowering.source.text.slice(node.pos, startOf(lowering, node));
  const [comment] = [...trivia.matchAll(/\/\*\*([\s\S]*?)\*\//g)].slice(-1);
  return (comment?.[1] ?? '')
    .split(/[\r\n]+/)
    .flatMap((line) =>
      [...line.replace(/^\s*\*?/, '').matchAll(tag)].flatMap(([, name = '', text = '']) =>
        limit.test(name) ? [{ name, text: text.trim() }] : [],
      ),
    );
}

/** Those that begin with the name of a parameter, without it: `@minLength title 1`. */
export function tagsOfParameter(tags: readonly DocTag[], parameter: string | undefined): readonly DocTag[] {
  return tags.flatMap(({ name, text }) => {
    const [first, ...rest] = text.split(/\s+/);
    return parameter !== undefined && first === parameter ? [{ name, text: rest.join(' ') }] : [];
  });
}
