/**
 * A quick look at a value and its JSON Schema that answers only what it is certain of. Compiling a schema takes a
 * validator a thousand times as long as looking at one example, and nearly all examples of a specification are valid.
 *
 * INVARIANT: an answer is what Ajv would answer, with the options that Spectral gives it, for a schema that Ajv would
 * compile without complaint. Keywords and formats that are not listed here leave the question open.
 */

export type Dialect = 'draft4' | '2020-12';

type Schema = Readonly<Record<string, unknown>>;

export interface Certainty {
  /** Is every schema in it of a form that is known to compile? */
  compiles(schema: unknown): boolean;
  /** Undefined: cannot tell. To be asked of schemas that compile. */
  accepts(schema: unknown, value: unknown): boolean | undefined;
  /** May what is accepted depend on the direction of the message (`readOnly`, `writeOnly`) other than by allowing more? */
  isSimple(schema: unknown): boolean;
}

/** `draft4` is for OpenAPI 3.0, `2020-12` for 3.1 and later. What was seen of a schema is kept as long as the object. */
export function createCertainty(dialect: Dialect): Certainty {
  const compiled = new WeakMap<object, boolean>();
  const simple = new WeakMap<object, boolean>();

  function compiles(schema: unknown): boolean {
    if (!isRecord(schema)) return false;
    const before = compiled.get(schema);
    if (before !== undefined) return before;
    // Whatever comes back to itself is left to the validator.
    compiled.set(schema, false);
    const result =
      Object.entries(schema).every(
        ([key, value]) => key.startsWith('x-') || (wellFormed(dialect, key)?.(value) ?? false),
      ) &&
      !isOddlyNullable(schema) &&
      subschemas(schema).every(compiles);
    compiled.set(schema, result);
    return result;
  }

  function isSimple(schema: unknown): boolean {
    if (!isRecord(schema)) return false;
    const before = simple.get(schema);
    if (before !== undefined) return before;
    const result = !('oneOf' in schema) && !('not' in schema) && subschemas(schema).every(isSimple);
    simple.set(schema, result);
    return result;
  }

  return { compiles, isSimple, accepts: (schema, value) => accepts(schema as Schema, value) };
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
/** A number that YAML can write and JSON cannot becomes null before it is compiled. */
const isNumber: Check = (value) => Number.isFinite(value);
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const isTruth: Check = (value) => typeof value === 'boolean';
const isSchemas: Check = (value) => Array.isArray(value) && value.length > 0;
const anything: Check = () => true;
const TYPES: readonly unknown[] = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];

function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPattern(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    return new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
}

function isDistinct(values: readonly unknown[]): boolean {
  return values.every(isPlain) && new Set(values).size === values.length;
}

/** What a keyword has to be for the metaschema to be content. */
const KEYWORDS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['type', (value) => TYPES.includes(value)],
  ['title', isText],
  ['description', isText],
  ['default', anything],
  ['example', anything],
  ['externalDocs', anything],
  ['discriminator', anything],
  ['xml', anything],
  ['deprecated', isTruth],
  ['readOnly', isTruth],
  ['writeOnly', isTruth],
  ['nullable', isTruth],
  ['uniqueItems', isTruth],
  ['format', isText],
  ['pattern', isPattern],
  [
    'enum',
    (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      isDistinct(value) &&
      value.every((one) => typeof one !== 'number' || isNumber(one)),
  ],
  [
    'required',
    (value) => Array.isArray(value) && value.length > 0 && value.every(isText) && isDistinct(value),
  ],
  ['minLength', isCount],
  ['maxLength', isCount],
  ['minItems', isCount],
  ['maxItems', isCount],
  ['minProperties', isCount],
  ['maxProperties', isCount],
  ['minimum', isNumber],
  ['maximum', isNumber],
  // A property of every object, such as `constructor`, is always there for Ajv.
  ['properties', (value) => isRecord(value) && Object.keys(value).every((key) => !(key in Object.prototype))],
  ['items', isRecord],
  ['additionalProperties', (value) => isTruth(value) || isRecord(value)],
  ['allOf', isSchemas],
  ['anyOf', isSchemas],
  ['oneOf', isSchemas],
  ['not', isRecord],
]);

const NEWER: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'type',
    (value) =>
      TYPES.includes(value) ||
      (Array.isArray(value) &&
        value.length > 0 &&
        value.every((one) => TYPES.includes(one)) &&
        isDistinct(value)),
  ],
  ['examples', (value) => Array.isArray(value)],
  ['exclusiveMinimum', isNumber],
  ['exclusiveMaximum', isNumber],
]);

function wellFormed(dialect: Dialect, key: string): Check | undefined {
  return (dialect === '2020-12' ? NEWER.get(key) : undefined) ?? KEYWORDS.get(key);
}

/** Ajv refuses `nullable` beside no type, and `nullable: false` beside the type `null`. */
function isOddlyNullable(schema: Schema): boolean {
  return 'nullable' in schema && (schema['type'] === undefined || typesOf(schema).includes('null'));
}

function typesOf({ type }: Schema): readonly unknown[] {
  return Array.isArray(type) ? type : type === undefined ? [] : [type];
}

