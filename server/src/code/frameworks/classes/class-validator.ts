/** Decorators of class-validator and class-transformer: what a pipe that checks a class lets in of a property. */

import type { Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Demand, Value, Wire } from '../../evaluate/values.ts';
import { enumShape } from '../../shapes/constants.ts';
import {
  arrayOfShape,
  both,
  emptyObject,
  limitItems,
  limitText,
  listed,
  nullable,
  numberOf,
  optionOf,
  orNumericText,
  patternOf,
  quoted,
  unionOf,
  unknownShape,
  valuesShape,
} from '../../shapes/validators/schema.ts';
import type { DecoratorUse } from './decorators.ts';

/** What pipes do with a class. */
export interface Validation {
  /** Properties that no decorator mentions are dropped, or refused. */
  readonly unlisted: 'kept' | 'dropped' | 'refused';
  /** Values are converted to the written types. */
  readonly converts: boolean;
  /** A missing value is never refused. */
  readonly skipsMissing: boolean;
  /** Handlers get an instance of the class, in which fields that are missing have their initial values. */
  readonly makesInstances: boolean;
  /** Rules of these groups only; undefined for all. */
  readonly groups: readonly string[] | undefined;
}

export interface Property {
  readonly run: Run;
  readonly uses: readonly DecoratorUse[];
  /** There are decorators that could not be read: any of them may let more in. */
  readonly partly: boolean;
  readonly validation: Validation;
  readonly wire: Wire;
  /** What the written type says. */
  readonly typed: Shape;
  /** May it be missing by its type? */
  readonly typedOptional: boolean;
  /** It has a value before anything is assigned. */
  readonly initialised: boolean;
  /** What the value is made an instance of: `@Type(() => Item)`, else the written class. */
  readonly nested: () => Shape;
  /** The constructor that converts it: `@Type(() => Number)`. */
  readonly converter: string | undefined;
  readonly at: Span;
}

const text: Shape = { kind: 'string' };
const number: Shape = { kind: 'number', integer: false };
const dates: Shape = unionOf([
  { kind: 'string', format: 'date' },
  { kind: 'string', format: 'date-time' },
]);

/** Checks that take nothing but texts, with the format or pattern that OpenAPI has a word for. */
const texts: Readonly<Record<string, Shape>> = Object.fromEntries([
  ...'IsString IsAscii IsBase32 IsBase58 IsBase64 IsBIC IsBooleanString IsBtcAddress IsCreditCard IsCurrency IsDataURI IsDecimal IsEAN IsEthereumAddress IsFirebasePushId IsFullWidth IsHalfWidth IsHash IsHexadecimal IsHexColor IsHSL IsIBAN IsIdentityCard IsIP IsISBN IsISIN IsISO31661Alpha2 IsISO31661Alpha3 IsISO4217CurrencyCode IsISRC IsISSN IsJSON IsJWT IsLatLong IsLocale IsLowercase IsMACAddress IsMagnetURI IsMilitaryTime IsMimeType IsMobilePhone IsMultibyte IsNumberString IsOctal IsPassportNumber IsPhoneNumber IsPort IsPostalCode IsRgbColor IsSemVer IsStrongPassword IsSurrogatePair IsTaxId IsTimeZone IsUppercase IsVariableWidth Contains NotContains'
    .split(' ')
    .map((name): [string, Shape] => [name, text]),
  ['IsEmail', { kind: 'string', format: 'email' }],
  ['IsUrl', { kind: 'string', format: 'uri' }],
  ['IsUUID', { kind: 'string', format: 'uuid' }],
  ['IsFQDN', { kind: 'string', format: 'hostname' }],
  ['IsRFC3339', { kind: 'string', format: 'date-time' }],
  ['IsDateString', dates],
  ['IsISO8601', dates],
  ['IsMongoId', { kind: 'string', pattern: '^[0-9a-fA-F]{24}$' }],
  ['IsAlpha', text],
  ['IsAlphanumeric', text],
]);

