/** A component moves to another file; who referred to it refers to it there. */

import type { FileId } from '../../contract/span.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { escapePointer, lookUp } from '../../text/document-node.ts';
import { openForEditing, type TextEdit } from '../../text/edit-document.ts';
import { cut } from '../../text/transplant.ts';
import { pointerTokens } from '../../text/pointer-source.ts';
import { isRefused, type Edited, type SourceEdit } from '../edits.ts';
import { isComponent, type Visited } from '../grammar.ts';
import { relativeReference } from '../relative-reference.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import { inOrder, insertCutting } from './insert.ts';
import { referencePlaces, rewrite } from './reference-places.ts';
import { takeOut, usersOf } from './remove.ts';

/** Files whose top holds named objects of the same kind: what a component can move to. */
export function homesFor({ collected }: SpecSymbols, object: Visited): readonly FileId[] {
  // Requirements name schemes of the root document, and many readers look for them there alone.
  if (!isComponent(object) || object.role === 'securityScheme') return [];
  const around = collected.filter(({ objects }) => objects.some(({ node }) => node === object.node));
  const homes = around.flatMap(({ objects }) =>
    objects.flatMap(({ file, role, pointer, parent }) =>
      file !== object.file && role === object.role && pointer.length === 1 && parent?.file !== file
        ? [file]
        : [],
    ),
  );
  return [...new Set(homes)];
}

export function move(sources: SpecSources, symbols: SpecSymbols, object: Visited, to: FileId): Edited {
  const { file, node, entry } = object;
  const text = sources.text(file);
  const facts = sources.document(file);
  const home = sources.document(to);
  const homeText = sources.text(to);
  if (!entry || text === undefined || !facts || home?.root?.kind !== 'map' || homeText === undefined)
    return { refused: 'The document cannot be read.' };
  const { key } = entry;
  if (lookUp(home.root, [key])) return { refused: `There is a ${key} in ${to} already.` };
  if (symbols.implicit.has(symbols.index.definedAt(file, entry.keyStart)?.id ?? ''))
    return { refused: `"${key}" is a value of a discriminator.` };
  const users = new Set([...usersOf(symbols, object)].map(({ scalar }) => `${scalar.file} ${scalar.start}`));
  const edits: SourceEdit[] = [];
  const within: TextEdit[] = [];
  const done = new Set<string>();
  for (const collected of symbols.collected)
    for (const [from, places] of referencePlaces(collected))
      for (const place of places) {
        const id = `${from} ${place.start}`;
        if (done.has(id)) continue;
        done.add(id);
        users.delete(id);
        const isInside = from === file && node.start <= place.start && place.end <= node.end;
        const written = moved(place.value, from, isInside ? to : from, object, to);
        if (written === place.value) continue;
        const made = rewrite(sources.text(from) ?? '', place, written);
        if (!made) return { refused: `A reference in ${from} is written in a way that cannot be edited.` };
        if (isInside) within.push(...made);
        else edits.push(...made.map((edit) => ({ file: from, ...edit })));
      }
  if (users.size > 0) return { refused: `"${key}" is named in a place that does not refer to files.` };
  const cutting = cut(text, facts.language, node, entry.keyEnd, within);
  const inserted =
    cutting &&
    insertCutting(
      openForEditing(homeText, home.language),
      home.root,
      [key],
      cutting,
      inOrder(home.root, key),
    );
  if (!inserted) return { refused: `"${key}" is written in a way that cannot be moved.` };
  const taken = takeOut(sources, object);
  if (isRefused(taken)) return taken;
  return { edits: [...edits, { file: to, ...inserted }, ...taken.edits] };
}

/** A reference in the file `from` as it is written in `now`, once the object is a key of the top of `to`. */
function moved(value: string, from: FileId, now: FileId, { file, pointer }: Visited, to: FileId): string {
  const reference = parseReference(from, value);
  if (reference.kind === 'absolute') return value;
  const { fragment } = reference;
  const isTo =
    reference.file === file &&
    fragment.kind === 'pointer' &&
    pointer.every((token, index) => fragment.tokens[index] === token);
  const hash = value.indexOf('#');
  if (!isTo) {
    const rest = hash < 0 ? '' : value.slice(hash);
    return from === now ? value : `${relativeReference(now, reference.file)}${rest}` || '#';
  }
  const next = pointerTokens(value)[pointer.length];
  // As it is written, escapes included.
  const below = next ? `/${value.slice(next.from)}` : '';
  return `${relativeReference(now, to)}#/${escapePointer(pointer.at(-1) ?? '')}${below}`;
}
