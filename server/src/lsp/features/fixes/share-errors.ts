/** Errors that come again and again in what is drafted are written once, as components. */

import type { FileId } from '../../../contract/span.ts';
import type { Draft } from '../../../draft/schema.ts';
import { answersIn, sharedAnswers, type Answer } from '../../../draft/share-responses.ts';
import type { Plain } from '../../../text/document-style.ts';
import { isError } from '../../../drift/http/statuses.ts';

export interface DraftedOperation {
  /** Where it is written. */
  readonly file: FileId;
  readonly draft: Draft;
}

/** Components that a spec gets. */
export interface NewComponents {
  /** Where new responses stand. */
  readonly responsesFile: FileId;
  /** Does the spec refer from this file to responses that are components, or may it begin to? */
  refersToResponses(file: FileId): boolean;
  hasResponse(name: string): boolean;
  /** Adds a response, and gives what refers to it from a file. */
  addResponse(name: string, response: Draft): void;
  responseReference(name: string, file: FileId): Draft;
  /** Adds a schema, and gives what refers to it from a file; undefined where the name is taken. */
  addSchema(name: string, schema: Draft): ((file: FileId) => Draft) | undefined;
  /** Do operations have this schema of an error where they are written? So they go on to do. */
  writesInPlace(schema: Draft): boolean;
}

/** From this many on, a reference reads better than the same lines again. */
const many = 3;

/** The operations, in order, with references to what they have in common. */
export function shareErrors(
  operations: readonly DraftedOperation[],
  components: NewComponents,
): readonly Draft[] {
  const isShared = (file: FileId, { response }: Answer): boolean =>
    components.refersToResponses(file) &&
    schemasIn(response).length > 0 &&
    !schemasIn(response).some((schema) => components.writesInPlace(schema));
  const shared = sharedAnswers(
    operations.flatMap(({ file, draft }) =>
      answersIn(draft['responses']).filter((answer) => isShared(file, answer)),
    ),
    (name) => components.hasResponse(name),
  );
  const referring = operations.map(({ file, draft }): DraftedOperation => {
    const responses = answersIn(draft['responses']).map((answer): [string, Plain] => {
      const name = isShared(file, answer) ? shared.nameOf(answer) : undefined;
      return [answer.status, name === undefined ? answer.response : components.responseReference(name, file)];
    });
    return { file, draft: { ...draft, responses: Object.fromEntries(responses) } };
  });
  const named = [...shared.named];
  const once = named.map(([, { status, response }]): DraftedOperation => ({
    file: components.responsesFile,
    draft: { responses: { [status]: response } },
  }));
  const drafts = shareSchemas([...referring, ...once], components);
  for (const [number, [name, { status }]] of named.entries()) {
    const { responses } = drafts[operations.length + number] ?? {};
    components.addResponse(name, (responses as Readonly<Record<string, Draft>>)[status] ?? {});
  }
  return drafts.slice(0, operations.length);
}

/** With the body that most errors have as a component. */
function shareSchemas(operations: readonly DraftedOperation[], components: NewComponents): readonly Draft[] {
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
  const schema = isWorth ? (JSON.parse(body) as Draft) : undefined;
  const refer =
    schema && !components.writesInPlace(schema) ? components.addSchema(componentName, schema) : undefined;
  return operations.map(({ draft, file }) =>
    refer ? withErrorSchemas(draft, (one) => (JSON.stringify(one) === body ? refer(file) : one)) : draft,
  );
}

/** One is called so; what more there is stays where it is, for numbers are no names. */
const componentName = 'Error';

/** An object that refers to nothing: references are relative to where they stand. */
function isPlain(body: string): boolean {
  return body.includes('"properties"') && !body.includes('"$ref"');
}

function schemasIn(response: Plain): readonly Draft[] {
  const found: Draft[] = [];
  withErrorSchemas({ responses: { default: response } }, (schema) => {
    found.push(schema);
    return schema;
  });
  return found;
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
    if (!isError(status) || !isMap(response)) return response;
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
