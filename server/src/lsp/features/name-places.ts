/** Where names of a specification may stand, by a look at the way to a place. */

import type { FileId } from '../../contract/span.ts';
import { pathAt } from './document-path.ts';
import type { FeatureIndex } from './feature-index.ts';

/** Keys with texts, or lists of texts, that may name something which is given elsewhere. */
const texts: ReadonlySet<string> = new Set([
  '$dynamicRef',
  '$recursiveRef',
  '$ref',
  'const',
  'discriminator',
  'enum',
  'name',
  'operationId',
  'operationRef',
  'parent',
  'propertyName',
  'required',
  'tags',
  'url',
]);

/** Keys with mappings whose keys, or the texts in which, may name something. */
const mappings: ReadonlySet<string> = new Set([
  'dataValue',
  'default',
  'dependentRequired',
  'encoding',
  'example',
  'examples',
  'mapping',
  'security',
  'value',
]);

/**
 * Could a name stand at a place, or the use of one that is given elsewhere? Finding all names of a long specification
 * takes seconds: nobody is to wait for them who asks about a description.
 */
export function mayHoldName(index: FeatureIndex, file: FileId, offset: number, role: 'use' | 'any'): boolean {
  const top = index.document(file);
  if (!top) return true;
  const { steps, on } = pathAt(top.node, offset);
  const tokens = steps.map(({ token }) => token);
  if (on === 'space') return isAlias(index.ready.textOf(file) ?? '', offset);
  if (tokens.slice(0, -1).some((token) => mappings.has(token))) return true;
  if (on === 'key') return role === 'any' || (tokens.length === 2 && tokens[0] === 'paths');
  const key = steps.findLast(({ entry }) => entry !== undefined)?.token;
  return (key !== undefined && texts.has(key)) || isAlias(index.ready.textOf(file) ?? '', offset);
}

/** Is a word in YAML, at any of its characters, one with a `*` in front? */
function isAlias(text: string, offset: number): boolean {
  const before = /[^\s,[\]{}]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  return (before + text.slice(offset, offset + 1)).startsWith('*');
}
