/**
 * A rule of contract health: what a specification leaves open, or says in several ways, that costs its clients. It sees
 * one API and yields places; like a rule of drift it is one file with its reason and its examples, which are its page
 * and its tests.
 */

import type { Related, Severity } from '../../contract/finding.ts';
import type { Span } from '../../contract/span.ts';
import type { Api, ApiOperation } from './api.ts';

/** One document or several, in the fixture format: see `test/support/fixture.ts`. */
export interface Example {
  readonly name: string;
  readonly files: string;
}

export interface Detection {
  readonly at: Span;
  readonly message: string;
  /** What a list of several names: `GET /users`. */
  readonly subject: string;
  readonly related?: readonly Related[];
  /** Where this one weighs more or less than the rule. */
  readonly severity?: Exclude<Severity, 'off'>;
  /** What is left open everywhere is one fault: those with the same text are told together, where there are enough. */
  readonly pile?: string;
}

export interface HealthRule {
  /** `health/<what is left open>`, as the file is called. For ever: settings and links name it. */
  readonly id: string;
  readonly title: string;
  /** Why it matters, and when the rule is silent. Markdown. */
  readonly docs: string;
  readonly severity: Exclude<Severity, 'off'>;
  check(api: Api): Iterable<Detection>;
  /** Where several are told together, and as what. `listed` names some of them. */
  together?(
    api: Api,
    count: number,
    listed: string,
    pile: string,
  ): { readonly at: Span; readonly message: string };
  readonly valid: readonly Example[];
  readonly invalid: readonly Example[];
}

export function defineHealthRule(rule: HealthRule): HealthRule {
  return rule;
}

export function nameOf({ method, path }: Pick<ApiOperation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
