/** Mends of what a document says of itself: info, servers, tags. */

import { areSorted } from '../../../../contract/words.ts';
import { lookUp, stringOf, valueOf } from '../../../../text/document-node.ts';
import type { Plain } from '../../../../text/document-style.ts';
import { appendItem, replaceText, type TextEdit } from '../../../../text/edit-document.ts';
import { removeItems } from '../../../../text/remove-parts.ts';
import {
  addTo,
  each,
  keyOrder,
  mapAt,
  mend,
  operationsIn,
  textAt,
  type LintFixer,
  type LintScene,
} from './scene.ts';

/** Somebody has to say it; who leaves this in is asked in the review. */
export const todo = (what: string): string => `TODO: ${what}`;

const addInfo = (key: string, value: Plain, title: string): LintFixer =>
  each(
    () => title,
    (scene) => [addTo(scene, ['info'], key, value, keyOrder.info)],
    'draft',
  );

const contact = {
  name: todo('who answers for this API'),
  url: 'https://example.com',
  email: 'todo@example.com',
};

const addContactProperties: LintFixer = (scene, targets) => {
  const map = mapAt(scene, ['info', 'contact']);
  const missing = Object.entries(contact).filter(([key]) => map && valueOf(map, key) === undefined);
  const value = Object.fromEntries(missing);
  if (!map || targets.length === 0) return [];
  const edits =
    map.entries.length === 0
      ? [replaceEmpty(scene, ['info', 'contact'], value)]
      : missing.map(([key, text]) => addTo(scene, ['info', 'contact'], key, text, keyOrder.contact));
  return [
    mend(
      `Add ${missing.map(([key]) => key).join(', ')} of the contact`,
      edits.flatMap((one) => one ?? []),
      'draft',
    ),
  ];
};

function replaceEmpty(
  { document, root }: LintScene,
  path: readonly string[],
  value: Plain,
): TextEdit | undefined {
  const node = lookUp(root, path);
  if (!node || document.text.slice(node.start, node.end).replace(/\s/g, '') !== '{}') return undefined;
  return { start: node.start, end: node.end, text: document.style().item(value, undefined) };
}

const addLicenceUrl: LintFixer = each(
  () => 'Add the address of the licence',
  (scene) => {
    const name = textAt(scene, ['info', 'license', 'name']) ?? '';
    const licence = mapAt(scene, ['info', 'license']);
    // One of the two (OpenAPI 3.1, section 4.8.4).
    if (licence && valueOf(licence, 'identifier')) return [];
    const url = spdxName.test(name)
      ? `https://spdx.org/licenses/${name}.html`
      : 'https://example.com/license';
    return [addTo(scene, ['info', 'license'], 'url', url, keyOrder.license)];
  },
  'draft',
);

/** Names of licences as SPDX lists them, the frequent ones. */
const spdxName =
  /^(?:MIT|ISC|0BSD|Unlicense|Apache-2\.0|BSD-[23]-Clause|MPL-2\.0|EPL-[12]\.0|(?:A|L)?GPL-[23]\.[01](?:-only|-or-later)|CC0-1\.0|CC-BY(?:-SA)?-4\.0|EUPL-1\.2)$/;

/** Without the slash at its end. */
const withoutSlash = (title: string): LintFixer =>
  each(
    () => title,
    (scene, { path }) => {
      const node = lookUp(scene.root, path);
      const text = stringOf(node);
      return node && text !== undefined ? [replaceText(scene.document, node, text.replace(/\/+$/, ''))] : [];
    },
  );

const addServer: LintFixer = each(
  () => 'Add a server: the host that the document comes from',
  (scene) => [addTo(scene, [], 'servers', [{ url: '/' }], keyOrder.root)],
);

/** A variable's name is a value that can be put into its place. */
const describeVariables: LintFixer = each(
  () => 'Describe the variables of this server',
  (scene, { path, finding }) => {
    const server = path.at(-1) === 'variables' ? path.slice(0, -1) : path;
    const missed = /Missed: ([\w, -]+)\.?$/.exec(finding.message)?.[1]?.split(/,\s*/) ?? [];
    const drafts = missed.map((name): [string, Plain] => [name.trim(), { default: name.trim() }]);
    if (drafts.length === 0) return [];
    if (!mapAt(scene, [...server, 'variables']))
      return [addTo(scene, server, 'variables', Object.fromEntries(drafts), keyOrder.server)];
    return drafts.map(([name, draft]) => addTo(scene, [...server, 'variables'], name, draft));
  },
  'draft',
);

/** Global tags for these names, those that are there left out. */
export function defineTags(scene: LintScene, names: readonly string[]): readonly TextEdit[] {
  const list = valueOf(scene.root, 'tags');
  const there = new Set(
    list?.kind === 'seq' ? list.items.map((item) => stringOf(valueOf(item, 'name'))) : [],
  );
  const missing = [...new Set(names)].filter((name) => !there.has(name));
  if (missing.length === 0) return [];
  if (list?.kind !== 'seq') {
    const drafts = missing.sort().map((name) => ({ name }));
    const edit = list ? undefined : addTo(scene, [], 'tags', drafts, keyOrder.root);
    return edit ? [edit] : [];
  }
  const known = list.items.map((item) => stringOf(valueOf(item, 'name')) ?? '');
  const isSorted = areSorted(known);
  return missing.sort().flatMap((name) => {
    const next = isSorted ? known.findIndex((other) => other > name) : -1;
    return appendItem(scene.document, list, { name }, next < 0 ? undefined : next) ?? [];
  });
}

