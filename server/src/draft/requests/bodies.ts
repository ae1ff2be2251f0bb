/** What requests carried and what was answered, as schemas. */

import { STATUS_CODES } from 'node:http';
import { inferSchemaOf } from '../../authoring/refactor/infer.ts';
import type { Plain } from '../../text/document-style.ts';
import type { DraftVersion } from '../contract.ts';
import type { Draft } from '../schema.ts';
import type { Answer, Content, Exchange } from './exchange.ts';

export function bodyOf(exchanges: readonly Exchange[], version: DraftVersion): Draft {
  const bodies = exchanges.flatMap(({ body }) => body ?? []);
  if (bodies.length === 0) return {};
  const isRequired = bodies.length === exchanges.length;
  return {
    requestBody: { ...(isRequired && { required: true }), content: contentsOf(bodies, version, 'sent') },
  };
}

export function responsesOf(exchanges: readonly Exchange[], version: DraftVersion): Draft {
  const byStatus = new Map<number, Answer[]>();
  for (const { answers } of exchanges)
    for (const answer of answers)
      byStatus.set(answer.status, [...(byStatus.get(answer.status) ?? []), answer]);
  if (byStatus.size === 0) return { default: { description: 'Any answer' } };
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, answers]) => {
        const contents = answers.flatMap(({ content }) => content ?? []);
        return [
          String(status),
          {
            description: STATUS_CODES[status] ?? `Status ${status}`,
            ...(contents.length > 0 && { content: contentsOf(contents, version, 'answered') }),
          },
        ];
      }),
  );
}

/** One request does not say what another may leave out; what is answered looks the same each time. */
function contentsOf(contents: readonly Content[], version: DraftVersion, side: 'sent' | 'answered'): Draft {
  const types = new Set(contents.map(({ mediaType }) => mediaType));
  return Object.fromEntries(
    [...types].map((type) => {
      const own = contents.filter(({ mediaType }) => mediaType === type);
      const fields = own.flatMap(({ fields: each }) => each ?? []);
      if (fields.length > 0) return [type, { schema: formOf(fields) }];
      const values = own.flatMap(({ value }) => (value === undefined ? [] : [value]));
      const schema = values.length === 0 ? undefined : inferSchemaOf(values, version);
      return [
        type,
        schema ? { schema: side === 'sent' && values.length < 2 ? optional(schema) : schema } : {},
      ];
    }),
  );
}

function formOf(fields: readonly { readonly name: string; readonly isFile: boolean }[]): Draft {
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, isFile }) => [name, { type: 'string', ...(isFile && { format: 'binary' }) }]),
    ),
  };
}

/** A schema that requires nothing. */
function optional(schema: Plain): Draft {
  const loosened = (value: Plain): Plain => {
    if (Array.isArray(value)) return value.map((item: Plain) => loosened(item));
    if (typeof value !== 'object' || value === null) return value;
    const { required, ...rest } = value as Readonly<Record<string, Plain>>;
    const kept = Array.isArray(required) ? rest : (value as Readonly<Record<string, Plain>>);
    return Object.fromEntries(Object.entries(kept).map(([key, inner]) => [key, loosened(inner)]));
  };
  return loosened(schema) as Draft;
}
