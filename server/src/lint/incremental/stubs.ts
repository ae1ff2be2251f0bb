/** The least that the schemas of OpenAPI 2.0 to 3.2 take in the place of a part. */

const OBJECT = {};

const STUBS: Readonly<Record<string, object | undefined>> = {
  paths: OBJECT,
  definitions: OBJECT,
  parameters: { name: 'a', in: 'query', type: 'string' },
  responses: { description: '' },
  'components\0schemas': OBJECT,
  'components\0responses': { description: '' },
  'components\0parameters': { name: 'a', in: 'query', schema: {} },
  'components\0examples': OBJECT,
  'components\0requestBodies': { content: {} },
  'components\0headers': { schema: {} },
  'components\0links': { operationId: 'a' },
  'components\0callbacks': OBJECT,
  'components\0pathItems': OBJECT,
};

/** Undefined for a part that has to be there as it is. */
export function stubFor(path: readonly string[]): object | undefined {
  return STUBS[path.slice(0, -1).join('\0')];
}
