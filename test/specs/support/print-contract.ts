/** Prints a contract of a spec for people to read and for tests to compare. Places are `file:line:column` with their text. */

import type { Problem } from '../../../server/src/contract/finding.ts';
import type { Collection, Maybe, UnknownReason } from '../../../server/src/contract/knowledge.ts';
import type { Body, Security, SpecContract, SpecOperation } from '../../../server/src/contract/operation.ts';
import { formatPath } from '../../../server/src/contract/path.ts';
import type { Shape } from '../../../server/src/contract/shape.ts';
import type { FileId, Span } from '../../../server/src/contract/span.ts';
import { createLineIndex } from '../../../server/src/text/line-index.ts';

export function printContract(
  contract: SpecContract,
  problems: readonly Problem[],
  text: (file: FileId) => string,
): string {
  const place = placePrinter(text);
  const lines = [
    `${contract.file} ${contract.version} "${contract.title}"`,
    `bases ${contract.bases.map(formatPath).join(' ')}`,
    `files ${contract.files.join(' ')}`,
    ...(contract.opaque ?? []).map(
      ({ prefix, method, anywhere, reason }) =>
        `opaque ${method ?? '*'} ${anywhere ? '*' : formatPath(prefix)}: ${printReason(reason)}`,
    ),
    ...contract.operations.items.flatMap((operation) => ['', ...printOperation(operation, place)]),
  ];
  const named = Object.entries(contract.shapes ?? {});
  if (named.length > 0) lines.push('', 'shapes');
  for (const [id, shape] of named) lines.push(`  ${id}: ${printShape(shape)}`);
  if (problems.length > 0) lines.push('', 'problems');
  for (const { severity, code, message, at } of problems)
    lines.push(`  ${severity} ${code} ${place(at)}`, `    ${message}`);
  return `${lines.join('\n')}\n`;
}

type Place = (at: Span) => string;

function placePrinter(text: (file: FileId) => string): Place {
  return ({ file, start, end }) => {
    const source = text(file);
    const { line, column } = createLineIndex(source).position(start);
    const marked = JSON.stringify(source.slice(start, end));
    return `${file}:${line + 1}:${column + 1} ${marked.length > 50 ? `${marked.slice(0, 46)}…"` : marked}`;
  };
}

function printOperation(operation: SpecOperation, place: Place): readonly string[] {
  const { key, origin } = operation;
  const lines = [`${key.method} ${formatPath(key.path)}`];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push(`  ${name} ${value}`);
  };
  add('title', operation.title === `${key.method} ${formatPath(key.path)}` ? undefined : operation.title);
  add('at', place(operation.at));
  add('path', place(origin.pathAt));
  add('pointer', origin.pointer);
  add('id', origin.operationId);
  add('tags', origin.tags.join(' '));
  add('wired', origin.wired);
  add('ignored', origin.ignored);
  if (operation.deprecated.known && operation.deprecated.value)
    add('deprecated', place(operation.deprecated.at));
  for (const input of operation.inputs.items) {
    add(
      input.in,
      `${input.name}${printRequired(input.required)}: ${printShape(input.shape)} ${place(input.at)}`,
    );
  }
  addGaps(lines, 'inputs', operation.inputs);
  lines.push(...printBodies('body', operation.bodies, place).map((line) => `  ${line}`));
  for (const output of operation.outputs.items) {
    lines.push(
      `  ${output.status} ${place(output.at)}`,
      ...printBodies('body', output.bodies, place).map((line) => `    ${line}`),
    );
  }
  addGaps(lines, 'outputs', operation.outputs);
  add('security', printSecurity(operation.security, place));
  return lines;
}

function printBodies(name: string, bodies: Collection<Body>, place: Place): readonly string[] {
  const lines = bodies.items.map(
    (body) =>
      `${name} ${body.mediaType}${printRequired(body.required)}: ${printShape(body.shape)} ${place(body.at)}`,
  );
  return bodies.complete
    ? lines
    : [...lines, ...bodies.gaps.map((gap) => `${name} unknown: ${printReason(gap)}`)];
}

function addGaps(lines: string[], name: string, { complete, gaps }: Collection<unknown>): void {
  if (!complete) lines.push(...gaps.map((gap) => `  more ${name}: ${printReason(gap)}`));
}

function printSecurity({ required, schemes }: Security, place: Place): string {
  const list = schemes.items.map(({ name, scopes, at }) => `${name}[${scopes.join(' ')}] ${place(at)}`);
  const needed = required.known
    ? `${required.value ? 'required' : 'none'} (${required.evidence})`
    : 'unknown';
  return [needed, ...list].join('; ');
}

function printRequired(required: Maybe<boolean>): string {
  return required.known ? (required.value ? '!' : '') : '?';
}

function printReason(reason: UnknownReason): string {
  switch (reason.why) {
    case 'dynamic':
    case 'limit':
      return `${reason.why} ${reason.what}`;
    case 'unresolved':
      return `unresolved ${reason.symbol}`;
    case 'unsupported':
      return `unsupported ${reason.construct}`;
    case 'aside':
      return `aside ${reason.fact}`;
    case 'pending':
      return 'pending';
  }
}

function printShape(shape: Shape): string {
  switch (shape.kind) {
    case 'unknown':
      return `<${printReason(shape.reason)}>`;
    case 'string':
      return `${shape.values ? shape.values.map((value) => JSON.stringify(value)).join('|') : 'string'}${shape.format ? `(${shape.format})` : ''}`;
    case 'number':
      return shape.values ? shape.values.join('|') : shape.integer ? 'integer' : 'number';
    case 'array':
      return `[${printShape(shape.items)}]`;
    case 'object': {
      const fields = Object.entries(shape.fields).map(
        ([name, field]) => `${name}${field.required ? '!' : ''}: ${printShape(field.shape)}`,
      );
      return `{${[...fields, ...(shape.open ? ['…'] : [])].join(', ')}}`;
    }
    case 'union':
      return shape.of.map(printShape).join(' | ');
    case 'intersection':
      return shape.of.map(printShape).join(' & ');
    case 'ref':
      return `ref ${shape.id}`;
    default:
      return shape.kind;
  }
}
