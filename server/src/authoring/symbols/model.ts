/** Names of a specification: where each is given, and every place that uses it. */

import type { FileId, Span } from '../../contract/span.ts';

export type SymbolKind =
  | 'component'
  | 'securityScheme'
  | 'scope'
  | 'property'
  | 'pathParameter'
  | 'pathSegment'
  | 'operationId'
  | 'tag'
  /** `$anchor` and `$dynamicAnchor` of JSON Schema. */
  | 'schemaAnchor'
  | 'yamlAnchor'
  | 'discriminatorValue'
  | 'serverVariable'
  /** Any other key that is a name: of a webhook, a callback, a link, a header, an example. */
  | 'name';

/** A place of a name in a text. */
export interface Occurrence {
  /** Exactly the name, where it is written without escapes; else as near as can be told. */
  readonly at: Span;
  readonly role: 'definition' | 'use';
  /** The whole key or value that holds it, quotes included. */
  readonly scalar: Span;
  readonly inFlow: boolean;
  /** The name within the value of `scalar`, in UTF-16 units of what it means. */
  readonly from: number;
  readonly to: number;
  /** Within a reference, where `/`, `~` and more are escaped (RFC 6901, RFC 3986). */
  readonly inPointer: boolean;
  /** False where the text stands for a value that is written elsewhere: an alias, a value on several lines. */
  readonly isWritten: boolean;
}

export interface SpecSymbol {
  readonly id: string;
  readonly kind: SymbolKind;
  readonly name: string;
  /** Definitions first, then by place; each place once. */
  readonly occurrences: readonly Occurrence[];
  /** Two symbols of a kind that share one of these cannot have the same name. */
  readonly scopes: readonly string[];
}

export interface SymbolAt {
  readonly symbol: SpecSymbol;
  readonly occurrence: Occurrence;
}

export interface SymbolIndex {
  readonly symbols: readonly SpecSymbol[];
  /** What stands at an offset, its edges included; the narrowest first. */
  at(file: FileId, offset: number): readonly SymbolAt[];
  /** The symbol that is defined by the key or value that begins at an offset. */
  definedAt(file: FileId, start: number): SpecSymbol | undefined;
  /** Symbols with a scope. */
  inScope(scope: string): readonly SpecSymbol[];
}
