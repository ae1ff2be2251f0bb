/** What specifications promise, for comparing them before and after an edit. */

import { fileId } from '../../../server/src/contract/span.ts';
import type { ShapeId, Shapes } from '../../../server/src/contract/shape.ts';
import { assembleSpec } from '../../../server/src/specs/openapi/assemble.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import type { Files } from './sources.ts';

export interface Promises {
  /** Bases and operations without places, named shapes written out. */
  readonly contract: unknown;
  /** Messages of errors. */
  readonly errors: readonly string[];
}

export function promisesOf(files: Files, root: string): Promises {
  const documents = new Map(
    Object.entries(files).map(([name, text]) => [fileId(name), readDocument(fileId(name), text)]),
  );
  const { contract, problems } = assembleSpec(fileId(root), {
    has: (file) => documents.has(file),
    get: (file) => documents.get(file),
  });
  return {
    contract: bare(
      { bases: contract.bases, operations: contract.operations.items },
      contract.shapes ?? {},
      0,
    ),
    errors: problems.filter(({ severity }) => severity === 'error').map(({ message }) => message),
  };
}

const places = /^(?:at|\w*At|source|origin|places)$/;

/** Schemas that contain themselves are the same if they are so down to here. */
const deepest = 5;

function bare(value: unknown, shapes: Shapes, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => bare(item, shapes, depth));
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'ref' && 'id' in value)
    return bare(shapes[value.id as ShapeId], shapes, depth);
  const inner = 'kind' in value ? depth + 1 : depth;
  if (inner > deepest) return 'deeper';
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !places.test(key) && key !== 'id')
      .map(([key, each]) => [key, bare(each, shapes, inner)]),
  );
}
