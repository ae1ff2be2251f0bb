/** Named schemas of a document that is drafted as a whole. */

import type { Shape, ShapeId } from '../contract/shape.ts';
import { freeName } from '../contract/words.ts';
import { draftSchema, saysSomething, type Draft, type Drafting } from './schema.ts';

export interface Components extends Drafting {
  /** Everything that was referred to, by name in alphabetical order. */
  schemas(): Readonly<Record<string, Draft>>;
}

export function createComponents(version: string, shapeOf: (id: ShapeId) => Shape | undefined): Components {
  /** Undefined for those of which nothing is known. */
  const names = new Map<ShapeId, string | undefined>();
  const schemas = new Map<string, Draft>();
  const components: Components = {
    version,
    shared: true,
    named: (id) => {
      if (!names.has(id)) {
        const name = freeName(componentName(id), (taken) => schemas.has(taken));
        // There before it is made: it may refer to itself.
        names.set(id, name);
        schemas.set(name, {});
        const schema = draftSchema(shapeOf(id), { ...components, fixed: true });
        if (saysSomething(schema)) schemas.set(name, schema);
        else {
          names.set(id, undefined);
          schemas.delete(name);
        }
      }
      const name = names.get(id);
      return name === undefined ? {} : { $ref: `${prefix}${name}` };
    },
    schemas: () => Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return components;
}

const prefix = '#/components/schemas/';

/** The name in a reference to a schema. */
export function schemaName(reference: string): string | undefined {
  return reference.startsWith(prefix) ? reference.slice(prefix.length) : undefined;
}

/** `src/page.ts#Page<src/user.ts#User[]>` is `PageUserArray`: names of components have no other characters (OpenAPI 3.1 section 4.8.7). */
export function componentName(id: ShapeId): string {
  const name = id
    .replaceAll(/[^<>,\s]*#/g, '')
    .replaceAll('[]', 'Array')
    .replaceAll(/[^A-Za-z0-9_]+/g, '');
  return name === '' ? 'Schema' : name;
}