const defineTag: LintFixer = (scene, targets) => {
  const names = targets.flatMap(({ path }) => textAt(scene, path) ?? []);
  return [
    mend(
      `Add ${names.length > 1 ? 'the tags' : names.join()} to the tags of the document`,
      defineTags(scene, names),
    ),
  ];
};

const addTags: LintFixer = (scene) => {
  const names = operationsIn(scene).flatMap(({ node }) => {
    const tags = valueOf(node, 'tags');
    return tags?.kind === 'seq' ? tags.items.flatMap((item) => stringOf(item) ?? []) : [];
  });
  return [mend('List the tags of all operations', defineTags(scene, names))];
};

const describeTag: LintFixer = each(
  ({ path }, scene) => `Describe the tag ${textAt(scene, [...path, 'name']) ?? ''}`.trim(),
  (scene, { path }) => {
    const name = textAt(scene, [...path, 'name']) ?? 'this tag';
    return [addTo(scene, path, 'description', todo(`what belongs to ${name}`), keyOrder.tag)];
  },
  'draft',
);

const removeSameTags: LintFixer = (scene, targets) => {
  const list = valueOf(scene.root, 'tags');
  if (list?.kind !== 'seq') return [];
  const texts = list.items.map((item) => JSON.stringify(plainTag(item)));
  const indices = targets
    .map(({ path }) => Number(path[1]))
    // One that says more than its name, and something else than the first one, is not removed.
    .filter((index) => {
      const item = list.items[index];
      const first = list.items.findIndex((other) => nameOfTag(other) === nameOfTag(item));
      const saysMore = item?.kind === 'map' && item.entries.length > 1;
      return first >= 0 && first < index && (!saysMore || texts[first] === texts[index]);
    });
  const edits = indices.length > 0 ? removeItems(scene.document, list, new Set(indices)) : undefined;
  return edits ? [mend('Remove the tag that is there twice', edits)] : [];
};

type Item = ReturnType<typeof lookUp>;

function nameOfTag(item: Item): string | undefined {
  return stringOf(valueOf(item, 'name'));
}

function plainTag(item: Item): unknown {
  return item?.kind === 'map' ? item.entries.map(({ key, value }) => [key, stringOf(value)]).sort() : item;
}

const sortTags: LintFixer = ({ document, root }) => {
  const list = valueOf(root, 'tags');
  if (list?.kind !== 'seq' || list.items.some((item) => item.kind !== 'map')) return [];
  const { items } = list;
  const textOf = ({ start, end }: { start: number; end: number }): string =>
    document.text.slice(start, end).trimEnd();
  // What stands between items belongs to one of them, and nobody knows to which.
  const between = items.map((item, index) => {
    const end = item.start + textOf(item).length;
    return document.text.slice(end, items[index + 1]?.start ?? end);
  });
  if (between.some((text) => !/^[\s,-]*$/.test(text)) || items.some((item) => textOf(item).includes('#')))
    return [];
  const sorted = [...items].sort((a, b) => {
    const [one = '', other = ''] = [nameOfTag(a), nameOfTag(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
  const edits = items.flatMap((item, index): readonly TextEdit[] => {
    const other = sorted[index];
    const end = item.start + textOf(item).length;
    return other && other !== item ? [{ start: item.start, end, text: textOf(other) }] : [];
  });
  return [mend('Sort the tags', edits)];
};

export const metadataFixers: Readonly<Record<string, LintFixer>> = {
  'info-description': addInfo('description', todo('what this API is for'), 'Add a description'),
  'info-contact': addInfo('contact', contact, 'Add a contact'),
  'info-license': addInfo('license', { name: todo('the licence of this API') }, 'Add a licence'),
  'contact-properties': addContactProperties,
  'license-url': addLicenceUrl,
  'oas2-api-host': each(
    () => 'Add a host',
    (scene) => [addTo(scene, [], 'host', 'localhost', keyOrder.root)],
    'draft',
  ),
  'oas2-api-schemes': each(
    () => 'Add https as the scheme',
    (scene) => [addTo(scene, [], 'schemes', ['https'], keyOrder.root)],
  ),
  'oas2-host-trailing-slash': withoutSlash('Remove the slash at the end of the host'),
  'oas3-api-servers': addServer,
  'oas3-server-trailing-slash': withoutSlash('Remove the slash at the end of the address'),
  'oas3-server-variables': describeVariables,
  'openapi-tags': addTags,
  'openapi-tags-uniqueness': removeSameTags,
  'openapi-tags-alphabetical': sortTags,
  'operation-tag-defined': defineTag,
  'tag-description': describeTag,
};
