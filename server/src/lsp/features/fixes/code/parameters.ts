/** Parameters of the code as the spec has them: by its name, and read where they are not. */

import type { CodeOperation, Input } from '../../../../contract/operation.ts';
import { importNames, methodAt, widthOf } from '../../../../code/edit/classes.ts';
import { functionAround, parameterOf, type FunctionText } from '../../../../code/edit/functions.ts';
import {
  indentAt,
  isFirstOnLine,
  partsOf,
  readSource,
  sliceOf,
  type Source,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { renameInRoute } from '../../rename/code-names.ts';
import { fix, type Edit, type Fixer } from '../fix.ts';
import { parameterText } from './scaffold-method.ts';

export const renameInCode: Fixer = ({ index, entries }, { renamed }) => {
  const [entry, ...others] = entries;
  const [pair, ...more] = Array.isArray(renamed)
    ? (renamed as readonly { spec: string; code: string }[])
    : [];
  const code = entry?.code;
  if (!code || !pair || others.length + more.length > 0 || !/^[A-Za-z_]\w*$/.test(pair.spec)) return [];
  return [fix(`Call it ${pair.spec} in the code`, renameInRoute(index, code, pair.code, pair.spec) ?? [])];
};

/** Reads a parameter that the spec has and the handler does not ask for. */
export const readParameter: Fixer = (scene, { in: where, name }) => {
  const [entry, ...more] = scene.entries;
  const { code, spec } = entry ?? {};
  const input = spec?.inputs.items.find((one) => one.in === where && one.name === name);
  const handler = code?.origin.handler;
  const text = handler && scene.index.ready.textOf(handler.at.file);
  const source = text === undefined ? undefined : readSource(text);
  if (!code || !input || !handler || !source || more.length > 0) return [];
  // What a schema of the code lets through is the schema's to say: reading it behind that changes nothing.
  const isChecked = code.inputs.items.some((one) => one.in === where && one.enforced);
  if (isShared(scene.index, code) || isChecked) return [];
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

/** Has another operation the same handler, or the wrapper of handlers that it is made by? */
function isShared({ entries }: FeatureIndex, code: CodeOperation): boolean {
  const at = code.origin.handler?.at;
  return entries.some(({ code: other }) => {
    const place = other === code ? undefined : other?.origin.handler?.at;
    return place !== undefined && place.file === at?.file && place.start === at.start;
  });
}

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
