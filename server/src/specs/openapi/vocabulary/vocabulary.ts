/** Looks words of OpenAPI up: by an object, and by the way that leads to a place of a document. */

import type { SpecVersion } from '../detect.ts';
import { documentWords } from './document.ts';
import { any, holds, type Field, type Kind, type ObjectWords, type Value } from './model.ts';
import { operationWords } from './operations.ts';
import { schemaWords } from './schemas.ts';
import { securityWords } from './security.ts';

const words: Readonly<Record<Kind, ObjectWords>> = {
  ...documentWords,
  ...operationWords,
  ...schemaWords,
  ...securityWords,
};

export function wordsOf(kind: Kind): ObjectWords {
  return words[kind];
}

/** The keys that an object has in a version, in the order in which people write them; `$ref` is none of them. */
export function fieldsOf(kind: Kind, version: SpecVersion): readonly (readonly [string, Field])[] {
  return Object.entries(words[kind].fields).filter(([, field]) => holds(field.in, version));
}

export function fieldOf(kind: Kind, key: string, version: SpecVersion): Field | undefined {
  const { fields } = words[kind];
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return field && holds(field.in, version) ? field : undefined;
}

export function isRequired({ required }: Field, version: SpecVersion): boolean {
  return required !== undefined && holds(required, version);
}

/** May a `$ref` stand in its place? */
export function mayRefer(kind: Kind, version: SpecVersion): boolean {
  const { refs } = words[kind];
  return refs !== undefined && holds(refs, version);
}

/** What may stand at the end of a way through a document: a value of `from` at its beginning. Undefined where nothing is known. */
export function valueAt(from: Value, path: readonly string[], version: SpecVersion): Value | undefined {
  let value: Value | undefined = from;
  for (const token of path) {
    value = value && step(value, token, version);
    if (!value) return undefined;
  }
  return value;
}

/** What an entry of an object, a mapping or a list is. */
export function step(value: Value, token: string, version: SpecVersion): Value | undefined {
  switch (value.is) {
    case 'object':
      return token.startsWith('x-') ? any : fieldOf(value.kind, token, version)?.value;
    case 'map':
      return token.startsWith('x-') && value.keys === 'path' ? any : value.of;
    case 'list':
      return /^\d+$/.test(token) ? value.of : undefined;
    case 'either': {
      // An object takes any key, so what fits a number is looked for first.
      const found = value.of.map((each) => step(each, token, version)).filter((each) => each !== undefined);
      return found[0];
    }
    case 'any':
      return any;
    default:
      return undefined;
  }
}

/** The forms that a value may have, one by one. */
export function formsOf(value: Value): readonly Value[] {
  return value.is === 'either' ? value.of.flatMap(formsOf) : [value];
}

const published: Readonly<Record<SpecVersion, string>> = {
  '2.0': '2.0',
  '3.0': '3.0.4',
  '3.1': '3.1.1',
  '3.2': '3.2.0',
};

/** The address of the section about an object in the specification of a version. */
export function sectionOf(kind: Kind, version: SpecVersion): string {
  return `https://spec.openapis.org/oas/v${published[version]}.html#${words[kind].anchor}`;
}

/** The kinds of components by the group of `components` that they stand in; callbacks, which are mappings, are not among them. */
export const componentGroups: Readonly<Record<string, Kind>> = Object.fromEntries(
  Object.entries(words.components.fields).flatMap(([group, { value }]) =>
    value.is === 'map' && value.of.is === 'object' ? [[group, value.of.kind]] : [],
  ),
);

/** The same for OpenAPI 2.0, which has the groups at the root of the document. */
export const rootGroups: Readonly<Record<string, Kind>> = {
  definitions: 'schema',
  parameters: 'parameter',
  responses: 'response',
  securityDefinitions: 'securityScheme',
};