/** Rules that refuse nothing that is missing, or about which the decorator does not say. */
const silent = new Set([
  'Allow',
  'IsOptional',
  'ValidateIf',
  'Validate',
  'ValidateBy',
  'IsEmpty',
  'ValidatePromise',
]);

/** What is let in of a property; undefined for one that is dropped or refused whatever it holds. */
export function propertyDemand(property: Property): Demand | undefined {
  const { uses, validation, wire, at } = property;
  if (property.partly) return { shape: property.typed, optional: property.typedOptional ? true : undefined };
  const mine = uses.filter((use) => applies(property, use));
  const has = (name: string): boolean => mine.some((use) => use.name === name);
  if (mine.length === 0 && validation.unlisted !== 'kept') return undefined;
  const transformers = uses.filter(({ module }) => module === 'class-transformer');
  const isHidden = transformers.some(
    ({ name, args }) => name === 'Exclude' && !isOn(property, args[0], 'toPlainOnly'),
  );
  // Dropped before anything is checked: not even those that refuse what they do not know see it.
  if (isHidden)
    return validation.unlisted === 'refused'
      ? { shape: unknownShape('value that is dropped', at), optional: true }
      : undefined;
  const checks = mine.filter(({ name }) => !silent.has(name));
  const refusesMissing = checks.length > 0 && !validation.skipsMissing;
  const optional =
    has('IsOptional') || property.initialised
      ? true
      : has('ValidateIf')
        ? undefined
        : refusesMissing
          ? false
          : validation.skipsMissing && mine.length > 0
            ? true
            : property.typedOptional;
  const isRewritten = transformers.some(
    ({ name, args }) => name === 'Transform' && !isOn(property, args[1], 'toPlainOnly'),
  );
  if (isRewritten) return { shape: unknownShape('value that is transformed', at), optional };
  const shape = has('ValidateIf') ? property.typed : checked(property, checks);
  return { shape: has('IsOptional') && wire === 'json' ? nullable(shape) : shape, optional };
}

function isOn({ run }: Property, options: Value | undefined, name: string): boolean {
  const value = optionOf(run, options, name);
  return value?.t === 'boolean' && value.value;
}

/** A rule of class-validator that the groups of the pipe leave in force. */
function applies({ run, validation: { groups } }: Property, { module, args }: DecoratorUse): boolean {
  if (module !== 'class-validator') return false;
  const options = args.find((arg) => optionOf(run, arg, 'groups'));
  if (!groups || !options) return true;
  const own = listed(run, optionOf(run, options, 'groups'))?.map(fixedText);
  return own === undefined || own.some((one) => one !== undefined && groups.includes(one));
}

function checked(property: Property, checks: readonly DecoratorUse[]): Shape {
  const { run, wire, typed, at, validation } = property;
  const nested = checks.some(({ name }) => name === 'ValidateNested') ? property.nested() : undefined;
  let whole: Shape | undefined;
  let items: Shape | undefined;
  for (const { name, args } of checks) {
    const shape = ruleShape(run, name, args, at);
    if (!shape) continue;
    if (args.some((arg) => isOn(property, arg, 'each'))) items = items ? both(items, shape) : shape;
    else whole = whole ? both(whole, shape) : shape;
  }
  const isList = typed.kind === 'array' || whole?.kind === 'array';
  if (nested) whole = isList ? both(whole ?? arrayOfShape(nested), arrayOfShape(nested)) : nested;
  if (items) whole = both(whole ?? arrayOfShape(items), arrayOfShape(items));
  const shape = whole ? notEmpty(filled(whole, typed), checks) : typed;
  if (wire === 'text') return shape;
  const { converter } = property;
  const to = converter?.toLowerCase() ?? (validation.converts ? typed.kind : undefined);
  return converted(shape, to);
}

function notEmpty(shape: Shape, checks: readonly DecoratorUse[]): Shape {
  return checks.some(({ name }) => name === 'IsNotEmpty') && shape.kind === 'string' && !shape.minLength
    ? limitText(shape, { minLength: 1 })
    : shape;
}

