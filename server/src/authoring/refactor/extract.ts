/** An object that is written in place becomes a component, and a reference stands where it was. */

import type { DocNode } from '../../contract/facts.ts';
import { specVersion } from '../../specs/openapi/detect.ts';
import { refOf } from '../../specs/openapi/reader.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { entryOf, escapePointer, lookUp, textOf, valueOf } from '../../text/document-node.ts';
import { openForEditing, type TextEdit } from '../../text/edit-document.ts';
import { eolOf, quoteOf } from '../../text/document-style.ts';
import { cut, extentOf, lineStartOf } from '../../text/transplant.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import { componentsPointer, isComponent, type Visited } from '../grammar.ts';
import { relativeReference } from '../relative-reference.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import type { FileId } from '../../contract/span.ts';
import { deepest, inOrder, insertCutting } from './insert.ts';
import { nameFor } from './names.ts';
import { referencePlaces, rewrite } from './reference-places.ts';

/** Can it be a component, and is it worth one? `{ type: string }` is not. */
export function canExtract(object: Visited, version: string): boolean {
  const { node, role } = object;
  if (node.kind !== 'map' || refOf(node) || isComponent(object)) return false;
  if (componentsPointer(role, version) === undefined || role === 'pathItem' || role === 'securityScheme')
    return false;
  if (role !== 'schema') return node.entries.length > 0;
  return node.entries.some(({ key, value }) => value.kind !== 'scalar' || key === 'pattern');
}

export function versionOf(sources: SpecSources, root: FileId): string | undefined {
  const top = sources.document(root)?.root;
  for (const key of ['openapi', 'swagger']) {
    const value = textOf(valueOf(top, key));
    const version = value === undefined ? undefined : specVersion(key, value);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** `also`: equal objects, which are referred to the same component. */
export function extract(
  sources: SpecSources,
  symbols: () => SpecSymbols,
  root: FileId,
  object: Visited,
  also: readonly Visited[] = [],
): Edited {
  const version = versionOf(sources, root);
  const pointer = version === undefined ? undefined : componentsPointer(object.role, version);
  const document = sources.document(root);
  const text = sources.text(root);
  const own = sources.text(object.file);
  if (!pointer || document?.root?.kind !== 'map' || text === undefined || own === undefined)
    return { refused: 'There is no place for components in this specification.' };
  const language = sources.document(object.file)?.language ?? 'yaml';
  const container = lookUp(document.root, pointer);
  const taken = new Set(container?.kind === 'map' ? container.entries.map(({ key }) => key) : []);
  const name = nameFor(object, taken);
  const within = object.file === root ? [] : referencesIn(own, symbols(), object, root);
  if (!within) return { refused: 'A reference in it is written in a way that cannot be edited.' };
  const cutting = cut(own, language, object.node, object.entry?.keyEnd ?? object.node.start, within);
  if (!cutting) return { refused: 'Anchors, aliases or tabs in it have a meaning at this place alone.' };
  const place = deepest(document.root, [...pointer, name]);
  const inserted =
    place &&
    insertCutting(
      openForEditing(text, document.language),
      place.map,
      place.missing,
      cutting,
      place.missing.length === 1 ? inOrder(place.map, name) : behind,
    );
  if (!inserted)
    return { refused: 'The components of this specification are written in a way that cannot be added to.' };
  const edits: SourceEdit[] = [{ file: root, ...inserted }];
  for (const each of [object, ...also]) {
    const fragment = `#/${[...pointer, name].map(escapePointer).join('/')}`;
    const edit = referTo(sources, each, `${relativeReference(each.file, root)}${fragment}`);
    if (!edit) return { refused: 'It is written in a way that cannot be replaced.' };
    edits.push(edit);
  }
  return { edits };
}

/** What is inside refers to the same places from the root document; undefined where that cannot be written. */
function referencesIn(
  text: string,
  { collected }: SpecSymbols,
  { file, node }: Visited,
  root: FileId,
): readonly TextEdit[] | undefined {
  const edits = new Map<number, readonly TextEdit[] | undefined>();
  for (const places of collected.map((one) => referencePlaces(one).get(file) ?? []))
    for (const place of places) {
      if (place.start < node.start || place.end > node.end) continue;
      const reference = parseReference(file, place.value);
      if (reference.kind === 'absolute') continue;
      const hash = place.value.indexOf('#');
      const written = `${relativeReference(root, reference.file)}${hash < 0 ? '' : place.value.slice(hash)}`;
      edits.set(place.start, rewrite(text, place, written || '#'));
    }
  const all = [...edits.values()];
  return all.includes(undefined) ? undefined : all.flatMap((one) => one ?? []);
}

/** Puts a reference where an object stands. */
export function referTo(
  sources: SpecSources,
  { file, node, entry }: Visited,
  reference: string,
): SourceEdit | undefined {
  const text = sources.text(file);
  const language = sources.document(file)?.language;
  const extent = text === undefined ? undefined : extentOf(text, node, entry?.keyEnd ?? node.start);
  if (text === undefined || !extent) return undefined;
  const { start, end } = extent;
  const isBrace = text[start] === '{';
  if (language === 'json' || isBrace) {
    const key = language === 'json' ? '"$ref"' : '$ref';
    const quote = language === 'json' ? '"' : quoteOf(text);
    const inside = `${key}: ${quote}${reference}${quote}`;
    const written = text.slice(start, end);
    const isOnLines = language === 'json' && written.includes('\n');
    const indent = /^\s*/.exec(text.slice(lineStartOf(text, start)))?.[0] ?? '';
    const inner = /\n([ \t]*)\S/.exec(written)?.[1] ?? indent;
    const eol = eolOf(text);
    return {
      file,
      start,
      end,
      text: isOnLines ? `{${eol}${inner}${inside}${eol}${indent}}` : `{ ${inside} }`,
    };
  }
  const quote = quoteOf(text);
  return { file, start, end, text: `$ref: ${quote}${reference}${quote}` };
}

/** New keys of the root stand behind all others. */
function behind(): boolean {
  return true;
}

/** Does it refer to something that is another thing from another file? */
export function hasRelativeReferences(node: DocNode): boolean {
  if (node.kind === 'seq') return node.items.some(hasRelativeReferences);
  if (node.kind !== 'map') return false;
  const reference = textOf(entryOf(node, '$ref')?.value);
  return (
    (reference !== undefined && !/^https?:/.test(reference)) ||
    node.entries.some(({ value }) => hasRelativeReferences(value))
  );
}

/** Do two objects say the same? Their keys may stand in another order. */
export function isEqual(a: DocNode, b: DocNode): boolean {
  if (a === b) return true;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'seq')
    return (
      b.kind === 'seq' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => {
        const other = b.items[index];
        return other !== undefined && isEqual(item, other);
      })
    );
  return (
    b.kind === 'map' &&
    a.entries.length === b.entries.length &&
    a.entries.every(({ key, value }) => {
      const other = valueOf(b, key);
      return other !== undefined && isEqual(value, other);
    })
  );
}
