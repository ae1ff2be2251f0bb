/** What stands at a place of a document, by the words of its version: also in files that only `$ref`s lead to. */

import type { FileId } from '../../../contract/span.ts';
import { specVersion, type SpecVersion } from '../../../specs/openapi/detect.ts';
import { object, type Value } from '../../../specs/openapi/vocabulary/model.ts';
import { valueAt } from '../../../specs/openapi/vocabulary/vocabulary.ts';
import { formatPointer } from '../../../text/document-node.ts';
import { pathAt } from '../document-path.ts';
import type { FeatureIndex } from '../feature-index.ts';
import type { Reference } from '../spec-references.ts';

export interface SpecDocument {
  readonly version: SpecVersion;
  /** Does it say its version itself? */
  readonly isRoot: boolean;
  /** The documents that have components, tags and the like: itself, or those that it is a part of. */
  readonly roots: readonly FileId[];
}

/** Undefined for a file that is no part of a specification. */
export function specDocument(index: FeatureIndex, file: FileId, text: string): SpecDocument | undefined {
  const version = versionIn(text);
  if (version) return { version, isRoot: true, roots: [file] };
  const { specs } = index.ready.snapshot;
  const isIn = (each: FileId): typeof specs => specs.filter(({ files }) => files.includes(each));
  const own = isIn(file);
  // Analysis reads what operations lead to; components that nothing uses lead to documents too.
  const around = own.length > 0 ? own : (targetsOf(index).files.get(file) ?? []).flatMap(isIn);
  const [first] = around;
  if (!first) return undefined;
  const isRoot = around.some((spec) => spec.file === file);
  return { version: toVersion(first.version), isRoot, roots: around.map((spec) => spec.file) };
}

function toVersion(version: string): SpecVersion {
  return version === '2.0' || version === '3.0' || version === '3.1' ? version : '3.2';
}

/** The key stands in front of almost every document. */
const head = 4_000;

function versionIn(text: string): SpecVersion | undefined {
  const found = /^\uFEFF?\s*\{/.test(text)
    ? /^\uFEFF?\s*\{[^{}[\]]*?"(openapi|swagger)"\s*:\s*"([\w.-]+)/.exec(text.slice(0, head))
    : /^\uFEFF?(?:["']?)(openapi|swagger)["']?[ \t]*:[ \t]+["']?([\w.-]+)/m.exec(text.slice(0, head));
  return found ? specVersion(found[1] ?? '', found[2] ?? '') : undefined;
}

/** What a way through a document leads to; undefined where nothing is known of it. */
export function valueIn(
  index: FeatureIndex,
  file: FileId,
  { version, isRoot }: SpecDocument,
  path: readonly string[],
  depth = 0,
): Value | undefined {
  if (isRoot) return valueAt(object('document'), path, version);
  if (depth > deepest) return undefined;
  const known = targetsOf(index);
  for (let length = path.length; length >= 0; length -= 1) {
    const pointer = formatPointer(path.slice(0, length));
    // What stands beside something that is referred to is of the same kind.
    const beside = length > 0 ? formatPointer(path.slice(0, length - 1)) : undefined;
    const use =
      known.exact.get(`${file}#${pointer}`) ??
      (beside === undefined ? undefined : known.beside.get(`${file}#${beside}/`));
    const value = use && referrerValue(index, use, version, depth);
    if (value) return valueAt(value, path.slice(length), version);
  }
  return undefined;
}

/** Fragments that lead to fragments. */
const deepest = 6;

function referrerValue(
  index: FeatureIndex,
  { at }: Reference,
  version: SpecVersion,
  depth: number,
): Value | undefined {
  const top = index.document(at.file);
  if (!top) return undefined;
  const path = pathAt(top.node, at.start).steps.map(({ token }) => token);
  const roots = index.ready.snapshot.specs.filter((spec) => spec.file === at.file).map((spec) => spec.file);
  return path.at(-1) === '$ref'
    ? valueIn(index, at.file, { version, isRoot: roots.length > 0, roots }, path.slice(0, -1), depth + 1)
    : undefined;
}

interface Targets {
  /** A reference to what is at `file#pointer`. */
  readonly exact: ReadonlyMap<string, Reference>;
  /** A reference to something in the mapping at `file#pointer/`. */
  readonly beside: ReadonlyMap<string, Reference>;
  /** Files that refer to a file. */
  readonly files: ReadonlyMap<FileId, readonly FileId[]>;
}

const targets = new WeakMap<FeatureIndex, Targets>();

function targetsOf(index: FeatureIndex): Targets {
  const known = targets.get(index);
  if (known) return known;
  const exact = new Map<string, Reference>();
  const beside = new Map<string, Reference>();
  const files = new Map<FileId, FileId[]>();
  for (const [target, [first]] of index.references()) {
    if (!first?.target) continue;
    const { file } = first.target;
    if (files.get(file)?.includes(first.at.file) !== true)
      files.set(file, [...(files.get(file) ?? []), first.at.file]);
    exact.set(target, first);
    const folder = target.slice(0, target.lastIndexOf('/') + 1);
    if (folder.includes('#')) beside.set(folder, first);
  }
  const made = { exact, beside, files };
  targets.set(index, made);
  return made;
}
