/** What stands at a place of a specification. */

import { isGroup } from '../../authoring/grammar.ts';
import type { FileId, Span } from '../../contract/span.ts';
import {
  child,
  type Located,
  keySpan,
  refOf,
  securitySchemesIn,
  spanOf,
} from '../../specs/openapi/reader.ts';
import { formatPointer, stringOf, textOf, valueOf } from '../../text/document-node.ts';
import { locatedStep, pathAt, type PathStep } from './document-path.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { grouped } from '../../engine/lookup.ts';
import { firstFrom, usesOf } from './spec-references.ts';

/** `at` is the text that is meant: a key, or a value. */
export type SpecPlace =
  | { readonly kind: 'operation'; readonly at: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'path'; readonly at: Span; readonly entries: readonly Entry[] }
  | {
      readonly kind: 'status';
      readonly at: Span;
      readonly status: string;
      readonly response: Located;
      readonly entries: readonly Entry[];
    }
  | {
      readonly kind: 'parameter';
      readonly at: Span;
      readonly name: string;
      readonly in: string;
      readonly parameter: Located;
      readonly entries: readonly Entry[];
    }
  /** `target` is undefined where the reference leads nowhere that was read. */
  | {
      readonly kind: 'reference';
      readonly at: Span;
      readonly text: string;
      readonly target: Located | undefined;
      readonly entries: readonly Entry[];
    }
  /** A component, or anything else with a name that `$ref`s may lead to. */
  | { readonly kind: 'component'; readonly at: Span; readonly name: string; readonly component: Located };

/** Undefined where nothing can be said, and for files that belong to no specification. */
export function specPlaceAt(index: FeatureIndex, file: FileId, offset: number): SpecPlace | undefined {
  const top = index.document(file);
  if (!top) return keyWithoutTree(index, file, offset);
  const { steps, on } = pathAt(top.node, offset);
  const last = steps.at(-1);
  if (!last || on === 'space') return undefined;
  const parent = steps.at(-2);
  const entries = entriesAround(index, file, steps);
  if (last.token === '$ref' && stringOf(last.node) !== undefined) {
    return referencePlace(
      index,
      file,
      parent?.node ? { ...top, node: parent.node, pointer: parent.pointer } : top,
      last,
      offset,
      entries,
    );
  }
  if (on === 'key') return keyPlace(index, file, steps, entries);
  if (last.token === 'operationId' && entries.length > 0) {
    return { kind: 'operation', at: spanOf({ file, node: last.node }), entries };
  }
  if (last.token === 'name' && parent && isParameter(parent))
    return parameterPlace(index, file, parent, last, entries);
  return undefined;
}

/** Where there is no tree (yet), the keys of operations and paths are known all the same. */
function keyWithoutTree(index: FeatureIndex, file: FileId, offset: number): SpecPlace | undefined {
  if (!index.specFiles.has(file)) return undefined;
  const isOn = (at: Span): boolean => at.file === file && at.start <= offset && offset <= at.end;
  for (const { spec } of index.entriesIn(file)) {
    if (!spec) continue;
    const { at, origin } = spec;
    if (isOn(at)) return { kind: 'operation', at, entries: index.entriesAtKey(file, at.start) };
    const { pathAt: path } = origin;
    if (isOn(path)) return { kind: 'path', at: path, entries: index.entriesAtPath(file, path.start) };
  }
  return undefined;
}

