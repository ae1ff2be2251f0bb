/** A method of a controller for an operation that only the spec has: of Nest, routing-controllers and tsoa. */

import type { Input, SpecOperation } from '../../../../contract/operation.ts';
import { formatPath } from '../../../../contract/path.ts';
import type { Shape } from '../../../../contract/shape.ts';
import type { FileId } from '../../../../contract/span.ts';
import { importNames, methodAt, widthOf, type Method } from '../../../../code/edit/classes.ts';
import {
  indentAt,
  isFirstOnLine,
  literalText,
  namesOf,
  readSource,
  sliceOf,
  type Source,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import type { FileEdit } from '../fix.ts';
import { nest, dialects, type Dialect } from './dialects.ts';
import { statusDecorator } from './decorated-status.ts';
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

export function scaffoldMethod(index: FeatureIndex, spec: SpecOperation, home: Home): readonly FileEdit[] {
  const [first] = home.neighbours;
  const dialect = dialects[first?.code.origin.framework ?? ''];
  const file = first?.code.at.file;
  const text = file && index.ready.textOf(file);
  const source = text === undefined ? undefined : readSource(text);
  if (
    !dialect ||
    !source ||
    !file ||
    home.neighbours.some(({ code }) => code.origin.handler?.at.file !== file)
  )
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
  const written = place && methodText(index, spec, home, { file, source, known, dialect });
  if (!place || !written) return [];
  const { whole } = place.beside.method;
  if (!isFirstOnLine(source.text, whole.start)) return [];
  const imports = importNames(source, dialect.module, written.names);
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
  readonly dialect: Dialect;
}

interface MethodText {
  readonly text: string;
  /** Of the framework, to be imported. */
  readonly names: readonly string[];
  readonly body?: BodyClass;
}

function methodText(
  index: FeatureIndex,
  spec: SpecOperation,
  home: Home,
  { file, source, known, dialect }: Scene,
): MethodText | undefined {
  const route = routeDecorators[spec.key.method];
  const path = writtenPath(home, { source, known, dialect });
  const guards = sharedGuards(spec, known);
  const name = nameFor(index, spec);
  const [model] = known;
  if (route === undefined || path === undefined || !guards || !model) return undefined;
  const refusal = dialect.refuses(source);
  if (namesOf(source, name).length > 0 || !refusal) return undefined;
  const needsBody = spec.bodies.items.length > 0;
  const body = needsBody
    ? bodyClass(index, spec, { file, source, method: name, isType: dialect.isTyped })
    : undefined;
  if (needsBody && !body) return undefined;
  const parameters = parametersFor(spec, scene(source, known), dialect);
  if (!parameters) return undefined;
  const all = [
    ...parameters.required,
    ...(body ? [`@Body() body: ${body.name}`] : []),
    ...parameters.optional,
  ];
  const status = statusFor(spec, source, dialect);
  const indent = indentAt(source.text, model.method.whole.start);
  const { quote, eol, step, semicolons } = source;
  const end = semicolons ? ';' : '';
  const inner = `${indent}${step}`;
  const type = known.some(({ method }) => method.isTyped) ? refusal.type : '';
  const access = known.every(({ method }) => isPublic(source, method)) ? 'public ' : '';
  const line = `${indent}${access}${name}(${all.join(', ')})${type} {`;
  const head =
    line.length <= widthOf(source) || all.length === 0
      ? line
      : `${indent}${access}${name}(${eol}${all.map((one) => `${inner}${one},${eol}`).join('')}${indent})${type} {`;
  const { decorators } = model.method;
  // In the order in which the neighbour has them.
  const isBehind = Object.values(routeDecorators).includes(decorators[0]?.name ?? '');
  const guarding = guards.map((guard) => `${indent}${guard}`);
  const lines = [
    ...(isBehind ? [] : guarding),
    `${indent}@${route}(${path === '' ? '' : `${quote}${path}${quote}`})`,
    ...(status ? [`${indent}@${status.decorator}`] : []),
    ...(isBehind ? guarding : []),
    head,
    `${inner}${refusal.text}${end}`,
    `${indent}}`,
  ];
  const names = [
    route,
    ...refusal.names,
    ...(status?.names ?? []),
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

/** Undefined where one of them is taken in a way that no decorator has a name for. */
function parametersFor(
  { inputs }: SpecOperation,
  like: KnownParameters,
  dialect: Dialect,
): Parameters | undefined {
  const order = ['path', 'header', 'query'];
  const items = [...inputs.items].sort((a, b) => order.indexOf(a.in) - order.indexOf(b.in));
  const all = items.map((input) => parameterText(input, like, dialect));
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
  { parameters, converts, infersNames }: Dialect = nest,
): { readonly text: string; readonly decorator: string; readonly isRequired: boolean } | undefined {
  const decorator = parameters[input.in];
  if (decorator === undefined) return undefined;
  const { quote } = source;
  const isRequired = input.in === 'path' || (input.required.known && input.required.value);
  const start = `@${decorator}(${quote}${input.name}${quote}`;
  const same = texts.find((text) => text.startsWith(`${start})`) || text.startsWith(`${start},`));
  if (input.in === 'path' && same !== undefined) return { text: same, decorator, isRequired };
  const name = input.name.replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase());
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const isList = input.shape.kind === 'array';
  const type = converts ? typeOf(input.shape) : isList ? 'string[]' : 'string';
  if (type === undefined) return undefined;
  const opened = infersNames && name === input.name ? `@${decorator}(` : start;
  return { text: `${opened}) ${name}${isRequired ? '' : '?'}: ${type}`, decorator, isRequired };
}

/** Where the spec promises another success than is sent by itself. */
function statusFor(
  { key, outputs }: SpecOperation,
  source: Source,
  { framework, usual }: Dialect,
): { readonly decorator: string; readonly names: readonly string[] } | undefined {
  const [only, ...more] = outputs.items.filter(({ status }) => /^2\d\d$/.test(status));
  if (!only || more.length > 0 || only.status === usual(key.method)) return undefined;
  return statusDecorator(source, framework, only.status);
}

/** As the neighbours write paths: with a slash in front, with braces. */
function writtenPath(home: Home, { source, known, dialect }: Omit<Scene, 'file'>): string | undefined {
  const path = dialect.braces ? formatPath(home.relative).slice(1) : expressPath(home.relative);
  const slash = known.some(({ method }) =>
    method.decorators.some(({ name, open }) => {
      const argument = open === undefined ? undefined : literalText(source.tokens[open + 1]);
      return Object.values(routeDecorators).includes(name) && argument?.startsWith('/') === true;
    }),
  );
  return path === undefined || path === '' || !slash ? path : `/${path}`;
}

function isPublic({ text }: Source, { decorators, whole }: Method): boolean {
  const start = decorators.at(-1)?.end ?? whole.start;
  return /^\s*public\b/.test(text.slice(start, whole.end));
}

/** The type that the framework makes of a parameter; undefined for what it makes nothing of. */
function typeOf(shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'string':
    case 'unknown':
      return 'string';
    case 'number':
    case 'boolean':
      return shape.kind;
    case 'array': {
      const items = typeOf(shape.items);
      return items === undefined ? undefined : `${items}[]`;
    }
    default:
      return undefined;
  }
}
