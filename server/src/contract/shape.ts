/** Shapes of JSON values: what schemas, types and validators say, as one closed algebra. */

import type { UnknownReason } from './knowledge.ts';
import type { Span } from './span.ts';

declare const brand: unique symbol;

export type ShapeId = string & { readonly [brand]: 'ShapeId' };

/** INVARIANT: acyclic. Recursion goes through `ref`, so that a shape clones and serialises. */
export type Shape =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'null' | 'boolean' | 'binary' }
  | { readonly kind: 'string'; readonly format?: string; readonly values?: readonly string[] }
  | { readonly kind: 'number'; readonly integer: boolean; readonly values?: readonly number[] }
  | { readonly kind: 'array'; readonly items: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Field>>; readonly open: boolean }
  | { readonly kind: 'union' | 'intersection'; readonly of: readonly Shape[] }
  | { readonly kind: 'ref'; readonly id: ShapeId };

export interface Field {
  readonly shape: Shape;
  /** Undefined where the source does not say. */
  readonly required?: boolean;
  readonly at: Span;
}
