/**
 * Completion of specifications: what may stand where somebody types. Places are found in the text as it is now, names
 * of other places in the last complete results; nothing is read for it.
 */

import { holds, type Value } from '../../../specs/openapi/vocabulary/model.ts';
import { formsOf } from '../../../specs/openapi/vocabulary/vocabulary.ts';
import { cursorsAt, isItem, type Cursor } from '../../../text/cursor/cursor.ts';
import { textOf, valueOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { parametersFromCode, pathsFromCode } from './from-code.ts';
import type { Completion } from './item.ts';
import { formsIn, keysOf } from './keys.ts';
import { declaredParameters, namesFor, operationIdIdeas, type Name } from './names.ts';
import { specDocument } from './place.ts';
import { referenceEntries, referenceValues, targetsOf, referenceText } from './references.ts';
import { around, expected, item, templateAround, type Scene, type TypingPlace } from './scene.ts';
import { newDocument } from './new-document.ts';
import { newFiles } from './new-files.ts';
import { schemaSkeletons } from './skeletons.ts';
import { paramNames, parseTemplate } from '../../../contract/path.ts';
import { writerFor, type Written } from './write.ts';

/** Undefined in a file that is no part of a specification. */
export function completions(index: FeatureIndex, place: TypingPlace): readonly Completion[] | undefined {
  const document = specDocument(index, place.file, place.text);
  if (!document) return newDocument(place);
  const all = cursorsAt(place.text, place.offset).flatMap((cursor) =>
    completionsAt({ ...place, index, document, cursor, writer: writerFor(place.text, cursor) }),
  );
  const seen = new Set<string>();
  return all.filter(({ label, insert }) => {
    const key = `${label}\n${insert}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function completionsAt(scene: Scene): readonly Completion[] {
  const { cursor, text } = scene;
  if (isItem(text, cursor)) {
    const list = expected(scene, cursor.path.slice(0, -1));
    if (!list || !formsOf(list).some(({ is }) => is === 'list')) return [];
  }
  return cursor.part === 'key' ? keyCompletions(scene, cursor) : valueCompletions(scene, cursor);
}

function keyCompletions(scene: Scene, { path }: Cursor): readonly Completion[] {
  const value = expected(scene, path);
  if (!value) return [];
  return formsIn(value, scene.document.version).flatMap((form) => {
    if (form.is === 'object') return [...keysOf(scene, form.kind), ...wholeParameters(scene, form)];
    if (form.is === 'map') return entriesOf(scene, form);
    return [];
  });
}

function entriesOf(scene: Scene, { keys, of }: Extract<Value, { is: 'map' }>): readonly Completion[] {
  const { cursor, writer } = scene;
  const there = new Set(cursor.others);
  if (keys === 'path') return [...pathsFromCode(scene), ...wantedPaths(scene)];
  return namesFor(scene, keys, of)
    .filter(({ text }) => !there.has(text))
    .map((name, position) => nameItem(scene, name, position, writer.entry(name.text, behind(name, of))));
}

function behind({ data }: Name, of: Value): Written {
  if (data !== undefined) return { as: 'data', data };
  const [form] = formsOf(of);
  if (form?.is === 'object' || form?.is === 'map') return { as: 'block' };
  return { as: form?.is === 'list' ? 'list' : form?.is === 'text' ? 'text' : 'scalar' };
}

/** A path that is begun: `/`. */
function wantedPaths(scene: Scene): readonly Completion[] {
  const { cursor, writer } = scene;
  if (cursor.hasColon || (cursor.typed !== '' && !cursor.typed.startsWith('/'))) return [];
  const path = cursor.typed.length > 1 ? cursor.typed : '/path';
  return [
    item(scene, {
      label: `${path} …`,
      kind: 'snippet',
      detail: 'a path with an operation',
      insert: writer.entry(path, { as: 'block' }),
      filter: path,
      rank: 5000,
      again: true,
    }),
  ];
}

function nameItem(scene: Scene, { text, detail, doc }: Name, rank: number, insert: string): Completion {
  return item(scene, {
    label: text,
    kind: 'name',
    ...(detail !== undefined && detail !== '' && { detail }),
    ...(doc !== undefined && { docs: [doc] }),
    insert,
    rank,
  });
}

/** In a list of parameters: those of the path that nobody declares yet, and those that the code reads. */
function wholeParameters(scene: Scene, { kind }: Extract<Value, { is: 'object' }>): readonly Completion[] {
  const { cursor, writer, document } = scene;
  if (
    kind !== 'parameter' ||
    cursor.others.length > 0 ||
    cursor.hasColon ||
    cursor.path.at(-2) !== 'parameters'
  )
    return [];
  const declared = declaredParameters(scene);
  const template = templateAround(scene);
  const fromCode = parametersFromCode(scene);
  const known = new Map(fromCode.map(({ input, draft }) => [`${input.in} ${input.name}`, draft]));
  const type = document.version === '2.0' ? { type: 'string' } : { schema: { type: 'string' } };
  const ofPath = (template === undefined ? [] : paramNames(parseTemplate(template))).map(
    (name) =>
      [`path ${name}`, known.get(`path ${name}`) ?? { name, in: 'path', required: true, ...type }] as const,
  );
  const others = [...known].filter(([key]) => !key.startsWith('path '));
  return [...ofPath, ...others]
    .filter(([key]) => !declared.has(key))
    .map(([key, data], position) => {
      const name = key.slice(key.indexOf(' ') + 1);
      return item(scene, {
        label: name,
        kind: 'route',
        detail: key.startsWith('path ')
          ? 'parameter of the path'
          : `${key.split(' ')[0] ?? ''} parameter, read by the code`,
        insert: writer.entries(data as Readonly<Record<string, Plain>>),
        rank: position,
      });
    });
}

function valueCompletions(scene: Scene, { path }: Cursor): readonly Completion[] {
  const key = path.at(-1) ?? '';
  if (key === '$ref') {
    const holder = expected(scene, path.slice(0, -1));
    const referred = (holder ? formsOf(holder) : []).flatMap((form) =>
      form.is === 'object' ? referenceValues(scene, form.kind) : [],
    );
    return holder ? [...newFiles(scene), ...referred] : [];
  }
  const value = expected(scene, path);
  if (!value) return [];
  const inOperation = expected(scene, path.slice(0, -1));
  if (key === 'operationId' && inOperation?.is === 'object' && inOperation.kind === 'operation')
    return operationIdIdeas(scene).map((name, position) =>
      nameItem(scene, name, position, scene.writer.text(name.text)),
    );
  return formsIn(value, scene.document.version).flatMap((form) => formValues(scene, form));
}

function formValues(scene: Scene, form: Value): readonly Completion[] {
  const { cursor, writer, document } = scene;
  const there = new Set(cursor.others);
  switch (form.is) {
    case 'boolean':
      return ['true', 'false'].map((text, rank) =>
        item(scene, { label: text, kind: 'value', insert: writer.value(text === 'true'), rank }),
      );
    case 'text': {
      if (form.role) {
        return namesFor(scene, form.role)
          .filter(({ text }) => !there.has(text))
          .map((name, position) => nameItem(scene, name, position, writer.text(name.text)));
      }
      return (form.values ?? [])
        .filter((choice) => holds(choice.in, document.version) && !there.has(choice.text))
        .map(({ text, doc }, position) =>
          item(scene, { label: text, kind: 'value', docs: [doc], insert: writer.text(text), rank: position }),
        );
    }
    case 'any':
      return ofEnum(scene);
    case 'object':
      return objectValues(scene, form);
    default:
      return [];
  }
}

/** What `default`, `example` and `const` may say beside an `enum`, or beside the type `boolean`. */
function ofEnum(scene: Scene): readonly Completion[] {
  const { cursor, writer } = scene;
  if (!['default', 'example', 'const'].includes(cursor.path.at(-1) ?? '')) return [];
  const schema = around(scene);
  const listed = valueOf(schema, 'enum');
  const values =
    listed?.kind === 'seq'
      ? listed.items.flatMap((each) => (each.kind === 'scalar' ? [each.value] : []))
      : textOf(valueOf(schema, 'type')) === 'boolean'
        ? [true, false]
        : [];
  return values.map((value, rank) =>
    item(scene, {
      label: String(value),
      kind: 'value',
      insert: typeof value === 'string' ? writer.text(value) : writer.value(value),
      rank,
    }),
  );
}

/** A whole object where nothing is written yet: a reference to a component, or the beginning of a schema. */
function objectValues(scene: Scene, { kind }: Extract<Value, { is: 'object' }>): readonly Completion[] {
  const { cursor, writer, document, file } = scene;
  // A block may be begun on the next line, where its keys are offered.
  if (cursor.typed !== '' && cursor.style === 'block') return [];
  if (cursor.style === 'block' && isItem(scene.text, cursor)) return [];
  const references = referenceEntries(scene, kind).length > 0 ? targetsOf(scene, kind).slice(0, 100) : [];
  return [
    ...references.map((target, position) => {
      const $ref = referenceText(file, target);
      return item(scene, {
        label: target.name,
        kind: 'reference',
        detail: `$ref ${$ref}`,
        insert: writer.value({ $ref }),
        rank: position,
      });
    }),
    ...(kind === 'schema' ? schemaSkeletons(document.version) : []).map(([label, detail, data], position) =>
      item(scene, {
        label: `${label} …`,
        kind: 'snippet',
        detail,
        insert: writer.value(data),
        filter: label,
        rank: 1000 + position,
      }),
    ),
  ];
}
