/** Pairs of a link by what they are, for rules that look at a link as a whole. */

import type { Link, MatchedPair } from '../../contract/pair.ts';

/** Pairs whose counterpart is certain: the same that rules on `matched` are handed. */
export function certainPairs({ pairs }: Link): readonly MatchedPair[] {
  return pairs.filter((pair) => pair.state === 'matched').filter(({ match }) => match.how !== 'possible');
}
