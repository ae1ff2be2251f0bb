/** What comparing two shapes gives. */

import type { Span } from '../../contract/span.ts';

/**
 * How a value that the left side allows differs from what the right side takes.
 *
 * - `type`: another type. `container`: a list for an object, or the reverse. `null`: null, which the right side refuses.
 * - `values`: values that are not listed. `format`, `limits`: texts, numbers or lists outside of what is allowed.
 * - `missing`: the right side requires a field that the left one does not have; `optional`: that it may leave out.
 * - `extra`: a field that the right side does not list; `absent`: one that it lists, and the left side does not have.
 * - `renamed`: both at once. `fields`: objects that have no field in common.
 * - `alternatives`: nothing that the right side has to choose from fits.
 */
export type DifferenceKind =
  | 'type'
  | 'container'
  | 'null'
  | 'values'
  | 'format'
  | 'limits'
  | 'missing'
  | 'optional'
  | 'extra'
  | 'absent'
  | 'renamed'
  | 'fields'
  | 'alternatives';

export interface DifferenceSide {
  /** The shape in a few words. */
  readonly text: string;
  /** The narrowest place that is known: of the field, or of one around it. */
  readonly at?: Span;
  /** The name of a field that was renamed. */
  readonly name?: string;
}

export interface Difference {
  readonly kind: DifferenceKind;
  /** JSON path (RFC 9535) of the value: `$.legs[*].from`. */
  readonly path: string;
  readonly left: DifferenceSide;
  readonly right: DifferenceSide;
  /** Values that are the difference, or the limits. */
  readonly detail?: string;
  /** Both sides say something of it: two formats, two ranges. */
  readonly isStated?: true;
  /** The left side is what a type lists, and a value of it may have more. */
  readonly isTyped?: true;
  /** Each side that has the field may leave it out. */
  readonly isOptional?: true;
  /** Does a value with it lie outside of the right side? An `extra` field is mostly ignored, an `absent` one never sent. */
  readonly breaks: boolean;
}

/**
 * Is every value of the left side one of the right side? `no` is proven by a difference that `breaks`, `yes` by the
 * shapes; whatever rests on something unread, or is beyond what is decided here, is `unknown`.
 */
export interface Comparison {
  readonly holds: 'yes' | 'no' | 'unknown';
  readonly differences: readonly Difference[];
}

export const within: Comparison = { holds: 'yes', differences: [] };
export const undecided: Comparison = { holds: 'unknown', differences: [] };

export function differs(difference: Difference): Comparison {
  return { holds: difference.breaks ? 'no' : 'yes', differences: [difference] };
}

/** All of these must hold. */
export function allOf(parts: readonly Comparison[]): Comparison {
  const holds = parts.some((one) => one.holds === 'no')
    ? 'no'
    : parts.some((one) => one.holds === 'unknown')
      ? 'unknown'
      : 'yes';
  return { holds, differences: parts.flatMap(({ differences }) => differences) };
}
