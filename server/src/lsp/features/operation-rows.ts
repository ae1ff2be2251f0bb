/** The rows of the tables of an operation: what the spec promises, beside what the code does. */

import { shapeText } from '../../contract/shape-text.ts';
import type { CodeOperation, Input, Output, SpecOperation } from '../../contract/operation.ts';
import { type Located, type LocatedEntry, child, children } from '../../specs/openapi/reader.ts';
import { textOf, valueOf } from '../../text/document-node.ts';
import { pathAt } from './document-path.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { cellCode, plain } from './markdown.ts';
import { exampleText, refName, schemaText } from './shape-text.ts';

/** The operation object behind the method key, through `$ref`s; undefined where its document is not at hand. */
export function operationNode(index: FeatureIndex, { at }: SpecOperation): Located | undefined {
  const top = index.document(at.file);
  if (!top) return undefined;
  const step = pathAt(top.node, at.start).steps.at(-1);
  if (step?.entry?.keyStart !== at.start) return undefined;
  const followed = index.reader.follow({ file: at.file, node: step.node, pointer: step.pointer });
  return followed.found ? followed.at : undefined;
}

export function parameterRows(
  index: FeatureIndex,
  entry: Entry,
  node: Located | undefined,
): readonly (readonly string[])[] {
  const { spec, code: served } = entry;
  const rows = (spec?.inputs.items ?? []).map((input) => {
    const written = node && parameterNode(index, input);
    const example = written && exampleText(index.reader, written);
    return [
      inputName(input),
      cellCode(shapeText(input.shape)),
      example === undefined ? '' : cellCode(example),
      served && lacks(served.inputs, input) ? 'not read by the code' : '',
    ];
  });
  const further = (served?.inputs.items ?? [])
    .filter((input) => !(spec?.inputs.items ?? []).some((other) => isSame(other, input)))
    // The names of path parameters are a matter of each side, and what a middleware reads for all is no one's own.
    .filter((input) => spec === undefined || (input.in !== 'path' && input.accepted !== true))
    .map((input) => [inputName(input), knownType(input), '', spec ? 'only in the code' : '']);
  return [...rows, ...further];
}

function knownType({ shape }: Input): string {
  return shape.kind === 'unknown' ? '' : cellCode(shapeText(shape));
}

function inputName(input: Input): string {
  const required = input.required.known && input.required.value && input.in !== 'path' ? ', required' : '';
  return `${cellCode(input.name)} ${input.in}${required}`;
}

function isSame(a: Input, b: Input): boolean {
  return (
    a.in === b.in && (a.in === 'header' ? a.name.toLowerCase() === b.name.toLowerCase() : a.name === b.name)
  );
}

function lacks(inputs: CodeOperation['inputs'], input: Input): boolean {
  return inputs.complete && input.in !== 'path' && !inputs.items.some((other) => isSame(other, input));
}

/** The parameter object at whose name, or at whose reference, the input stands. */
function parameterNode(index: FeatureIndex, { at }: Input): Located | undefined {
  const top = index.document(at.file);
  if (!top) return undefined;
  const { steps } = pathAt(top.node, at.start);
  const owner = steps.findLast(({ node }) => node.kind === 'map');
  return owner && { file: at.file, node: owner.node, pointer: owner.pointer };
}

export function bodyRows(
  index: FeatureIndex,
  entry: Entry,
  node: Located | undefined,
): readonly (readonly string[])[] {
  const { spec, code: served } = entry;
  if (!spec) {
    return (served?.bodies.items ?? []).map(({ mediaType, shape }) => [
      mediaType === '*' ? 'any type' : cellCode(mediaType),
      shape.kind === 'unknown' ? '' : cellCode(shapeText(shape)),
      '',
      '',
    ]);
  }
  const unread =
    served?.bodies.complete === true && served.bodies.items.length === 0 ? 'not read by the code' : '';
  const body = node && child(node, 'requestBody');
  const followed = body && index.reader.follow(body);
  const contents = followed?.found ? mediaTypes(followed.at) : [];
  const required = spec.bodies.items.some((one) => one.required.known && one.required.value)
    ? ', required'
    : '';
  if (contents.length > 0)
    return contents.map((content) => [...contentCells(index, content, required), unread]);
  return spec.bodies.items.map(({ mediaType, shape }) => [
    `${cellCode(mediaType)}${required}`,
    cellCode(shapeText(shape)),
    '',
    unread,
  ]);
}