function keyPlace(
  index: FeatureIndex,
  file: FileId,
  steps: readonly PathStep[],
  around: readonly Entry[],
): SpecPlace | undefined {
  const last = steps.at(-1);
  if (!last?.entry) return undefined;
  const at = keySpan(file, last.entry);
  const operations = index.entriesAtKey(file, last.entry.keyStart);
  if (operations.length > 0) return { kind: 'operation', at, entries: operations };
  const onPath = index.entriesAtPath(file, last.entry.keyStart);
  if (onPath.length > 0) return { kind: 'path', at, entries: onPath };
  const parent = steps.at(-2);
  const response = locatedStep(file, last);
  if (parent?.token === 'responses' && /^(?:[1-5](?:\d\d|xx)|default)$/i.test(last.token)) {
    const status = last.token.toLowerCase() === 'default' ? 'default' : last.token.toUpperCase();
    return { kind: 'status', at, status, response, entries: around };
  }
  if (last.token === 'operationId' && around.length > 0) return { kind: 'operation', at, entries: around };
  if (steps.at(-3)?.token === 'security' && steps.at(-2)?.node.kind === 'map') {
    return {
      kind: 'reference',
      at,
      text: last.token,
      target: securityScheme(index, file, last.token),
      entries: around,
    };
  }
  const isFragment = steps.length === 1 && (last.node.kind === 'map' || last.node.kind === 'seq');
  const isNamed =
    parent !== undefined &&
    isGroup(parent.token) &&
    (steps.length === 2 || steps.at(-3)?.token === 'components');
  if (isNamed || (isFragment && !index.ready.snapshot.specs.some((spec) => spec.file === file))) {
    return { kind: 'component', at, name: last.token, component: locatedStep(file, last) };
  }
  return undefined;
}

/** Requirements name schemes of the root document (OpenAPI 3.1, section 4.8.30). */
function securityScheme(index: FeatureIndex, file: FileId, name: string): Located | undefined {
  for (const spec of index.ready.snapshot.specs) {
    const top = spec.files.includes(file) ? index.document(spec.file) : undefined;
    const schemes = securitySchemesIn(top);
    const scheme = schemes && child(schemes, name);
    if (scheme) return scheme;
  }
  return undefined;
}

function referencePlace(
  index: FeatureIndex,
  file: FileId,
  from: Located,
  step: PathStep,
  offset: number,
  entries: readonly Entry[],
): SpecPlace {
  const followed = refOf(from.node) ? index.reader.step(from) : undefined;
  return {
    kind: 'reference',
    at: {
      file,
      start: step.entry && offset <= step.entry.keyEnd ? step.entry.keyStart : step.node.start,
      end: step.node.end,
    },
    text: stringOf(step.node) ?? '',
    target: followed?.found ? followed.at : undefined,
    entries,
  };
}

function isParameter({ node }: PathStep): boolean {
  return textOf(valueOf(node, 'name')) !== undefined && stringOf(valueOf(node, 'in')) !== undefined;
}

function parameterPlace(
  index: FeatureIndex,
  file: FileId,
  parent: PathStep,
  name: PathStep,
  around: readonly Entry[],
): SpecPlace {
  // A component belongs to whoever refers to it.
  const entries = around.length > 0 ? around : referrers(index, locatedStep(file, parent));
  return {
    kind: 'parameter',
    at: spanOf({ file, node: name.node }),
    name: textOf(name.node) ?? '',
    in: stringOf(valueOf(parent.node, 'in')) ?? '',
    parameter: locatedStep(file, parent),
    entries,
  };
}

/** The operations inside of which, or of whose path item, the place is: those of the innermost step that is one. */
function entriesAround(index: FeatureIndex, file: FileId, steps: readonly PathStep[]): readonly Entry[] {
  for (const step of [...steps].reverse()) {
    if (!step.entry) continue;
    const operations = index.entriesAtKey(file, step.entry.keyStart);
    if (operations.length > 0) return operations;
    const onPath = index.entriesAtPath(file, step.entry.keyStart);
    if (onPath.length > 0) return onPath;
  }
  return [];
}

/** The operations that list a parameter by a reference. */
function referrers(index: FeatureIndex, { file, pointer }: Located): readonly Entry[] {
  const uses = grouped(usesOf(index, file, formatPointer(pointer)), ({ at }) => at.file);
  return index.entries.filter(({ spec }) =>
    spec?.inputs.items.some(({ at }) => {
      const inFile = uses.get(at.file) ?? [];
      const use = inFile[firstFrom(inFile, at.start)];
      return use !== undefined && use.at.end <= at.end;
    }),
  );
}

/** The operations around any place of a specification. */
export function entriesAt(index: FeatureIndex, file: FileId, offset: number): readonly Entry[] {
  const top = index.document(file);
  return top ? entriesAround(index, file, pathAt(top.node, offset).steps) : [];
}
