/** Mends of operations: names, tags, descriptions, responses. */

import { STATUS_CODES } from 'node:http';
import type { Finding } from '../../../../contract/finding.ts';
import { operationIds } from '../../../../contract/operation-ids.ts';
import { stringOf, valueOf, type DocMap } from '../../../../text/document-node.ts';
import type { Plain } from '../../../../text/document-style.ts';
import { insertEntry, renameKey, replaceText, type TextEdit } from '../../../../text/edit-document.ts';
import { defineTags, todo } from './metadata.ts';
import {
  addTo,
  each,
  keyOrder,
  mapAt,
  mend,
  operationName,
  operationsIn,
  textAt,
  type LintFixer,
  type LintScene,
  type OperationAt,
  type Target,
} from './scene.ts';

/** The operation that a target is, or is in. */
function operationOf(scene: LintScene, { path }: Target): OperationAt | undefined {
  const [top, name, method] = path;
  return top === 'paths'
    ? operationsIn(scene).find((one) => one.path === name && one.method === method)
    : undefined;
}

/** Names for all targets, none of which another operation has; those of the targets count if they keep them. */
function namesFor(
  scene: LintScene,
  targets: readonly Target[],
): readonly { readonly operation: OperationAt; readonly name: string }[] {
  const meant = targets.flatMap((target) => operationOf(scene, target) ?? []);
  const paths = new Set(meant.map(({ at }) => at.join('\n')));
  const next = operationIds(
    operationsIn(scene).map(({ path, method, node, at }) => {
      const operationId = paths.has(at.join('\n')) ? undefined : stringOf(valueOf(node, 'operationId'));
      return { path, method, ...(operationId !== undefined && { operationId }) };
    }),
  );
  return meant.map((operation) => ({ operation, name: next(operation) }));
}

const addOperationId: LintFixer = (scene, targets) => {
  const names = namesFor(scene, targets);
  const edits = names.flatMap(
    ({ operation, name }) => addTo(scene, operation.at, 'operationId', name, keyOrder.operation) ?? [],
  );
  return [mend(`Name it ${names[0]?.name ?? ''}`, edits)];
};

const renameOperation: LintFixer = (scene, targets) => {
  const names = namesFor(scene, targets);
  const edits = names.flatMap(({ operation, name }) => {
    const node = valueOf(operation.node, 'operationId');
    return (node && replaceText(scene.document, node, name)) ?? [];
  });
  return [mend(`Rename it to ${names[0]?.name ?? ''}`, edits, 'draft')];
};

