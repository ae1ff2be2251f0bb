/** Parameters of operations: of the path item and the operation, by reference or in place. */

import { type Collection, collection, known, type UnknownReason } from '../../contract/knowledge.ts';
import type { Input } from '../../contract/operation.ts';
import type { Span } from '../../contract/span.ts';
import { booleanOf, isEmpty, scalarOf, stringOf, textOf, valueOf } from '../../text/document-node.ts';
import type { SwaggerParameter } from './bodies.ts';
import type { Context } from './context.ts';
import { child, children, type Located, refOf, spanOf } from './reader.ts';

export interface ReadParameters {
  readonly inputs: Collection<Input>;
  /** Parameters of OpenAPI 2.0 that make up the body. */
  readonly bodies: readonly SwaggerParameter[];
}

/** One parameter object with the place in the list where the reader looks for it. */
interface Listed {
  readonly at: Located;
  readonly place: Span;
  readonly name: string;
  readonly in: string;
}

/**
 * @param scopes What may list `parameters`, the outermost first. Inner ones replace outer ones of the same name
 *   and location (OpenAPI 3.1, section 4.8.10).
 */
export function readParameters(context: Context, scopes: readonly Located[]): ReadParameters {
  const gaps: UnknownReason[] = [];
  const merged = new Map<string, Listed>();
  for (const scope of scopes) {
    const doubt = context.reader.doubt(scope);
    if (doubt) gaps.push(doubt);
    const seen = new Set<string>();
    for (const item of context.reader.list(child(scope, 'parameters'), 'The parameters', gaps)) {
      const listed = readListed(context, item, gaps);
      if (!listed) continue;
      const key = keyOf(listed);
      if (seen.has(key)) {
        context.reader.report(
          'warning',
          'duplicate-parameter',
          `The ${listed.in} parameter "${listed.name}" is listed twice.`,
          listed.place,
        );
      }
      seen.add(key);
      merged.set(key, listed);
    }
  }
  const inputs: Input[] = [];
  const bodies: SwaggerParameter[] = [];
  for (const listed of merged.values()) {
    switch (listed.in) {
      case 'path':
      case 'query':
      case 'header':
      case 'cookie':
        inputs.push(createInput(context, listed, listed.in));
        break;
      case 'querystring':
        inputs.push(...queryStringInputs(context, listed, gaps));
        break;
      case 'body':
      case 'formData':
        bodies.push(listed);
        break;
    }
  }
  return { inputs: collection(inputs, gaps), bodies };
}

function readListed(context: Context, item: Located, gaps: UnknownReason[]): Listed | undefined {
  const { reader } = context;
  if (isEmpty(item.node)) return undefined;
  const followed = reader.follow(item);
  if (!followed.found) {
    gaps.push(followed.reason);
    return undefined;
  }
  const doubt = reader.astray(item) ?? reader.doubt(followed.at);
  if (doubt) {
    gaps.push(doubt);
    return undefined;
  }
  const at = reader.map(followed.at, 'A parameter');
  const ref = refOf(item.node);
  const whole = spanOf(ref ? { file: item.file, node: ref.value } : item);
  if (!at) {
    gaps.push({ why: 'unsupported', construct: 'parameter', at: whole });
    return undefined;
  }
  const nameNode = valueOf(at.node, 'name');
  const name = textOf(nameNode);
  const location = stringOf(valueOf(at.node, 'in'));
  if (location === undefined || !LOCATIONS[context.version === '2.0' ? 'swagger' : 'openapi'].has(location)) {
    const message =
      location === undefined
        ? 'A parameter needs "in".'
        : `A parameter cannot be in "${location}" in OpenAPI ${context.version}.`;
    reader.report('error', 'invalid-parameter', message, whole);
    gaps.push({ why: 'unsupported', construct: 'parameter without a place', at: whole });
    return undefined;
  }
  if (name === undefined && location !== 'body' && location !== 'querystring') {
    reader.report('error', 'invalid-parameter', 'A parameter needs a name.', whole);
    gaps.push({ why: 'unsupported', construct: 'parameter without a name', at: whole });
    return undefined;
  }
  const place = ref || !nameNode ? whole : spanOf({ file: at.file, node: nameNode });
  return { at, place, name: name ?? location, in: location };
}

