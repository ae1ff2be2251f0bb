/** One document out of many: what stands in other files is written where it is referred to, or becomes a component. */

import type { DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { freeName, pascal } from '../../contract/words.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { escapePointer, formatPointer, lookUp } from '../../text/document-node.ts';
import { pointerTokens, writeToken } from '../../text/pointer-source.ts';
import { openForEditing, type TextEdit } from '../../text/edit-document.ts';
import { readDocument } from '../../text/document.ts';
import { eolOf, stepOf } from '../../text/document-style.ts';
import { applyEdits, cut, type Cutting, extentOf, lineStartOf, planted } from '../../text/transplant.ts';
import { componentsPointer, isComponent, isFlow } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import { type Collected, type Collector, referenceOf } from '../symbols/collect.ts';
import { versionOf } from './extract.ts';
import { deepest, inOrder, insertCutting } from './insert.ts';
import { referencePlaces, rewrite, type ReferencePlace } from './reference-places.ts';

export type Bundled = { readonly text: string } | { readonly refused: string };

interface Home {
  readonly pointer: readonly string[];
  /** It is not in the root document yet. */
  readonly isNew: boolean;
  readonly target: Located;
  readonly keyEnd: number;
}

/** Thrown and caught in this file: some part of the work gives up with a reason. */
class Refusal extends Error {}

/** Braces have no place in a URI (RFC 3986 section 3.5); letters of all scripts are written as they are, as people do. */
function fragmentOf(pointer: readonly string[]): string {
  const written = (token: string): string =>
    token.replaceAll(/\p{ASCII}+/gu, (part) => writeToken(part, '%20'));
  return pointer.map((token) => `/${written(token)}`).join('');
}

/** A component or a path item that is nothing but a reference. */
function isWhole({ isRef, object }: ReferencePlace): boolean {
  return isRef && object.isMap !== true && (isComponent(object) || object.role === 'pathItem');
}

/**
 * The text of the root document with all that it refers to in it. References that stand for a whole component or a path
 * item are replaced by what they lead to; others lead to a component of the document.
 */
export function bundle(sources: SpecSources, collected: Collected, collector: Collector): Bundled {
  try {
    return { text: bundled(sources, collected, collector) };
  } catch (reason) {
    if (reason instanceof Refusal) return { refused: reason.message };
    throw reason;
  }
}

function bundled(sources: SpecSources, collected: Collected, collector: Collector): string {
  const { root } = collected;
  const places = referencePlaces(collected);
  const version = versionOf(sources, root) ?? '3.1';
  const homes = new Map<string, Home>();
  const names = new Map<string, Set<string>>();
  const active = new Set<string>();
  const top = sources.document(root)?.root;
  const rootText = sources.text(root);
  const rootLanguage = sources.document(root)?.language;
  if (!top || rootText === undefined || rootLanguage === undefined)
    throw new Refusal('The document cannot be read.');
  for (const place of places.get(root) ?? [])
    if (isWhole(place)) {
      const found = leadingOut(root, place);
      if (found && !homes.has(found.key))
        homes.set(found.key, {
          pointer: place.object.pointer,
          isNew: false,
          target: found.target,
          keyEnd: found.keyEnd,
        });
    }
  const text = withReferences(root, rootText, undefined);
  return withComponents(text);

  /** What a reference leads to, if that is in another file than the root document. */
  function leadingOut(
    file: FileId,
    place: ReferencePlace,
  ): { readonly key: string; readonly target: Located; readonly keyEnd: number } | undefined {
    const reference = parseReference(file, place.value);
    if (reference.kind === 'absolute') return undefined;
    let resolved = collector.resolve(file, place.value);
    let target = resolved?.target;
    // Files that only refer to others are left out.
    for (let steps = 0; target && target.file !== root && steps < 64; steps += 1) {
      const further = referenceOf(target);
      if (further === undefined || (target.node.kind === 'map' && target.node.entries.length > 1)) break;
      resolved = collector.resolve(target.file, further);
      target = resolved?.target;
    }
    // What leads nowhere within the root document still does so in the bundle.
    if (!target && reference.file === root) return undefined;
    if (!target) throw new Refusal(`"${place.value}" in ${file} leads to nothing.`);
    if (!resolved || target.file === root) return undefined;
    const last = resolved.steps.at(-1)?.entry.keyAt;
    const keyEnd =
      last && last.file === target.file && last.end <= target.node.start ? last.end : target.node.start;
    return { key: `${target.file} ${target.node.start}`, target, keyEnd };
  }

  /** The text of a file, or of a part of it, with all references as they are in the bundle. */
  function withReferences(file: FileId, source: string, within: DocNode | undefined): string {
    return applyEdits(source, editsIn(file, source, within));
  }

  function editsIn(file: FileId, source: string, within: DocNode | undefined): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    for (const place of places.get(file) ?? []) {
      if (within && (place.start < within.start || place.end > within.end)) continue;
      edits.push(...editsFor(file, source, place));
    }
    return edits;
  }

  function editsFor(file: FileId, source: string, place: ReferencePlace): readonly TextEdit[] {
    const reference = parseReference(file, place.value);
    if (reference.kind === 'absolute') return [];
    const found = leadingOut(file, place);
    if (!found) {
      if (file === root && reference.file === root) return [];
      if (reference.file === root)
        return referring(source, place, place.value.slice(place.value.indexOf('#')));
      const at = collector.reader.follow({ file, node: place.object.node, pointer: place.object.pointer });
      return referring(source, place, `#${formatPointer(at.found ? at.at.pointer : [])}`);
    }
    const { object, isRef } = place;
    if (file === root && isWhole(place) && homes.get(found.key)?.pointer === object.pointer)
      return [inlined(file, source, place, found.target, found.keyEnd)];
    const home = isRef && object.role === 'pathItem' ? undefined : homeOf(found.target, place.value);
    if (home) return referring(source, place, home);
    const group =
      object.isMap === true || object.role === 'pathItem'
        ? undefined
        : componentsPointer(object.role, version);
    if (group && (isRef || object.role === 'discriminator'))
      return referring(source, place, newHome(group, found.key, found.target, found.keyEnd));
    if (!isRef)
      throw new Refusal(`"${place.value}" in ${file} refers to something without a place in one document.`);
    return [inlined(file, source, place, found.target, found.keyEnd)];
  }

  /** Inside of what has a home, it is found from there. */
  function homeOf(target: Located, value: string): string | undefined {
    for (const { pointer, target: home } of homes.values()) {
      const isInside =
        home.file === target.file &&
        home.pointer.length <= target.pointer.length &&
        home.pointer.every((token, index) => token === target.pointer[index]);
      if (!isInside) continue;
      const rest = target.pointer.slice(home.pointer.length);
      // As it is written, escapes included.
      const tokens = pointerTokens(value).slice(-rest.length);
      const isAsWritten = rest.length > 0 && tokens.map(({ token }) => token).join('\n') === rest.join('\n');
      const written = isAsWritten ? `/${value.slice(tokens[0]?.from)}` : formatPointer(rest);
      return `#${fragmentOf(pointer)}${written}`;
    }
    return undefined;
  }

  function newHome(group: readonly string[], key: string, target: Located, keyEnd: number): string {
    const container = lookUp(top, group);
    const taken =
      names.get(group.join()) ??
      new Set(container?.kind === 'map' ? container.entries.map((each) => each.key) : []);
    names.set(group.join(), taken);
    const own = target.pointer.at(-1) ?? target.file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
    const wanted = /^[\w.-]+$/.test(own) && !/^\d+$/.test(own) ? own : pascal(own) || 'Component';
    const name = freeName(wanted, (one) => taken.has(one));
    taken.add(name);
    const pointer = [...group, name];
    homes.set(key, { pointer, isNew: true, target, keyEnd });
    return `#${formatPointer(pointer)}`;
  }

  function referring(source: string, place: ReferencePlace, to: string): readonly TextEdit[] {
    const edits = rewrite(source, place, to);
    if (!edits) throw new Refusal(`"${place.value}" is written over several lines.`);
    return edits;
  }

  function inlined(
    file: FileId,
    source: string,
    { object }: ReferencePlace,
    target: Located,
    keyEnd: number,
  ): TextEdit {
    const { node, entry } = object;
    if (node.kind !== 'map' || node.entries.length > 1)
      throw new Refusal(`Other keys stand beside a reference to ${target.file}.`);
    const extent = extentOf(source, node, entry?.keyEnd ?? node.start);
    const language = sources.document(file)?.language ?? 'yaml';
    const cutting = rendered(target, keyEnd);
    if (!extent) throw new Refusal(`A reference to ${target.file} is written as an alias.`);
    const lineStart = lineStartOf(source, extent.start);
    const isBrace = source[extent.start] === '{' && entry !== undefined;
    const indent = /^\s*/.exec(source.slice(lineStart))?.[0] ?? '';
    const inFlow =
      language === 'yaml' &&
      object.parent !== undefined &&
      isFlow(source, object.parent.node) &&
      object.inFlow;
    const written = planted(cutting, {
      language,
      eol: eolOf(rootText ?? ''),
      step: stepOf(source),
      isAligned: !isBrace,
      inFlow,
      indent: isBrace ? indent : ' '.repeat(extent.start - lineStart),
    });
    if (written === undefined) throw new Refusal(`Comments in ${target.file} have no place between braces.`);
    return isBrace && cutting.isBlock && !inFlow && language === 'yaml'
      ? { start: entry.keyEnd + 1, end: extent.end, text: written }
      : { ...extent, text: written.trimStart() };
  }

  function rendered(target: Located, keyEnd: number): Cutting {
    const key = `${target.file} ${target.node.start}`;
    const source = sources.text(target.file);
    const language = sources.document(target.file)?.language;
    if (source === undefined || language === undefined) throw new Refusal(`${target.file} cannot be read.`);
    if (active.has(key))
      throw new Refusal(`What ${target.file} describes refers to itself and has no place among components.`);
    active.add(key);
    const edits = editsIn(target.file, source, target.node);
    const cutting = cut(source, language, target.node, keyEnd, edits);
    active.delete(key);
    if (!cutting) throw new Refusal(`Anchors, aliases or tabs in ${target.file} cannot be moved.`);
    return cutting;
  }

  /** What became a component is added; that may make components of further things. */
  function withComponents(start: string): string {
    let text = start;
    const done = new Set<Home>();
    for (;;) {
      const next = [...homes.values()].filter((home) => home.isNew && !done.has(home));
      if (next.length === 0) return text;
      for (const home of next) {
        done.add(home);
        const language = rootLanguage ?? 'yaml';
        const cutting = rendered(home.target, home.keyEnd);
        const document = readDocument(root, text).root;
        const place = document?.kind === 'map' ? deepest(document, home.pointer) : undefined;
        const name = home.pointer.at(-1) ?? '';
        const edit =
          place &&
          insertCutting(
            openForEditing(text, language),
            place.map,
            place.missing,
            cutting,
            place.missing.length === 1 ? inOrder(place.map, name) : () => true,
          );
        if (!edit)
          throw new Refusal(
            `"${home.pointer.map(escapePointer).join('/')}" cannot be added to the document.`,
          );
        text = applyEdits(text, [edit]);
      }
    }
  }
}
