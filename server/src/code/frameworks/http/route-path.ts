/** From the value of a path argument to paths of the contract. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { PathLink } from '../../../contract/operation.ts';
import { formatPath } from '../../../contract/path.ts';
import type { Span } from '../../../contract/span.ts';
import { joinParsed } from '../../paths/join.ts';
import { patternPath, type ParsedPath, type PathSyntax } from '../../paths/parsed-path.ts';
import { parseRegexPath } from '../../paths/regex-path.ts';
import { parseRoutePath } from '../../paths/route-path.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import type { TextPart, Value } from '../../evaluate/values.ts';

/** A path, and what stands in front of it that is not certain. */
export interface RoutePath {
  readonly parsed: ParsedPath;
  readonly unknownPrefix?: UnknownReason;
  readonly base?: string;
  /** Every form is an address of its own, and none the short form of another: alternatives of a pattern. */
  readonly alternatives?: true;
  /** Where its text is written. */
  readonly at?: Span;
  /** The calls and decorators that the path was put together from, outermost first. */
  readonly chain?: readonly PathLink[];
}

export const rootPath: RoutePath = { parsed: { kind: 'path', path: [], variants: [] } };

/** All paths that a path argument means. A value of which nothing is known gives a pattern. */
export function readPaths(
  value: Value | undefined,
  syntax: PathSyntax,
  use: 'route' | 'mount',
): readonly RoutePath[] {
  if (!value) return [rootPath];
  return alternatives(value).flatMap((one): readonly RoutePath[] => {
    switch (one.t) {
      case 'text':
        return [{ ...readText(one.parts, syntax, use), at: one.at }];
      case 'regex':
        return [{ parsed: parseRegexPath(one.source, one.flags, use), alternatives: true, at: one.at }];
      case 'array':
        return one.items.flatMap((item) => readPaths(item, syntax, use));
      case 'undefined':
        return [rootPath];
      case 'unknown':
        return [
          use === 'mount'
            ? { ...rootPath, unknownPrefix: one.reason }
            : { parsed: patternPath('a computed path') },
        ];
      default:
        return [
          use === 'mount'
            ? { ...rootPath, unknownPrefix: { why: 'pending' } }
            : { parsed: patternPath('a computed path') },
        ];
    }
  });
}

/** A text that is not known may hold any number of segments: certain is what stands behind it, else what stands before. */
function readText(given: readonly TextPart[], syntax: PathSyntax, use: 'route' | 'mount'): RoutePath {
  const parts = given
    .filter((part) => !('text' in part) || part.text !== '')
    .map((part, index, all) => (isConstraint(all, index) ? { text: '.*' } : part));
  const last = parts.findLastIndex((part) => !('text' in part));
  const unknown = parts[last];
  if (unknown && !('text' in unknown)) {
    const behind = textOf(parts.slice(last + 1));
    if (use === 'route' && !behind.includes('/')) {
      const before = textOf(
        parts.slice(
          0,
          parts.findIndex((part) => !('text' in part)),
        ),
      );
      const under = parseRoutePath(before.slice(0, before.lastIndexOf('/') + 1), syntax);
      return { parsed: joinParsed(under, patternPath('a computed path')) };
    }
    return { parsed: parseRoutePath(behind.replace(/^[^/]*/, ''), syntax), unknownPrefix: unknown.unknown };
  }
  const [first, ...rest] = parts;
  if (use === 'mount' && first && 'text' in first && first.configured) {
    // What stands first in a mount and comes from configuration is where the API is deployed, not part of it.
    return { parsed: parseRoutePath(textOf(rest), syntax), base: first.text };
  }
  return { parsed: parseRoutePath(textOf(parts), syntax) };
}

/** `/:id(${pattern})`: whatever it says of a parameter, it is one. */
function isConstraint(parts: readonly TextPart[], index: number): boolean {
  const [before, part, behind] = [parts[index - 1], parts[index], parts[index + 1]];
  if (!before || !part || !behind || 'text' in part || !('text' in before) || !('text' in behind))
    return false;
  return /:\w+\($/.test(before.text) && behind.text.startsWith(')');
}

function textOf(parts: readonly TextPart[]): string {
  return parts.map((part) => ('text' in part ? part.text : '')).join('');
}

/** Puts a path below a mount. What is certain only below something uncertain stays so. */
export function below(mount: RoutePath, path: RoutePath): RoutePath {
  const chain = [...(mount.chain ?? []), ...(path.chain ?? [])];
  if (path.unknownPrefix) return { ...path, chain };
  const at = path.at ?? mount.at;
  const isFirst = mount.parsed.kind === 'path' && mount.parsed.path.length === 0 && mount.base === undefined;
  const configured =
    path.base === undefined
      ? path.parsed
      : isFirst
        ? path.parsed
        : joinParsed(parseRoutePath(path.base, 'express-4'), path.parsed);
  const base = isFirst ? path.base : mount.base;
  return {
    parsed: mount.parsed.kind === 'pattern' ? mount.parsed : joinParsed(mount.parsed, configured),
    ...(mount.unknownPrefix && { unknownPrefix: mount.unknownPrefix }),
    ...(base !== undefined && { base }),
    ...(path.alternatives && { alternatives: true as const }),
    ...(at && { at }),
    chain,
  };
}

/** Puts a path below a mount with which it may begin already. */
export function within(mount: RoutePath, path: RoutePath): RoutePath {
  const [front, own] = [mount.parsed, path.parsed];
  const begins =
    front.kind === 'path' &&
    own.kind === 'path' &&
    `${formatPath(own.path)}/`.startsWith(`${formatPath(front.path)}/`);
  return below(begins ? { ...mount, parsed: rootPath.parsed } : mount, path);
}

/** The same path as a link of a chain: the call or decorator at `at` adds it. */
export function linked(path: RoutePath, at: Span): RoutePath {
  const { parsed, base } = path;
  const own = parsed.kind === 'path' ? formatPath(parsed.path) : '*';
  const link: PathLink = {
    at,
    ...(path.at && { text: path.at }),
    path: base === undefined ? own : joined(base, own),
  };
  return { ...path, chain: [link] };
}

function joined(base: string, path: string): string {
  const front = `/${base.replace(/^\/+|\/+$/g, '')}`;
  return path === '/' ? front : `${front}${path}`;
}
