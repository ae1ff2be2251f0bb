/** Who refers to whom: components and operations as callers and callees. */

import type { FileId, Span } from '../../contract/span.ts';
import { descend, type Located } from '../../specs/openapi/reader.ts';
import { formatPointer, parsePointer } from '../../text/document-node.ts';
import { locatedTarget } from './definition.ts';
import { locatedStep, pathAt } from './document-path.ts';
import type { FeatureIndex } from './feature-index.ts';
import { schemaText } from './shape-text.ts';
import { specPlaceAt } from './spec-place.ts';
import { usesOf } from './spec-references.ts';

/** An operation, a component, or a whole document that others refer to. */
export interface HierarchyItem {
  readonly kind: 'operation' | 'component';
  readonly name: string;
  /** What it describes, on one line, or where it is. */
  readonly detail: string;
  /** Its key, inside of `whole`. */
  readonly at: Span;
  readonly whole: Span;
  /** For asking on: `file` and the pointer of what it is. */
  readonly file: FileId;
  readonly pointer: string;
}

export interface HierarchyCall {
  readonly item: HierarchyItem;
  /** The references, in the text of the one that refers. */
  readonly places: readonly Span[];
}

/** What stands at a place: on the key of a component or an operation, or on a reference. */
export function hierarchyAt(index: FeatureIndex, file: FileId, offset: number): HierarchyItem | undefined {
  const place = specPlaceAt(index, file, offset);
  switch (place?.kind) {
    case 'component':
      return itemOf(index, place.component);
    case 'reference':
      return place.target && itemOf(index, place.target);
    case 'operation':
      return holderOf(index, file, place.at.start);
    default:
      return undefined;
  }
}

export function callersOf(
  index: FeatureIndex,
  { file, pointer }: Pick<HierarchyItem, 'file' | 'pointer'>,
): readonly HierarchyCall[] {
  const uses = usesOf(index, file, pointer).map(({ at }) => at);
  return callsOf(uses, (at) => holderOf(index, at.file, at.start));
}

export function calleesOf(
  index: FeatureIndex,
  { file, pointer }: Pick<HierarchyItem, 'file' | 'pointer'>,
): readonly HierarchyCall[] {
  const from = locate(index, file, pointer);
  if (!from) return [];
  const { start, end } = from.node;
  const targets = new Map<Span, HierarchyItem>();
  for (const { at, target } of index.texts.references(file)) {
    const to = target && at.start >= start && at.end <= end && locate(index, target.file, target.pointer);
    if (to) targets.set(at, itemOf(index, to));
  }
  return callsOf([...targets.keys()], (at) => targets.get(at));
}

function callsOf(
  places: readonly Span[],
  itemFor: (at: Span) => HierarchyItem | undefined,
): readonly HierarchyCall[] {
  const calls = new Map<string, { readonly item: HierarchyItem; readonly places: Span[] }>();
  for (const at of places) {
    const item = itemFor(at);
    if (!item) continue;
    const key = `${item.file}#${item.pointer}`;
    const call = calls.get(key);
    if (call) call.places.push(at);
    else calls.set(key, { item, places: [at] });
  }
  return [...calls.values()];
}

function locate(index: FeatureIndex, file: FileId, pointer: string): Located | undefined {
  return descend(index.document(file), parsePointer(pointer) ?? []);
}

function itemOf(index: FeatureIndex, located: Located, name = located.pointer.at(-1)): HierarchyItem {
  const { file, pointer } = located;
  const type = schemaText(index.reader, located);
  const { at, whole } = locatedTarget(index, located);
  return {
    kind: 'component',
    name: name ?? file.split('/').at(-1) ?? file,
    detail: type === 'any' || type === 'unknown' ? file : type,
    at,
    whole,
    file,
    pointer: formatPointer(pointer),
  };
}

/** The innermost thing with a name of its own around a place: an operation, a component, else the whole document. */
function holderOf(index: FeatureIndex, file: FileId, offset: number): HierarchyItem | undefined {
  const top = index.document(file);
  if (!top) return undefined;
  const { steps } = pathAt(top.node, offset);
  for (const step of steps.toReversed()) {
    if (!step.entry) continue;
    const [operation] = index.entriesAtKey(file, step.entry.keyStart);
    if (operation) {
      const name = `${operation.method} ${operation.path}`;
      const item = itemOf(index, locatedStep(file, step), name);
      return { ...item, kind: 'operation', detail: operation.spec?.origin.summary ?? '' };
    }
    const place = specPlaceAt(index, file, step.entry.keyStart);
    if (place?.kind === 'component') return itemOf(index, place.component);
  }
  return itemOf(index, top);
}
