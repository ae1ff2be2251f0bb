/** One file for each path item and each component; the root document refers to them. */

import { fileId, type FileId } from '../../contract/span.ts';
import { freeName } from '../../contract/words.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { refOf } from '../../specs/openapi/reader.ts';
import { escapePointer } from '../../text/document-node.ts';
import { pointerTokens } from '../../text/pointer-source.ts';
import type { TextEdit } from '../../text/edit-document.ts';
import { eolOf } from '../../text/document-style.ts';
import { cut } from '../../text/transplant.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import { isComponent, type Visited } from '../grammar.ts';
import { relativeReference } from '../relative-reference.ts';
import type { SpecSources } from '../sources.ts';
import type { Collected } from '../symbols/collect.ts';
import { referTo } from './extract.ts';
import { referencePlaces, rewrite, type ReferencePlace } from './reference-places.ts';

interface Part {
  readonly object: Visited;
  readonly file: FileId;
}

/**
 * @param exists is there such a file already?
 * @param only the one that is to have a file; all of them where it is undefined
 */
export function split(
  sources: SpecSources,
  { root, objects }: Collected,
  exists: (file: FileId) => boolean,
  only?: Visited,
): Edited {
  const text = sources.text(root);
  const language = sources.document(root)?.language;
  if (text === undefined || language === undefined) return { refused: 'The document cannot be read.' };
  const parts = partsOf(root, objects, text, language).filter(
    ({ object }) => !only || object.node === only.node,
  );
  if (parts.length === 0)
    return { refused: 'There are no path items or components that could have files of their own.' };
  const taken = parts.find(({ file }) => exists(file));
  if (taken) return { refused: `There is a file ${taken.file} already.` };
  const places = referencePlaces({ root, objects }).get(root) ?? [];
  const byPointer = new Map(parts.map((part) => [pointerKey(part.object.pointer), part]));
  const edits: SourceEdit[] = [];
  for (const part of parts) {
    const { object, file } = part;
    const made = partText(text, language, part, places, (reference) =>
      moved(reference, root, file, byPointer),
    );
    const reference = referTo(sources, object, relativeReference(root, file));
    if (made === undefined || !reference)
      return { refused: `"${object.entry?.key ?? ''}" is written in a way that cannot be moved.` };
    edits.push(reference, { file, start: 0, end: 0, text: made, create: true });
  }
  // What stays in the root refers to its own keys, which lead on to the files.
  return { edits };
}

function partsOf(
  root: FileId,
  objects: readonly Visited[],
  text: string,
  language: 'yaml' | 'json',
): readonly Part[] {
  const names = new Set<string>();
  return objects.flatMap((object): readonly Part[] => {
    const { file, node, role, entry, under, parent } = object;
    if (file !== root || node.kind !== 'map' || !entry || refOf(node)) return [];
    const isPath = role === 'pathItem' && under === 'paths' && parent?.role === 'root';
    // Requirements name schemes of the root document, and many readers look for them there alone.
    if (!isPath && (!isComponent(object) || role === 'securityScheme')) return [];
    if (!cut(text, language, node, entry.keyEnd)) return [];
    const folder = isPath ? 'paths' : `components/${under ?? role}`;
    const base = `${folder}/${isPath ? pathName(entry.key) : entry.key.replaceAll(/[^\w.-]/g, '_')}`;
    const name = freeName(base, (one) => names.has(one.toLowerCase()), '-');
    names.add(name.toLowerCase());
    const home = root.split('/').slice(0, -1).join('/');
    const extension = /\.[^./]+$/.exec(root)?.[0] ?? `.${language}`;
    return [{ object, file: fileId(`${home === '' ? '' : `${home}/`}${name}${extension}`) }];
  });
}

/** `/users/{id}/orders` → `users_{id}_orders`, as other tools name them. */
function pathName(path: string): string {
  const name = path.replaceAll(/[^\w{}.-]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return name === '' ? 'root' : name;
}

function partText(
  text: string,
  language: 'yaml' | 'json',
  { object }: Part,
  places: readonly ReferencePlace[],
  moved: (reference: string) => string | undefined,
): string | undefined {
  const { node, entry } = object;
  const edits: TextEdit[] = [];
  for (const place of places) {
    if (place.start < node.start || place.end > node.end) continue;
    const to = moved(place.value);
    if (to === undefined || to === place.value) continue;
    const rewritten = rewrite(text, place, to);
    if (!rewritten) return undefined;
    edits.push(...rewritten);
  }
  const cutting = cut(text, language, node, entry?.keyEnd ?? node.start, edits);
  return cutting && `${cutting.text.replaceAll('\n', eolOf(text))}${eolOf(text)}`;
}

/** A reference of the root document as it is written in one of the files. */
function moved(
  value: string,
  root: FileId,
  file: FileId,
  parts: ReadonlyMap<string, Part>,
): string | undefined {
  const reference = parseReference(root, value);
  if (reference.kind === 'absolute') return value;
  if (reference.file !== root)
    return `${relativeReference(file, reference.file)}${value.includes('#') ? value.slice(value.indexOf('#')) : ''}`;
  // Anchors belong to the document that declares them.
  if (reference.fragment.kind === 'anchor') return `${relativeReference(file, root)}${value}`;
  const { tokens } = reference.fragment;
  for (let length = tokens.length; length > 0; length -= 1) {
    const part = parts.get(pointerKey(tokens.slice(0, length)));
    if (!part) continue;
    // As it is written, escapes included.
    const next = pointerTokens(value)[length];
    const rest = next ? `/${value.slice(next.from)}` : '';
    return `${relativeReference(file, part.file)}${rest === '' && part.file !== file ? '' : `#${rest}`}`;
  }
  return `${relativeReference(file, root)}${value}`;
}

function pointerKey(tokens: readonly string[]): string {
  return tokens.map((token) => `/${escapePointer(token)}`).join('');
}
