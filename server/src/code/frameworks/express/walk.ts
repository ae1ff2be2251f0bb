/** What a walk over routers knows where it stands. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { CodeOperation, OpaqueArea } from '../../../contract/operation.ts';
import type { Span } from '../../../contract/span.ts';
import type { Run } from '../../evaluate/run.ts';
import type { ExternalValue, FunctionValue, Value } from '../../evaluate/values.ts';
import type { PathSyntax } from '../../paths/parsed-path.ts';
import type { ErrorHandlers } from '../http/error-answers.ts';
import type { HandlerFacts } from '../http/handlers.ts';
import type { RoutePath } from '../http/route-path.ts';
import type { InFront } from './in-front.ts';
import type { Reach } from './reach.ts';
import type { RouterNode } from './router.ts';

export interface ExpressResult {
  readonly operations: CodeOperation[];
  readonly detached: CodeOperation[];
  readonly opaque: OpaqueArea[];
  readonly gaps: UnknownReason[];
}

/** Where a package registers routes that are read elsewhere, and what stands around them there. */
export interface Registration {
  readonly value: ExternalValue;
  readonly mounts: readonly RoutePath[];
  readonly before: readonly InFront[];
  readonly errors: ErrorHandlers;
}

export interface RoutersResult extends ExpressResult {
  readonly registrations: readonly Registration[];
}

export interface Walk {
  readonly run: Run;
  readonly result: ExpressResult;
  readonly syntax: PathSyntax;
  readonly detached: boolean;
  /** Packages whose registrations are read elsewhere. */
  readonly read: ReadonlySet<string>;
  readonly registrations: Registration[];
  /** Routes that list the handler written at a place: `file start`. */
  readonly listed: ReadonlyMap<string, number>;
  /** Calls that take their path from what is written at a place: `file start`. */
  readonly written: ReadonlyMap<string, number>;
  /** What was added, by list and place, to tell what is registered again. */
  readonly placed: Map<string, readonly CodeOperation[]>;
  /** Operations that may hand on to a later route. */
  readonly passing: Set<CodeOperation>;
  /** What all routes around let through; empty where routers are only mounted. */
  readonly reaches: readonly Reach[];
}

export interface Around {
  readonly mount: RoutePath;
  readonly before: readonly InFront[];
  /** Callbacks of `param` in the same router, by the names of the parameters. */
  readonly params: ReadonlyMap<string, HandlerFacts>;
  readonly errors: readonly FunctionValue[];
  readonly conditions: readonly Span[];
  readonly path: readonly RouterNode[];
}

/** Handlers may be nested lists and alternatives. */
export function flatten(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) =>
    value.t === 'array' ? flatten(value.items) : value.t === 'union' ? flatten(value.of) : [value],
  );
}
