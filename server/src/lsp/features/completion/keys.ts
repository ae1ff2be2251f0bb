/** Keys of objects, and what they are written with. */

import type { SpecVersion } from '../../../specs/openapi/detect.ts';
import { holds, type Field, type Kind, type Value } from '../../../specs/openapi/vocabulary/model.ts';
import {
  fieldsOf,
  formsOf,
  isRequired,
  mayRefer,
  sectionOf,
  wordsOf,
} from '../../../specs/openapi/vocabulary/vocabulary.ts';
import { textOf, valueOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import type { Markdown } from '../markdown.ts';
import { methodsFromCode, operationFromCode } from './from-code.ts';
import type { Completion } from './item.ts';
import { referenceEntries } from './references.ts';
import { around, item, type Scene } from './scene.ts';
import { schemaSkeletons, securitySkeletons, skeletonOf } from './skeletons.ts';
import { hole, type Written } from './write.ts';

/** What an object of a kind may have beside what it has: required keys first. */
export function keysOf(scene: Scene, kind: Kind): readonly Completion[] {
  const { cursor, document, writer } = scene;
  const { version } = document;
  const there = new Set(cursor.others);
  const isEmpty = there.size === 0;
  if (there.has('$ref')) return besideReference(scene, kind);
  const fromCode =
    kind === 'pathItem' ? methodsFromCode(scene) : kind === 'operation' ? operationFromCode(scene) : [];
  const drafted = new Set(fromCode.map(({ label }) => label));
  const siblings = around(scene);
  const keys = fieldsOf(kind, version)
    .filter(([key]) => !there.has(key) && !drafted.has(key))
    .flatMap(([key, field], position): readonly Completion[] => {
      const given = field.when && textOf(valueOf(siblings, field.when.key));
      if (field.when && given !== undefined && !field.when.is.includes(given)) return [];
      const isNeeded = isRequired(field, version) && (!field.when || given !== undefined);
      return [keyItem(scene, kind, key, field, (isNeeded ? 0 : 1000) + position)];
    });
  if (cursor.hasColon || !isEmpty) return [...fromCode, ...keys];
  const refers = mayRefer(kind, version);
  return [
    ...fromCode,
    ...keys,
    ...snippets(scene, kind),
    ...(refers
      ? [
          item(scene, {
            label: '$ref',
            kind: 'key',
            detail: 'reference',
            docs: ['Refers to an object that is written elsewhere.'],
            insert: writer.entry('$ref', { as: 'text' }),
            rank: 1500,
            again: true,
          }),
          ...referenceEntries(scene, kind),
        ]
      : []),
  ];
}

/** Beside a `$ref` only schemas have keys of their own from 3.1 on; other references take another description. */
function besideReference(scene: Scene, kind: Kind): readonly Completion[] {
  const { cursor, document } = scene;
  const { version } = document;
  const isModern = version === '3.1' || version === '3.2';
  const isOpen = kind === 'pathItem' || (kind === 'schema' && isModern);
  return fieldsOf(kind, version)
    .filter(([key]) => !cursor.others.includes(key))
    .filter(([key]) => isOpen || (isModern && (key === 'summary' || key === 'description')))
    .map(([key, field], position) => keyItem(scene, kind, key, field, 1000 + position));
}

function keyItem(scene: Scene, kind: Kind, key: string, field: Field, rank: number): Completion {
  const { version } = scene.document;
  const written = writtenAs(field.value, version);
  return item(scene, {
    label: key,
    kind: 'key',
    detail: `${valueText(field.value, version)}${rank < 1000 ? ', required' : ''}`,
    docs: fieldDocs(kind, field, version),
    insert: scene.writer.entry(key, written),
    rank,
    ...(written.as !== 'data' && { again: true as const }),
  });
}

function fieldDocs(kind: Kind, field: Field, version: SpecVersion): Markdown {
  const { title } = wordsOf(kind);
  return [`${field.doc}\n\n[${title}, OpenAPI ${version}](${sectionOf(kind, version)})`];
}

/** The forms that the version knows. */
export function formsIn(value: Value, version: SpecVersion): readonly Value[] {
  return formsOf(value).filter((form) => form.is !== 'object' || holds(wordsOf(form.kind).in, version));
}

function writtenAs(value: Value, version: SpecVersion): Written {
  const [form] = formsIn(value, version);
  switch (form?.is) {
    case 'text':
      return { as: 'text' };
    case 'list':
      return { as: 'list' };
    case 'map':
      return form.keys === 'status'
        ? {
            as: 'data',
            data: { '200': { ...skeletonOf('response', version, '200'), description: hole('OK') } },
          }
        : form.keys === 'mediaType'
          ? { as: 'data', data: { 'application/json': skeleton(form.of, version) } }
          : { as: 'block' };
    case 'object': {
      const data = skeletonOf(form.kind, version);
      return data ? { as: 'data', data } : { as: 'block' };
    }
    default:
      return { as: 'scalar' };
  }
}

function skeleton(value: Value, version: SpecVersion): Plain {
  return (value.is === 'object' ? skeletonOf(value.kind, version) : undefined) ?? {};
}

/** What is written behind a key, in a word or two. */
export function valueText(value: Value, version: SpecVersion): string {
  const [form] = formsIn(value, version);
  switch (form?.is) {
    case 'object':
      return wordsOf(form.kind)
        .title.replace(/ Object$/, '')
        .toLowerCase();
    case 'map':
      return `map of ${valueText(form.of, version)}`;
    case 'list':
      return `list of ${valueText(form.of, version)}`;
    case 'text':
      return form.values
        ? form.values
            .filter((choice) => holds(choice.in, version))
            .map(({ text }) => text)
            .slice(0, 4)
            .join(' | ')
        : 'text';
    default:
      return form?.is ?? 'any';
  }
}

/** Whole beginnings of an object that is empty yet. */
function snippets(scene: Scene, kind: Kind): readonly Completion[] {
  const { document, writer } = scene;
  const { version } = document;
  const several =
    kind === 'schema'
      ? schemaSkeletons(version)
      : kind === 'securityScheme'
        ? securitySkeletons(version)
        : parameterSkeletons(kind, version);
  return several.map(([label, detail, data], position) =>
    item(scene, {
      label: `${label} …`,
      kind: 'snippet',
      detail,
      insert: writer.entries(data),
      filter: label,
      rank: 500 + position,
    }),
  );
}

function parameterSkeletons(kind: Kind, version: SpecVersion): ReturnType<typeof schemaSkeletons> {
  const data = skeletonOf(kind, version);
  if (!data) return [];
  if (kind !== 'parameter')
    return [
      [
        wordsOf(kind)
          .title.replace(/ Object$/, '')
          .toLowerCase(),
        'The usual keys',
        data,
      ],
    ];
  return ['query', 'header'].map((place) => [
    `${place} parameter`,
    `A parameter in the ${place}`,
    { ...data, in: place },
  ]);
}
