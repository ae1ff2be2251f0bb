/** What a `$ref` may lead to: components of the kind that is wanted, in this document and in others. */

import { relativeReference } from '../../../authoring/relative-reference.ts';
import type { FileId } from '../../../contract/span.ts';
import { child, children, type Located } from '../../../specs/openapi/reader.ts';
import { componentGroups, rootGroups } from '../../../specs/openapi/vocabulary/vocabulary.ts';
import type { Kind } from '../../../specs/openapi/vocabulary/model.ts';
import { formatPointer, lookUp, parsePointer } from '../../../text/document-node.ts';
import type { Completion } from './item.ts';
import { valueIn } from './place.ts';
import { item, type Scene } from './scene.ts';

export interface Target {
  readonly name: string;
  readonly file: FileId;
  /** JSON pointer (RFC 6901); empty for a whole document. */
  readonly pointer: string;
}

/** The text of a `$ref` (RFC 3986, section 4.1; percent signs as in section 3.5). */
export function referenceText(from: FileId, { file, pointer }: Target): string {
  const fragment = pointer === '' ? '' : `#${encodePointer(pointer)}`;
  return `${relativeReference(from, file)}${fragment}`;
}

/** Signs that a fragment must not have as they are. */
function encodePointer(pointer: string): string {
  return pointer.replaceAll(/[%"<>\\^`{|}\s]/g, (char) => encodeURIComponent(char));
}

/** In the order: components of this document, of others of the spec, parts that stand in files of their own. */
export function targetsOf(scene: Scene, kind: Kind): readonly Target[] {
  const { index, file, document } = scene;
  const files = [...new Set([file, ...document.roots])];
  const components = files.flatMap((each) => componentsIn(index.document(each), kind));
  const { specs } = index.ready.snapshot;
  const others = specs
    .filter((spec) => !files.includes(spec.file) && sameMajor(spec.version, document.version))
    .flatMap((spec) => componentsIn(index.document(spec.file), kind));
  return [...components, ...parts(scene, kind), ...others];
}

function sameMajor(a: string, b: string): boolean {
  return a.split('.')[0] === b.split('.')[0];
}

function componentsIn(top: Located | undefined, kind: Kind): readonly Target[] {
  if (!top) return [];
  const components = child(top, 'components');
  const [holder, groups] = components ? [components, componentGroups] : [top, rootGroups];
  return Object.entries(groups).flatMap(([group, of]) => {
    const named = of === kind ? child(holder, group) : undefined;
    return named
      ? children(named).map(({ key, file, pointer }) => ({
          name: key,
          file,
          pointer: formatPointer(pointer),
        }))
      : [];
  });
}

/** Whatever something refers to as this kind, with what stands beside it; in a spec of one file components are all there is. */
function parts({ index, document }: Scene, kind: Kind): readonly Target[] {
  if (index.ready.snapshot.specs.every(({ files }) => files.length === 1)) return [];
  const found = new Map<string, Target>();
  const folders = new Set<string>();
  for (const target of index.references().keys()) {
    const [name = '', pointer = ''] = target.split('#');
    const file = name as FileId;
    const tokens = parsePointer(pointer);
    const root = index.document(file)?.node ?? index.texts.document(file)?.root;
    if (!tokens || !root || tokens[0] === 'components' || tokens[0] === 'definitions') continue;
    const own = { ...document, isRoot: index.ready.snapshot.specs.some((spec) => spec.file === file) };
    const value = valueIn(index, file, own, tokens);
    if (value?.is !== 'object' || value.kind !== kind) continue;
    const folder = tokens.slice(0, -1);
    if (tokens.length === 0) found.set(target, { name: file.split('/').at(-1) ?? file, file, pointer: '' });
    else if (!own.isRoot && !folders.has(`${file}#${formatPointer(folder)}`)) {
      folders.add(`${file}#${formatPointer(folder)}`);
      const node = lookUp(root, folder);
      for (const { key } of node?.kind === 'map' ? node.entries : []) {
        const at = formatPointer([...folder, key]);
        found.set(`${file}#${at}`, { name: key, file, pointer: at });
      }
    }
  }
  return [...found.values()];
}

/** More would take longer to send than anybody reads; who types on is asked again. */
export const mostItems = 300;

/** For the value of a `$ref`. */
export function referenceValues(scene: Scene, kind: Kind): readonly Completion[] {
  const { writer, file, cursor } = scene;
  const named = (target: Target): string => `${target.name} ${referenceText(file, target)}`;
  return matching(targetsOf(scene, kind), cursor.typed, named).map((target, position) => {
    const reference = referenceText(file, target);
    return item(scene, {
      label: reference,
      kind: 'reference',
      detail: target.file === file ? target.name : `${target.name} in ${target.file}`,
      insert: writer.text(reference),
      filter: `${target.name} ${reference}`,
      rank: position,
    });
  });
}

/** For an object that may be a reference: its key and value at once, by the name of the component. */
export function referenceEntries(scene: Scene, kind: Kind): readonly Completion[] {
  const { writer, file, cursor } = scene;
  return matching(targetsOf(scene, kind), cursor.typed, ({ name }) => name).map((target, position) => {
    const reference = referenceText(file, target);
    return item(scene, {
      label: target.name,
      kind: 'reference',
      detail: `$ref ${reference}`,
      insert: writer.entries({ $ref: reference }),
      rank: 2000 + position,
    });
  });
}

/** Those that have the typed letters in their order. */
function matching(
  targets: readonly Target[],
  typed: string,
  textOf: (target: Target) => string,
): readonly Target[] {
  const letters = typed.toLowerCase();
  const fits = (target: Target): boolean => {
    let at = 0;
    for (const char of textOf(target).toLowerCase()) if (char === letters[at]) at += 1;
    return at >= letters.length;
  };
  return (letters === '' ? targets : targets.filter(fits)).slice(0, mostItems);
}
