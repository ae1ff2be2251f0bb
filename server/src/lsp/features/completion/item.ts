/** What is offered while somebody types. */

import type { TextEdit } from '../../../text/edit-document.ts';
import type { Markdown } from '../markdown.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'name' | 'reference' | 'snippet' | 'route';
  /** Beside the label: a type, a file, `required`. */
  readonly detail?: string;
  readonly docs?: Markdown;
  /** A snippet (LSP 3.17, "Snippet Syntax"). */
  readonly insert: string;
  /** What it replaces, in the text as it is now. */
  readonly start: number;
  readonly end: number;
  /** Further edits: a comma that is missing in front. */
  readonly also: readonly TextEdit[];
  /** What the typed text is compared with; begins as the replaced text does. */
  readonly filter: string;
  /** Lower ones come first. */
  readonly rank: number;
  /** There is more to choose from once it is there. */
  readonly again?: true;
}

/** Text in which a snippet has nothing to fill in. */
export function verbatim(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/** The text of a snippet, for editors that know none: what is suggested stays, stops vanish. */
export function withoutStops(snippet: string): string {
  let text = snippet;
  // Innermost first: a stop may hold others.
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replaceAll(/(?<!\\)\$\{\d+:((?:[^\\${}]|\\.)*)\}/g, '$1');
  }
  return text.replaceAll(/(?<!\\)\$(?:\d+|\{\d+\})/g, '').replaceAll(/\\([\\$}])/g, '$1');
}
