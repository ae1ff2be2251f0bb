/** Files that a `$ref` leads to and that are not there yet, called as those beside it are. */

import { kebab, pascal, wordsOf } from '../../../contract/words.ts';
import { parseReference } from '../../../specs/openapi/reference.ts';
import { lookUp, textOf, valueOf } from '../../../text/document-node.ts';
import type { Completion } from './item.ts';
import { item, type Scene } from './scene.ts';

/** How files are named after the keys that refer to them: `Tea`, `tea`, `tea-leaves`, `teaLeaves`, `TeaLeaves`, `tea_leaves`. */
const namings: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => key.toLowerCase(),
  kebab,
  (key) => pascal(wordsOf(key).join(' ')).replace(/^./, (first) => first.toLowerCase()),
  (key) => pascal(wordsOf(key).join(' ')),
  (key) => wordsOf(key).join('_'),
];

/** In the value of a `$ref` that stands beside others of its kind. */
export function newFiles(scene: Scene): readonly Completion[] {
  const { index, file, cursor, writer } = scene;
  const key = cursor.path.at(-2) ?? '';
  const holder = lookUp(index.document(file)?.node, cursor.path.slice(0, -2));
  const others = holder?.kind === 'map' ? holder.entries.filter((entry) => entry.key !== key) : [];
  const found = others.flatMap((other) => {
    const reference = textOf(valueOf(other.value, '$ref'));
    return reference === undefined ? [] : (likeIt(reference, other.key, key) ?? []);
  });
  const [usual] = [...new Set(found)].sort((a, b) => countOf(found, b) - countOf(found, a));
  const target = usual === undefined ? undefined : parseReference(file, usual);
  if (usual === undefined || target?.kind !== 'file' || index.ready.textOf(target.file) !== undefined)
    return [];
  return [
    item(scene, {
      label: usual,
      kind: 'reference',
      detail: 'a new file, which a quick fix creates',
      insert: writer.text(usual),
      rank: 0,
    }),
  ];
}

/** `./paths/pots.yaml` for `/pots` where `/teas` has `./paths/teas.yaml`. */
function likeIt(reference: string, otherKey: string, key: string): string | undefined {
  const [, folder = '', name, rest = ''] = /^([^#]*\/)?([^#/]+?)(\.\w+(?:#.*)?)$/.exec(reference) ?? [];
  const naming = namings.find((one) => one(otherKey) !== '' && one(otherKey) === name);
  const own = naming?.(key) ?? '';
  if (own === '' || own.includes('/')) return undefined;
  return `${folder}${own}${rest.replaceAll(otherKey, () => key)}`;
}

function countOf(all: readonly string[], one: string): number {
  return all.filter((each) => each === one).length;
}
