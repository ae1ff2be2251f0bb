/** What the code has and the specification does not yet: routes, their methods, answers, parameters and fields. */

import type { CodeOperation, Input, Output } from '../../../contract/operation.ts';
import { formatPath, paramNames, parseTemplate, shapeKey } from '../../../contract/path.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import { lastPart } from '../../../contract/shape-text.ts';
import { isName } from '../../../code/edit/source.ts';
import { draftParameter, draftResponse, methods } from '../../../draft/operation.ts';
import { draftSchema, type Draft } from '../../../draft/schema.ts';
import type { Plain } from '../../../text/document-style.ts';
import { operationDraft } from '../fixes/document-routes.ts';
import { homeOf, type Home } from '../fixes/route-places.ts';
import { createPool } from '../fixes/spec-components.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { draftingFor } from '../fixes/drafting.ts';
import { handlerLabel } from '../handlers.ts';
import { code as codeText, plain } from '../markdown.ts';
import type { Completion } from './item.ts';
import { item, operationsAround, templateAround, type Scene } from './scene.ts';

/** A route that no spec has, as the document that is written would have it. */
interface Route {
  readonly code: CodeOperation;
  readonly home: Home;
  readonly path: string;
  readonly method: string;
}

/** Finding homes takes a look at all pairs, so it is done once for the results. */
const found = new WeakMap<FeatureIndex, readonly Route[]>();

function allRoutes(index: FeatureIndex): readonly Route[] {
  const known = found.get(index);
  if (known) return known;
  const routes = index.entries.flatMap(({ spec, code, state }): readonly Route[] => {
    if (spec || !code || state === 'unknown' || code.key.method === 'ALL') return [];
    const home = homeOf(index, code);
    return home ? [{ code, home, path: formatPath(home.path), method: code.key.method.toLowerCase() }] : [];
  });
  found.set(index, routes);
  return routes;
}

/** Routes without an operation that belong in this document. */
function routesFor({ index, file, document }: Scene): readonly Route[] {
  return allRoutes(index).filter(
    ({ home: { spec } }) => spec.file === file || (!document.isRoot && document.roots.includes(spec.file)),
  );
}

function draftFor({ index }: Scene, { home, code }: Route, template: string): Plain {
  return operationDraft(index, home, code, paramNames(parseTemplate(template))) as Plain;
}

function byMethod(a: Route, b: Route): number {
  return methods.indexOf(a.method) - methods.indexOf(b.method);
}

/** Keys of `paths`. */
export function pathsFromCode(scene: Scene): readonly Completion[] {
  const { index, writer, cursor } = scene;
  const there = new Set(cursor.others.map((path) => shapeKey(parseTemplate(path))));
  const byPath = new Map<string, Route[]>();
  for (const route of routesFor(scene)) {
    if (there.has(shapeKey(parseTemplate(route.path)))) continue;
    byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  }
  return [...byPath].map(([path, routes], position) => {
    const sorted = [...routes].sort(byMethod);
    const data: Draft = Object.fromEntries(
      sorted.map((route): [string, Plain] => [route.method, draftFor(scene, route, path)]),
    );
    return item(scene, {
      label: path,
      kind: 'route',
      detail: `${sorted.map(({ method }) => method.toUpperCase()).join(', ')} · from code`,
      docs: [
        sorted
          .map(
            ({ method, code }) =>
              `**${method.toUpperCase()}** ${plain(handlerLabel(index, code))} in ${codeText(code.origin.handler?.at.file ?? code.at.file)}`,
          )
          .join('  \n'),
      ],
      insert: writer.entry(path, { as: 'data', data }),
      rank: position,
    });
  });
}

/** Keys of a path item that is there already. */
export function methodsFromCode(scene: Scene): readonly Completion[] {
  const { index, writer, cursor } = scene;
  const template = templateAround(scene);
  if (template === undefined || cursor.path.length !== 2) return [];
  const shape = shapeKey(parseTemplate(template));
  return routesFor(scene)
    .filter(({ path, method }) => shapeKey(parseTemplate(path)) === shape && !cursor.others.includes(method))
    .sort(byMethod)
    .map((route, position) => {
      const { method, code } = route;
      return item(scene, {
        label: method,
        kind: 'route',
        detail: `${handlerLabel(index, code)} · from code`,
        docs: [
          `What ${plain(handlerLabel(index, code))} in ${codeText(code.origin.handler?.at.file ?? code.at.file)} takes and answers.`,
        ],
        insert: writer.entry(method, { as: 'data', data: draftFor(scene, route, template) }),
        rank: position,
      });
    });
}

