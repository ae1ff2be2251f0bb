/** Lets nobody in whom the routes beside it do not let in: with the guard that all of them have. */

import type { CodeOperation } from '../../../../contract/operation.ts';
import { methodAt } from '../../../../code/edit/classes.ts';
import { registrationAt } from '../../../../code/edit/registration.ts';
import { indentAt, isFirstOnLine, readSource, sliceOf, type Source } from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { fix, type Edit, type FileEdit, type Fixer } from '../fix.ts';

/** What stands in front of a handler, and where another one would. */
interface Guarded {
  readonly source: Source;
  readonly guards: readonly string[];
  readonly edit: (guard: string) => Edit | undefined;
}

export const addGuard: Fixer = ({ index, entries }) => {
  const codes = [...new Set(entries.flatMap(({ code }) => code ?? []))];
  const sources = new Map<string, Source | undefined>();
  const found = codes.map((code) => guardFor(index, code, sources));
  const [first] = found;
  // All or nothing, and all with the same one.
  if (!first || found.some((one) => one?.guard !== first.guard)) return [];
  const title = codes.length > 1 ? `Add ${first.guard} to ${codes.length} routes` : `Add ${first.guard}`;
  return [
    fix(
      title,
      found.flatMap((one) => one?.edit ?? []),
    ),
  ];
};

function guardFor(
  index: FeatureIndex,
  code: CodeOperation,
  sources: Map<string, Source | undefined>,
): { readonly guard: string; readonly edit: FileEdit } | undefined {
  const { group } = code.origin;
  const beside = index.entries.flatMap((entry) =>
    entry.code && entry.code.origin.group.id === group.id && entry.code.at.file === code.at.file
      ? [entry.code]
      : [],
  );
  const of = (required: boolean): readonly (Guarded | undefined)[] =>
    [...new Set(beside)]
      .filter(({ security }) => security.required.known && security.required.value === required)
      .map((one) => guardedAt(index, one, sources));
  const [closed, open] = [of(true), of(false)];
  const lists = closed.map((one) => one?.guards ?? []);
  const known = new Set(open.flatMap((one) => one?.guards ?? []));
  const candidates = (lists[0] ?? []).filter(
    (guard) => !known.has(guard) && lists.every((list) => list.includes(guard)),
  );
  const [guard, ...more] = new Set(candidates);
  const own = guardedAt(index, code, sources);
  const edit = guard !== undefined && more.length === 0 ? own?.edit(guard) : undefined;
  return guard === undefined || !edit ? undefined : { guard, edit: { file: code.at.file, ...edit } };
}

function guardedAt(
  { ready }: FeatureIndex,
  code: CodeOperation,
  sources: Map<string, Source | undefined>,
): Guarded | undefined {
  const { file, start } = code.at;
  if (!sources.has(file)) {
    const text = ready.textOf(file);
    sources.set(file, text === undefined ? undefined : readSource(text));
  }
  const source = sources.get(file);
  if (!source) return undefined;
  if (code.origin.framework === 'express') return ofRegistration(source, start);
  return code.origin.framework === 'nest' ? ofMethod(source, code.origin.handler?.at.start ?? -1) : undefined;
}

/** Names, and calls of names: what a handler or a schema is, is none. */
const guardLike = /^[\w$.]+(?:\([^(){}]*\))?$/;

function ofRegistration(source: Source, start: number): Guarded | undefined {
  const registration = registrationAt(source, start);
  const [first] = registration?.parts ?? [];
  if (!registration || !first) return undefined;
  return {
    source,
    guards: registration.parts
      .slice(0, -1)
      .map((part) => sliceOf(source, part))
      .filter((text) => guardLike.test(text)),
    edit: (guard) => {
      const isOnLine = isFirstOnLine(source.text, first.start);
      const gap = isOnLine ? `${source.eol}${indentAt(source.text, first.start)}` : ' ';
      return { start: first.start, end: first.start, text: `${guard},${gap}` };
    },
  };
}

function ofMethod(source: Source, name: number): Guarded | undefined {
  const method = methodAt(source, name);
  if (!method) return undefined;
  return {
    source,
    guards: method.decorators
      .filter((one) => /^(?:UseGuards|Auth\w*|Roles?|Permissions?|RequireAuth\w*)$/.test(one.name))
      .map((one) => sliceOf(source, one)),
    edit: (guard) => {
      const { start } = method.whole;
      if (!isFirstOnLine(source.text, start)) return undefined;
      return { start, end: start, text: `${guard}${source.eol}${indentAt(source.text, start)}` };
    },
  };
}