/** What rules leave open, the written type says. */
function filled(shape: Shape, typed: Shape): Shape {
  if (typed.kind === 'unknown') return shape;
  switch (shape.kind) {
    case 'unknown':
      return typed;
    case 'array':
      return shape.items.kind === 'unknown' && typed.kind === 'array'
        ? { ...shape, items: typed.items }
        : shape;
    case 'object':
      return shape.open &&
        Object.keys(shape.fields).length === 0 &&
        (typed.kind === 'object' || typed.kind === 'ref')
        ? typed
        : shape;
    default:
      return shape;
  }
}

/** With what is made a value of the property's type before it is checked: `@Type(() => Number)`, implicit conversion. */
function converted(shape: Shape, to: string | undefined): Shape {
  switch (to) {
    case 'number':
      return shape.kind === 'number' ? unionOf([orNumericText(shape), { kind: 'boolean' }]) : shape;
    case 'boolean':
      // Any value is true or false.
      return shape.kind === 'boolean' ? unionOf([shape, text, number]) : shape;
    case 'string':
      return shape.kind === 'string' ? unionOf([shape, number, { kind: 'boolean' }]) : shape;
    default:
      return shape;
  }
}

/** What one rule lets in; undefined where it says nothing of the shape. */
function ruleShape(run: Run, name: string, args: readonly Value[], at: Span): Shape | undefined {
  const [first, second] = args;
  const size = numberOf(first);
  const known = texts[name];
  switch (name) {
    case 'Contains': {
      const seed = first && fixedText(first);
      return seed === undefined ? text : { kind: 'string', pattern: quoted(seed) };
    }
    case 'Length':
      return {
        kind: 'string',
        ...(size !== undefined && { minLength: size }),
        ...(numberOf(second) !== undefined && { maxLength: numberOf(second) ?? 0 }),
      };
    case 'MinLength':
      return { kind: 'string', ...(size !== undefined && { minLength: size }) };
    case 'MaxLength':
      return { kind: 'string', ...(size !== undefined && { maxLength: size }) };
    case 'Matches':
      return { kind: 'string', ...patternOf(first) };
    case 'IsNumber':
      return number;
    case 'IsInt':
      return { kind: 'number', integer: true };
    case 'IsPositive':
      return { kind: 'number', integer: false, exclusiveMinimum: 0 };
    case 'IsNegative':
      return { kind: 'number', integer: false, exclusiveMaximum: 0 };
    case 'Min':
      return { kind: 'number', integer: false, ...(size !== undefined && { minimum: size }) };
    case 'Max':
      return { kind: 'number', integer: false, ...(size !== undefined && { maximum: size }) };
    case 'IsDivisibleBy':
      return { kind: 'number', integer: false, ...(size !== undefined && { multipleOf: size }) };
    case 'IsLatitude':
    case 'IsLongitude':
      return unionOf([text, number]);
    case 'IsBoolean':
      return { kind: 'boolean' };
    case 'IsDate':
    case 'MinDate':
    case 'MaxDate':
      // No JSON value is a date: something has made it of what came.
      return unionOf([text, number]);
    case 'IsEnum':
      return (first && enumShape(run, first)) ?? unknownShape('values of an enum', at);
    case 'IsIn': {
      const values = listed(run, first);
      return (values && valuesShape(values)) ?? unknownShape('values', at);
    }
    case 'Equals':
      return first && valuesShape([first]);
    case 'IsObject':
    case 'IsNotEmptyObject':
      return { ...emptyObject(), open: true };
    case 'IsArray':
    case 'ArrayUnique':
    case 'ArrayContains':
    case 'ArrayNotContains':
      return arrayOfShape(unknownShape('items', at));
    case 'ArrayNotEmpty':
      return { kind: 'array', items: unknownShape('items', at), minItems: 1 };
    case 'ArrayMinSize':
      return limitItems(
        arrayOfShape(unknownShape('items', at)),
        size === undefined ? {} : { minItems: size },
      );
    case 'ArrayMaxSize':
      return limitItems(
        arrayOfShape(unknownShape('items', at)),
        size === undefined ? {} : { maxItems: size },
      );
    default:
      return known;
  }
}
