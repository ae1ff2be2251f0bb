/** A specification as one document of plain data, for renderers that know no files. */

import type { FileId } from '../contract/span.ts';
import { bundle } from '../authoring/refactor/bundle.ts';
import type { SpecSources } from '../authoring/sources.ts';
import { createCollector } from '../authoring/symbols/collect.ts';
import { readDocument } from '../text/document.ts';
import { toJs } from '../text/document-node.ts';
import type { WholeDocument } from './protocol.ts';

const unreadable: WholeDocument = { refused: 'This document cannot be read yet.' };

/** @param isMany Does the specification have other files? */
export function wholeDocument(sources: SpecSources, root: FileId, isMany: boolean): WholeDocument {
  const own = sources.document(root);
  if (own?.root?.kind !== 'map') return unreadable;
  if (!isMany) return plain(own.root);
  const collector = createCollector(sources);
  const collected = collector.collect(root);
  const made = collected && bundle(sources, collected, collector);
  if (!made) return unreadable;
  if ('refused' in made) return made;
  const { root: whole } = readDocument(root, made.text);
  return whole ? plain(whole) : unreadable;
}

function plain(node: Parameters<typeof toJs>[0]): WholeDocument {
  const document = toJs(node);
  return document === undefined ? { refused: 'This document is too long to be shown here.' } : { document };
}
