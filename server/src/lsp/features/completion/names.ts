/** Names that can stand at a place: those that the document, its code or a registry has. */

import { idsBeside } from '../../../contract/operation-ids.ts';
import { paramNames, parseTemplate } from '../../../contract/path.ts';
import { children, descend, securitySchemesIn, child, type Located } from '../../../specs/openapi/reader.ts';
import type { Role, Value } from '../../../specs/openapi/vocabulary/model.ts';
import { statusRanges, statusWords } from '../../../specs/openapi/vocabulary/statuses.ts';
import {
  expressionNames,
  formatNames,
  headerNames,
  mediaTypeNames,
  type Named,
} from '../../../specs/openapi/vocabulary/well-known.ts';
import { formatPointer, stringOf, textOf, valueOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import { answersFromCode, fieldsFromCode, namesFromCode, parametersFromCode } from './from-code.ts';
import { referenceText } from './references.ts';
import { around, expected, operationsAround, templateAround, type Scene } from './scene.ts';
import { skeletonOf } from './skeletons.ts';
import { hole } from './write.ts';

export interface Name {
  readonly text: string;
  readonly detail?: string;
  readonly doc?: string;
  /** What is written behind it, where it is a key. */
  readonly data?: Plain;
}

/** Of the documents that have components, tags and the like. */
function roots({ index, document }: Scene): readonly Located[] {
  return document.roots.flatMap((file) => index.document(file) ?? []);
}

function named(list: readonly Named[]): readonly Name[] {
  return list.map(([text, doc]) => ({ text, detail: doc }));
}

/** The names for a role; `of` is what stands behind a key of that role. */
export function namesFor(scene: Scene, role: Role, of?: Value): readonly Name[] {
  switch (role) {
    case 'status':
      return statusNames(scene);
    case 'mediaType':
      return mediaTypes(scene, of);
    case 'scheme':
      return schemes(scene);
    case 'scope':
      return scopes(scene);
    case 'tag':
      return tags(scene);
    case 'operationId':
      return usedIds(scene);
    case 'operationRef':
      return operationRefs(scene);
    case 'mapping':
      return mappings(scene);
    case 'property':
      return [...fieldsFromCode(scene)].map(([text, data]) => ({ text, detail: 'from code', data }));
    case 'propertyName':
      return propertyNames(scene).map((text) => ({ text }));
    case 'parameterName':
      return parameterNames(scene);
    case 'headerName':
      return named(headerNames).map((name) => ({
        ...name,
        data: skeletonOf('header', scene.document.version) ?? {},
      }));
    case 'variable':
      return variables(scene);
    case 'format':
      return formats(scene);
    case 'expression':
      return named(expressionNames);
    case 'name':
      return wanted(scene);
    case 'path':
      return [];
  }
}

function statusNames(scene: Scene): readonly Name[] {
  const { version } = scene.document;
  const sent = answersFromCode(scene);
  const fromCode = [...sent].map(([text, data]) => ({ text, detail: 'sent by the code', data }));
  const ranges = version === '2.0' ? statusRanges.slice(0, 1) : statusRanges;
  const known = [...statusWords, ...ranges].filter(({ status }) => !sent.has(status));
  return [
    ...fromCode,
    ...known.map(({ status, phrase, doc }) => ({
      text: status,
      detail: phrase,
      doc,
      data: { ...skeletonOf('response', version, status), description: hole(phrase) },
    })),
  ];
}

function mediaTypes({ document: { version } }: Scene, of: Value | undefined): readonly Name[] {
  const data = of?.is === 'object' ? skeletonOf(of.kind, version) : undefined;
  return named(mediaTypeNames).map((name) => ({ ...name, ...(of && data && { data }) }));
}

function schemeHolders(scene: Scene): readonly Located[] {
  return roots(scene).flatMap((top) => securitySchemesIn(top) ?? []);
}

function schemes(scene: Scene): readonly Name[] {
  return schemeHolders(scene).flatMap((holder) =>
    children(holder).map(({ key, node }) => ({
      text: key,
      detail: [textOf(valueOf(node, 'type')), textOf(valueOf(node, 'scheme'))].filter(Boolean).join(' '),
      data: [],
    })),
  );
}

function scopes(scene: Scene): readonly Name[] {
  const scheme = scene.cursor.path.at(-2) ?? '';
  return schemeHolders(scene).flatMap((holder) => {
    const found = child(holder, scheme);
    const flows = found && child(found, 'flows');
    const holders = flows ? children(flows) : found ? [found] : [];
    return holders.flatMap((flow) => {
      const list = child(flow, 'scopes');
      return list ? children(list).map(({ key, node }) => ({ text: key, detail: textOf(node) ?? '' })) : [];
    });
  });
}

function tags(scene: Scene): readonly Name[] {
  const listed = roots(scene).flatMap((top) => {
    const list = child(top, 'tags');
    return list?.node.kind === 'seq'
      ? list.node.items.flatMap((node) => {
          const text = textOf(valueOf(node, 'name'));
          return text === undefined ? [] : [{ text, detail: textOf(valueOf(node, 'description')) ?? '' }];
        })
      : [];
  });
  const there = new Set(listed.map(({ text }) => text));
  const used = new Set(operations(scene).flatMap(({ origin }) => origin.tags));
  return [
    ...listed,
    ...[...used].filter((tag) => !there.has(tag)).map((text) => ({ text, detail: 'used, not listed' })),
  ];
}

function operations({ index, document }: Scene): FeatureOperations {
  return index.ready.snapshot.specs
    .filter(({ file }) => document.roots.includes(file))
    .flatMap((spec) => spec.operations.items);
}

type FeatureOperations = Scene['index']['ready']['snapshot']['specs'][number]['operations']['items'];

function usedIds(scene: Scene): readonly Name[] {
  return operations(scene).flatMap(({ origin, title }) =>
    origin.operationId === undefined ? [] : [{ text: origin.operationId, detail: title }],
  );
}

function operationRefs(scene: Scene): readonly Name[] {
  return operations(scene).map(({ origin, title, at: { file } }) => ({
    text: referenceText(scene.file, { name: '', file, pointer: origin.pointer }),
    detail: title,
  }));
}

/** Schemas of the alternatives that a discriminator stands beside, else all. */
function mappings(scene: Scene): readonly Name[] {
  return roots(scene).flatMap((top) => {
    const holder = descend(top, ['components', 'schemas']);
    return holder
      ? children(holder).map(({ key, file, pointer }) => ({
          text: referenceText(scene.file, { name: key, file, pointer: formatPointer(pointer) }),
          detail: key,
        }))
      : [];
  });
}

/** Properties of the schema around: its own, and those that it takes from others by `allOf`, `oneOf` and `anyOf`. */
function propertyNames(scene: Scene): readonly string[] {
  const { path } = scene.cursor;
  const isMediaType = path.includes('encoding') && path.lastIndexOf('encoding') >= path.length - 2;
  for (let up = 0; up < 4; up += 1) {
    const node = around(scene, up);
    const schema = isMediaType ? valueOf(node, 'schema') : node;
    if (!schema) continue;
    const names = namesIn(scene, { file: scene.file, node: schema, pointer: [] }, new Set());
    if (names.length > 0) return [...new Set(names)];
  }
  return [];
}

function namesIn(scene: Scene, schema: Located, seen: Set<string>): readonly string[] {
  const { node } = schema;
  const followed = scene.index.reader.follow(schema);
  if (valueOf(node, '$ref') && followed.found) {
    const key = `${followed.at.file}#${formatPointer(followed.at.pointer)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return namesIn(scene, followed.at, seen);
  }
  const own = valueOf(node, 'properties');
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => {
    const list = valueOf(node, keyword);
    return list?.kind === 'seq' ? list.items : [];
  });
  return [
    ...(own?.kind === 'map' ? own.entries.map(({ key }) => key) : []),
    ...parts.flatMap((part) => namesIn(scene, { ...schema, node: part }, seen)),
  ];
}

function parameterNames(scene: Scene): readonly Name[] {
  const { cursor } = scene;
  const template = templateAround(scene) ?? operationsAround(scene)[0]?.path;
  const place = textOf(valueOf(around(scene), 'in'));
  const declared = declaredParameters(scene);
  const isFree = (where: string, name: string): boolean => !declared.has(`${where} ${name}`);
  const ofPath = template === undefined ? [] : paramNames(parseTemplate(template));
  const read = parametersFromCode(scene).filter(
    ({ input }) =>
      input.in !== 'path' && isFree(input.in, input.name) && (place === undefined || place === input.in),
  );
  return cursor.path.includes('headers')
    ? []
    : [
        ...(place === undefined || place === 'path'
          ? ofPath.filter((name) => isFree('path', name)).map((text) => ({ text, detail: 'in the path' }))
          : []),
        ...read.map(({ input }) => ({ text: input.name, detail: `${input.in}, read by the code` })),
      ];
}

/** `in name` of the parameters that the operation around has, and its path item. */
export function declaredParameters(scene: Scene): ReadonlySet<string> {
  const { cursor, index, file } = scene;
  const names = new Set<string>();
  const own = cursor.path.lastIndexOf('parameters');
  for (let up = cursor.levels.length - 1 - own; up <= cursor.levels.length - 1 - own + 1; up += 1) {
    const list = valueOf(around(scene, Math.max(0, up)), 'parameters');
    for (const node of list?.kind === 'seq' ? list.items : []) {
      const followed = index.reader.follow({ file, node, pointer: [] });
      const parameter = followed.found ? followed.at.node : node;
      const name = stringOf(valueOf(parameter, 'name'));
      const place = stringOf(valueOf(parameter, 'in'));
      if (name !== undefined) names.add(`${place ?? 'path'} ${name}`);
    }
  }
  return names;
}

function variables(scene: Scene): readonly Name[] {
  const url = textOf(valueOf(around(scene, 1), 'url')) ?? '';
  return [...url.matchAll(/\{([^{}]+)\}/g)].map((match) => ({
    text: match[1] ?? '',
    detail: 'in the URL',
    data: skeletonOf('serverVariable', scene.document.version) ?? {},
  }));
}

function formats(scene: Scene): readonly Name[] {
  const type = textOf(valueOf(around(scene), 'type'));
  const lists = type === undefined ? Object.values(formatNames) : [formatNames[type] ?? []];
  return lists.flatMap((list) => named(list));
}

/** Components that something refers to, and that are not there. */
function wanted(scene: Scene): readonly Name[] {
  const { index, file, cursor, document } = scene;
  if (!document.isRoot || cursor.part !== 'key') return [];
  const folder = `${file}#${formatPointer(cursor.path)}/`;
  const value = expected(scene, [...cursor.path, 'x']);
  const there = new Set(cursor.others);
  if (
    !/^(?:components|definitions|parameters|responses)/.test(cursor.path[0] ?? '') ||
    cursor.path.length > 2
  )
    return [];
  const names = [...index.references().keys()].flatMap((target) =>
    target.startsWith(folder) ? [target.slice(folder.length)] : [],
  );
  const data = value?.is === 'object' ? skeletonOf(value.kind, document.version) : undefined;
  return names
    .filter((name) => !name.includes('/') && !there.has(name))
    .map((text) => ({ text, detail: 'referred to, and not there', ...(data && { data }) }));
}

/** A name for the operation around: what the handler is called, and what its method and path make. */
export function operationIdIdeas(scene: Scene): readonly Name[] {
  const [, template, method] = scene.cursor.path;
  const taken = new Set(usedIds(scene).map(({ text }) => text));
  const made =
    templateAround(scene) !== undefined && template !== undefined && method !== undefined
      ? [idsBeside(operations(scene))({ method, path: template })]
      : [];
  const ideas = [
    ...namesFromCode(scene).map((text) => ({ text, detail: 'the handler' })),
    ...made.map((text) => ({ text, detail: 'of method and path' })),
  ];
  return ideas.filter(
    ({ text }, position) => !taken.has(text) && ideas.findIndex((each) => each.text === text) === position,
  );
}
