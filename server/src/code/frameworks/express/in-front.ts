/** What stands in front of a route: middlewares of a whole router, of a prefix, of one address. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import { isRest, literalOf, type Path, type Segment } from '../../../contract/path.ts';
import { formsOf } from '../../paths/parsed-path.ts';
import { createExchange } from '../http/exchange.ts';
import type { HandlerFacts } from '../http/handlers.ts';
import type { RoutePath } from '../http/route-path.ts';

export interface InFront {
  readonly facts: HandlerFacts;
  /** The addresses that it stands in front of; undefined for everything that its router has registered later. */
  readonly covers?: readonly RoutePath[];
  /** Those addresses only, and not what lies below them. */
  readonly exact?: true;
}

type Covering = 'yes' | 'perhaps' | 'no';

/** Those of `before` that a request for `path` meets. One that it may meet leaves a gap. */
export function inFrontOf(before: readonly InFront[], path: RoutePath): readonly HandlerFacts[] {
  return before.flatMap(({ facts, covers, exact }) => {
    if (!covers) return [facts];
    const all = covers.map((cover) => covering(cover, path, exact ?? false));
    if (all.includes('yes')) return [facts];
    return all.includes('perhaps') ? doubtful(facts) : [];
  });
}

function covering(cover: RoutePath, path: RoutePath, exact: boolean): Covering {
  if (
    cover.unknownPrefix !== path.unknownPrefix ||
    cover.base !== path.base ||
    path.parsed.kind === 'pattern'
  )
    return 'perhaps';
  const forms = formsOf(cover.parsed);
  if (forms.length === 0) return 'perhaps';
  const { path: whole } = path.parsed;
  const all = forms.map((form) => pathCovering(form, whole, exact));
  return all.includes('yes') ? 'yes' : all.includes('perhaps') ? 'perhaps' : 'no';
}

export function pathCovering(prefix: Path, path: Path, exact: boolean): Covering {
  let result: Covering = 'yes';
  for (const [index, segment] of prefix.entries()) {
    if (isRest(segment)) return result;
    const other = path[index];
    if (!other) return 'no';
    if (isRest(other)) return 'perhaps';
    const next = prefix[index + 1];
    const goesOn = next !== undefined && isRest(next) && next.joined === true;
    const one = segmentCovering(segment, other, goesOn);
    if (one === 'no') return one;
    if (one === 'perhaps') result = one;
  }
  return exact && path.length > prefix.length ? 'no' : result;
}

/** `goesOn`: a joined wildcard follows, so that anything that begins like the segment will do. */
function segmentCovering(segment: Segment, other: Segment, goesOn: boolean): Covering {
  const [wanted, given] = [literalOf(segment)?.toLowerCase(), literalOf(other)?.toLowerCase()];
  if (wanted === undefined) return !isRest(segment) && segment.parts.length === 1 ? 'yes' : 'perhaps';
  if (given === undefined) return 'perhaps';
  return given === wanted || (goesOn && given.startsWith(wanted)) ? 'yes' : 'no';
}

/** What is left of facts that may not apply: that they may. */
function doubtful({ guard, gap, exchange, ...rest }: HandlerFacts): readonly HandlerFacts[] {
  if (!guard && !gap && exchange.outputs.length === 0 && exchange.outputGaps.length === 0) return [];
  const reason: UnknownReason = { why: 'dynamic', what: `whether ${rest.name} stands in front`, at: rest.at };
  return [{ ...rest, exchange: { ...createExchange(), outputGaps: [reason] }, gap: reason }];
}
