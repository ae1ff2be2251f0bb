/** What the user is shown. Lint, drift and broken input meet in one type. */

import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'info' | 'off';

/** Broken or unusable input, with its place. `code` is stable, kebab-case, and prefixed by who found it: `spec/dangling-ref`. */
export interface Problem {
  readonly code: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly message: string;
  readonly at: Span;
}

export interface Related {
  readonly at: Span;
  readonly note: string;
}

/** An operation as findings name it: method and full path as in OpenAPI. */
export interface OperationName {
  readonly method: string;
  readonly path: string;
}

/** How many findings are not told: ignored by a comment or the spec, known to the baseline. */
export interface Hidden {
  readonly ignored: number;
  readonly known: number;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly message: string;
  readonly at: Span;
  readonly related: readonly Related[];
  /** The operation it speaks of; `operations` where it speaks of several. */
  readonly operation?: OperationName;
  readonly operations?: readonly OperationName[];
  /**
   * The rule whose finding on the same operation names the same fault more precisely (a misspelt path is at once
   * an operation without code and a route without contract). Reports for people leave such findings out.
   */
  readonly coveredBy?: string;
  /** Where the rule is documented, for rules that are not ours. */
  readonly docs?: string;
  /** What makes it the same one tomorrow, see `drift/fingerprint.ts`; one for each of `operations`. */
  readonly fingerprints?: readonly string[];
  /** Plain data from which message and fixes are rendered again; undefined for problems. */
  readonly state?: unknown;
}
