/** Bodies of errors that come again and again in what is drafted are written once, as a component. */

import type { FileId } from '../../../contract/span.ts';
import type { Draft } from '../../../draft/schema.ts';
import type { Plain } from '../../../text/edit-document.ts';

export interface DraftedOperation {
  /** Where it is written. */
  readonly file: FileId;
  readonly draft: Draft;
}

/** Adds a component, and gives what refers to it from a file; undefined where the name is taken, or the spec has no use for one. */
export type AddComponent = (name: string, schema: Draft) => ((file: FileId) => Draft) | undefined;

/** From this many on, a reference reads better than the same lines again. */
const many = 3;

/** The operations, in order, with the body that most of their errors have as a component. */
export function shareErrors(operations: readonly DraftedOperation[], add: AddComponent): readonly Draft[] {
  const counts = new Map<string, number>();
  for (const { draft } of operations)
    withErrorSchemas(draft, (schema) => {
      const key = JSON.stringify(schema);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return schema;
    });
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  const [body, count] = most ?? [];
  const isWorth = body !== undefined && (count ?? 0) >= many && isPlain(body);
  const refer = isWorth ? add(componentName, JSON.parse(body) as Draft) : undefined;
  return operations.map(({ draft, file }) =>
    refer
      ? withErrorSchemas(draft, (schema) => (JSON.stringify(schema) === body ? refer(file) : schema))
      : draft,
  );
}

/** One is called so; what more there is stays where it is, for numbers are no names. */
const componentName = 'Error';

/** An object that refers to nothing: references are relative to where they stand. */
function isPlain(body: string): boolean {
  return body.includes('"properties"') && !body.includes('"$ref"');
}

/** With each schema of an answer that is an error, in OpenAPI 2.0 as in later versions. */
function withErrorSchemas(operation: Draft, change: (schema: Draft) => Draft): Draft {
  const of = (holder: Plain): Plain => {
    if (!isMap(holder)) return holder;
    const { schema } = holder;
    return schema !== undefined && isMap(schema) ? { ...holder, schema: change(schema) } : holder;
  };
  const { responses } = operation;
  if (responses === undefined || !isMap(responses)) return operation;
  const changed = mapValues(responses, (response, status) => {
    if (!/^[45]/.test(status) || !isMap(response)) return response;
    const { content } = response;
    return content !== undefined && isMap(content)
      ? { ...response, content: mapValues(content, of) }
      : of(response);
  });
  return { ...operation, responses: changed };
}

function isMap(value: Plain): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(map: Draft, change: (value: Plain, key: string) => Plain): Draft {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
