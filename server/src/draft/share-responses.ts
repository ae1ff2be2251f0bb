/** Errors that many operations answer alike are written once. */

import { STATUS_CODES } from 'node:http';
import type { Plain } from '../text/document-style.ts';
import { freeName } from '../contract/words.ts';
import type { Draft } from './schema.ts';

type Paths = Readonly<Record<string, Readonly<Record<string, Draft>>>>;

/** What an operation answers with a status. */
export interface Answer {
  readonly status: string;
  readonly response: Plain;
}

/** Errors by their names, and the name of each answer that is one of them. */
export interface SharedAnswers {
  readonly named: ReadonlyMap<string, Answer>;
  nameOf(answer: Answer): string | undefined;
}

/** From this many on, a reference reads better than the same lines again. */
const many = 3;

export function sharedAnswers(
  answers: readonly Answer[],
  isTaken: (name: string) => boolean = () => false,
): SharedAnswers {
  const errors = answers.filter(({ status }) => isError(status));
  const counts = new Map<string, number>();
  for (const answer of errors) counts.set(keyOf(answer), (counts.get(keyOf(answer)) ?? 0) + 1);
  const names = new Map<string, string>();
  const named = new Map<string, Answer>();
  for (const answer of [...errors].sort((a, b) => (a.status < b.status ? -1 : 1))) {
    const key = keyOf(answer);
    if (names.has(key) || (counts.get(key) ?? 0) < many) continue;
    const name = freeName(nameOf(answer.status), (taken) => named.has(taken) || isTaken(taken));
    names.set(key, name);
    named.set(name, answer);
  }
  return { named, nameOf: (answer) => names.get(keyOf(answer)) };
}

/** All paths of a document, and the responses that they refer to. */
export function shareResponses(paths: Paths): { readonly paths: Draft; readonly responses: Draft } {
  const shared = sharedAnswers(
    Object.values(paths)
      .flatMap((item) => Object.values(item))
      .flatMap(({ responses }) => answersIn(responses)),
  );
  const referring = (status: string, response: Plain): Plain => {
    const name = shared.nameOf({ status, response });
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
    responses: Object.fromEntries([...shared.named].map(([name, { response }]) => [name, response])),
  };
}

export function answersIn(responses: Plain | undefined): readonly Answer[] {
  return Object.entries((responses ?? {}) as Draft).map(([status, response]) => ({ status, response }));
}

function isError(status: string): boolean {
  return /^[45]/.test(status);
}

function keyOf({ status, response }: Answer): string {
  return `${status} ${JSON.stringify(response)}`;
}

/** `NotFound` for 404. */
function nameOf(status: string): string {
  return (STATUS_CODES[status] ?? `Status${status}`).replaceAll(/[^A-Za-z0-9]+/g, '');
}

function mapped<T>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => Plain): Draft {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
