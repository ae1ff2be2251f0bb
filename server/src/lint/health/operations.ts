/** Operations as rules of contract health look at them. */

import { stringOf } from '../../text/document-node.ts';
import type { Entry, PathItem, Reading } from './api.ts';
import type { Part, Place } from './sections.ts';

export interface ApiResponse {
  /** `404`, `4XX` or `default`. */
  readonly status: string;
  readonly at: Place;
  readonly value: Part;
  /** In lower case. */
  readonly headers: readonly string[];
  /** Of its bodies, by media type; `*` in OpenAPI 2.0. */
  readonly schemas: readonly { readonly mediaType: string; readonly schema: Part }[];
}

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
}

export interface ApiOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  /** Of the method's key. */
  readonly at: Place;
  readonly value: Part;
  readonly parameters: readonly ApiParameter[];
  readonly hasBody: boolean;
  readonly responses: readonly ApiResponse[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

export function operationsOf(reading: Reading, { path, value: written }: PathItem): readonly ApiOperation[] {
  const { entries, follow, get, items } = reading;
  const item = follow(written);
  return entries(item)
    .filter(({ key, value }) => methods.includes(key) && value.node.kind === 'map')
    .map(({ key, at, value }): ApiOperation => {
      const parameters = [...items(get(item, 'parameters')), ...items(get(value, 'parameters'))].map(
        (one) => ({
          name: stringOf(get(one, 'name')?.node) ?? '',
          in: stringOf(get(one, 'in')?.node) ?? '',
        }),
      );
      return {
        method: key.toUpperCase(),
        path,
        at,
        value,
        parameters,
        hasBody:
          get(value, 'requestBody') !== undefined ||
          parameters.some((one) => one.in === 'body' || one.in === 'formData'),
        responses: entries(get(value, 'responses')).map((entry) => responseOf(reading, entry)),
      };
    });
}

function responseOf({ entries, get }: Reading, { key: status, at, value }: Entry): ApiResponse {
  const old = get(value, 'schema');
  return {
    status,
    at,
    value,
    headers: entries(get(value, 'headers')).map(({ key }) => key.toLowerCase()),
    schemas: [
      ...(old ? [{ mediaType: '*', schema: old }] : []),
      ...entries(get(value, 'content')).flatMap(({ key: mediaType, value: media }) => {
        const schema = get(media, 'schema');
        return schema ? [{ mediaType, schema }] : [];
      }),
    ],
  };
}
