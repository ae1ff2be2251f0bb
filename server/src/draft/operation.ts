/** What the code says, as OpenAPI writes it: as much as is known, and nothing that is not. */

import { STATUS_CODES } from 'node:http';
import { isStandardHeader } from '../contract/headers.ts';
import type { Body, CodeOperation, Input, Output } from '../contract/operation.ts';
import type { Shape } from '../contract/shape.ts';
import { paramNames } from '../contract/path.ts';
import type { Plain } from '../text/document-style.ts';
import { draftSchema, saysSomething, type Draft, type Drafting } from './schema.ts';

/** Keys of a path item that are operations, in the order in which they are written here. */
export const methods: readonly string[] = [
  ...['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'],
];

/** The operation with the parameters of a path by the names that they have there; those of no part of it are left out. */
export function withPathNames(code: CodeOperation, names: readonly string[]): CodeOperation {
  const own = names.length === 0 ? [] : paramNames(code.key.path).slice(-names.length);
  const inPath = names.map((name, index): Input => {
    const input = code.inputs.items.find((one) => one.in === 'path' && one.name === own[index]);
    return input
      ? { ...input, name }
      : {
          name,
          in: 'path',
          required: { known: true, value: true, evidence: 'declared', at: code.at },
          shape: { kind: 'string' },
          evidence: 'declared',
          at: code.at,
        };
  });
  const others = code.inputs.items.filter((input) => input.in !== 'path');
  return { ...code, inputs: { ...code.inputs, items: [...inPath, ...others] } };
}

/** A response object (OpenAPI 3.1 section 4.8.17). */
export function draftResponse(output: Output | undefined, status: string, drafting: Drafting): Draft {
  const known = drafting.known?.response(status, output);
  if (known) return known;
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
  const known = drafting.known?.parameter(input);
  if (known) return known;
  const required = input.in === 'path' || (input.required.known && input.required.value);
  const drafted = draftSchema(input.shape, { ...drafting, fixed: true });
  const schema = saysSomething(drafted) ? drafted : { type: 'string' };
  const { name, in: where } = input;
  return {
    ...(drafting.placeFirst === true ? { in: where, name } : { name, in: where }),
    ...(required && { required }),
    ...(drafting.version === '2.0' ? schema : { schema }),
  };
}

/** An operation object with parameters, body and responses. */
export function draftOperation(code: CodeOperation, drafting: Drafting, more: Draft): Draft {
  const parameters = code.inputs.items
    .filter((input) => isDocumented(input, drafting))
    .map((input) => draftParameter(input, drafting));
  const asked: Drafting = { ...drafting, fixed: true, isRequest: true };
  const content = (bodiless.has(code.key.method) ? undefined : draftContent(code.bodies.items, asked)) ?? {};
  const hasBody = Object.keys(content).length > 0;
  if (drafting.version === '2.0' && hasBody)
    parameters.push({ name: 'body', in: 'body', schema: draftSchema(code.bodies.items[0]?.shape, asked) });
  const outputs = code.outputs.items.filter(({ shared }) => drafting.shared === true || shared !== true);
  const statuses = [...new Set(outputs.map(({ status }) => status))].sort();
  const knowsSuccess = statuses.some((status) => /^[123]/.test(status));
  // Whatever was not read is no promise, and no secret either.
  const all = knowsSuccess ? statuses : [...statuses.filter((status) => status !== 'default'), 'default'];
  const responses = Object.fromEntries(
    all.map((status) => [status, draftResponse(together(outputs, status), status, drafting)]),
  );
  const isDeprecated = code.deprecated.known && code.deprecated.value;
  return {
    ...more,
    ...(isDeprecated && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(drafting.version !== '2.0' && hasBody && { requestBody: draftBody(code.bodies, content) }),
    responses,
  };
}

/** What a body of theirs means is not defined (RFC 9110 sections 9.3.1 and 9.3.2). */
const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** What is answered with a status, by whichever output. */
function together(outputs: readonly Output[], status: string): Output | undefined {
  const [first, ...more] = outputs.filter((output) => output.status === status);
  if (!first || more.length === 0) return first;
  const bodies = [first, ...more].map((output) => output.bodies);
  return {
    ...first,
    bodies: {
      items: bodies.flatMap(({ items }) => items),
      complete: bodies.every(({ complete }) => complete),
      gaps: bodies.flatMap(({ gaps }) => gaps),
    },
  };
}

/** A body is required where all that is known of it says so. */
function draftBody({ items, complete }: CodeOperation['bodies'], content: Draft): Draft {
  const isRequired = complete && items.every(({ required }) => required.known && required.value);
  return { ...(isRequired && { required: true }), content };
}

function isDocumented({ in: where, name, accepted }: Input, { version }: Drafting): boolean {
  if (where === 'path') return true;
  // Others in front of many operations take it too, and this one was not seen to ask for it.
  if (accepted === true) return false;
  return (
    where === 'query' ||
    (where === 'cookie' && version !== '2.0') ||
    (where === 'header' && !isStandardHeader(name))
  );
}

/** Media types with their schemas (OpenAPI 3.1 section 4.8.14). */
export function draftContent(bodies: readonly Body[], drafting: Drafting): Draft | undefined {
  const shapes = new Map<string, Shape[]>();
  for (const { mediaType, shape } of bodies) {
    const name = mediaType === '*' ? 'application/json' : mediaType;
    shapes.set(name, [...(shapes.get(name) ?? []), shape]);
  }
  if (shapes.size === 0) return undefined;
  return Object.fromEntries(
    [...shapes].map(([name, of]): [string, Plain] => {
      const schema = draftSchema(of.length === 1 ? of[0] : { kind: 'union', of }, drafting);
      if (saysSomething(schema)) return [name, { schema }];
      return [name, name.startsWith('text/') ? { schema: { type: 'string' } } : {}];
    }),
  );
}
