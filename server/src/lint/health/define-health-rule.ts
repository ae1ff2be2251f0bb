/**
 * A rule of contract health: what a specification leaves open, or says in several ways, that costs its clients. It takes
 * one look at each operation, and yields places from what it saw; like a rule of drift it is one file with its reason and
 * its examples, which are its page and its tests.
 */

import type { Severity } from '../../contract/finding.ts';
import type { Api, Reading } from './api.ts';
import type { ApiOperation } from './operations.ts';
import type { Place } from './sections.ts';

/** One document or several, in the fixture format: see `test/support/fixture.ts`. */
export interface Example {
  readonly name: string;
  readonly files: string;
}

export interface Detection {
  readonly at: Place;
  readonly message: string;
  /** What a list of several names: `GET /users`. */
  readonly subject: string;
  readonly related?: readonly { readonly at: Place; readonly note: string }[];
  /** Where this one weighs more or less than the rule. */
  readonly severity?: Exclude<Severity, 'off'>;
  /** What is left open everywhere is one fault: those with the same text are told together, where there are enough. */
  readonly pile?: string;
}

/** @typeParam Look what the rule has to know of an operation */
export interface HealthRule<Look = unknown> {
  /** `health/<what is left open>`, as the file is called. For ever: settings and links name it. */
  readonly id: string;
  readonly title: string;
  /** Why it matters, and when the rule is silent. Markdown. */
  readonly docs: string;
  readonly severity: Exclude<Severity, 'off'>;
  /**
   * Undefined for an operation that the rule has nothing to do with. After an edit it is asked again only where the
   * operation, or something that it refers to, is another one: so it may look at nothing else.
   */
  look(operation: ApiOperation, reading: Reading): Look | undefined;
  check(api: Api, seen: Seen<Look>): Iterable<Detection>;
  /** Where several are told together, and as what. `listed` names some of them. */
  together?(
    api: Api,
    told: {
      readonly count: number;
      readonly listed: string;
      readonly pile: string;
      /** Of the document. */
      readonly operations: number;
    },
  ): { readonly at: Place; readonly message: string };
  readonly valid: readonly Example[];
  readonly invalid: readonly Example[];
}

/** What a rule saw in all operations, in their order. */
export interface Seen<Look> {
  readonly looks: readonly Look[];
  /** How many operations there are, those without a look among them. */
  readonly operations: number;
}

export function defineHealthRule<Look>(rule: HealthRule<Look>): HealthRule {
  return rule as HealthRule;
}

export function nameOf({ method, path }: Pick<ApiOperation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
