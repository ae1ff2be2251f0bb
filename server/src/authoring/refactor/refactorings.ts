/** What can be done to the object at a place. Offers are cheap; edits are made when one is chosen. */

import type { FileId } from '../../contract/span.ts';
import { refOf } from '../../specs/openapi/reader.ts';
import { escapePointer, lookUp, stringOf } from '../../text/document-node.ts';
import type { Edited } from '../edits.ts';
import { componentsPointer, isComponent, type Visited } from '../grammar.ts';
import { objectsAt } from '../object-at.ts';
import { relativeReference } from '../relative-reference.ts';
import type { SpecSymbols } from '../symbols/build.ts';
import { canExtract, extract, hasRelativeReferences, isEqual, referTo, versionOf } from './extract.ts';
import { canWrap, wrapInOneOf } from './alternatives.ts';
import { targetCreation } from './create-target.ts';
import { documentRefactorings } from './document-refactorings.ts';
import { hasExample, schemaOfExample } from './examples.ts';
import { inline } from './inline.ts';
import { homesFor, move } from './move.ts';
import type { Refactoring, Scene } from './refactoring.ts';
import { remove, usersOf } from './remove.ts';
import { split } from './split.ts';
import { byName, byOrder, sorted, standardOrder } from './sort.ts';

export function refactorings(asked: Scene): readonly Refactoring[] {
  const { sources, file } = asked;
  const offset = onContent(sources.text(file) ?? '', asked.offset);
  const scene = { ...asked, offset };
  // Where things are in a document with faults is a guess.
  if (sources.document(file)?.problems.some(({ severity }) => severity === 'error') !== false) return [];
  const isRoot = sources.roots.includes(file);
  if (!isRoot && !scene.isQuick) return [];
  const around = objectsAt(sources, file, offset, isRoot ? undefined : scene.symbols());
  const root = isRoot ? file : rootOf(scene);
  const version = root === undefined ? undefined : versionOf(sources, root);
  const object = around.at(-1);
  if (!object || root === undefined || version === undefined) return [];
  const text = sources.text(file) ?? '';
  const onHead = isOnHead(text, object, offset);
  const missing = onHead ? targetCreation(sources, object, version) : undefined;
  if (missing) return [missing];
  return [
    ...(onHead
      ? [
          ...extractions(scene, root, version, object),
          ...inlining(scene, object),
          ...rewriting(scene, version, object),
        ]
      : []),
    ...(onHead && scene.isQuick ? [...removal(scene, object), ...moving(scene, object, root)] : []),
    ...sorting(scene, object, onHead),
    ...documentRefactorings(scene, object, root, version),
  ];
}

/** Whoever stands in front of a line, or on its dash, means what begins there. */
function onContent(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const lead = /^[ \t]*(?:-[ \t]+)*/.exec(text.slice(start, start + 200))?.[0].length ?? 0;
  return Math.max(offset, start + lead);
}

function rootOf({ symbols, file }: Scene): FileId | undefined {
  return symbols().collected.find(({ objects }) => objects.some((object) => object.file === file))?.root;
}

/** On the line on which an object begins, or on that of its reference. */
function isOnHead(text: string, { node, entry }: Visited, offset: number): boolean {
  const starts = [entry?.keyStart ?? node.start, refOf(node)?.keyStart ?? node.start];
  return starts.some(
    (start) =>
      start <= offset + 2 && !text.slice(Math.min(start, offset), Math.max(start, offset)).includes('\n'),
  );
}

function extractions(
  { sources, symbols, isQuick }: Scene,
  root: FileId,
  version: string,
  object: Visited,
): readonly Refactoring[] {
  const pointer = componentsPointer(object.role, version);
  if (!pointer || !canExtract(object, version)) return [];
  const group = pointer.join('/');
  const container = lookUp(sources.document(root)?.root, pointer);
  const same =
    container?.kind === 'map' ? container.entries.filter(({ value }) => isEqual(value, object.node)) : [];
  const existing = same.map(({ key }): Refactoring => ({
    id: `use ${key}`,
    title: `Refer to ${group}/${key}, which is equal`,
    kind: 'refactor.extract',
    edits: () => {
      const fragment = `#/${[...pointer, key].map(escapePointer).join('/')}`;
      const edit = referTo(sources, object, `${relativeReference(object.file, root)}${fragment}`);
      return edit ? { edits: [edit] } : { refused: 'It is written in a way that cannot be replaced.' };
    },
  }));
  const one: Refactoring = {
    id: 'extract',
    title: `Extract to ${group}`,
    kind: 'refactor.extract',
    edits: () => extract(sources, symbols, root, object),
  };
  const equal = isQuick ? equals(symbols(), object, version) : [];
  const all: Refactoring = {
    id: 'extract all',
    title: `Extract to ${group}, for ${equal.length + 1} equal ones`,
    kind: 'refactor.extract',
    edits: () => extract(sources, symbols, root, object, equal),
  };
  return [...existing, one, ...(equal.length > 0 ? [all] : [])];
}

