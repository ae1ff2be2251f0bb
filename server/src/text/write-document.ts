/** New documents, written as people write them. */

import { stringify } from 'yaml';
import type { Plain } from './document-style.ts';

/** The text of a document; keys stay in the order that they have. */
export function writeDocument(value: Plain, language: 'yaml' | 'json'): string {
  return language === 'json'
    ? `${JSON.stringify(value, null, 2)}\n`
    : // Nobody wants anchors for what happens to be the same; other readers take `on` for something else than a text.
      stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}
