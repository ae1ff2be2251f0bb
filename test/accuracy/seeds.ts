/** Drifts that are seeded into the specification of a real server, as edits of the document that it is read as. */

export interface Json {
  [key: string]: unknown;
}

/** One seeded drift: where it is told, and by which rules; no rules for a change that is no drift. */
export interface Seed {
  readonly category: string;
  /** `METHOD /path` as the document writes it once the drift is seeded. */
  readonly operation: string;
  readonly rules: readonly string[];
  /** What else the drift concerns: other operations that refer to the same schema. */
  readonly also: (operation: string) => boolean;
  apply(document: Json): void;
}

export const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at the end of a chain of keys; undefined where one is missing. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((found, key) => (isJson(found) ? found[key] : undefined), value);
}

export function resolved(document: Json, value: unknown, hops = 0): unknown {
  const reference = at(value, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#/') || hops > 8) return value;
  const keys = reference.slice(2).split('/');
  return resolved(document, at(document, ...keys), hops + 1);
}

/** Does a part of the document lead to this schema, through whatever references? */
function leadsTo(document: Json, value: unknown, target: Json, seen: Set<unknown>): boolean {
  if (value === target) return true;
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  const reference = at(value, '$ref');
  if (typeof reference === 'string' && leadsTo(document, resolved(document, value), target, seen))
    return true;
  return Object.values(value).some((part) => leadsTo(document, part, target, seen));
}

/** The object that a body is, behind references and lists; undefined for anything else. */
function objectOf(document: Json, schema: unknown): Json | undefined {
  const plain = resolved(document, schema);
  const items = at(plain, 'items');
  if (items !== undefined) return objectOf(document, items);
  return isJson(plain) && isJson(plain['properties']) ? plain : undefined;
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly name: string;
}

function operationOf(document: Json, { path, method }: Place): Json {
  const found = at(document, 'paths', path, method);
  return isJson(found) ? found : {};
}

function successOf(operation: Json): string | undefined {
  return Object.keys(isJson(operation['responses']) ? operation['responses'] : {}).find((status) =>
    /^2\d\d$/.test(status),
  );
}

function requestBody(document: Json, place: Place): Json | undefined {
  const body = resolved(document, operationOf(document, place)['requestBody']);
  return objectOf(document, at(body, 'content', 'application/json', 'schema'));
}

function responseBody(document: Json, place: Place): Json | undefined {
  const operation = operationOf(document, place);
  const response = resolved(document, at(operation, 'responses', successOf(operation) ?? ''));
  return objectOf(document, at(response, 'content', 'application/json', 'schema'));
}

function parametersOf(document: Json, place: Place): readonly Json[] {
  const listed = operationOf(document, place)['parameters'];
  return (Array.isArray(listed) ? listed : []).filter((one): one is Json => isJson(one) && !('$ref' in one));
}

function rename(object: Json, from: string, to: string): void {
  const properties = object['properties'];
  if (!isJson(properties)) return;
  object['properties'] = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key === from ? to : key, value]),
  );
  if (Array.isArray(object['required']))
    object['required'] = object['required'].map((key) => (key === from ? to : (key as unknown)));
}

function otherType(schema: Json): void {
  const isText = schema['type'] === 'string';
  for (const key of Object.keys(schema)) if (key !== 'description') delete schema[key];
  schema['type'] = isText ? 'boolean' : 'string';
}

const requestRules = ['request-type', 'request-body', 'request-enum', 'request-format', 'request-limits'];
const responseRules = ['response-type', 'response-body', 'response-enum', 'response-format'];
/** A schema is often one of requests and of answers: each tells of it in its own words. */
const fieldRules = [
  'unread-field',
  'undocumented-field',
  'request-required',
  'unsent-field',
  'undocumented-response-field',
  'response-required',
];
const parameterRules = ['parameter-type', 'parameter-enum', 'parameter-limits'];