/** Others that say the same, none within another. */
function equals({ collected }: SpecSymbols, object: Visited, version: string): readonly Visited[] {
  const found: Visited[] = [];
  // The same words of a reference mean something else in another file.
  const isOfItsFile = hasRelativeReferences(object.node);
  for (const { objects } of collected)
    for (const other of objects) {
      if (other.node === object.node || other.role !== object.role || !canExtract(other, version)) continue;
      if (isOfItsFile && other.file !== object.file) continue;
      if (found.some(({ node }) => node === other.node) || !isEqual(other.node, object.node)) continue;
      found.push(other);
    }
  return found;
}

function inlining({ sources, symbols }: Scene, object: Visited): readonly Refactoring[] {
  const reference = stringOf(refOf(object.node)?.value);
  if (reference === undefined || object.isMap === true) return [];
  return [
    {
      id: 'inline',
      title: `Write out ${reference.replace(/^.*\//, '')} here`,
      kind: 'refactor.inline',
      edits: () => {
        const resolved = symbols().collector.resolve(object.file, reference);
        if (!resolved?.target) return { refused: `"${reference}" leads to nothing.` };
        const last = resolved.steps.at(-1)?.entry.keyAt;
        const { node } = resolved.target;
        return inline(
          sources,
          object,
          resolved.target,
          last && last.end <= node.start ? last.end : node.start,
        );
      },
    },
  ];
}

function removal({ sources, symbols }: Scene, object: Visited): readonly Refactoring[] {
  if (!isComponent(object) || !object.entry) return [];
  const base = { id: 'remove', title: `Delete ${object.entry.key}`, kind: 'refactor.rewrite' } as const;
  const edits = (): Edited => remove(sources, symbols(), object);
  const users = usersOf(symbols(), object);
  if (users.length === 0) return [{ ...base, edits }];
  const made = edits();
  return 'refused' in made ? [{ ...base, disabled: made.refused, edits }] : [];
}

/** More files than these nobody looks through. */
const mostHomes = 6;

function moving({ sources, symbols }: Scene, object: Visited, root: FileId): readonly Refactoring[] {
  if (!isComponent(object) || !object.entry) return [];
  const { key } = object.entry;
  const kind = 'refactor.move';
  const exists = (file: FileId): boolean => sources.text(file) !== undefined;
  const homes = homesFor(symbols(), object).slice(0, mostHomes);
  const collected = symbols().collected.find((each) => each.root === root);
  return [
    ...homes.map((to): Refactoring => ({
      id: `move to ${to}`,
      title: `Move ${key} to ${to}`,
      kind,
      edits: () => move(sources, symbols(), object, to),
    })),
    ...(collected && object.file === root && object.role !== 'securityScheme' && !refOf(object.node)
      ? [
          {
            id: 'move',
            title: `Move ${key} to a file of its own`,
            kind,
            edits: () => split(sources, collected, exists, object),
          } as const,
        ]
      : []),
  ];
}

function sorting({ sources, file, offset }: Scene, object: Visited, onHead: boolean): readonly Refactoring[] {
  const found: Refactoring[] = [];
  const order = standardOrder(object);
  const add = (id: string, title: string, made: Edited): void => {
    if ('edits' in made) found.push({ id, title, kind: 'refactor.rewrite', edits: () => made });
  };
  if (order && (onHead || object.role === 'root'))
    add(
      'sort keys',
      'Sort its keys in the standard order',
      sorted(sources, file, object.node, byOrder(order)),
    );
  if ((object.role === 'root' || object.role === 'components') && object.node.kind === 'map')
    for (const { key, keyStart, keyEnd, value } of object.node.entries) {
      const isNames = object.role === 'components' || key === 'paths' || key === 'definitions';
      if (isNames && keyStart <= offset && offset <= keyEnd)
        add('sort names', `Sort ${key} by name`, sorted(sources, file, value, byName));
    }
  return found;
}

function rewriting({ sources, symbols }: Scene, version: string, object: Visited): readonly Refactoring[] {
  const kind = 'refactor.rewrite';
  return [
    ...(hasExample(object)
      ? [
          {
            id: 'infer',
            title: 'Make a schema of this example',
            kind,
            edits: () => schemaOfExample(sources, object, version),
          } as const,
        ]
      : []),
    ...(canWrap(object) && version !== '2.0'
      ? [
          {
            id: 'one of',
            title: 'Make it one of several, with a discriminator',
            kind,
            edits: () => wrapInOneOf(sources, symbols().collector, object),
          } as const,
        ]
      : []),
  ];
}