const LOCATIONS = {
  swagger: new Set(['path', 'query', 'header', 'body', 'formData']),
  openapi: new Set(['path', 'query', 'header', 'cookie', 'querystring']),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Names of headers do not depend on letter case (RFC 9110, section 5.1). */
function keyOf({ name, in: location }: Listed): string {
  return `${location} ${location === 'header' ? name.toLowerCase() : name}`;
}

function createInput(context: Context, { at, place, name }: Listed, location: Input['in']): Input {
  const required = location === 'path' || booleanOf(valueOf(at.node, 'required')) === true;
  const schema = schemaOf(context, at);
  const followed = context.reader.follow(schema);
  const fallback = scalarOf(
    valueOf(schema.node, 'default') ?? valueOf(followed.found ? followed.at.node : undefined, 'default'),
  );
  const shape = context.schemas.shape(schema);
  const list = location === 'query' && shape.kind === 'array' ? listStyle(context, at) : undefined;
  const parts = location === 'query' && followed.found ? partsOf(context, at, followed.at) : [];
  return {
    name,
    in: location,
    required: known(required, 'declared', place),
    shape,
    evidence: 'declared',
    at: place,
    ...(fallback !== undefined && { default: fallback }),
    ...(list && { list }),
    ...(parts.length > 0 && { parts }),
  };
}

/** OpenAPI 3.1 section 4.8.12.2 (`style`, `explode`), OpenAPI 2.0 (`collectionFormat`). */
function listStyle({ version }: Context, { node }: Located): Input['list'] {
  if (version === '2.0') {
    const format = stringOf(valueOf(node, 'collectionFormat')) ?? 'csv';
    return format === 'csv' ? 'commas' : format === 'multi' ? 'repeated' : undefined;
  }
  if (!isForm(node)) return undefined;
  return booleanOf(valueOf(node, 'explode')) === false ? 'commas' : 'repeated';
}

/** An object in the style `form`, which is the default of a query, is exploded: each of its fields is a parameter. */
function partsOf({ version }: Context, { node }: Located, schema: Located): readonly string[] {
  if (version === '2.0' || !isForm(node) || booleanOf(valueOf(node, 'explode')) === false) return [];
  const properties = child(schema, 'properties');
  return properties ? children(properties).map(({ key }) => key) : [];
}

function isForm(parameter: Located['node']): boolean {
  return !valueOf(parameter, 'content') && (stringOf(valueOf(parameter, 'style')) ?? 'form') === 'form';
}

/** A parameter of OpenAPI 2.0 has the keywords of its schema in itself. */
function schemaOf(context: Context, parameter: Located): Located {
  return child(parameter, 'schema') ?? contentSchema(context, parameter) ?? parameter;
}

function contentSchema(context: Context, parameter: Located): Located | undefined {
  const content = child(parameter, 'content');
  const [first] = content ? children(content) : [];
  const followed = first && context.reader.follow(first);
  return followed?.found ? child(followed.at, 'schema') : undefined;
}

/** `in: querystring` (OpenAPI 3.2) describes the whole query as one object. */
function queryStringInputs(context: Context, listed: Listed, gaps: UnknownReason[]): readonly Input[] {
  const shape = context.schemas.shape(schemaOf(context, listed.at));
  if (shape.kind !== 'object' || shape.open)
    gaps.push({ why: 'unsupported', construct: 'in: querystring', at: listed.place });
  if (shape.kind !== 'object') return [];
  return Object.entries(shape.fields).map(([name, field]): Input => ({
    name,
    in: 'query',
    required: known(field.required === true, 'declared', field.at),
    shape: field.shape,
    evidence: 'declared',
    at: field.at,
  }));
}