/** Every drift that can be seeded at an operation. */
export function seedsAt(document: Json, place: Place): readonly Seed[] {
  const { path, method, name } = place;
  const seeds: Seed[] = [];
  const add = (
    category: string,
    rules: readonly string[],
    apply: (document: Json) => void,
    more: { readonly operation?: string; readonly shares?: (document: Json, other: Place) => boolean } = {},
  ): void => {
    seeds.push({
      category,
      operation: more.operation ?? name,
      rules: rules.map((rule) => `http/${rule}`),
      also: (other) => {
        const [verb = '', ...rest] = other.split(' ');
        const there = { path: rest.join(' '), method: verb.toLowerCase(), name: other };
        return other === name || more.shares?.(document, there) === true;
      },
      apply,
    });
  };
  const within = (apply: (operation: Json) => void) => (changed: Json) => apply(operationOf(changed, place));

  add('an operation is gone', ['undocumented-operation'], (changed) => {
    const item = at(changed, 'paths', path);
    if (isJson(item)) delete item[method];
  });
  const last = path.split('/').at(-1) ?? '';
  const alone = Object.keys(isJson(at(document, 'paths', path)) ? (at(document, 'paths', path) as Json) : {});
  if (/^[a-z-]{4,}$/.test(last) && alone.filter((key) => methods.some((one) => one === key)).length === 1) {
    const moved = `${path}x`;
    add(
      'a path is another one',
      ['path-typo', 'unimplemented-operation', 'undocumented-operation'],
      (changed) => {
        const paths = at(changed, 'paths');
        if (!isJson(paths)) return;
        paths[moved] = paths[path];
        delete paths[path];
      },
      { operation: `${method.toUpperCase()} ${moved}` },
    );
  }
  const success = successOf(operationOf(document, place));
  if (success !== undefined)
    add(
      'another success',
      ['success-status'],
      within((operation) => {
        const responses = operation['responses'];
        if (!isJson(responses)) return;
        responses[success === '202' ? '200' : '202'] = responses[success];
        delete responses[success];
      }),
    );
  parametersOf(document, place).forEach((parameter, index) => {
    const change = (apply: (one: Json) => void) => (changed: Json) => {
      const one = parametersOf(changed, place)[index];
      if (one) apply(one);
    };
    const schema = parameter['schema'];
    if (parameter['in'] === 'query')
      add(
        'a parameter has another name',
        ['unread-parameter', 'undocumented-parameter'],
        change((one) => (one['name'] = `${String(one['name'])}Other`)),
      );
    if (
      isJson(schema) &&
      (schema['type'] === 'integer' || schema['type'] === 'number' || schema['type'] === 'boolean')
    )
      add(
        'a parameter has another type',
        parameterRules,
        change((one) => {
          if (isJson(one['schema'])) otherType(one['schema']);
        }),
      );
  });
  for (const [category, find] of [
    ['request', requestBody],
    ['response', responseBody],
  ] as const) {
    const body = find(document, place);
    const properties = body && isJson(body['properties']) ? body['properties'] : {};
    const [field] = Object.keys(properties).filter(
      (key) => !isJson(properties[key]) || !('$ref' in properties[key]),
    );
    if (!body || field === undefined) continue;
    const shares = (whole: Json, other: Place): boolean =>
      leadsTo(whole, operationOf(whole, other), body, new Set());
    const change = (apply: (one: Json) => void) => (changed: Json) => {
      const one = find(changed, place);
      if (one) apply(one);
    };
    add(
      `a field of a ${category} has another name`,
      ['renamed-field', ...fieldRules],
      change((one) => rename(one, field, `${field}Other`)),
      { shares },
    );
    add(
      `a field of a ${category} has another type`,
      [...requestRules, ...responseRules],
      change((one) => {
        const schema = at(one, 'properties', field);
        if (isJson(schema)) otherType(schema);
      }),
      { shares },
    );
    const required = body['required'];
    if (category === 'request' && Array.isArray(required) && required.includes(field))
      add(
        'a field of a request need not be there',
        ['request-required'],
        change((one) => {
          one['required'] = (Array.isArray(one['required']) ? one['required'] : []).filter(
            (key) => key !== field,
          );
        }),
        { shares },
      );
    const [listed] = Object.entries(properties).find(([, schema]) => Array.isArray(at(schema, 'enum'))) ?? [];
    if (category === 'request' && listed !== undefined)
      add(
        'a request may have another value',
        ['request-enum'],
        change((one) => {
          const values = at(one, 'properties', listed, 'enum');
          if (Array.isArray(values)) values.push('another');
        }),
        { shares },
      );
  }
  return seeds;
}
