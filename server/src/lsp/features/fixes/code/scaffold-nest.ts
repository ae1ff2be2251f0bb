/** A method of a controller of Nest for an operation that only the spec has. */

import type { Input, SpecOperation } from '../../../../contract/operation.ts';
import type { FileId } from '../../../../contract/span.ts';
import { importNames, methodAt, widthOf, type Method } from '../../../../code/edit/classes.ts';
import {
  indentAt,
  isFirstOnLine,
  namesOf,
  readSource,
  sliceOf,
  type Source,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import type { FileEdit } from '../fix.ts';
import { statusText, type WrittenStatus } from './decorated-status.ts';
import { bodyClass, type BodyClass } from './dto-file.ts';
import { placeFor, sharedGuards, type Placed } from './place.ts';
import { expressPath, type Home } from './routers.ts';
import { nameFor } from './scaffold-express.ts';

interface Known extends Placed {
  readonly method: Method;
  readonly guards: readonly string[];
}

const routeDecorators: Readonly<Record<string, string>> = {
  GET: 'Get',
  HEAD: 'Head',
  POST: 'Post',
  PUT: 'Put',
  PATCH: 'Patch',
  DELETE: 'Delete',
  OPTIONS: 'Options',
};

/** Decorators that are about one method. */
const ofOne =
  /^(?:Get|Head|Post|Put|Patch|Delete|Options|All|Search|HttpCode|Header|Redirect|Render|Version|Sse|Api(?:Operation|.*Response|Body|Param|Query|Header|Consumes|Produces))$/;

export function scaffoldNest(index: FeatureIndex, spec: SpecOperation, home: Home): readonly FileEdit[] {
  const [first] = home.neighbours;
  const file = first?.code.at.file;
  const text = file && index.ready.textOf(file);
  const source = text === undefined ? undefined : readSource(text);
  if (!source || !file || home.neighbours.some(({ code }) => code.origin.handler?.at.file !== file))
    return [];
  const known = home.neighbours.flatMap((neighbour): readonly Known[] => {
    const method = methodAt(source, neighbour.code.origin.handler?.at.start ?? -1);
    if (!method) return [];
    const guards = method.decorators
      .filter(({ name }) => !ofOne.test(name))
      .map((one) => sliceOf(source, one));
    return [{ neighbour, method, guards, start: method.whole.start }];
  });
  const place = known.length === home.neighbours.length ? placeFor(spec, home, known) : undefined;
  const written = place && methodText(index, spec, home, { file, source, known });
  if (!place || !written) return [];
  const { whole } = place.beside.method;
  if (!isFirstOnLine(source.text, whole.start)) return [];
  const imports = importNames(source, '@nestjs/common', written.names);
  const own =
    written.body?.specifier === undefined
      ? []
      : importNames(source, written.body.specifier, [written.body.name]);
  if (!imports || !own) return [];
  const { eol } = source;
  const indent = indentAt(source.text, whole.start);
  const edit = place.inFront
    ? { start: whole.start, end: whole.start, text: `${written.text.trimStart()}${eol}${eol}${indent}` }
    : { start: whole.end, end: whole.end, text: `${eol}${eol}${written.text}` };
  return [...[edit, ...imports, ...own].map((one) => ({ file, ...one })), ...(written.body?.edits ?? [])];
}

interface Scene {
  readonly file: FileId;
  readonly source: Source;
  readonly known: readonly Known[];
}

interface MethodText {
  readonly text: string;
  /** Of Nest, to be imported. */
  readonly names: readonly string[];
  readonly body?: BodyClass;
}

function methodText(
  index: FeatureIndex,
  spec: SpecOperation,
  home: Home,
  { file, source, known }: Scene,
): MethodText | undefined {
  const route = routeDecorators[spec.key.method];
  const path = expressPath(home.relative);
  const guards = sharedGuards(spec, known);
  const name = nameFor(index, spec);
  const [model] = known;
  if (route === undefined || path === undefined || !guards || !model) return undefined;
  if (namesOf(source, name).length > 0) return undefined;
  const needsBody = spec.bodies.items.length > 0;
  const body = needsBody ? bodyClass(index, spec, { file, source, method: name }) : undefined;
  if (needsBody && !body) return undefined;
  const parameters = parametersFor(spec, scene(source, known));
  if (!parameters) return undefined;
  const all = [
    ...parameters.required,
    ...(body ? [`@Body() body: ${body.name}`] : []),
    ...parameters.optional,
  ];
  const status = statusFor(spec, source);
  const indent = indentAt(source.text, model.method.whole.start);
  const { quote, eol, step, semicolons } = source;
  const end = semicolons ? ';' : '';
  const inner = `${indent}${step}`;
  const type = known.some(({ method }) => method.isTyped) ? ': never' : '';
  const line = `${indent}${name}(${all.join(', ')})${type} {`;
  const head =
    line.length <= widthOf(source) || all.length === 0
      ? line
      : `${indent}${name}(${eol}${all.map((one) => `${inner}${one},${eol}`).join('')}${indent})${type} {`;
  const { decorators } = model.method;
  // In the order in which the neighbour has them.
  const isBehind = Object.values(routeDecorators).includes(decorators[0]?.name ?? '');
  const guarding = guards.map((guard) => `${indent}${guard}`);
  const lines = [
    ...(isBehind ? [] : guarding),
    `${indent}@${route}(${path === '' ? '' : `${quote}${path}${quote}`})`,
    ...(status ? [`${indent}@HttpCode(${status.text})`] : []),
    ...(isBehind ? guarding : []),
    head,
    `${inner}throw new NotImplementedException()${end}`,
    `${indent}}`,
  ];
  const names = [
    route,
    'NotImplementedException',
    ...(status ? ['HttpCode', ...status.names] : []),
    ...(body ? ['Body'] : []),
    ...parameters.names,
  ];
  return { text: lines.join(eol), names, ...(body && { body }) };
}

interface Parameters {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly names: readonly string[];
}

interface KnownParameters {
  readonly source: Source;
  /** As the methods of the controller write them: `@Param('id', ParseIntPipe) id: number`. */
  readonly texts: readonly string[];
}

function scene(source: Source, known: readonly Known[]): KnownParameters {
  return {
    source,
    texts: known.flatMap(({ method }) => method.parameters.map((part) => sliceOf(source, part))),
  };
}

const from: Readonly<Record<string, string>> = { path: 'Param', query: 'Query', header: 'Headers' };

/** Undefined where one of them is taken in a way that a decorator of Nest has no name for. */
export function parametersFor({ inputs }: SpecOperation, like: KnownParameters): Parameters | undefined {
  const order = ['path', 'header', 'query'];
  const items = [...inputs.items].sort((a, b) => order.indexOf(a.in) - order.indexOf(b.in));
  const all = items.map((input) => parameterText(input, like));
  if (all.includes(undefined)) return undefined;
  const known = all.flatMap((one) => one ?? []);
  return {
    required: known.filter(({ isRequired }) => isRequired).map(({ text }) => text),
    optional: known.filter(({ isRequired }) => !isRequired).map(({ text }) => text),
    names: known.map(({ decorator }) => decorator),
  };
}

export function parameterText(
  input: Input,
  { source, texts }: KnownParameters,
): { readonly text: string; readonly decorator: string; readonly isRequired: boolean } | undefined {
  const decorator = from[input.in];
  if (decorator === undefined) return undefined;
  const { quote } = source;
  const isRequired = input.in === 'path' || (input.required.known && input.required.value);
  const start = `@${decorator}(${quote}${input.name}${quote}`;
  const same = texts.find((text) => text.startsWith(`${start})`) || text.startsWith(`${start},`));
  if (input.in === 'path' && same !== undefined) return { text: same, decorator, isRequired };
  const name = input.name.replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase());
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const isList = input.shape.kind === 'array';
  const type = isList ? 'string[]' : 'string';
  return { text: `${start}) ${name}${isRequired ? '' : '?'}: ${type}`, decorator, isRequired };
}

/** Where the spec promises another success than Nest sends by itself. */
function statusFor({ key, outputs }: SpecOperation, source: Source): WrittenStatus | undefined {
  const [only, ...more] = outputs.items.filter(({ status }) => /^2\d\d$/.test(status));
  const usual = key.method === 'POST' ? '201' : '200';
  if (!only || more.length > 0 || only.status === usual) return undefined;
  return statusText(only.status, source);
}
