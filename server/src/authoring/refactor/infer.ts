/** A schema of a value: what an example of JSON tells of its kind. */

import { isIdentifier } from '../../contract/words.ts';
import type { Plain } from '../../text/document-style.ts';

type Schema = Readonly<Record<string, Plain>>;

const formats: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/, 'date-time'],
  [/^\d{4}-\d{2}-\d{2}$/, 'date'],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'uuid'],
  [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'email'],
  [/^https?:\/\/\S+$/, 'uri'],
];

/** Every key of an object is required where all objects of a list have it. `version` says how `null` is written. */
export function inferSchema(value: unknown, version: string): Schema {
  return inferSchemaOf([value], version);
}

/** Of several values of one kind: what not all objects have is not required. */
export function inferSchemaOf(values: readonly unknown[], version: string): Schema {
  return ofAll(values, version);
}

function ofAll(values: readonly unknown[], version: string): Schema {
  const present = values.filter((value) => value !== null && value !== undefined);
  const isNullable = values.includes(null);
  const kinds = new Set(present.map(kindOf));
  const [kind] = kinds;
  if (kinds.size > 1) {
    if ([...kinds].every((each) => each === 'integer' || each === 'number'))
      return nullable({ type: 'number' }, isNullable, version);
    const alternatives = [...kinds].map((each) =>
      ofAll(
        present.filter((value) => kindOf(value) === each),
        version,
      ),
    );
    return version === '2.0' ? {} : { oneOf: alternatives };
  }
  if (kind === undefined) return isNullable && version >= '3.1' ? { type: 'null' } : {};
  return nullable(ofKind(kind, present, version), isNullable, version);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function ofKind(kind: string, values: readonly unknown[], version: string): Schema {
  if (kind === 'array') {
    const items = values.flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : []));
    return { type: 'array', items: items.length === 0 ? {} : ofAll(items, version) };
  }
  if (kind === 'object') {
    const objects = values.map((value) => new Map(Object.entries(value as object) as [string, unknown][]));
    const keys = [...new Set(objects.flatMap((object) => [...object.keys()]))];
    // Keys that say which one of many it is are no names of properties.
    if (keys.length > 0 && keys.every(isIdentifier)) {
      const inner = objects.flatMap((object) => [...object.values()]);
      return { type: 'object', additionalProperties: ofAll(inner, version) };
    }
    const required = keys.filter((key) => objects.every((object) => object.has(key)));
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(
        keys.map((key) => [
          key,
          ofAll(
            objects.filter((object) => object.has(key)).map((object) => object.get(key)),
            version,
          ),
        ]),
      ),
    };
  }
  if (kind === 'string') {
    const format = formats.find(([pattern]) => values.every((value) => pattern.test(String(value))));
    return { type: 'string', ...(format && { format: format[1] }) };
  }
  return { type: kind };
}

function nullable(schema: Schema, isNullable: boolean, version: string): Schema {
  if (!isNullable) return schema;
  if (version === '2.0') return { ...schema, 'x-nullable': true };
  if (version === '3.0') return { ...schema, nullable: true };
  return { ...schema, type: [schema['type'] ?? 'object', 'null'] };
}
