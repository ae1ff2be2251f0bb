/** Bodies of requests and responses. */

import { type Collection, collection, known, type UnknownReason } from '../../contract/knowledge.ts';
import type { Body } from '../../contract/operation.ts';
import type { Field, Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { booleanOf, textOf, valueOf } from '../../text/document-node.ts';
import type { Context } from './context.ts';
import type { ReadParameters } from './parameters.ts';
import { child, children, isExtension, type Located, type LocatedEntry } from './reader.ts';

/** The media type that stands for one that the document does not name. */
const ANY_MEDIA_TYPE = '*';

/** Lower case without parameters; ranges such as `image/*` stay. */
function mediaTypeName(text: string): string {
  const name = (text.split(';')[0] ?? '').trim().toLowerCase();
  return name === '' || name === '*/*' ? ANY_MEDIA_TYPE : name;
}

/** The request body of OpenAPI 3. */
export function requestBodies(context: Context, operation: Located): Collection<Body> {
  const entry = child(operation, 'requestBody');
  const lost = context.reader.astray(entry) ?? (entry ? undefined : context.reader.doubt(operation));
  if (!entry || lost) return collection<Body>([], lost && [lost]);
  const followed = context.reader.follow(entry);
  if (!followed.found) return collection<Body>([], [followed.reason]);
  const gaps: UnknownReason[] = [];
  const body = context.reader.map(followed.at, 'A request body', gaps);
  if (!body)
    return collection<Body>([], [{ why: 'unsupported', construct: 'request body', at: entry.keyAt }]);
  const required = child(body, 'required');
  const isRequired = required !== undefined && booleanOf(required.node) === true;
  const content = contentBodies(context, child(body, 'content'), isRequired, required?.keyAt ?? entry.keyAt);
  const bodies = collection(content.items, [...gaps, ...content.gaps]);
  if (bodies.items.length > 0 || !bodies.complete) return bodies;
  // A body without any content is still a body.
  const shape: Shape = {
    kind: 'unknown',
    reason: { why: 'unsupported', construct: 'body without content', at: entry.keyAt },
  };
  return collection([createBody(ANY_MEDIA_TYPE, shape, isRequired, entry.keyAt)]);
}

/** A map of media types. */
export function contentBodies(
  context: Context,
  content: LocatedEntry | undefined,
  required: boolean,
  requiredAt: Span,
): Collection<Body> {
  const gaps: UnknownReason[] = [];
  const map = content && context.reader.map(content, 'The content', gaps);
  if (!map) return collection<Body>([], gaps);
  const items = children(map).flatMap((entry): readonly Body[] => {
    const astray = context.reader.astray(entry);
    if (astray) gaps.push(astray);
    if (astray || isExtension(entry.key)) return [];
    const shape = mediaTypeShape(context, entry);
    return [{ ...createBody(mediaTypeName(entry.key), shape, required, requiredAt), at: entry.keyAt }];
  });
  return collection(items, gaps);
}

function mediaTypeShape(context: Context, entry: LocatedEntry): Shape {
  const followed = context.reader.follow(entry);
  if (!followed.found) return { kind: 'unknown', reason: followed.reason };
  const schema = child(followed.at, 'schema') ?? child(followed.at, 'itemSchema');
  if (schema) return context.schemas.shape(schema);
  return { kind: 'unknown', reason: { why: 'dynamic', what: 'any value', at: entry.keyAt } };
}

/** The body of OpenAPI 2.0: a parameter `in: body`, or the parameters `in: formData` taken together. */
export function swaggerBodies(
  context: Context,
  operation: Located,
  { bodies: parameters, inputs: { gaps } }: ReadParameters,
): Collection<Body> {
  const body = parameters.find(({ at }) => locationOf(at) === 'body');
  const form = parameters.filter(({ at }) => locationOf(at) === 'formData');
  if (body) {
    const schema = child(body.at, 'schema');
    const shape: Shape = schema
      ? context.schemas.shape(schema)
      : { kind: 'unknown', reason: { why: 'dynamic', what: 'any value', at: body.place } };
    const required = booleanOf(valueOf(body.at.node, 'required')) === true;
    return collection(
      mediaTypes(context, operation, 'consumes').map((type) => createBody(type, shape, required, body.place)),
      gaps,
    );
  }
  const [first] = form;
  if (!first) return collection<Body>([], gaps);
  const hasFile = form.some(({ at }) => textOf(valueOf(at.node, 'type')) === 'file');
  const listed = mediaTypes(context, operation, 'consumes').filter((type) => /form/.test(type));
  const types =
    listed.length > 0 ? listed : [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
  const fields = form.map(({ at, place }): [string, Field] => [
    textOf(valueOf(at.node, 'name')) ?? '',
    { shape: context.schemas.shape(at), required: isRequired(at), at: place },
  ]);
  const shape: Shape = { kind: 'object', fields: Object.fromEntries(fields), open: gaps.length > 0 };
  return collection(
    types.map((type) =>
      createBody(
        type,
        shape,
        form.some(({ at }) => isRequired(at)),
        first.place,
      ),
    ),
    gaps,
  );
}

export interface SwaggerParameter {
  readonly at: Located;
  readonly place: Span;
}

/** Media types of OpenAPI 2.0: of the operation, else of the document, else any. */
export function mediaTypes(
  context: Context,
  operation: Located,
  key: 'consumes' | 'produces',
): readonly string[] {
  const list = child(operation, key) ?? child(context.top, key);
  const types = context.reader.list(list, key).flatMap((item) => textOf(item.node) ?? []);
  return types.length > 0 ? [...new Set(types.map(mediaTypeName))] : [ANY_MEDIA_TYPE];
}

export function createBody(mediaType: string, shape: Shape, required: boolean, at: Span): Body {
  return { mediaType, shape, required: known(required, 'declared', at), evidence: 'declared', at };
}

function locationOf(parameter: Located): string | undefined {
  return textOf(valueOf(parameter.node, 'in'));
}

function isRequired(parameter: Located): boolean {
  return booleanOf(valueOf(parameter.node, 'required')) === true;
}
