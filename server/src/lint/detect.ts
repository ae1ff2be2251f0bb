/** Which documents are linted, and as what. */

import type { DocNode } from '../contract/facts.ts';
import { textOf, valueOf } from '../text/document-node.ts';

export type DocumentKind = 'openapi' | 'asyncapi' | 'arazzo';

/** What a document says it is, by a key at its top level; undefined for a document that is none of ours. */
export function kindOf(root: DocNode | undefined): DocumentKind | undefined {
  if (textOf(valueOf(root, 'openapi')) !== undefined || textOf(valueOf(root, 'swagger')) !== undefined)
    return 'openapi';
  if (textOf(valueOf(root, 'asyncapi')) !== undefined) return 'asyncapi';
  return textOf(valueOf(root, 'arazzo')) === undefined ? undefined : 'arazzo';
}

/** A quick look, so that documents that are none of ours are not parsed. True more often than `kindOf` says. */
export function mayBeSpec(text: string): boolean {
  return /(?:^|[\s{,"'])(?:openapi|swagger|asyncapi|arazzo)["']?\s*:/.test(text);
}