/** In an operation that is empty, or nearly: all that its handler takes and answers. */
export function operationFromCode(scene: Scene): readonly Completion[] {
  const { index, writer, cursor, file, document } = scene;
  const [code] = handlers(scene);
  const template = templateAround(scene);
  const spec = index.ready.snapshot.specs.find(
    (one) => one.file === file || document.roots.includes(one.file),
  );
  if (!code || !spec || template === undefined || cursor.path.length !== 3) return [];
  if (cursor.hasColon || cursor.others.includes('responses')) return [];
  const path = parseTemplate(template);
  const drafting = createPool(index, spec.file).draftingBeside(file);
  const draft = operationDraft(index, { spec, path }, code, paramNames(path), drafting);
  const missing = Object.entries(draft).filter(([key]) => !cursor.others.includes(key));
  const label = handlerLabel(index, code);
  return [
    item(scene, {
      label: `${label} …`,
      kind: 'route',
      detail: 'all that it takes and answers · from code',
      insert: writer.entries(Object.fromEntries(missing)),
      filter: missing[0]?.[0] ?? label,
      rank: 0,
    }),
  ];
}

function handlers(scene: Scene): readonly CodeOperation[] {
  const own = operationsAround(scene).flatMap(({ code }) => code ?? []);
  if (own.length > 0) return own;
  // An operation that is being written has no pair yet.
  const [, template, method] = scene.cursor.path;
  if (templateAround(scene) === undefined || template === undefined) return [];
  const shape = shapeKey(parseTemplate(template));
  return routesFor(scene)
    .filter((route) => route.method === method && shapeKey(parseTemplate(route.path)) === shape)
    .map(({ code }) => code);
}

/** Answers that the handler sends, with their bodies. */
export function answersFromCode(scene: Scene): ReadonlyMap<string, Plain> {
  const drafting = draftingFor(scene.index, scene.document.version);
  const outputs = new Map<string, Output>();
  for (const code of handlers(scene))
    for (const output of code.outputs.items)
      if (output.shared !== true && !outputs.has(output.status)) outputs.set(output.status, output);
  return new Map(
    [...outputs].map(([status, output]) => [status, draftResponse(output, status, drafting) as Plain]),
  );
}

/** Parameters that the handler reads. */
export function parametersFromCode(
  scene: Scene,
): readonly { readonly input: Input; readonly draft: Draft }[] {
  const drafting = draftingFor(scene.index, scene.document.version);
  const found = new Map<string, Input>();
  for (const code of handlers(scene))
    for (const input of code.inputs.items)
      if (['path', 'query', 'header', 'cookie'].includes(input.in))
        found.set(`${input.in} ${input.name}`, input);
  return [...found.values()].map((input) => ({ input, draft: draftParameter(input, drafting) }));
}

/** The handler's own name, where it is one. */
export function namesFromCode(scene: Scene): readonly string[] {
  return handlers(scene).flatMap((code) => {
    const name = code.origin.handler?.name.split('.').at(-1);
    return name !== undefined && isName(name) && name !== 'handler' ? [name] : [];
  });
}

/** Fields of the code's types that this schema describes: of a body, or of a type with the schema's name. */
export function fieldsFromCode(scene: Scene): ReadonlyMap<string, Plain> {
  const { index, document } = scene;
  const drafting = draftingFor(index, document.version);
  const fields = new Map<string, Plain>();
  const add = (shape: Shape | undefined): void => {
    for (const [name, field] of Object.entries(fieldsIn(scene, shape)))
      if (!fields.has(name)) fields.set(name, draftSchema(field.shape, drafting) as Plain);
  };
  for (const shape of shapesFor(scene)) add(shape);
  return fields;
}

function fieldsIn(scene: Scene, shape: Shape | undefined): Readonly<Record<string, Field>> {
  if (shape?.kind === 'ref') {
    const { codes } = scene.index.ready.snapshot;
    return fieldsIn(scene, codes.find(({ shapes }) => shapes?.[shape.id])?.shapes?.[shape.id]);
  }
  return shape?.kind === 'object' ? shape.fields : {};
}

function shapesFor(scene: Scene): readonly Shape[] {
  const { cursor, index } = scene;
  const { path } = cursor;
  const at = path.lastIndexOf('properties');
  const inside = path.slice(0, at);
  const name = inside.at(-1) ?? '';
  const isComponent = ['schemas', 'definitions'].includes(inside.at(-2) ?? '');
  if (isComponent)
    return index.ready.snapshot.codes.flatMap(({ shapes }) =>
      Object.entries(shapes ?? {}).flatMap(([id, shape]) => (sameName(lastPart(id), name) ? [shape] : [])),
    );
  const codes = handlers(scene);
  const answer = inside.indexOf('responses');
  if (answer >= 0)
    return codes.flatMap(({ outputs }) =>
      outputs.items
        .filter(({ status }) => status === inside[answer + 1])
        .flatMap(({ bodies }) => bodies.items.map(({ shape }) => shape)),
    );
  return inside.includes('requestBody') && inside.at(-1) === 'schema'
    ? codes.flatMap(({ bodies }) => bodies.items.map(({ shape }) => shape))
    : [];
}

function sameName(a: string, b: string): boolean {
  const plainName = (name: string): string =>
    name.replace(/(?:Dto|DTO|Schema|Model|Entity)$/, '').toLowerCase();
  return a !== '' && plainName(a) === plainName(b);
}
