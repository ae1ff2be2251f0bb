/** What can be done to a whole specification; offered at the top of its root document. */

import type { FileId } from '../../contract/span.ts';
import type { Edited } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { Collected } from '../symbols/collect.ts';
import { bundle } from './bundle.ts';
import { convert } from './convert.ts';
import { generateOperationIds } from './operation-ids.ts';
import type { Refactoring, Scene } from './refactoring.ts';
import { split } from './split.ts';
import { nextVersion, upgrade } from './upgrade.ts';

/** The keys on whose lines they are offered: nobody looks for them at every blank line. */
const doors: ReadonlySet<string> = new Set(['openapi', 'swagger', 'info']);

export function documentRefactorings(
  scene: Scene,
  { role, node, file }: Visited,
  root: FileId,
  version: string,
): readonly Refactoring[] {
  const { sources, symbols, offset } = scene;
  if (role !== 'root' || file !== root || node.kind !== 'map') return [];
  const text = sources.text(file) ?? '';
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const isDoor = node.entries.some(
    ({ key, keyStart }) => doors.has(key) && keyStart >= line && keyStart <= offset + 2,
  );
  if (!isDoor) return [];
  const exists = (each: FileId): boolean => sources.text(each) !== undefined;
  const language = sources.document(root)?.language;
  const next = nextVersion(version);
  const withRoot = (make: (collected: Collected) => Edited) => (): Edited => {
    const collected = symbols().collected.find((one) => one.root === root);
    return collected ? make(collected) : { refused: 'The document cannot be read.' };
  };
  const isMany =
    scene.isQuick &&
    (symbols().collected.find((one) => one.root === root)?.objects ?? []).some((each) => each.file !== root);
  return [
    {
      id: 'operation ids',
      title: 'Give every operation an operationId',
      kind: 'refactor.rewrite',
      edits: withRoot((collected) => generateOperationIds(sources, collected)),
    },
    ...(next === undefined
      ? []
      : [
          {
            id: 'upgrade',
            title: `Upgrade to OpenAPI ${next}`,
            kind: 'refactor.rewrite',
            edits: withRoot((collected) => upgrade(sources, collected, version)),
          } as const,
        ]),
    {
      id: 'split',
      title: 'Split into a file for each path and component',
      kind: 'refactor.move',
      edits: withRoot((collected) => split(sources, collected, exists)),
    },
    ...(isMany
      ? [
          {
            id: 'bundle',
            title: 'Bundle all files into this one',
            kind: 'refactor.move',
            edits: withRoot((collected) => bundled(scene, collected)),
          } as const,
        ]
      : []),
    {
      id: 'convert',
      title: language === 'json' ? 'Write it as YAML, in a new file' : 'Write it as JSON, in a new file',
      kind: 'refactor.move',
      edits: () => convert(sources, root, exists),
    },
  ];
}

function bundled({ sources, symbols }: Scene, collected: Collected): Edited {
  const { root } = collected;
  const made = bundle(sources, collected, symbols().collector);
  if ('refused' in made) return made;
  const text = sources.text(root) ?? '';
  return { edits: [{ file: root, start: 0, end: text.length, text: made.text }] };
}
