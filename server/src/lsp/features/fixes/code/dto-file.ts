/** The class of a request body: one that the project has, or one in a file of its own where the project keeps them. */

import type { Shape } from '../../../../contract/shape.ts';
import { lastPart } from '../../../../contract/shape-text.ts';
import { fileId, type FileId } from '../../../../contract/span.ts';
import type { SpecOperation } from '../../../../contract/operation.ts';
import { importedFrom, importLine, specifiersOf } from '../../../../code/edit/classes.ts';
import { readSource, type Source } from '../../../../code/edit/source.ts';
import { child, children, refOf } from '../../../../specs/openapi/reader.ts';
import { stringOf } from '../../../../text/document-node.ts';
import { dtoOf } from '../../dto.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { operationAt, type FileEdit } from '../fix.ts';
import { kebab, pascal } from '../../../../contract/words.ts';
import { DtoWriter, type DtoStyle } from './dto-text.ts';

export interface BodyClass {
  readonly name: string;
  /** Undefined where it is imported already. */
  readonly specifier?: string;
  readonly edits: readonly FileEdit[];
}

/** Undefined where the body cannot be said as a class, or is checked in another way here. */
export function bodyClass(
  index: FeatureIndex,
  spec: SpecOperation,
  controller: {
    readonly file: FileId;
    readonly source: Source;
    readonly method: string;
    /** A type will do; there is none made where the project has none. */
    readonly isType: boolean;
  },
): BodyClass | undefined {
  const shape = spec.bodies.items.find(({ mediaType }) => /[/+]json$/.test(mediaType))?.shape;
  const { file, source } = controller;
  if (!shape || /\bcreateZodDto\b|\bZodValidationPipe\b/.test(textsOf(index).join('\n') + source.text))
    return undefined;
  const component = componentOf(index, spec);
  const { isType } = controller;
  const known = component === undefined ? [] : declared(index, component, isType);
  const [only, ...more] = known;
  if (only && more.length === 0) {
    const specifier = relativeSpecifier(source, file, only.file);
    return {
      name: only.name,
      edits: [],
      ...(importedFrom(source, only.name) === undefined && { specifier }),
    };
  }
  if (more.length > 0 || isType) return undefined;
  return newClass(index, spec, shape, component ?? pascal(controller.method), controller);
}

/** The name of the schema that the body refers to. */
function componentOf(index: FeatureIndex, spec: SpecOperation): string | undefined {
  const operation = operationAt(index, spec);
  const request = operation && child(operation, 'requestBody');
  const body = request && index.reader.follow(request);
  const content = body?.found ? child(body.at, 'content') : undefined;
  const media = content && children(content).find(({ key }) => /[/+]json$/.test(key));
  const schema = media && child(media, 'schema');
  const ref = schema && stringOf(refOf(schema.node)?.value);
  return ref === undefined ? undefined : lastPart(ref);
}

/** Classes by the name of a schema, with or without `Dto`. */
function declared(
  index: FeatureIndex,
  component: string,
  isType: boolean,
): readonly { readonly name: string; readonly file: FileId }[] {
  return dtoOf(index, component).flatMap(({ file, start, end }) => {
    const text = index.ready.textOf(file) ?? '';
    const declares = isType ? /\b(?:class|interface|type)\s+$/ : /\bclass\s+$/;
    return declares.test(text.slice(0, start)) ? [{ name: text.slice(start, end), file }] : [];
  });
}

function textsOf(index: FeatureIndex): readonly string[] {
  return [...index.dtoFiles()].map((file) => index.ready.textOf(file) ?? '');
}

function newClass(
  index: FeatureIndex,
  { origin }: SpecOperation,
  shape: Shape,
  component: string,
  { file, source }: { readonly file: FileId; readonly source: Source },
): BodyClass | undefined {
  const texts = textsOf(index);
  const like = texts.find((text) => text.includes('class-validator')) ?? texts[0];
  const style = styleOf(like, source);
  const shapes = index.ready.snapshot.specs.find(({ file: spec }) => spec === origin.spec)?.shapes ?? {};
  const writer = new DtoWriter(style, shapes);
  const name = writer.write(component, shape);
  if (name === undefined) return undefined;
  const { eol } = style;
  const imports = [...writer.imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, names]) => importLine(style, from, [...names].sort()));
  const text =
    [...(imports.length > 0 ? [imports.join(eol)] : []), ...writer.classes].join(`${eol}${eol}`) + eol;
  const path = fileId(`${folderFor(source, file)}/${kebab(name.replace(/Dto$/, ''))}.dto.ts`);
  if (index.ready.textOf(path) !== undefined) return undefined;
  return {
    name,
    specifier: relativeSpecifier(source, file, path),
    edits: [{ file: path, start: 0, end: 0, text, create: true }],
  };
}

function styleOf(like: string | undefined, controller: Source): DtoStyle {
  const source = (like === undefined ? undefined : readSource(like)) ?? controller;
  return {
    quote: source.quote,
    semicolons: source.semicolons,
    step: source.step,
    eol: source.eol,
    hasValidators: like?.includes('class-validator') === true,
    asserts: like !== undefined && /^\s*(?:readonly )?\w+!:/m.test(like),
    isReadonly: like !== undefined && /^\s*readonly \w+[!?]?:/m.test(like),
    suffix: 'Dto',
  };
}

/** Where the controller has others from; `dto` beside it else. */
function folderFor(source: Source, controller: FileId): string {
  const folder = controller.split('/').slice(0, -1);
  const other = specifiersOf(source).find((specifier) => /^\.\.?\/.*\.dto(?:\.js)?$/.test(specifier));
  const steps = other === undefined ? ['dto'] : other.split('/').slice(0, -1);
  return steps
    .reduce<readonly string[]>(
      (at, step) => (step === '.' ? at : step === '..' ? at.slice(0, -1) : [...at, step]),
      folder,
    )
    .join('/');
}

/** As the file writes its own imports: with `.js`, or with nothing. */
function relativeSpecifier(source: Source, from: FileId, to: FileId): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let common = 0;
  while (common < here.length && here[common] === there[common]) common += 1;
  const up = here.slice(common).map(() => '..');
  const path = [...(up.length > 0 ? up : ['.']), ...there.slice(common)].join('/');
  const isWithEnding = specifiersOf(source).some((specifier) => /^\..*\.js$/.test(specifier));
  return path.replace(/\.ts$/, isWithEnding ? '.js' : '');
}
