/** What it takes to read a written type as JSON, and what is said of one that cannot be read. */

import type { Span } from '../../contract/span.ts';
import type { Run } from '../evaluate/run.ts';
import type { Scope } from '../evaluate/values.ts';
import { present, unknownShape, type Json } from './algebra.ts';

/** What type parameters stand for. */
export type Bindings = ReadonlyMap<string, Json>;

export interface Reading {
  readonly run: Run;
  readonly scope: Scope;
  readonly bindings: Bindings;
  /** Where what cannot be read is said to be. */
  readonly at: Span;
  readonly depth: number;
}

export function limited(reading: Reading, what: string): Json {
  return present(unknownShape({ why: 'limit', what, at: reading.at }));
}

export function unread(reading: Reading, what: string): Json {
  return present(unknownShape({ why: 'dynamic', what, at: reading.at }));
}
