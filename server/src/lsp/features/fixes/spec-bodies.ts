/** Fixes that make the bodies of a spec say what the code takes and sends. */

import type { Body, CodeOperation, SpecOperation } from '../../../contract/operation.ts';
import { shapeBehind, type Field, type Shape } from '../../../contract/shape.ts';
import { draftContent, draftOperation } from '../../../draft/operation.ts';
import { draftSchema } from '../../../draft/schema.ts';
import { child, children, type Located } from '../../../specs/openapi/reader.ts';
import { formatPointer } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import { appendItem, insertEntry, renameKey } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { edited, fix, mappingAt, operationAt, type FileEdit, type Fixer } from './fix.ts';
import { comesBefore, forAll, responsesOf } from './spec-edits.ts';

const documentBody: Fixer = (scene) => [
  forAll(scene, 'Document the request body', (index, spec, { code }, draftingIn) => {
    const map = mappingAt(index, operationAt(index, spec));
    if (!map || !code) return [];
    const drafting = draftingIn(map.file);
    const draft = draftOperation({ ...code, inputs: { ...code.inputs, items: [] } }, drafting, {});
    if (drafting.version !== '2.0') {
      const body = draft['requestBody'];
      return body === undefined
        ? []
        : edited(map, insertEntry(map.document, map.map, 'requestBody', body, comesBefore('requestBody')));
    }
    const parameters = draft['parameters'];
    const [body] = Array.isArray(parameters) ? (parameters as readonly Plain[]) : [];
    const operation = operationAt(index, spec);
    const list = operation && child(operation, 'parameters');
    if (body === undefined) return [];
    if (!list)
      return edited(map, insertEntry(map.document, map.map, 'parameters', [body], comesBefore('parameters')));
    return list.node.kind === 'seq' ? edited(map, appendItem(map.document, list.node, body)) : [];
  }),
];

/** The schema of a request, or of an answer with this status; of the only media type, or of JSON. */
function schemaOf(index: FeatureIndex, spec: SpecOperation, status: string | undefined): Located | undefined {
  const operation = operationAt(index, spec);
  const responses = responsesOf(index, spec);
  const holder =
    status === undefined
      ? operation && child(operation, 'requestBody')
      : responses && child(responses, status);
  const followed = holder && index.reader.follow(holder);
  if (!followed?.found) return undefined;
  const own = child(followed.at, 'schema');
  const content = child(followed.at, 'content');
  const media = content ? children(content) : [];
  const chosen =
    media.find(({ key }) => /[/+]json\b/.test(key)) ?? (media.length === 1 ? media[0] : undefined);
  return own ?? (chosen && child(chosen, 'schema'));
}

interface Found {
  /** The schema itself, references followed. */
  readonly at: Located;
  /** How many references lead to it. */
  readonly uses: number;
}

/** Follows references, and counts who else does. */
function resolved(index: FeatureIndex, schema: Located): Found | undefined {
  const followed = index.reader.follow(schema);
  if (!followed.found) return undefined;
  const { at } = followed;
  const uses = index.references().get(`${at.file}#${formatPointer(at.pointer)}`)?.length ?? 0;
  return { at, uses };
}

/** `legs[*].from` as its steps; items of a list are `[*]`. */
function stepsOf(path: string): readonly string[] {
  return path.match(/\[\*\]|[^.[\]]+/g) ?? [];
}

/** The object that a path leads to, from a schema on: properties and items, without alternatives. */
function objectAt(index: FeatureIndex, schema: Located, steps: readonly string[]): Found | undefined {
  let found = resolved(index, schema);
  for (const step of steps) {
    const next = found && (step === '[*]' ? child(found.at, 'items') : propertyOf(found.at, step));
    found = next && resolved(index, next);
  }
  return found;
}

function propertyOf(schema: Located, name: string): Located | undefined {
  const properties = child(schema, 'properties');
  return properties && child(properties, name);
}

/** What the code has there, names of types followed. */
function shapeAt(index: FeatureIndex, shape: Shape | undefined, steps: readonly string[]): Shape | undefined {
  const real = (one: Shape | undefined): Shape | undefined => shapeBehind(one, index.served());
  let current = real(shape);
  for (const step of steps) {
    if (step === '[*]') current = current?.kind === 'array' ? real(current.items) : undefined;
    else current = current?.kind === 'object' ? real(current.fields[step]?.shape) : undefined;
  }
  return current;
}

interface Wanted {
  readonly names: readonly string[];
  /** Of the object that lacks them. */
  readonly steps: readonly string[];
  readonly status?: string;
}

/** The bodies of the code that fields are of. */
function bodiesOf({ bodies, outputs }: CodeOperation, status: string | undefined): readonly Body[] {
  if (status === undefined) return bodies.items;
  return outputs.items.filter((one) => one.status === status).flatMap((one) => one.bodies.items);
}

