/** Fields that one side has and the other lacks, told as what they are together: a new name, or another object. */

import { isAlike, isNear } from './names.ts';
import type { Difference } from './comparison.ts';

/** A field that only one side has. */
export interface Lone {
  readonly name: string;
  readonly difference: Difference;
}

/** May two fields hold the same values? `perhaps`: one of them is not known. */
export type Fit = 'surely' | 'perhaps' | 'never';

/**
 * @param fits May the two hold the same values?
 * @param shared Names that both objects have.
 */
export function gatherLone(
  extra: readonly Lone[],
  lacking: readonly Lone[],
  shared: number,
  fits: (extra: string, lacking: string) => Fit,
): readonly Difference[] {
  const pairs = pairsOf(extra, lacking, shared, fits);
  const paired = new Set(pairs.flat());
  const left = [...extra, ...lacking].filter((one) => !paired.has(one));
  return [...pairs.map(([one, other]) => renamed(one, other)), ...left.map(({ difference }) => difference)];
}

function pairsOf(
  extra: readonly Lone[],
  lacking: readonly Lone[],
  shared: number,
  fits: (extra: string, lacking: string) => Fit,
): readonly (readonly [Lone, Lone])[] {
  const [one, ...others] = extra;
  const [other, ...more] = lacking;
  // All else is as it was, so what came is what went.
  if (one && other && others.length === 0 && more.length === 0 && shared > 0) {
    const fit = fits(one.name, other.name);
    return fit === 'surely' || (fit === 'perhaps' && isNear(one.name, other.name)) ? [[one, other]] : [];
  }
  const alike = extra.flatMap((left) =>
    lacking
      .filter((right) => isAlike(left.name, right.name) && fits(left.name, right.name) !== 'never')
      .map((right): readonly [Lone, Lone] => [left, right]),
  );
  // A name that is like several others is none of them for sure.
  return alike.filter(
    ([left, right]) =>
      alike.filter(([first]) => first === left).length === 1 &&
      alike.filter(([, second]) => second === right).length === 1,
  );
}

function renamed(extra: Lone, lacking: Lone): Difference {
  return {
    kind: 'renamed',
    path: lacking.difference.path,
    left: { ...extra.difference.left, name: extra.name },
    right: { ...lacking.difference.right, name: lacking.name },
    breaks: extra.difference.breaks || lacking.difference.breaks,
  };
}
