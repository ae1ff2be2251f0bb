/** Errors that many operations answer alike are written once. */

import { STATUS_CODES } from 'node:http';
import type { Plain } from '../text/edit-document.ts';
import { freeName } from '../contract/words.ts';
import type { Draft } from './schema.ts';

type Paths = Readonly<Record<string, Readonly<Record<string, Draft>>>>;

/** From this many on, a reference reads better than the same lines again. */
const many = 3;

export function shareResponses(paths: Paths): { readonly paths: Draft; readonly responses: Draft } {
  const counts = new Map<string, number>();
  const errors = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .flatMap(({ responses }) => Object.entries(responses as Draft))
    .filter(([status]) => isError(status));
  for (const [status, response] of errors) {
    const key = keyOf(status, response);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const names = new Map<string, string>();
  const shared = new Map<string, Plain>();
  for (const [status, response] of [...errors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = keyOf(status, response);
    if (names.has(key) || (counts.get(key) ?? 0) < many) continue;
    const name = freeName(nameOf(status), (taken) => shared.has(taken));
    names.set(key, name);
    shared.set(name, response);
  }
  const referring = (status: string, response: Plain): Plain => {
    const name = isError(status) ? names.get(keyOf(status, response)) : undefined;
    return name === undefined ? response : { $ref: `#/components/responses/${name}` };
  };
  return {
    paths: mapped(paths, (item) =>
      mapped(item, ({ responses, ...rest }) => {
        const answers = mapped(responses as Draft, (response, status) => referring(status, response));
        // `security` stands behind the responses.
        const { security, ...front } = rest;
        return { ...front, responses: answers, ...(security !== undefined && { security }) };
      }),
    ),
    responses: Object.fromEntries(shared),
  };
}

function isError(status: string): boolean {
  return /^[45]/.test(status);
}

function keyOf(status: string, response: Plain): string {
  return `${status} ${JSON.stringify(response)}`;
}

/** `NotFound` for 404. */
function nameOf(status: string): string {
  return (STATUS_CODES[status] ?? `Status${status}`).replaceAll(/[^A-Za-z0-9]+/g, '');
}

function mapped<T>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => Plain): Draft {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