const addProperties = (scene: Parameters<Fixer>[0], { names, steps, status }: Wanted): ReturnType<Fixer> => {
  let uses = 0;
  const fixed = forAll(
    scene,
    `Document ${names.join(', ')} in the spec`,
    (index, spec, { code }, draftingIn) => {
      if (!code) return [];
      const schema = schemaOf(index, spec, status);
      const found = schema && objectAt(index, schema, steps);
      const properties = found && child(found.at, 'properties');
      const map = mappingAt(index, properties);
      const objects = bodiesOf(code, status).map(({ shape }) => shapeAt(index, shape, steps));
      if (!found || !map) return [];
      uses = Math.max(uses, found.uses);
      const fieldOf = (name: string): Field | undefined =>
        objects.flatMap((one) => (one?.kind === 'object' ? (one.fields[name] ?? []) : []))[0];
      const edits = names.flatMap((name) => {
        const draft = draftSchema(fieldOf(name)?.shape, {
          ...draftingIn(map.file),
          ...(status === undefined && { fixed: true, isRequest: true }),
        });
        return edited(map, insertEntry(map.document, map.map, name, draft));
      });
      // What goes to one place goes there as one.
      const [first] = edits;
      const isOnePlace = edits.every((one) => one.start === first?.start && one.end === first.end);
      if (!first || !isOnePlace || edits.length < names.length) return [];
      const demanded = status === undefined ? names.filter((name) => fieldOf(name)?.required === true) : [];
      const required = demandedBy(index, found.at, demanded);
      return required ? [{ ...first, text: edits.map(({ text }) => text).join('') }, ...required] : [];
    },
  );
  // Others have the schema, too, and may know nothing of the field.
  return [
    fixed && uses > 1
      ? { title: `${fixed.title} (its schema is used ${uses} times)`, edits: fixed.edits }
      : fixed,
  ];
};

/** Names that a schema asks for from then on; undefined where its list is written in a way that an edit could break. */
function demandedBy(
  index: FeatureIndex,
  schema: Located,
  names: readonly string[],
): readonly FileEdit[] | undefined {
  const map = mappingAt(index, schema);
  const list = child(schema, 'required')?.node;
  if (names.length === 0) return [];
  if (!map) return undefined;
  if (!list) {
    const edit = insertEntry(map.document, map.map, 'required', names, (other) => other === 'type');
    return edit && edited(map, edit);
  }
  const edits = names.map((name) => (list.kind === 'seq' ? appendItem(map.document, list, name) : undefined));
  const [first] = edits;
  if (!first || edits.includes(undefined)) return undefined;
  return edited(map, { ...first, text: edits.map((edit) => edit?.text).join('') });
}

const documentFields: Fixer = (scene, { fields }) =>
  Array.isArray(fields) ? addProperties(scene, { names: fields.map(String), steps: [] }) : [];

const documentAnswerFields: Fixer = (scene, { names, field, status }) => {
  if (!Array.isArray(names) || typeof field !== 'string' || typeof status !== 'string') return [];
  const steps = stepsOf(field);
  const parent = names.length > 1 ? steps : steps.slice(0, -1);
  return addProperties(scene, { names: names.map(String), steps: parent, status });
};

const documentMediaType: Fixer = (scene, { code: sent, spec: promised, status }) => {
  const [to, ...others] = listOf(sent);
  const [from, ...more] = listOf(promised);
  if (to === undefined || from === undefined || others.length > 0) return [];
  const content = (index: FeatureIndex, spec: SpecOperation): ReturnType<typeof mappingAt> => {
    const operation = operationAt(index, spec);
    const responses = responsesOf(index, spec);
    const holder =
      typeof status === 'string'
        ? responses && child(responses, status)
        : operation && child(operation, 'requestBody');
    const followed = holder && index.reader.follow(holder);
    return mappingAt(index, followed?.found ? child(followed.at, 'content') : undefined);
  };
  const asWell = forAll(scene, `Document ${to} as well`, (index, spec, { code }, draftingIn) => {
    const map = content(index, spec);
    if (!map) return [];
    const isAnswer = typeof status === 'string';
    const bodies = code ? bodiesOf(code, isAnswer ? status : undefined) : [];
    const drafting = {
      ...draftingIn(map.file),
      ...(!isAnswer && ({ fixed: true, isRequest: true } as const)),
    };
    const draft = draftContent(bodies, drafting)?.[to] ?? {};
    return edited(map, insertEntry(map.document, map.map, to, draft));
  });
  const instead = forAll(scene, `Document ${to} in place of ${from}`, (index, spec) => {
    const map = content(index, spec);
    return edited(map, map && renameKey(map.document, map.map, from, to));
  });
  // A table has another schema than an object.
  const isAlike = isJson(from) === isJson(to);
  return [more.length === 0 && isAlike ? instead : undefined, asWell && fix(asWell.title, asWell.edits)];
};

function isJson(mediaType: string): boolean {
  return /[/+]json\b/.test(mediaType);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export const bodyFixers: Readonly<Record<string, Fixer>> = {
  'http/undocumented-body': documentBody,
  'http/undocumented-field': documentFields,
  'http/undocumented-response-field': documentAnswerFields,
  'http/media-type': documentMediaType,
};
