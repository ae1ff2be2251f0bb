/**
 * A discriminator without a mapping has the names of components as values (OpenAPI 3.1, section 4.8.25). Who renames
 * such a component does not mean to change what is sent: a mapping keeps the value.
 */

import { relativeReference } from '../relative-reference.ts';
import { child } from '../../specs/openapi/reader.ts';
import { escapePointer } from '../../text/document-node.ts';
import { insertEntry, openForEditing } from '../../text/edit-document.ts';
import type { Edited } from '../edits.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import type { SpecSymbol } from '../symbols/model.ts';

export function keepValue(
  { implicit, collector }: SpecSymbols,
  sources: SpecSources,
  { id, name, kind, occurrences }: SpecSymbol,
  to: string,
): Edited {
  const value = kind === 'component' ? implicit.get(id) : undefined;
  const definition = occurrences.find(({ role }) => role === 'definition');
  if (!value || !definition) return { edits: [] };
  const { base } = value;
  const refused = {
    refused: `"${name}" is a value of a discriminator in ${base.file}; name it in a mapping there first.`,
  };
  const discriminator = child(base, 'discriminator');
  const text = sources.text(base.file);
  const language = sources.document(base.file)?.language;
  // OpenAPI 2.0 has no mappings.
  if (discriminator?.node.kind !== 'map' || text === undefined || language === undefined) return refused;
  const group = collector.reader.document(base.file);
  const pointer = group && child(group, 'definitions') ? '/definitions' : '/components/schemas';
  const reference = `${relativeReference(base.file, definition.scalar.file)}#${pointer}/${escapePointer(to)}`;
  const document = openForEditing(text, language);
  const mapping = child(discriminator, 'mapping');
  const edit = mapping
    ? mapping.node.kind === 'map'
      ? insertEntry(document, mapping.node, name, reference)
      : undefined
    : insertEntry(document, discriminator.node, 'mapping', { [name]: reference });
  return edit ? { edits: [{ file: base.file, ...edit }] } : refused;
}
