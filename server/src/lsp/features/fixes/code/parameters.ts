/** Parameters of the code as the spec has them: by its name, and read where they are not. */

import type { CodeOperation, Input, SpecOperation } from '../../../../contract/operation.ts';
import type { FileId } from '../../../../contract/span.ts';
import { importNames, methodAt, widthOf } from '../../../../code/edit/classes.ts';
import { functionAround, parameterOf, type FunctionText } from '../../../../code/edit/functions.ts';
import { registrationAt } from '../../../../code/edit/registration.ts';
import {
  indentAt,
  isFirstOnLine,
  literalText,
  partsOf,
  readSource,
  sliceOf,
  type Source,
  type Token,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { fix, type FileEdit, type Fixer } from '../fix.ts';
import { parameterText } from './scaffold-nest.ts';

type Edit = Omit<FileEdit, 'file'>;

interface Subject {
  readonly code: CodeOperation;
  readonly spec: SpecOperation;
  readonly file: FileId;
  readonly source: Source;
}

/** The only operation of a scene, in a file that holds both its registration and its handler. */
function subjectOf({ index, entries }: Parameters<Fixer>[0]): Subject | undefined {
  const [entry, ...more] = entries;
  const { code, spec } = entry ?? {};
  if (!code || !spec || more.length > 0 || code.origin.handler?.at.file !== code.at.file) return undefined;
  const text = index.ready.textOf(code.at.file);
  const source = text === undefined ? undefined : readSource(text);
  return source && { code, spec, file: code.at.file, source };
}

export const renameInCode: Fixer = (scene, { renamed }) => {
  const subject = subjectOf(scene);
  const [pair, ...more] = Array.isArray(renamed)
    ? (renamed as readonly { spec: string; code: string }[])
    : [];
  if (!subject || !pair || more.length > 0 || !/^[A-Za-z_]\w*$/.test(pair.spec)) return [];
  const { framework } = subject.code.origin;
  const edits =
    framework === 'nest'
      ? renameInNest(subject, pair)
      : framework === 'express'
        ? renameInExpress(scene.index, subject, pair)
        : undefined;
  return [
    fix(
      `Call it ${pair.spec} in the code`,
      (edits ?? []).map((edit) => ({ file: subject.file, ...edit })),
    ),
  ];
};

interface Renamed {
  readonly spec: string;
  readonly code: string;
}

/** `:id` in a literal; undefined where it is not there exactly once. */
function inPath(token: Token | undefined, { spec, code }: Renamed): Edit | undefined {
  const text = literalText(token);
  const found = [...(text ?? '').matchAll(new RegExp(`:${code}(?!\\w)`, 'g'))];
  const [only] = found;
  if (!token || !only || found.length > 1) return undefined;
  const start = token.start + 2 + only.index;
  return { start, end: start + code.length, text: spec };
}

function renameInNest({ code, source }: Subject, pair: Renamed): readonly Edit[] | undefined {
  const method = methodAt(source, code.origin.handler?.at.start ?? -1);
  const route = method?.decorators.find(({ start }) => start === code.at.start);
  const path = route?.open === undefined ? undefined : inPath(source.tokens[route.open + 1], pair);
  const names = (method?.parameters ?? []).flatMap((part): readonly Token[] => {
    const first = source.at(part.start) ?? -1;
    const literal = source.tokens[first + 3];
    const isParam = source.tokens[first]?.text === '@' && source.tokens[first + 1]?.text === 'Param';
    return isParam && literal ? [literal] : [];
  });
  const [name, ...more] = names.filter((token) => literalText(token) === pair.code);
  // `@Param() params` takes all of them, by their names.
  if (!path || !name || more.length > 0 || names.some((token) => literalText(token) === undefined))
    return undefined;
  return [path, { start: name.start + 1, end: name.end - 1, text: pair.spec }];
}

function renameInExpress(
  index: FeatureIndex,
  { code, source, file }: Subject,
  pair: Renamed,
): readonly Edit[] | undefined {
  const registration = registrationAt(source, code.at.start);
  const path = registration && inPath(registration.path, pair);
  const sharing = index.entries.filter(
    (entry) => entry.code?.at.file === file && entry.code.at.start === code.at.start,
  );
  const handler = inlineHandler(source, code);
  // What stands in front of the handler may ask for it by its name, and so may the other methods of `route(…)`.
  if (!registration || registration.link || !path || !handler || sharing.length > 1) return undefined;
  if (registration.parts.slice(0, -1).some((part) => /\bparams\b|[({[]/.test(sliceOf(source, part))))
    return undefined;
  const isReadElsewhere = code.inputs.items.some(
    ({ in: where, name, at }) =>
      where === 'path' &&
      name === pair.code &&
      (at.file !== file || at.start < code.at.start || at.start > handler.body.end),
  );
  const reads = isReadElsewhere ? undefined : readsIn(source, handler, pair);
  return reads && [path, ...reads];
}

function inlineHandler(source: Source, { origin, at }: CodeOperation): FunctionText | undefined {
  const { handler } = origin;
  if (!handler || handler.at.file !== at.file) return undefined;
  return functionAround(source, handler.at.start);
}

/** `req.params.id` and `{ id } = req.params`; undefined where the parameters go elsewhere. */
function readsIn(
  source: Source,
  { body }: FunctionText,
  { spec, code }: Renamed,
): readonly Edit[] | undefined {
  const { tokens } = source;
  const edits: (Edit | undefined)[] = tokens.flatMap((token, index): readonly (Edit | undefined)[] => {
    if (token.text !== 'params' || token.start < body.start || token.end > body.end) return [];
    const [next, name] = [tokens[index + 1], tokens[index + 2]];
    if (next?.text === '.' || next?.text === '?.')
      return name?.text === code ? [{ start: name.start, end: name.end, text: spec }] : [];
    if (next?.text === '[' && literalText(name) === code && name)
      return [{ start: name.start + 1, end: name.end - 1, text: spec }];
    const equals = tokens[index - 3];
    const close = tokens[index - 4]?.text === '}' ? source.pair(index - 4) : undefined;
    if (equals?.text !== '=' || close === undefined) return [undefined];
    const parts = (partsOf(source, close) ?? []).filter((part) =>
      new RegExp(`^${code}\\b`).test(sliceOf(source, part)),
    );
    return parts.map((part) => {
      const isRenamed = /^\w+\s*:/.test(sliceOf(source, part));
      return {
        start: part.start,
        end: part.start + code.length,
        text: isRenamed ? spec : `${spec}: ${code}`,
      };
    });
  });
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

/** Reads a parameter that the spec has and the handler does not ask for. */
export const readParameter: Fixer = (scene, { in: where, name }) => {
  const [entry, ...more] = scene.entries;
  const { code, spec } = entry ?? {};
  const input = spec?.inputs.items.find((one) => one.in === where && one.name === name);
  const handler = code?.origin.handler;
  const text = handler && scene.index.ready.textOf(handler.at.file);
  const source = text === undefined ? undefined : readSource(text);
  if (!code || !input || !handler || !source || more.length > 0) return [];
  const { framework } = code.origin;
  const edits =
    framework === 'nest'
      ? readInNest(source, handler.at.start, input)
      : framework === 'express'
        ? readInExpress(source, handler.at.start, input)
        : undefined;
  const title = `Read the ${input.in} parameter ${input.name}`;
  return [
    fix(
      title,
      (edits ?? []).map((edit) => ({ file: handler.at.file, ...edit })),
    ),
  ];
};

function readInNest(source: Source, name: number, input: Input): readonly Edit[] | undefined {
  const method = methodAt(source, name);
  const written = method && parameterText(input, { source, texts: [] });
  const imports = written && importNames(source, '@nestjs/common', [written.decorator]);
  if (!method || !written || !imports) return undefined;
  const taken = method.parameters.map((part) => sliceOf(source, part));
  const own = /(\w+)\??: [\w[\]]+$/.exec(written.text)?.[1] ?? '';
  // A class or a pattern may take it already, and names are given once.
  if (taken.some((text) => new RegExp(`@${written.decorator}\\(\\)|\\b${own}\\b`).test(text)))
    return undefined;
  const isBehindOptional = taken.some((text) => /\w\?\s*:|=/.test(text));
  if (written.isRequired && isBehindOptional) return undefined;
  const last = method.parameters.at(-1);
  const open = source.tokens[method.open];
  if (!open) return undefined;
  if (!last) return [{ start: open.end, end: open.end, text: written.text }, ...imports];
  const isOnLines = isFirstOnLine(source.text, last.start);
  const line = source.text.slice(0, last.end).split('\n').at(-1) ?? '';
  // A list on one line that would become too long is for whoever formats.
  if (!isOnLines && line.length + written.text.length > Math.max(widthOf(source), 100)) return undefined;
  const gap = isOnLines ? `${source.eol}${indentAt(source.text, last.start)}` : ' ';
  return [{ start: last.end, end: last.end, text: `,${gap}${written.text}` }, ...imports];
}

/** In the pattern that takes others already, else as the first statement. */
function readInExpress(source: Source, start: number, input: Input): readonly Edit[] | undefined {
  const bag = input.in === 'query' ? 'query' : undefined;
  const handler = functionAround(source, start);
  const [request] = handler?.parameters ?? [];
  const named = request && parameterOf(source, request);
  if (!handler || !named || bag === undefined || !/^[A-Za-z_]\w*$/.test(input.name)) return undefined;
  const { text, eol, step, semicolons } = source;
  if (new RegExp(`\\b${input.name}\\b`).test(sliceOf(source, handler.body))) return undefined;
  const pattern = patternOf(source, handler, named.name, bag);
  if (pattern) return [pattern(input.name)];
  const line = `const { ${input.name} } = ${named.name}.${bag}${semicolons ? ';' : ''}`;
  const open = handler.body.start + 1;
  // A body on one line is for whoever formats.
  if (!/^[ \t]*\r?\n/.test(text.slice(open))) return undefined;
  const indent = `${indentAt(text, handler.body.start)}${step}`;
  return [{ start: open, end: open, text: `${eol}${indent}${line}` }];
}

function patternOf(
  source: Source,
  { body }: FunctionText,
  request: string,
  bag: string,
): ((name: string) => Edit) | undefined {
  const { tokens } = source;
  const at = tokens.findIndex(
    (token, index) =>
      token.text === bag &&
      body.start < token.start &&
      token.end < body.end &&
      tokens[index - 1]?.text === '.' &&
      tokens[index - 2]?.text === request &&
      tokens[index - 3]?.text === '=' &&
      tokens[index - 4]?.text === '}',
  );
  const open = at < 0 ? undefined : source.pair(at - 4);
  const last = open === undefined ? undefined : partsOf(source, open)?.at(-1);
  if (!last || sliceOf(source, last).startsWith('...')) return undefined;
  const isOnLines = isFirstOnLine(source.text, last.start);
  const gap = isOnLines ? `${source.eol}${indentAt(source.text, last.start)}` : ' ';
  return (name) => ({ start: last.end, end: last.end, text: `,${gap}${name}` });
}
