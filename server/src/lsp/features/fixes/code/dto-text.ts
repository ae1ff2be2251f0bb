/** Classes of data for schemas, with decorators of class-validator, as far as a schema can be said in them. */

import { shapeBehind, type Field, type Shape, type Shapes } from '../../../../contract/shape.ts';
import { pascal } from '../../../../contract/words.ts';
import { lastPart } from '../../../../contract/shape-text.ts';
import { isName } from '../../../../code/edit/source.ts';
import { patternLiteral, withoutNull } from './shape-words.ts';

/** How classes of the project are written. */
export interface DtoStyle {
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  readonly step: string;
  readonly eol: string;
  readonly hasValidators: boolean;
  /** `name!: string`, as `strictPropertyInitialization` asks for. */
  readonly asserts: boolean;
  readonly isReadonly: boolean;
  /** Limits are written in comments, as tsoa reads them. */
  readonly annotates?: true;
  /** `Dto`, behind names that do not end so. */
  readonly suffix: string;
}

/** A property as text: decorators and declaration, without indentation. */
export interface PropertyText {
  readonly lines: readonly string[];
}

type Member = readonly [type: string, decorators: readonly string[]];

const validator = 'class-validator';
const transformer = 'class-transformer';

export class DtoWriter {
  readonly #style: DtoStyle;
  readonly #shapes: Shapes;
  readonly #classes = new Map<string, string>();
  readonly #open = new Set<string>();
  readonly imports = new Map<string, Set<string>>();

  constructor(style: DtoStyle, shapes: Shapes) {
    this.#style = style;
    this.#shapes = shapes;
  }