function subschemas(schema: Schema): readonly unknown[] {
  const { properties, items, additionalProperties, allOf, anyOf, oneOf, not } = schema;
  return [
    ...(isRecord(properties) ? Object.values(properties) : []),
    ...[items, not].filter((one) => one !== undefined),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...[allOf, anyOf, oneOf].flatMap((many) => (Array.isArray(many) ? (many as readonly unknown[]) : [])),
  ];
}

/** All must hold; what cannot be told matters only where nothing is certainly wrong. */
function all(answers: Iterable<boolean | undefined>): boolean | undefined {
  let open = false;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === undefined) open = true;
  }
  return open ? undefined : true;
}

function accepts(schema: Schema, value: unknown): boolean | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  return all(checks(schema, value));
}

function* checks(schema: Schema, value: unknown): Generator<boolean | undefined> {
  const types = typesOf(schema);
  if (types.length > 0)
    yield types.some((type) => isOfType(type, value)) || (schema['nullable'] === true && value === null);
  const { enum: choices } = schema;
  if (Array.isArray(choices)) yield isPlain(value) ? choices.includes(value) : undefined;
  if (typeof value === 'string') yield* textChecks(schema, value);
  else if (typeof value === 'number') yield* numberChecks(schema, value);
  else if (Array.isArray(value)) yield* listChecks(schema, value);
  else if (isRecord(value)) yield* recordChecks(schema, value);
  const { allOf, anyOf, oneOf, not } = schema as Readonly<Record<string, readonly Schema[] | undefined>>;
  if (allOf) yield all(allOf.map((one) => accepts(one, value)));
  if (anyOf) {
    const answers = anyOf.map((one) => accepts(one, value));
    yield answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if (oneOf) {
    const answers = oneOf.map((one) => accepts(one, value));
    const matches = answers.filter((answer) => answer === true).length;
    yield matches > 1 ? false : answers.includes(undefined) ? undefined : matches === 1;
  }
  if (not) {
    const answer = accepts(not as unknown as Schema, value);
    yield answer === undefined ? undefined : !answer;
  }
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

/** Texts that are certainly of a format; anything else is left to the validator. */
const FORMATS: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/],
  [
    'date-time',
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/,
  ],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['email', /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*@(?:[a-z0-9]+\.)+[a-z]+$/i],
  ['uri', /^https?:\/\/[a-z0-9]+(?:[.-][a-z0-9]+)*(?:\/[\w.~-]*)*$/i],
  ['ipv4', /^(?:1?\d?\d\.){3}1?\d?\d$/],
  ['password', /^/],
  ['binary', /^/],
]);

function* textChecks(schema: Schema, value: string): Generator<boolean | undefined> {
  const { format, pattern, minLength, maxLength } = schema;
  if (typeof format === 'string') yield FORMATS.get(format)?.test(value) === true ? true : undefined;
  if (typeof pattern === 'string') yield new RegExp(pattern).test(value);
  if (typeof minLength !== 'number' && typeof maxLength !== 'number') return;
  const length = [...value].length;
  if (typeof minLength === 'number') yield length >= minLength;
  if (typeof maxLength === 'number') yield length <= maxLength;
}

function* numberChecks(schema: Schema, value: number): Generator<boolean | undefined> {
  const { format, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof format === 'string') yield isNumberOf(format, value) ? true : undefined;
  if (typeof minimum === 'number') yield value >= minimum;
  if (typeof maximum === 'number') yield value <= maximum;
  if (typeof exclusiveMinimum === 'number') yield value > exclusiveMinimum;
  if (typeof exclusiveMaximum === 'number') yield value < exclusiveMaximum;
}

function isNumberOf(format: string, value: number): boolean {
  if (format === 'float' || format === 'double') return true;
  if (format === 'int32') return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  if (format === 'int64') return Number.isSafeInteger(value);
  // Formats of texts say nothing about numbers; of others it is not known whether they do.
  return FORMATS.has(format);
}

function* listChecks(schema: Schema, value: readonly unknown[]): Generator<boolean | undefined> {
  const { items, minItems, maxItems, uniqueItems } = schema;
  if (typeof minItems === 'number') yield value.length >= minItems;
  if (typeof maxItems === 'number') yield value.length <= maxItems;
  if (uniqueItems === true)
    yield value.length < 2 ? true : value.every(isPlain) ? new Set(value).size === value.length : undefined;
  if (isRecord(items)) for (const item of value) yield accepts(items, item);
}

function* recordChecks(schema: Schema, value: Schema): Generator<boolean | undefined> {
  const { properties, required, additionalProperties, minProperties, maxProperties } = schema;
  const keys = Object.keys(value);
  if (keys.includes('__proto__')) yield undefined;
  if (Array.isArray(required))
    for (const key of required as readonly string[])
      yield Object.hasOwn(value, key) ? value[key] !== undefined : key in value ? undefined : false;
  if (typeof minProperties === 'number') yield keys.length >= minProperties;
  if (typeof maxProperties === 'number') yield keys.length <= maxProperties;
  const named = isRecord(properties) ? properties : {};
  for (const key of keys) {
    if (Object.hasOwn(named, key)) yield accepts(named[key] as Schema, value[key]);
    else if (additionalProperties === false) yield false;
    else if (isRecord(additionalProperties)) yield accepts(additionalProperties, value[key]);
  }
}
