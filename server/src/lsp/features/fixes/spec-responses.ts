/** Responses that a spec keeps as components, by how its operations use them. */

import { isDeepStrictEqual } from 'node:util';
import type { Body, Output, SpecOperation } from '../../../contract/operation.ts';
import { formatPath, literalOf, type Segment } from '../../../contract/path.ts';
import { singular, wordsOf } from '../../../contract/words.ts';
import type { Shape } from '../../../contract/shape.ts';
import type { FileId } from '../../../contract/span.ts';
import { referenceTo } from '../../../authoring/relative-reference.ts';
import type { Draft } from '../../../draft/schema.ts';
import { child, children, refOf, type Located } from '../../../specs/openapi/reader.ts';
import { formatPointer, toJs } from '../../../text/document-node.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { operationAt } from './fix.ts';
import { isError } from '../../../drift/http/statuses.ts';

export interface ResponsePool {
  /** A reference to what other operations answer this status with, where it may be what is answered here. */
  like(status: string, output: Output | undefined, file: FileId): Draft | undefined;
  /** Is a schema what operations answer errors with? */
  areErrors(schema: Located): boolean;
  /** Do operations have this schema of an error where they are written? */
  writeInPlace(schema: Draft): boolean;
}

interface Used {
  readonly target: Located;
  /** Those that answer with it. */
  readonly operations: SpecOperation[];
}

export function createResponsePool(
  index: FeatureIndex,
  operations: readonly SpecOperation[],
  says: (code: Shape, spec: Shape) => boolean,
): ResponsePool {
  const { reader } = index;
  /** By status, then by what is referred to. */
  const used = new Map<string, Map<string, Used>>();
  const errors = new Set<string>();
  const inPlace: unknown[] = [];
  for (const operation of operations) {
    const own = operationAt(index, operation);
    const responses = own && child(own, 'responses');
    for (const response of responses ? children(responses) : []) {
      const step = refOf(response.node) && reader.step(response);
      if (step?.found) {
        const byTarget = used.get(response.key) ?? new Map<string, Used>();
        used.set(response.key, byTarget);
        const key = keyOf(step.at);
        const known = byTarget.get(key) ?? { target: step.at, operations: [] };
        known.operations.push(operation);
        byTarget.set(key, known);
      }
      if (!isError(response.key)) continue;
      const followed = reader.follow(response);
      for (const schema of followed.found ? schemasOf(followed.at) : []) {
        const target = refOf(schema.node) && reader.step(schema);
        if (target?.found) errors.add(keyOf(target.at));
        else inPlace.push(toJs(schema.node));
      }
    }
  }
  return {
    areErrors: (schema) => errors.has(keyOf(schema)),
    writeInPlace: (schema) => inPlace.some((one) => isDeepStrictEqual(one, schema)),
    like(status, output, file) {
      const [most, ...others] = [...(used.get(status)?.values() ?? [])]
        .filter((one) => !isParticular(one))
        .sort((a, b) => b.operations.length - a.operations.length);
      // Where several are as usual, none is.
      const count = most?.operations.length;
      if (!most || others.some(({ operations: all }) => all.length === count)) return undefined;
      const promised = most.operations[0]?.outputs.items.find((one) => one.status === status);
      return promised && mayBe(status, output, promised, says)
        ? { $ref: referenceTo(file, most.target) }
        : undefined;
    },
  };
}

/** Is it named after what most paths that use it are about? `ArticleNotFound` says nothing about users. */
function isParticular({ target, operations }: Used): boolean {
  const paths = operations.map(({ key }) => new Set(nounsOf(formatPath(key.path.filter(isStatic)))));
  return nounsOf(target.pointer.at(-1) ?? '').some(
    (word) => paths.filter((path) => path.has(word)).length * 2 > paths.length,
  );
}

/** Without numbers: `tea404` is about tea. */
function nounsOf(text: string): readonly string[] {
  return wordsOf(text.replaceAll(/\d+/g, ' ')).map((word) => singular(word));
}

function isStatic(segment: Segment): boolean {
  return literalOf(segment) !== undefined;
}

function keyOf({ file, pointer }: Located): string {
  return `${file}#${formatPointer(pointer)}`;
}

function schemasOf(response: Located): readonly Located[] {
  const content = child(response, 'content');
  const own = child(response, 'schema');
  const inContent = (content ? children(content) : []).flatMap((media) => child(media, 'schema') ?? []);
  return [...(own ? [own] : []), ...inContent];
}

/**
 * Everything that is known to be sent has to be promised, and nothing may be promised where nothing is sent. Errors may
 * be promised without saying what they look like. What is sent on success is of this operation alone.
 */
function mayBe(
  status: string,
  output: Output | undefined,
  promised: Output,
  says: (code: Shape, spec: Shape) => boolean,
): boolean {
  const sent = output?.bodies.items ?? [];
  const bodies = promised.bodies.items;
  if (bodies.length === 0) return isError(status) || (sent.length === 0 && output?.bodies.complete === true);
  if (!isError(status)) return false;
  if (sent.length === 0) return output?.bodies.complete !== true;
  return sent.every((body) =>
    bodies.some((other) => isSameType(body, other) && says(body.shape, other.shape)),
  );
}

function isSameType({ mediaType }: Body, other: Body): boolean {
  return mediaType === '*' || other.mediaType === '*' || mediaType === other.mediaType;
}
