/** Requests that somebody made or wrote down, with what was answered: what collections and recordings have in common. */

export interface Exchange {
  /** In capitals. */
  readonly method: string;
  readonly address: Address;
  /** What a person calls it. */
  readonly name?: string;
  readonly description?: string;
  /** What it was filed under. */
  readonly group?: string;
  /** Names alone: values are nobody's business. */
  readonly headers: readonly string[];
  readonly credential?: Credential;
  readonly body?: Content;
  readonly answers: readonly Answer[];
}

export interface Address {
  /** `https://api.example.com`; undefined where it is not known. */
  readonly origin: string | undefined;
  /** Decoded. */
  readonly segments: readonly Segment[];
  readonly query: readonly { readonly name: string; readonly value: string }[];
}

export interface Segment {
  readonly text: string;
  /** A name where the segment stands for any value. */
  readonly variable?: string;
}

/** How a caller proved who it is: never with what. */
export type Credential =
  | { readonly kind: 'bearer' | 'basic' | 'digest' | 'oauth2' }
  | { readonly kind: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string };

export interface Content {
  readonly mediaType: string;
  /** What JSON says; undefined for anything else, and for JSON that cannot be read. */
  readonly value?: unknown;
  /** Fields of a form. */
  readonly fields?: readonly { readonly name: string; readonly isFile: boolean }[];
}

export interface Answer {
  readonly status: number;
  readonly content?: Content;
}

/** Exchanges of a document, or why there are none, as a sentence. */
export type Read =
  { readonly title: string; readonly exchanges: readonly Exchange[] } | { readonly refused: string };