  get classes(): readonly string[] {
    return [...this.#classes.values()];
  }

  /** Writes a class, and those that it needs; undefined for what no class can say. */
  write(name: string, shape: Shape): string | undefined {
    const className = name.endsWith(this.#style.suffix) ? name : `${name}${this.#style.suffix}`;
    if (this.#classes.has(className)) return className;
    const object = shapeBehind(shape, this.#shapes);
    // A class that contains itself is possible, and rare in what a request sends.
    if (object?.kind !== 'object' || object.rest || this.#open.has(className) || !isName(className))
      return undefined;
    this.#open.add(className);
    const { step, eol } = this.#style;
    const properties = Object.entries(object.fields).map(([field, one]) =>
      this.property(field, one, className),
    );
    this.#open.delete(className);
    if (properties.length === 0 || properties.includes(undefined)) return undefined;
    const body = properties.map((property) =>
      (property?.lines ?? []).map((line) => `${step}${line}`).join(eol),
    );
    const gap = this.#style.hasValidators ? `${eol}${eol}` : eol;
    this.#classes.set(className, `export class ${className} {${eol}${body.join(gap)}${eol}}`);
    return className;
  }

  property(name: string, { shape, required, readOnly }: Field, owner: string): PropertyText | undefined {
    if (readOnly) return { lines: [] };
    const { hasValidators, asserts, isReadonly, semicolons } = this.#style;
    const [member, isNullable] = withoutNull(shape);
    const [type, decorators] = (member && this.#member(member, `${owner} ${name}`, false)) ?? [];
    if (type === undefined || !decorators || !isName(name)) return undefined;
    const isRequired = required === true;
    const key = `${isReadonly ? 'readonly ' : ''}${name}${isRequired ? (asserts ? '!' : '') : '?'}`;
    const nullable = isNullable && isRequired ? ['ValidateIf((_, value) => value !== null)'] : [];
    const all = hasValidators ? [...(isRequired ? nullable : ['IsOptional()']), ...decorators] : [];
    for (const one of all)
      this.#import(one.startsWith('Type(') ? transformer : validator, one.split('(')[0] ?? '');
    return {
      lines: [
        ...(this.#style.annotates ? annotations(member) : []),
        ...all.map((one) => `@${one}`),
        `${key}: ${type}${isNullable ? ' | null' : ''}${semicolons ? ';' : ''}`,
      ],
    };
  }

  #import(from: string, name: string): void {
    const names = this.imports.get(from) ?? new Set();
    names.add(name);
    this.imports.set(from, names);
  }

  #member(shape: Shape, place: string, each: boolean): Member | undefined {
    const all = each ? ', { each: true }' : '';
    const alone = each ? '{ each: true }' : '';
    switch (shape.kind) {
      case 'string':
        return this.#text(shape, all, alone);
      case 'number':
        return numberMember(shape, all, alone);
      case 'boolean':
        return shape.values ? undefined : ['boolean', [`IsBoolean(${alone})`]];
      case 'array': {
        const [type, decorators] = (each ? undefined : this.#member(shape.items, place, true)) ?? [];
        if (type === undefined || !decorators) return undefined;
        const { minItems, maxItems } = shape;
        const limits = [
          ...(minItems === undefined ? [] : [`ArrayMinSize(${minItems})`]),
          ...(maxItems === undefined ? [] : [`ArrayMaxSize(${maxItems})`]),
        ];
        return [/[ |]/.test(type) ? `(${type})[]` : `${type}[]`, ['IsArray()', ...limits, ...decorators]];
      }
      case 'object':
        return this.#object(shape, place, alone);
      case 'ref': {
        const target = shapeBehind(shape, this.#shapes);
        if (!target) return undefined;
        if (target.kind !== 'object') return this.#member(target, place, each);
        return this.#nested(lastPart(shape.id), target, alone);
      }
      default:
        return undefined;
    }
  }

  #object(shape: Shape & { readonly kind: 'object' }, place: string, alone: string): Member | undefined {
    if (Object.keys(shape.fields).length === 0)
      return shape.rest ? undefined : ['Record<string, unknown>', [`IsObject(${alone})`]];
    return this.#nested(pascal(place.replace(new RegExp(`${this.#style.suffix}\\b`), '')), shape, alone);
  }

  #nested(name: string, shape: Shape, alone: string): Member | undefined {
    const className = this.write(name, shape);
    return className === undefined
      ? undefined
      : [className, [`ValidateNested(${alone})`, `Type(() => ${className})`]];
  }

  #text(shape: Shape & { readonly kind: 'string' }, all: string, alone: string): Member | undefined {
    const { values, format, minLength, maxLength, pattern } = shape;
    if (values) {
      const literals = values.map((value) => this.#quoted(value));
      return [literals.join(' | '), [`IsIn([${literals.join(', ')}]${all})`]];
    }
    const named = formats[format ?? ''];
    const options = alone === '' ? '' : named?.first === undefined ? alone : `${named.first}, ${alone}`;
    const kind = `${named?.name ?? 'IsString'}(${options})`;
    const lengths =
      minLength !== undefined && maxLength !== undefined
        ? [`Length(${minLength}, ${maxLength}${all})`]
        : [
            ...(minLength === undefined ? [] : [`MinLength(${minLength}${all})`]),
            ...(maxLength === undefined ? [] : [`MaxLength(${maxLength}${all})`]),
          ];
    const literal = pattern === undefined ? '' : patternLiteral(pattern);
    if (literal === undefined) return undefined;
    const matches = literal === '' ? [] : [`Matches(${literal}${all})`];
    return ['string', [kind, ...lengths, ...matches]];
  }

  #quoted(text: string): string {
    const { quote } = this.#style;
    return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
  }
}

/** `@minLength 1`, `@isInt`, as https://tsoa-community.github.io/docs/annotations.html lists them. */
function annotations(shape: Shape | undefined): readonly string[] {
  const limits = shape ? limitsOf(shape) : [];
  const [only, ...more] = limits;
  if (only === undefined) return [];
  return more.length === 0 ? [`/** ${only} */`] : ['/**', ...limits.map((limit) => ` * ${limit}`), ' */'];
}

function limitsOf(shape: Shape): readonly string[] {
  const tag = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [`@${name} ${value}`];
  switch (shape.kind) {
    case 'string':
      return [
        ...(shape.format === 'date' ? ['@isDate'] : shape.format === 'date-time' ? ['@isDateTime'] : []),
        ...tag('minLength', shape.minLength),
        ...tag('maxLength', shape.maxLength),
        ...tag('pattern', shape.pattern),
      ];
    case 'number':
      return [
        ...(shape.integer ? ['@isInt'] : []),
        ...tag('minimum', shape.minimum),
        ...tag('maximum', shape.maximum),
      ];
    case 'array':
      return [...tag('minItems', shape.minItems), ...tag('maxItems', shape.maxItems)];
    default:
      return [];
  }
}

/** `first`: what stands in front of the options of validation. */
const formats: Readonly<Record<string, { readonly name: string; readonly first?: string }>> = {
  'date-time': { name: 'IsDateString', first: '{}' },
  date: { name: 'IsDateString', first: '{}' },
  email: { name: 'IsEmail', first: '{}' },
  uuid: { name: 'IsUUID', first: 'undefined' },
  uri: { name: 'IsUrl', first: '{}' },
};

function numberMember(
  shape: Shape & { readonly kind: 'number' },
  all: string,
  alone: string,
): Member | undefined {
  const { integer, values, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape;
  if (exclusiveMinimum !== undefined || exclusiveMaximum !== undefined) return undefined;
  if (values) return [values.join(' | '), [`IsIn([${values.join(', ')}]${all})`]];
  const number = alone === '' ? 'IsNumber()' : `IsNumber({}, ${alone})`;
  return [
    'number',
    [
      integer ? `IsInt(${alone})` : number,
      ...(minimum === undefined ? [] : [`Min(${minimum}${all})`]),
      ...(maximum === undefined ? [] : [`Max(${maximum}${all})`]),
      ...(multipleOf === undefined || (integer && multipleOf === 1)
        ? []
        : [`IsDivisibleBy(${multipleOf}${all})`]),
    ],
  ];
}
