/** What the code says, as OpenAPI writes it: as much as is known, and nothing that is not. */

import { STATUS_CODES } from 'node:http';
import type { Body, CodeOperation, Input, Output } from '../../../contract/operation.ts';
import type { Shape } from '../../../contract/shape.ts';
import type { Plain } from '../../../text/edit-document.ts';

type Draft = Readonly<Record<string, Plain>>;

/** A response object; `version` is that of the spec, `2.0` to `3.2`. */
export function draftResponse(output: Output | undefined, status: string, version: string): Draft {
  const description =
    STATUS_CODES[status] ?? (status === 'default' ? 'Any other answer' : `Status ${status}`);
  const content = output ? draftContent(output.bodies.items, version) : undefined;
  if (version !== '2.0') return { description, ...(content && { content }) };
  const schema = output?.bodies.items.map(({ shape }) => draftSchema(shape, version)).find(saysSomething);
  return { description, ...(schema && { schema }) };
}

/** A parameter object. */
export function draftParameter(
  input: Pick<Input, 'name' | 'in' | 'shape' | 'required'>,
  version: string,
): Draft {
  const required = input.in === 'path' || (input.required.known && input.required.value);
  const drafted = draftSchema(input.shape, version);
  const schema = saysSomething(drafted) ? drafted : { type: 'string' };
  return {
    name: input.name,
    in: input.in,
    ...(required && { required }),
    ...(version === '2.0' ? schema : { schema }),
  };
}

/** An operation object with parameters, body and responses. */
export function draftOperation(code: CodeOperation, version: string, more: Draft): Draft {
  const inPath = new Set(code.inputs.items.flatMap((input) => (input.in === 'path' ? [input.name] : [])));
  const parameters = code.inputs.items
    // A helper that looks for the same name everywhere finds it in the path.
    .filter((input) => input.in === 'path' || !inPath.has(input.name))
    .filter(
      ({ in: where, name }) =>
        where === 'path' || where === 'query' || (where === 'header' && !isGeneral(name)),
    )
    .map((input) => draftParameter(input, version));
  const content = draftContent(code.bodies.items, version) ?? {};
  const hasBody = Object.keys(content).length > 0;
  if (version === '2.0' && hasBody)
    parameters.push({ name: 'body', in: 'body', schema: draftSchema(code.bodies.items[0]?.shape, version) });
  const outputs = code.outputs.items.filter(({ shared }) => shared !== true);
  const responses = Object.fromEntries(
    [...outputs]
      .sort((a, b) => (a.status < b.status ? -1 : 1))
      .map((output) => [output.status, draftResponse(output, output.status, version)]),
  );
  return {
    ...more,
    ...(parameters.length > 0 && { parameters }),
    ...(version !== '2.0' && hasBody && { requestBody: { content } }),
    responses:
      Object.keys(responses).length > 0
        ? responses
        : { default: draftResponse(undefined, 'default', version) },
  };
}

/** Headers that belong to the protocol, and not to one operation (RFC 9110; OpenAPI 3.1 section 4.8.12.2). */
function isGeneral(name: string): boolean {
  return /^(?:accept(?:-.*)?|content-.*|authorization|cookie|host|user-agent|origin|referer|x-forwarded-.*)$/i.test(
    name,
  );
}

function draftContent(bodies: readonly Body[], version: string): Draft | undefined {
  const entries = bodies.map(({ mediaType, shape }): [string, Plain] => {
    const schema = draftSchema(shape, version);
    return [mediaType === '*' ? 'application/json' : mediaType, saysSomething(schema) ? { schema } : {}];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function saysSomething(schema: Draft): boolean {
  return Object.keys(schema).length > 0;
}

/** A schema object; empty for what is not known. */
export function draftSchema(shape: Shape | undefined, version: string): Draft {
  switch (shape?.kind) {
    case 'string':
      return {
        type: 'string',
        ...(shape.format !== undefined && { format: shape.format }),
        // One fixed text is what this handler happens to send, and no promise.
        ...(shape.values && shape.values.length > 1 && { enum: shape.values }),
        ...limits(shape, ['minLength', 'maxLength', 'pattern']),
      };
    case 'number':
      return {
        type: shape.integer ? 'integer' : 'number',
        ...(shape.values && shape.values.length > 1 && { enum: shape.values }),
        ...limits(shape, ['minimum', 'maximum', 'multipleOf']),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'binary':
      return { type: 'string', format: 'binary' };
    case 'null':
      return version.startsWith('3.') && version !== '3.0' ? { type: 'null' } : {};
    case 'array':
      return { type: 'array', items: draftSchema(shape.items, version) };
    case 'object':
      return draftObject(shape, version);
    case 'union':
      return draftUnion(shape.of, version);
    default:
      return {};
  }
}

function draftObject({ fields }: Extract<Shape, { kind: 'object' }>, version: string): Draft {
  const entries = Object.entries(fields);
  const required = entries.flatMap(([name, field]) => (field.required === true ? [name] : []));
  return {
    type: 'object',
    ...(entries.length > 0 && {
      properties: Object.fromEntries(
        entries.map(([name, field]): [string, Plain] => [name, draftSchema(field.shape, version)]),
      ),
    }),
    ...(required.length > 0 && { required }),
  };
}

function draftUnion(of: readonly Shape[], version: string): Draft {
  const others = of.filter(({ kind }) => kind !== 'null');
  const drafts = [
    ...new Map(
      others.map((shape) => draftSchema(shape, version)).map((draft) => [JSON.stringify(draft), draft]),
    ).values(),
  ];
  const [only] = drafts;
  if (!only || drafts.some((draft) => !saysSomething(draft))) return {};
  const isNullable = others.length < of.length;
  if (drafts.length > 1) return version === '2.0' ? {} : { oneOf: drafts };
  if (!isNullable || version === '2.0') return only;
  return version === '3.0'
    ? { ...only, nullable: true }
    : typeof only['type'] === 'string'
      ? { ...only, type: [only['type'], 'null'] }
      : only;
}

function limits(shape: object, names: readonly string[]): Draft {
  return Object.fromEntries(
    Object.entries(shape).filter(([name, value]) => names.includes(name) && value !== undefined),
  ) as Draft;
}
