/** A specification that a program has put together from the comments of its source (swagger-jsdoc). */

import type { Collection, UnknownReason } from './knowledge.ts';
import type { Span } from './span.ts';

/** What a program makes of a document, as far as its source tells. */
export type WrittenNode =
  | {
      readonly kind: 'map';
      readonly entries: readonly { readonly key: string; readonly value: WrittenNode }[];
      /** There may be further keys. */
      readonly open: boolean;
      readonly at: Span;
    }
  | {
      readonly kind: 'seq';
      readonly items: readonly WrittenNode[];
      readonly open: boolean;
      readonly at: Span;
    }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly at: Span }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly at: Span };

/** A call that gathers a specification. */
export interface Gathering {
  readonly at: Span;
  /** What it begins with: title, servers, security. */
  readonly definition: WrittenNode;
  /** Patterns of files, relative to the workspace folder, whose comments are gathered. */
  readonly patterns: Collection<string>;
}
