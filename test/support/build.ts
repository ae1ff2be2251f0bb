/** Small builders of contracts, for tests of what comes after reading. */

import { collection, known, type Collection } from '../../server/src/contract/knowledge.ts';
import type {
  Body,
  CodeContract,
  CodeOperation,
  CodeOrigin,
  Input,
  OpaqueArea,
  Output,
  SpecContract,
  SpecOperation,
  SpecOrigin,
} from '../../server/src/contract/operation.ts';
import { parseTemplate, type Path } from '../../server/src/contract/path.ts';
import { fileId, type Span } from '../../server/src/contract/span.ts';

export const specFile = fileId('openapi.yaml');
export const codeFile = fileId('app.ts');

/** A place that is unique to what it is the place of, and the same in every run. */
export function place(file: string, of: string): Span {
  let hash = 7;
  for (const letter of of) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return { file: fileId(file), start: hash, end: hash + of.length };
}

export interface SpecParts {
  readonly inputs?: Collection<Input>;
  readonly bodies?: Collection<Body>;
  readonly outputs?: Collection<Output>;
  readonly secured?: boolean;
  readonly origin?: Partial<SpecOrigin>;
}

/** `what` is method and path: `GET /flights/{id}`. */
export function promised(what: string, parts: SpecParts = {}, file = 'openapi.yaml'): SpecOperation {
  const at = place(file, what);
  const { method, path } = address(what);
  return {
    key: { protocol: 'http', method, path, variants: [] },
    at,
    title: what,
    inputs: parts.inputs ?? collection<Input>([]),
    bodies: parts.bodies ?? collection<Body>([]),
    outputs: parts.outputs ?? collection([output('200', file)]),
    security: { required: known(parts.secured ?? false, 'declared', at), schemes: collection([]) },
    deprecated: known(false, 'declared', at),
    origin: {
      side: 'spec',
      spec: fileId(file),
      pointer: `/paths/${what}`,
      tags: [],
      pathAt: at,
      ...parts.origin,
    },
  };
}

export interface CodeParts {
  readonly inputs?: Collection<Input>;
  readonly bodies?: Collection<Body>;
  readonly outputs?: Collection<Output>;
  readonly secured?: boolean;
  readonly variants?: readonly string[];
  readonly origin?: Partial<CodeOrigin>;
}

/** A final `*` segment stands for the rest of the address. */
export function served(what: string, parts: CodeParts = {}, file = 'app.ts'): CodeOperation {
  const at = place(file, what);
  const { method, path } = address(what);
  return {
    key: { protocol: 'http', method, path, variants: (parts.variants ?? []).map(pathOf) },
    at,
    title: what,
    inputs: parts.inputs ?? collection<Input>([]),
    bodies: parts.bodies ?? collection<Body>([]),
    outputs: parts.outputs ?? collection([output('200', file)]),
    security: { required: known(parts.secured ?? false, 'declared', at), schemes: collection([]) },
    deprecated: known(false, 'declared', at),
    origin: {
      side: 'code',
      framework: 'express',
      group: { id: file, title: file, at: place(file, 'router') },
      ...parts.origin,
    },
  };
}

export function output(status: string, file: string): Output {
  return { status, bodies: collection<Body>([]), evidence: 'declared', at: place(file, status) };
}

export interface SpecOptions {
  readonly file?: string;
  readonly bases?: readonly string[];
  readonly complete?: boolean;
  readonly opaque?: readonly OpaqueArea[];
}

/** Operations as `GET /flights` or built by `promised`. */
export function spec(
  operations: readonly (string | SpecOperation)[],
  options: SpecOptions = {},
): SpecContract {
  const file = options.file ?? 'openapi.yaml';
  return {
    side: 'spec',
    file: fileId(file),
    title: file,
    version: '3.1',
    operations: collection(
      operations.map((one) => (typeof one === 'string' ? promised(one, {}, file) : one)),
      options.complete === false ? [{ why: 'pending' }] : [],
    ),
    ...(options.opaque && { opaque: options.opaque }),
    bases: [...(options.bases ?? []).map(parseTemplate), []],
    files: [fileId(file)],
  };
}

export interface CodeOptions {
  readonly root?: string;
  readonly complete?: boolean;
  readonly opaque?: readonly OpaqueArea[];
  readonly detached?: readonly CodeOperation[];
}

/** Routes as `GET /flights` or built by `served`. */
export function code(
  operations: readonly (string | CodeOperation)[],
  options: CodeOptions = {},
): CodeContract {
  const root = options.root ?? '.';
  return {
    side: 'code',
    root,
    frameworks: ['express'],
    operations: collection(
      operations.map((one) =>
        typeof one === 'string' ? served(one, {}, root === '.' ? 'app.ts' : `${root}/app.ts`) : one,
      ),
      options.complete === false ? [{ why: 'pending' }] : [],
    ),
    detached: options.detached ?? [],
    opaque: options.opaque ?? [],
  };
}

function address(what: string): { readonly method: string; readonly path: Path } {
  const [method = '', path = ''] = what.split(' ');
  return { method, path: pathOf(path) };
}

export function pathOf(text: string): Path {
  return parseTemplate(text).map((segment) =>
    'parts' in segment &&
    segment.parts.length === 1 &&
    'text' in (segment.parts[0] ?? {}) &&
    (segment.parts[0] as { text: string }).text === '*'
      ? { rest: 'rest' }
      : segment,
  );
}
