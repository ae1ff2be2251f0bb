/** Specifications in comments: which files each is gathered from, and the contracts that come of them. */

import picomatch from 'picomatch';
import type { Gathering } from '../contract/annotated.ts';
import type { AnnotationFacts, DocumentFacts, FactsView } from '../contract/facts.ts';
import { collection, type UnknownReason } from '../contract/knowledge.ts';
import type { FileId } from '../contract/span.ts';
import { type Annotated, assembleAnnotated } from '../specs/openapi/annotated.ts';
import type { Layout } from './assemble-codes.ts';
import { readNow } from './read-now.ts';
import type { Store } from './store.ts';
import type { Demand } from './work.ts';

export interface AnnotatedAssembly {
  readonly specs: readonly Annotated[];
  /** Files whose comments, and documents, have to be read first. */
  readonly wants: readonly FileId[];
  readonly documents: readonly FileId[];
}

/** Assembles again and again; what was not edited since stands. */
export type AnnotatedSide = (layout: Layout, gatherings: readonly Gathering[]) => AnnotatedAssembly;

interface Made {
  readonly spec: Annotated;
  readonly sources: readonly AnnotationFacts[];
  /** Documents that its references lead to, as they were read. */
  readonly read: ReadonlyMap<FileId, DocumentFacts | undefined>;
}

export function createAnnotatedSide(store: Store, demand: Demand | undefined): AnnotatedSide {
  let last = new Map<string, Made>();

  const annotationsOf = (file: FileId): AnnotationFacts | undefined =>
    readNow(store, demand, 'annotations', file);

  function documentOf(file: FileId): DocumentFacts | undefined {
    if (store.get(file)?.listed.document !== true) return undefined;
    store.watch(file);
    return readNow(store, demand, 'document', file);
  }

  return (layout, gatherings) => {
    const wants = new Set<FileId>();
    const documents = new Set<FileId>();
    const specs: Annotated[] = [];
    const made = new Map<string, Made>();
    for (const gathering of gatherings.length > 0 ? gatherings : ungathered(store, layout)) {
      const { items, gaps } = filesOf(store, layout, gathering);
      const sources: AnnotationFacts[] = [];
      for (const file of items) {
        const facts = annotationsOf(file);
        if (facts) sources.push(facts);
        else wants.add(file);
      }
      const key = JSON.stringify([gathering, gaps]);
      const before = last.get(key);
      const stands =
        before !== undefined &&
        before.sources.length === sources.length &&
        before.sources.every((facts, index) => facts === sources[index]) &&
        [...before.read].every(([file, facts]) => facts !== undefined && documentOf(file) === facts);
      const now = stands ? before : make(gathering, sources, gaps);
      for (const [file, facts] of now.read) if (!facts) documents.add(file);
      made.set(key, now);
      specs.push(now.spec);
    }
    last = made;
    return { specs, wants: [...wants], documents: [...documents] };
  };

  function make(
    gathering: Gathering,
    sources: readonly AnnotationFacts[],
    gaps: readonly UnknownReason[],
  ): Made {
    const read = new Map<FileId, DocumentFacts | undefined>();
    const view: FactsView<DocumentFacts> = {
      has: (file) => store.get(file)?.listed.document === true,
      get: (file) => {
        const facts = documentOf(file);
        if (view.has(file)) read.set(file, facts);
        return facts;
      },
    };
    return { spec: assembleAnnotated(gathering, sources, gaps, view), sources, read };
  }
}

/** Folders of build output, and what they are built from. */
const output = /(^|\/)(?:dist|build|out|lib)\//;

/** The files that a gathering reads, in its order. Where it cannot be told, all of its package that have anything to say. */
function filesOf(
  store: Store,
  layout: Layout,
  { at, patterns }: Gathering,
): ReturnType<typeof collection<FileId>> {
  const gaps = [...patterns.gaps];
  const found = new Set<FileId>();
  for (const pattern of patterns.items) {
    const candidates = [pattern, pattern.replace(output, '$1src/'), pattern.replace(output, '$1')];
    const files = candidates.flatMap((each) => [each, anyScript(each)]).map((each) => matching(layout, each));
    const matched = files.find((some) => some.length > 0);
    for (const file of matched ?? []) found.add(file);
    // What is built of a folder without such files has none of them either.
    const source = /^(?:.*?\/)?(?=(?:dist|build|out|lib)\/)/.exec(pattern)?.[0];
    const isBuilt = source !== undefined && isFolder(layout, `${source}src`);
    if (!matched && !isBuilt && !isFolder(layout, picomatch.scan(pattern).base))
      gaps.push({ why: 'unresolved', symbol: pattern, at });
  }
  if (gaps.length === 0) return collection([...found]);
  const home = layout.packages.nearest(at.file)?.dir ?? '.';
  for (const file of annotatedFiles(store, layout))
    if ((layout.packages.nearest(file)?.dir ?? '.') === home) found.add(file);
  return collection([...found], gaps);
}

function matching(layout: Layout, pattern: string): readonly FileId[] {
  const isMatch = picomatch(pattern);
  return layout.files.filter((file) => isMatch(file));
}

/** A program that is compiled names the JavaScript that it will be. */
function anyScript(pattern: string): string {
  return pattern.replace(/\.([cm]?)js$/, '.$1{j,t}s');
}

function isFolder(layout: Layout, folder: string): boolean {
  return layout.files.some((file) => file.startsWith(`${folder}/`));
}

function annotatedFiles(store: Store, layout: Layout): readonly FileId[] {
  return layout.files.filter((file) => {
    const state = store.get(file);
    return state?.listed.aside === undefined && state?.scan?.annotated === true;
  });
}

/** Comments that no call was seen to gather: one specification a package, of which nothing else is known. */
function ungathered(store: Store, layout: Layout): readonly Gathering[] {
  const homes = new Map<string, FileId>();
  for (const file of annotatedFiles(store, layout)) {
    const home = layout.packages.nearest(file)?.dir ?? '.';
    if (!homes.has(home)) homes.set(home, file);
  }
  return [...homes.values()].map((file): Gathering => {
    const at = { file, start: 0, end: 0 };
    const reason: UnknownReason = { why: 'dynamic', what: 'what gathers the comments of this package', at };
    return { at, definition: { kind: 'unknown', reason, at }, patterns: collection<string>([], [reason]) };
  });
}
