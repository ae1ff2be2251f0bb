/** express-validator: chains (`body('email').isEmail()`) and tables of them (`checkSchema({ … })`) as demands on a request. */

import { iso8601, type Field, type Scalar, type Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { read } from '../../evaluate/run.ts';
import { fixedText, scalarOf } from '../../evaluate/text-parts.ts';
import { text, type Demand, type ExternalValue, type Value } from '../../evaluate/values.ts';
import type { ObjectShape } from '../algebra.ts';
import {
  anything,
  arrayOfShape,
  both,
  demand,
  emptyObject,
  limitItems,
  limitNumber,
  limitText,
  listed,
  nullShape,
  numberOf,
  optionOf,
  orBooleanText,
  orNumericText,
  patternOf,
  textsOf,
  unionOf,
  unknownShape,
  valuesShape,
  type Reading,
} from './schema.ts';

/** The part of a request that a function of the package looks at. */
const parts: Readonly<Record<string, string>> = {
  body: 'body',
  query: 'query',
  param: 'params',
  header: 'headers',
  cookie: 'cookies',
  params: 'params',
  headers: 'headers',
  cookies: 'cookies',
};

interface Check {
  readonly method: string;
  readonly args: readonly Value[];
}

/** What a chain or table demands of a whole request: `{ body: { email: email } }`. */
export function expressValidatorDemand(reading: Reading, value: ExternalValue): Demand {
  const links: ExternalValue[] = [];
  for (let link: ExternalValue | undefined = value; link; link = link.on) if (link.args) links.unshift(link);
  const [root, ...rest] = links;
  const kind = root?.path.at(-1) ?? '';
  const [first, second] = root?.args ?? [];
  if (kind === 'checkSchema' && first?.t === 'object') return tableDemand(reading, first, second, value.at);
  if (kind === 'oneOf' || kind === 'checkExact') {
    const all = (first ? flat(first) : []).map((one) => reading.inner(one).shape);
    return demand(all.map((one) => (kind === 'oneOf' ? loosened(one) : one)).reduce(both, emptyObject()));
  }
  const part = parts[kind];
  if (part === undefined) return anything(`express-validator ${kind}()`, value.at);
  const checks = rest.map((link): Check => ({ method: methodOf(link), args: link.args ?? [] }));
  if (first === undefined)
    return demand({
      ...emptyObject(),
      fields: { [part]: field({ ...emptyObject(), open: true }, undefined, value.at) },
    });
  return demand(
    textsOf(first)
      .map((name) => {
        const own = checks.filter(({ method, args }) => method !== 'if' || !isThere(args[0], part, name));
        const parent = own.length < checks.length;
        return onPart(part, name, checked(reading, own, value.at, part), root?.at ?? value.at, parent);
      })
      .reduce(both, emptyObject()),
  );
}

function methodOf({ path }: ExternalValue): string {
  return path.at(-1) ?? '';
}

/** `body('address.city').if(body('address').exists())`: what is within something is checked wherever that is there. */
function isThere(condition: Value | undefined, part: string, name: string): boolean {
  if (condition?.t !== 'external' || methodOf(condition) !== 'exists' || condition.args?.length !== 0)
    return false;
  const asked = condition.on;
  const [field] = asked?.args ?? [];
  const parent = field && fixedText(field);
  return (
    asked !== undefined &&
    parent !== undefined &&
    parts[methodOf(asked)] === part &&
    name.split('.').slice(0, -1).join('.') === parent
  );
}

function flat(value: Value): readonly Value[] {
  return value.t === 'array' ? value.items.flatMap(flat) : [value];
}

/** One of several must pass: names are known, and nothing else. */
function loosened(shape: Shape): Shape {
  if (shape.kind !== 'object') return shape;
  return {
    ...shape,
    fields: Object.fromEntries(
      Object.entries(shape.fields).map(([name, { shape: inner, at }]) => [
        name,
        { shape: inner.kind === 'object' ? loosened(inner) : unknownShape('one of several checks', at), at },
      ]),
    ),
  };
}

function field(shape: Shape, optional: boolean | undefined, at: Span): Field {
  return { shape, ...(optional !== undefined && { required: !optional }), at };
}

/**
 * `user.email`: an object in an object; `tags.*`: what is in a list. Headers are never taken apart.
 * @param ifParent Nothing is checked where the object around it is missing.
 */
function onPart(
  part: string,
  name: string,
  { shape, optional, default: fallback }: Demand,
  at: Span,
  ifParent = false,
): ObjectShape {
  const steps = part === 'headers' ? [name] : name.split('.');
  let inner = shape;
  let isOptional = optional;
  for (const step of [...steps.slice(1)].reverse()) {
    if (step === '*') {
      inner = arrayOfShape(inner);
      // Nothing is checked where the list is missing.
      isOptional = undefined;
    } else {
      inner = { kind: 'object', fields: { [step]: field(inner, isOptional, at) }, open: true };
      if (ifParent) isOptional = true;
    }
  }
  const [top = ''] = steps;
  const whole = {
    ...field(inner, isOptional, at),
    ...(steps.length === 1 && fallback !== undefined && { default: fallback }),
  };
  const fields = top === '*' || top === '' ? {} : { [top]: whole };
  return { ...emptyObject(), fields: { [part]: field({ ...emptyObject(), fields }, undefined, at) } };
}

/** `checkSchema({ email: { in: ['body'], isEmail: true, optional: { options: { … } } } }, ['body'])`. */
function tableDemand(
  reading: Reading,
  table: Extract<Value, { t: 'object' }>,
  places: Value | undefined,
  at: Span,
): Demand {
  let all: Shape = emptyObject();
  for (const [name, cell] of table.props) {
    const entry = read(reading.run, cell);
    if (entry.t !== 'object') continue;
    const given = textsOf(optionOf(reading.run, entry, 'in') ?? places);
    const [part] = given.map((one) => parts[one]);
    if (part === undefined || given.length > 1) continue;
    const checks = [...entry.props].flatMap(([method, { value }]): Check[] => {
      if (method === 'in' || method === 'errorMessage' || !value) return [];
      if (value.t === 'boolean') return value.value ? [{ method, args: [] }] : [];
      const options = optionOf(reading.run, value, 'options');
      return [
        {
          method,
          args: options
            ? options.t === 'array' && method !== 'isIn'
              ? options.items
              : inOptions(options)
            : [],
        },
      ];
    });
    all = both(all, onPart(part, name, checked(reading, checks, entry.at, part), entry.at));
  }
  return all.kind === 'object' ? demand(all) : anything('checkSchema()', at);
}

/** The options of `isIn` are the list, or a list of arguments that holds it. */
function inOptions(options: Value): readonly Value[] {
  return options.t === 'array' && options.items[0]?.t === 'array' ? options.items : [options];
}

const formats: Readonly<Record<string, string>> = {
  isEmail: 'email',
  isURL: 'uri',
  isUUID: 'uuid',
  isISO8601: iso8601,
  isDate: 'string',
  isRFC3339: 'date-time',
  isIP: 'string',
  isAlpha: 'string',
  isAlphanumeric: 'string',
  isSlug: 'string',
  isMobilePhone: 'string',
  isJWT: 'string',
  isString: 'string',
  isHexColor: 'string',
  isBase64: 'string',
  isCreditCard: 'string',
  isStrongPassword: 'string',
};

/** What the checks of one field let pass. A check of a missing value fails as it does for an empty text. */
function checked(reading: Reading, checks: readonly Check[], at: Span, part: string): Demand {
  const isRepeatable = part === 'body' || part === 'query';
  const { run } = reading;
  let shape: Shape = unknownShape('type of an input', at);
  let required = false;
  let optional = false;
  let doubt = false;
  let isExact = false;
  let passes: Shape | undefined;
  let fallback: Scalar | undefined;
  const is = (one: Shape): void => {
    shape = both(shape, one);
    required = true;
  };
  checks.forEach(({ method, args }, index) => {
    const [first] = args;
    if (checks[index - 1]?.method === 'not') return;
    const size = (name: string): number | undefined => numberOf(optionOf(run, first, name));
    const format = formats[method];
    if (format !== undefined) {
      if (method === 'isString') isExact = true;
      is({ kind: 'string', ...(format !== 'string' && { format }) });
      return;
    }
    switch (method) {
      case 'optional':
      case 'default':
        optional = true;
        if (method === 'default') fallback = scalarOf(first);
        passes = unchecked(reading, first);
        if (!passes && optionOf(run, first, 'values')) doubt = true;
        break;
      case 'if':
        doubt = true;
        break;
      case 'exists':
      case 'notEmpty':
        required = true;
        break;
      case 'isInt':
      case 'isFloat':
      case 'isNumeric':
      case 'isDecimal':
        is(
          limitNumber(
            { kind: 'number', integer: method === 'isInt' },
            {
              ...(size('min') !== undefined && { minimum: size('min') ?? 0 }),
              ...(size('max') !== undefined && { maximum: size('max') ?? 0 }),
              ...(size('gt') !== undefined && { exclusiveMinimum: size('gt') ?? 0 }),
              ...(size('lt') !== undefined && { exclusiveMaximum: size('lt') ?? 0 }),
            },
          ),
        );
        break;
      case 'isBoolean':
        is({ kind: 'boolean' });
        break;
      case 'isArray':
        isExact = true;
        is(
          limitItems(arrayOfShape(unknownShape('items', at)), {
            ...(size('min') !== undefined && { minItems: size('min') ?? 0 }),
            ...(size('max') !== undefined && { maxItems: size('max') ?? 0 }),
          }),
        );
        break;
      case 'isObject':
        isExact = true;
        is({ ...emptyObject(), open: true });
        break;
      case 'isMongoId':
        is({ kind: 'string', pattern: '^[0-9a-fA-F]{24}$' });
        break;
      case 'isIn': {
        const values = listed(run, first);
        const one = values && valuesShape(values);
        if (one) is(one);
        else required = true;
        break;
      }
      case 'equals':
        if (first && fixedText(first) !== undefined) is(valuesShape([first]) ?? shape);
        break;
      case 'isLength': {
        const min = size('min');
        const max = size('max');
        if (shape.kind === 'string')
          shape = limitText(shape, {
            ...(min !== undefined && { minLength: min }),
            ...(max !== undefined && { maxLength: max }),
          });
        if (min !== undefined && min > 0) required = true;
        break;
      }
      case 'matches':
        if (shape.kind === 'string') shape = limitText(shape, patternOf(first));
        break;
      default:
    }
  });
  // With `nullable` and the like, or under a condition, more passes than the checks say.
  if (doubt)
    return {
      shape: unknownShape('input that is checked under a condition', at),
      optional: optional ? true : undefined,
    };
  if (!isExact && shape.kind !== 'unknown') shape = asText(reading, shape, isRepeatable);
  return {
    shape: passes && shape.kind !== 'unknown' ? unionOf([shape, passes]) : shape,
    optional: optional ? true : required ? false : undefined,
    default: fallback,
  };
}

/** What `optional()` lets pass without a check, beside a missing value. */
function unchecked({ run }: Reading, options: Value | undefined): Shape | undefined {
  const isOn = (name: string): boolean => {
    const option = optionOf(run, options, name);
    return option?.t === 'boolean' && option.value;
  };
  const values = optionOf(run, options, 'values');
  const which = values && fixedText(values);
  if (isOn('checkFalsy') || which === 'falsy')
    return unionOf([
      nullShape,
      { kind: 'string', values: [''] },
      { kind: 'number', integer: true, values: [0] },
      { kind: 'boolean', values: [false] },
    ]);
  return isOn('nullable') || which === 'null' ? nullShape : undefined;
}

/** Most checks look at the text of a value (validator.js takes texts only), and at each item of a list. */
function asText({ wire }: Reading, shape: Shape, isRepeatable: boolean): Shape {
  const one =
    wire === 'text'
      ? shape
      : orNumericText(
          shape.kind === 'boolean'
            ? unionOf([
                orBooleanText(shape, ['true', 'false', '1', '0']),
                { kind: 'number', integer: true, values: [0, 1] },
              ])
            : shape,
        );
  return isRepeatable ? unionOf([one, arrayOfShape(one)]) : one;
}

/** The parts of a request as celebrate names them. */
export function celebrateSegment(value: ExternalValue): Value | undefined {
  const [space, name = ''] = value.path;
  if (value.module !== 'celebrate' || space !== 'Segments') return undefined;
  const segments: Readonly<Record<string, string>> = {
    BODY: 'body',
    QUERY: 'query',
    PARAMS: 'params',
    HEADERS: 'headers',
    COOKIES: 'cookies',
    SIGNEDCOOKIES: 'signedCookies',
  };
  const segment = segments[name];
  return segment === undefined ? undefined : text(segment, value.at);
}
