/** From the value of a path argument to paths of the contract. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { PathLink } from '../../../contract/operation.ts';
import { formatPath } from '../../../contract/path.ts';
import type { Span } from '../../../contract/span.ts';
import { joinParsed } from '../../paths/join.ts';
import { patternPath, type ParsedPath, type PathSyntax } from '../../paths/parsed-path.ts';
import { parseRegexPath } from '../../paths/regex-path.ts';
import { parseRoutePath } from '../../paths/route-path.ts';
import { alternatives, type TextPart, type Value } from '../../evaluate/values.ts';

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

function readText(parts: readonly TextPart[], syntax: PathSyntax, use: 'route' | 'mount'): RoutePath {
  const [first] = parts.filter((part) => !('text' in part) || part.text !== '');
  if (first && !('text' in first)) {
    const rest = parts.slice(parts.indexOf(first) + 1);
    const text = written(rest);
    if (use === 'route' && !text.includes('/')) return { parsed: patternPath('a computed path') };
    return { parsed: parseRoutePath(text.replace(/^[^/]*/, ''), syntax), unknownPrefix: first.unknown };
  }
  if (use === 'mount' && first && 'text' in first && first.configured) {
    // What stands first in a mount and comes from configuration is where the API is deployed, not part of it.
    const rest = parts.slice(parts.indexOf(first) + 1);
    return { parsed: parseRoutePath(written(rest), syntax), base: first.text };
  }
  return { parsed: parseRoutePath(written(parts), syntax) };
}

/** Text that is not known stands for one parameter. */
function written(parts: readonly TextPart[]): string {
  return parts.map((part, index) => ('text' in part ? part.text : `:dynamic${index}`)).join('');
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

/** The same path as a link of a chain: the call or decorator at `at` adds it. */
export function linked(path: RoutePath, at: Span): RoutePath {
  const { parsed, base } = path;
  const own = parsed.kind === 'path' ? formatPath(parsed.path) : '*';
  return { ...path, chain: [{ at, path: base === undefined ? own : joined(base, own) }] };
}

function joined(base: string, path: string): string {
  const front = `/${base.replace(/^\/+|\/+$/g, '')}`;
  return path === '/' ? front : `${front}${path}`;
}
