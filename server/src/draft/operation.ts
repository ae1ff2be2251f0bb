/** What the code says, as OpenAPI writes it: as much as is known, and nothing that is not. */

import { STATUS_CODES } from 'node:http';
import type { Body, CodeOperation, Input, Output } from '../contract/operation.ts';
import type { Shape } from '../contract/shape.ts';
import type { Plain } from '../text/edit-document.ts';
import { draftSchema, saysSomething, type Draft, type Drafting } from './schema.ts';

/** A response object (OpenAPI 3.1 section 4.8.17). */
export function draftResponse(output: Output | undefined, status: string, drafting: Drafting): Draft {
  const description =
    STATUS_CODES[status] ?? (status === 'default' ? 'Any other answer' : `Status ${status}`);
  const content = output ? draftContent(output.bodies.items, drafting) : undefined;
  if (drafting.version !== '2.0') return { description, ...(content && { content }) };
  const schema = output?.bodies.items.map(({ shape }) => draftSchema(shape, drafting)).find(saysSomething);
  return { description, ...(schema && { schema }) };
}

/** A parameter object. */
export function draftParameter(
  input: Pick<Input, 'name' | 'in' | 'shape' | 'required'>,
  drafting: Drafting,
): Draft {
  const required = input.in === 'path' || (input.required.known && input.required.value);
  const drafted = draftSchema(input.shape, drafting);
  const schema = saysSomething(drafted) ? drafted : { type: 'string' };
  return {
    name: input.name,
    in: input.in,
    ...(required && { required }),
    ...(drafting.version === '2.0' ? schema : { schema }),
  };
}

/** An operation object with parameters, body and responses. */
export function draftOperation(code: CodeOperation, drafting: Drafting, more: Draft): Draft {
  const inPath = new Set(code.inputs.items.flatMap((input) => (input.in === 'path' ? [input.name] : [])));
  const parameters = code.inputs.items
    // A helper that looks for the same name everywhere finds it in the path.
    .filter((input) => input.in === 'path' || !inPath.has(input.name))
    .filter(
      ({ in: where, name }) =>
        where === 'path' || where === 'query' || (where === 'header' && !isGeneral(name)),
    )
    .map((input) => draftParameter(input, drafting));
  const content = draftContent(code.bodies.items, drafting) ?? {};
  const hasBody = Object.keys(content).length > 0;
  if (drafting.version === '2.0' && hasBody)
    parameters.push({ name: 'body', in: 'body', schema: draftSchema(code.bodies.items[0]?.shape, drafting) });
  const outputs = code.outputs.items.filter(({ shared }) => shared !== true);
  const responses = Object.fromEntries(
    [...outputs]
      .sort((a, b) => (a.status < b.status ? -1 : 1))
      .map((output) => [output.status, draftResponse(output, output.status, drafting)]),
  );
  const isDeprecated = code.deprecated.known && code.deprecated.value;
  return {
    ...more,
    ...(isDeprecated && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(drafting.version !== '2.0' && hasBody && { requestBody: draftBody(code.bodies, content) }),
    responses:
      Object.keys(responses).length > 0
        ? responses
        : { default: draftResponse(undefined, 'default', drafting) },
  };
}

/** A body is required where all that is known of it says so. */
function draftBody({ items, complete }: CodeOperation['bodies'], content: Draft): Draft {
  const isRequired = complete && items.every(({ required }) => required.known && required.value);
  return { ...(isRequired && { required: true }), content };
}

/** Headers that belong to the protocol, and not to one operation (RFC 9110; OpenAPI 3.1 section 4.8.12.2). */
function isGeneral(name: string): boolean {
  return /^(?:accept(?:-.*)?|content-.*|authorization|cookie|host|user-agent|origin|referer|x-forwarded-.*)$/i.test(
    name,
  );
}

function draftContent(bodies: readonly Body[], drafting: Drafting): Draft | undefined {
  const shapes = new Map<string, Shape[]>();
  for (const { mediaType, shape } of bodies) {
    const name = mediaType === '*' ? 'application/json' : mediaType;
    shapes.set(name, [...(shapes.get(name) ?? []), shape]);
  }
  if (shapes.size === 0) return undefined;
  return Object.fromEntries(
    [...shapes].map(([name, of]): [string, Plain] => {
      const schema = draftSchema(of.length === 1 ? of[0] : { kind: 'union', of }, drafting);
      return [name, saysSomething(schema) ? { schema } : {}];
    }),
  );
}
