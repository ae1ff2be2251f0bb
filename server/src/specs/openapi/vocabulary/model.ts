/** The words of OpenAPI as data: which keys an object has in which version, what they mean, and what is written behind them. */

import type { SpecVersion } from '../detect.ts';

/** `''` is every version, `3` is 3.0 and later, `3.1+` that one and later, `2`, `3.0` and the like these alone. */
export type Versions = '' | '2' | '3' | '3.0' | '2-3.0' | '2-3.1' | '3.1+' | '3.2+';

const holders: Readonly<Record<Versions, readonly SpecVersion[]>> = {
  '': ['2.0', '3.0', '3.1', '3.2'],
  '2': ['2.0'],
  '3': ['3.0', '3.1', '3.2'],
  '3.0': ['3.0'],
  '2-3.0': ['2.0', '3.0'],
  '2-3.1': ['2.0', '3.0', '3.1'],
  '3.1+': ['3.1', '3.2'],
  '3.2+': ['3.2'],
};

export function holds(versions: Versions, version: SpecVersion): boolean {
  return holders[versions].includes(version);
}

/** Objects that have keys of their own. */
export type Kind =
  | 'document'
  | 'info'
  | 'contact'
  | 'license'
  | 'server'
  | 'serverVariable'
  | 'components'
  | 'tag'
  | 'externalDocs'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'response'
  | 'header'
  | 'link'
  | 'example'
  | 'schema'
  | 'discriminator'
  | 'xml'
  | 'securityScheme'
  | 'oauthFlows'
  | 'oauthFlow';

/** What a text or a name means, where something is known that could stand there. */
export type Role =
  | 'path'
  | 'status'
  | 'mediaType'
  | 'scheme'
  | 'scope'
  | 'tag'
  | 'operationId'
  | 'operationRef'
  | 'mapping'
  | 'property'
  | 'propertyName'
  | 'parameterName'
  | 'headerName'
  | 'variable'
  | 'format'
  | 'expression'
  | 'name';

export type Value =
  | { readonly is: 'object'; readonly kind: Kind }
  /** `keys` is what its keys mean. */
  | { readonly is: 'map'; readonly of: Value; readonly keys: Role }
  | { readonly is: 'list'; readonly of: Value }
  | { readonly is: 'text'; readonly role?: Role; readonly values?: readonly Choice[] }
  | { readonly is: 'boolean' | 'number' | 'any' }
  /** Several forms, the usual one first. */
  | { readonly is: 'either'; readonly of: readonly Value[] };

/** One of the texts that may stand somewhere. */
export interface Choice {
  readonly text: string;
  readonly doc: string;
  readonly in: Versions;
}

export interface Field {
  readonly value: Value;
  readonly doc: string;
  readonly in: Versions;
  /** The versions that require it. */
  readonly required?: Versions;
  /** It counts only beside these values of another key. */
  readonly when?: { readonly key: string; readonly is: readonly string[] };
}

export interface ObjectWords {
  /** What the specification calls it: `Path Item Object`. */
  readonly title: string;
  /** The anchor of its section in the specification. */
  readonly anchor: string;
  readonly doc: string;
  readonly in: Versions;
  /** Versions in which a `$ref` may stand in its place. */
  readonly refs?: Versions;
  readonly fields: Readonly<Record<string, Field>>;
}

export const text: Value = { is: 'text' };
export const flag: Value = { is: 'boolean' };
export const amount: Value = { is: 'number' };
export const any: Value = { is: 'any' };

export function object(kind: Kind): Value {
  return { is: 'object', kind };
}

export function map(of: Value, keys: Role = 'name'): Value {
  return { is: 'map', of, keys };
}

export function list(of: Value): Value {
  return { is: 'list', of };
}

export function word(role: Role): Value {
  return { is: 'text', role };
}

export function either(...of: readonly Value[]): Value {
  return { is: 'either', of };
}

/** A text, what it means, and the versions that have it. */
export type Spelling = readonly [string, string, Versions?];

export function oneOf(...choices: readonly Spelling[]): Value {
  return {
    is: 'text',
    values: choices.map(([choice, doc, versions = '']) => ({ text: choice, doc, in: versions })),
  };
}

export function field(value: Value, doc: string, more: Partial<Omit<Field, 'value' | 'doc'>> = {}): Field {
  return { value, doc, in: '', ...more };
}
