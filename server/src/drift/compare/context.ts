/** What the parts of a comparison share. */

import type { Shape, Shapes } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import type { Comparison } from './comparison.ts';
import type { Normalise } from './normal.ts';

/** What a value goes through: `readOnly` fields are no part of a request, `writeOnly` ones none of a response. */
export type Direction = 'request' | 'response';

export interface CompareOptions {
  readonly left: Shapes;
  readonly right: Shapes;
  readonly direction: Direction;
  /**
   * `exact`: all values that the left shape allows are to be expected. `types`: its types, fields and literals are;
   * a text or number without limits may have some that its type has no words for.
   */
  readonly trust: 'exact' | 'types';
}

/** Where a comparison begins: what its differences name when no field is nearer. */
export interface Places {
  readonly left?: Span;
  readonly right?: Span;
}

/** How far inside of the two shapes a comparison is. */
export interface Point extends Places {
  readonly path: string;
  readonly depth: number;
}

export interface Context {
  readonly direction: Direction;
  /** `trust: 'exact'`. */
  readonly exact: boolean;
  readonly leftForm: Normalise;
  readonly rightForm: Normalise;
  readonly shapes: (left: Shape, right: Shape, point: Point) => Comparison;
}

/** Deeper inside of shapes nothing is claimed. */
export const depthLimit = 40;
