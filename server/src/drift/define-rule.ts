/**
 * A drift rule is one declaration in one file: what it looks at, what it finds, how it says so, why it matters, and
 * examples that are its documentation and its tests at once.
 *
 * INVARIANT: a rule sees contracts and nothing else: no syntax tree, no file, no setting, no other rule's findings.
 * INVARIANT: "missing in X" needs X's collection to be complete; "present in Y" needs the item only.
 */

import type { OperationName, Related, Severity } from '../contract/finding.ts';
import type { Ignore } from '../contract/ignore.ts';
import type { Evidence } from '../contract/knowledge.ts';
import type { CodeOnlyPair, Link, MatchedPair, SpecOnlyPair } from '../contract/pair.ts';
import type { Span } from '../contract/span.ts';
import type { ComparedPair } from './compare/pair.ts';
import { fingerprint } from './fingerprint.ts';

/** What drifted. */
export type Subject =
  | 'operation'
  | 'path'
  | 'parameter'
  | 'status'
  | 'header'
  | 'body'
  | 'field'
  | 'media-type'
  | 'security'
  | 'ignore';
/** How: in the code only, in the spec only, or in both and different. */
export type Drift = 'undocumented' | 'unimplemented' | 'different';

export interface Axis {
  readonly subject: Subject;
  readonly drift: Drift;
}

/**
 * A workspace in one string: `//- path` starts a file; a line of `^^^ rule-id` in a comment (`//^^^` or `#^^^`)
 * expects a finding of that rule on those columns of the line above. See test/support/fixture.ts.
 */
export interface Example {
  readonly name: string;
  readonly files: string;
}

/** What a rule is handed, by the `on` of its declaration. `matched` pairs are those whose counterpart is certain. */
export interface Subjects {
  readonly matched: MatchedPair;
  readonly 'spec-only': SpecOnlyPair;
  readonly 'code-only': CodeOnlyPair;
  readonly link: Link;
  readonly 'unused-ignore': UnusedIgnore;
  /** A matched pair whose bodies have been compared, once for all rules. */
  readonly compared: ComparedPair;
}

/** An ignore of which some rules have nothing to say (`idle`, empty for all of them), or that names one that there is not. */
export interface UnusedIgnore {
  readonly ignore: Ignore;
  readonly idle?: readonly string[];
  readonly unknown?: string;
  /** The rule that was probably meant. */
  readonly suggestion?: string;
}

/** Findings of one rule with the same key are told as one, where there are at least so many of them. */
export interface Pile {
  readonly key: string;
  readonly least: number;
  readonly at: Span;
  readonly title: string;
}

/** `state` is plain data: it holds all that the message needs. */
export interface Detection<S> {
  readonly at: Span;
  readonly state: S;
  readonly related?: readonly Related[];
  readonly operation?: OperationName;
  /** The weakest fact that it rests on; `declared` if omitted. */
  readonly evidence?: Evidence;
  /** Where this one weighs less (or more) than the rule's default. A setting of the user still wins. */
  readonly severity?: Exclude<Severity, 'off'>;
  readonly coveredBy?: string;
  readonly pile?: Pile;
}

export interface RuleDeclaration<On extends keyof Subjects, S> {
  /** `<protocol>/<what drifted>`, as the file is called. For ever: settings, baselines and links name it. */
  readonly id: string;
  readonly title: string;
  /** Why it matters to a client, and when it is silent. Markdown. */
  readonly docs: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly axis: Axis;
  readonly on: On;
  detect(subject: Subjects[On]): Iterable<Detection<S>>;
  message(state: S): string;
  /** What of the state makes it the same finding tomorrow; all of it but what it says of other operations if omitted. */
  identity?(state: S): object;
  /** The message of a pile; a rule that gives piles has one. */
  messageOfMany?(pile: Pile, states: readonly S[]): string;
  readonly valid: readonly Example[];
  readonly invalid: readonly Example[];
}

/** What a rule found, rendered. Severity by settings and piling are `run.ts`'s. */
export interface RawFinding extends Omit<Detection<unknown>, 'state'> {
  readonly message: string;
  readonly state: unknown;
  readonly fingerprint: string;
}

export interface Rule extends Omit<
  RuleDeclaration<keyof Subjects, unknown>,
  'detect' | 'message' | 'messageOfMany' | 'identity' | 'on'
> {
  readonly on: keyof Subjects;
  /** May throw, which is a fault of the rule; `run.ts` contains it. */
  find(subject: Subjects[keyof Subjects]): readonly RawFinding[];
  /** Undefined for a rule without piles. */
  summarise(pile: Pile, states: readonly unknown[]): string | undefined;
}

export function defineRule<On extends keyof Subjects, S>(declaration: RuleDeclaration<On, S>): Rule {
  const { id, title, docs, severity, axis, on, valid, invalid } = declaration;
  return {
    id,
    title,
    docs,
    severity,
    axis,
    on,
    valid,
    invalid,
    // `run.ts` hands a rule what its `on` names, and piles what the rule itself yielded: both casts restate that.
    find: (subject) =>
      [...declaration.detect(subject as Subjects[On])].map((detection) => ({
        ...detection,
        message: declaration.message(detection.state),
        fingerprint: fingerprint(
          id,
          detection.operation,
          declaration.identity ? declaration.identity(detection.state) : detection.state,
        ),
      })),
    summarise: (pile, states) => declaration.messageOfMany?.(pile, states as readonly S[]),
  };
}