function mediaTypes(at: Located): readonly LocatedEntry[] {
  const content = child(at, 'content');
  return content ? children(content) : [];
}

function contentCells(index: FeatureIndex, content: LocatedEntry, required: string): readonly string[] {
  const schema = child(content, 'schema');
  const example = exampleText(index.reader, content);
  return [
    `${cellCode(content.key)}${required}`,
    schema ? cellCode(schemaName(index, schema)) : '',
    example === undefined ? '' : cellCode(example),
  ];
}

function schemaName(index: FeatureIndex, schema: Located): string {
  return refName(schema) ?? schemaText(index.reader, schema, 1);
}

export function answerRows(
  index: FeatureIndex,
  entry: Entry,
  node: Located | undefined,
): readonly (readonly string[])[] {
  const { spec, code: served } = entry;
  const responses = node && child(node, 'responses');
  const rows = (spec?.outputs.items ?? []).map((output) => {
    const response = responses && childOf(responses, output.status);
    return [
      cellCode(output.status),
      ...answerCells(index, output, response),
      served && isUnsent(served, output) ? 'never sent by the code' : '',
    ];
  });
  const further = (served?.outputs.items ?? [])
    .filter(
      ({ status, shared }) =>
        shared !== true && !(spec?.outputs.items ?? []).some((other) => covers(other.status, status)),
    )
    .sort((a, b) => (a.status < b.status ? -1 : 1))
    .map((output) => [cellCode(output.status), '', bodyTypes(output), spec ? 'only in the code' : '']);
  return [...rows, ...further];
}

function childOf(responses: Located, status: string): Located | undefined {
  return (
    child(responses, status) ??
    children(responses).find(({ key }) => key.toUpperCase() === status.toUpperCase())
  );
}

function answerCells(index: FeatureIndex, output: Output, response: Located | undefined): readonly string[] {
  const followed = response && index.reader.follow(response);
  if (!followed?.found) return ['', bodyTypes(output)];
  const text = plain(textOf(valueOf(followed.at.node, 'description')) ?? '');
  const contents = mediaTypes(followed.at);
  const body =
    contents.length > 0
      ? contents.slice(0, 3).map((content) => {
          const schema = child(content, 'schema');
          const type = content.key === 'application/json' ? '' : ` ${cellCode(content.key)}`;
          return `${schema ? cellCode(schemaName(index, schema)) : ''}${type}`.trim();
        })
      : [swaggerBody(index, followed.at)];
  return [text, body.filter((one) => one !== '').join(', ')];
}

/** OpenAPI 2.0 has the schema in the response itself. */
function swaggerBody(index: FeatureIndex, response: Located): string {
  const schema = child(response, 'schema');
  return schema ? cellCode(schemaName(index, schema)) : '';
}

function bodyTypes({ bodies }: Output): string {
  const types = bodies.items.map(({ mediaType, shape }) =>
    shape.kind === 'unknown' ? (mediaType === '*' ? '' : cellCode(mediaType)) : cellCode(shapeText(shape, 1)),
  );
  return [...new Set(types)]
    .filter((type) => type !== '' && type !== '`unknown`')
    .slice(0, 3)
    .join(', ');
}

function isUnsent(served: CodeOperation, { status }: Output): boolean {
  return (
    served.outputs.complete &&
    /^\d{3}$/.test(status) &&
    !served.outputs.items.some((other) => other.status === status)
  );
}

function covers(documented: string, sent: string): boolean {
  return (
    documented === 'default' ||
    documented === sent ||
    (documented.endsWith('XX') && documented[0] === sent[0])
  );
}