/** What no URL may hold stands for a gap between words. */
const writableOperationId: LintFixer = (scene, targets) => {
  const taken = new Set(operationsIn(scene).map(({ node }) => stringOf(valueOf(node, 'operationId'))));
  const renamed = targets.flatMap(({ path }) => {
    const map = mapAt(scene, path.slice(0, -1));
    const node = map && valueOf(map, 'operationId');
    const name = stringOf(node);
    const next = name
      ?.trim()
      // Letters without what stands above them.
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[\s!-,./:-@[-^`{-~]+(.)/g, (_, letter: string) => letter.toUpperCase())
      .replace(/[^A-Za-z0-9]+$/, '');
    // Of other scripts nothing would be left.
    if (!node || !next || /[^ -~]/.test(next) || taken.has(next)) return [];
    taken.add(next);
    return [{ node, next }];
  });
  const edits = renamed.flatMap(({ node, next }) => replaceText(scene.document, node, next) ?? []);
  return [mend(`Rename it to ${renamed[0]?.next ?? ''}`, edits)];
};

/** The tags that all neighbours of a path have; else its first word, as the tags of the document are written. */
const addTag: LintFixer = (scene, targets) => {
  const operations = operationsIn(scene);
  const tagged = targets.flatMap((target) => {
    const operation = operationOf(scene, target);
    const tag = operation && tagFor(scene, operation, operations);
    return operation && tag !== undefined ? [{ operation, tag }] : [];
  });
  const edits = tagged.flatMap(({ operation, tag }) => tagEdit(scene, operation, tag) ?? []);
  const [first] = tagged;
  if (!first) return [];
  return [
    mend(`Tag it as ${first.tag}`, [
      ...defineTags(
        scene,
        tagged.map(({ tag }) => tag),
      ),
      ...edits,
    ]),
  ];
};

function tagEdit(scene: LintScene, { node, at }: OperationAt, tag: string): TextEdit | undefined {
  const there = valueOf(node, 'tags');
  if (!there) return addTo(scene, at, 'tags', [tag], keyOrder.operation);
  const isEmpty = there.kind === 'seq' && there.items.length === 0;
  return isEmpty && scene.document.text[there.start] === '['
    ? { start: there.start, end: there.end, text: scene.document.style().item([tag], undefined) }
    : undefined;
}

function tagFor(
  scene: LintScene,
  operation: OperationAt,
  operations: readonly OperationAt[],
): string | undefined {
  const word = firstWord(operation.path);
  if (word === undefined) return undefined;
  const near = operations.filter(({ path }) => firstWord(path) === word).map(({ node }) => tagsOf(node));
  const used = new Set(near.filter((tags) => tags.length > 0).map((tags) => tags.join('\n')));
  const [only] = used;
  // Neighbours that disagree say nothing.
  if (used.size > 1) return undefined;
  if (only !== undefined) return only.includes('\n') ? undefined : only;
  const list = valueOf(scene.root, 'tags');
  const defined =
    list?.kind === 'seq' ? list.items.flatMap((item) => stringOf(valueOf(item, 'name')) ?? []) : [];
  const all = [...defined, ...operations.flatMap(({ node }) => tagsOf(node))];
  const same = all.find((tag) => plain(tag) === plain(word));
  if (same !== undefined) return same;
  const hasCapitals = all.length > 0 && all.every((tag) => /^[A-Z]/.test(tag));
  return hasCapitals ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')
    .replace(/s$/, '');
}

/** Of the path, behind what is no word about it: `api`, `v1`. */
function firstWord(path: string): string | undefined {
  return path
    .split('/')
    .find((segment) => segment !== '' && !/^(?:api|rest|v\d+(?:\.\d+)?)$|\{/.test(segment));
}

function tagsOf(node: DocMap): readonly string[] {
  const tags = valueOf(node, 'tags');
  return tags?.kind === 'seq' ? tags.items.flatMap((item) => stringOf(item) ?? []) : [];
}

const describeOperation = each(
  (target) => `Describe ${operationName(target)}`,
  (scene, { path }) => {
    const what = `what ${[path[2]?.toUpperCase(), path[1]].join(' ')} does`;
    return [addTo(scene, path, 'description', todo(what), keyOrder.operation)];
  },
  'draft',
);

/** Of those that are there, the last one that comes before it. */
function byStatus(status: string): (other: string) => boolean {
  return (other) => (/^\d/.test(status) ? /^\d/.test(other) && other < status : /^\d/.test(other));
}

const succeed: LintFixer = each(
  (target) => `Add a response for success to ${operationName(target)}`,
  (scene, { path }) => {
    const at = path.at(-1) === 'responses' ? path : [...path, 'responses'];
    const map = mapAt(scene, at);
    const response = { description: STATUS_CODES[200] ?? 'OK' };
    if (!map) return [addTo(scene, path, 'responses', { '200': response }, keyOrder.operation)];
    return [insertEntry(scene.document, map, '200', response, byStatus('200'))];
  },
  'draft',
);

/** As other operations do it, if they all do it alike. */
function defaultResponse(scene: LintScene): Plain {
  const used = operationsIn(scene).flatMap(({ at }) => {
    const ref = textAt(scene, [...at, 'responses', 'default', '$ref']);
    return ref === undefined ? [] : [ref];
  });
  const [only, ...more] = new Set(used);
  return only !== undefined && more.length === 0 ? { $ref: only } : { description: 'Any other answer' };
}

/** All operations that a finding tells of, where one stands for many. */
const addDefault: LintFixer = (scene, targets) => {
  const starts = new Set(
    targets.flatMap(({ finding }) => {
      const { places } = (finding.state ?? {}) as { readonly places?: readonly Finding['at'][] };
      return (places ?? [finding.at])
        .filter(({ file }) => file === finding.at.file)
        .map(({ start }) => start);
    }),
  );
  const response = defaultResponse(scene);
  const edits = operationsIn(scene).flatMap(({ path, method, at }) => {
    const map = mapAt(scene, [...at, 'responses']);
    const item = mapAt(scene, ['paths', path]);
    const key = item?.entries.find((entry) => entry.key === method);
    if (!map || !key || !starts.has(key.keyStart)) return [];
    return insertEntry(scene.document, map, 'default', response, byStatus('default')) ?? [];
  });
  const many = edits.length > 1 ? ` to ${edits.length} operations` : '';
  return [mend(`Add a default response${many}`, edits)];
};

const withoutTrailingSlash: LintFixer = each(
  ({ path }) => `Remove the slash at the end of ${path[1] ?? 'the path'}`,
  (scene, { path }) => {
    const paths = mapAt(scene, ['paths']);
    const [, key = ''] = path;
    return [paths && renameKey(scene.document, paths, key, key.replace(/\/+$/, ''))];
  },
);

/** The media type of forms; the one with parts where there is a file among them (OpenAPI 2.0, "Parameter Object"). */
const consumeForms: LintFixer = each(
  (target) => `Say what ${operationName(target)} consumes`,
  (scene, target) => {
    const path = target.path.slice(0, 3);
    const parameters = valueOf(mapAt(scene, path), 'parameters');
    const hasFile =
      parameters?.kind === 'seq' &&
      parameters.items.some((item) => stringOf(valueOf(item, 'type')) === 'file');
    const type = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
    const there = valueOf(mapAt(scene, path), 'consumes');
    if (!there) return [addTo(scene, path, 'consumes', [type], keyOrder.operation)];
    const [only, ...more] = there.kind === 'seq' ? there.items : [];
    return only && more.length === 0 ? [replaceText(scene.document, only, type)] : [];
  },
);

export const operationFixers: Readonly<Record<string, LintFixer>> = {
  'operation-operationId': addOperationId,
  'operation-operationId-unique': renameOperation,
  'operation-operationId-valid-in-url': writableOperationId,
  'operation-tags': addTag,
  'operation-description': describeOperation,
  'operation-success-response': succeed,
  'path-keys-no-trailing-slash': withoutTrailingSlash,
  'oas2-operation-formData-consume-check': consumeForms,
  'health/undocumented-errors': addDefault,
};
