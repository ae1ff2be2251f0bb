/** Schemas of validation libraries for shapes, as far as they can be said in their calls. */

import { shapeBehind, type Field, type Shape, type Shapes } from '../../../../contract/shape.ts';
import { isName } from '../../../../code/edit/source.ts';
import { patternLiteral, withoutNull } from './shape-words.ts';

/** How schemas of the file are written. */
export interface SchemaStyle {
  readonly library: SchemaLibrary;
  /** What the library is called: `z`, `Joi`, `yup`. */
  readonly name: string;
  readonly quoted: (text: string) => string;
}

export type SchemaLibrary = 'zod' | 'joi' | 'yup';

interface Words {
  readonly formats: Readonly<Record<string, string>>;
  readonly nullable: string;
  /** Behind what need not be there, and what must. */
  readonly optional: string;
  readonly required: string;
  readonly oneOf: (values: readonly string[], name: string) => string;
  readonly list: (items: string, name: string) => string;
  readonly pattern: string;
}

const words: Readonly<Record<SchemaLibrary, Words>> = {
  zod: {
    formats: {
      'date-time': '.datetime()',
      date: '.date()',
      email: '.email()',
      uuid: '.uuid()',
      uri: '.url()',
    },
    nullable: '.nullable()',
    optional: '.optional()',
    required: '',
    oneOf: (values, name) => `${name}.enum([${values.join(', ')}])`,
    list: (items, name) => `${name}.array(${items})`,
    pattern: 'regex',
  },
  joi: {
    formats: {
      'date-time': '.isoDate()',
      date: '.isoDate()',
      email: '.email()',
      uuid: '.uuid()',
      uri: '.uri()',
    },
    nullable: '.allow(null)',
    optional: '',
    required: '.required()',
    oneOf: (values, name) => `${name}.string().valid(${values.join(', ')})`,
    list: (items, name) => `${name}.array().items(${items})`,
    pattern: 'pattern',
  },
  yup: {
    formats: { 'date-time': '.datetime()', email: '.email()', uuid: '.uuid()', uri: '.url()' },
    nullable: '.nullable()',
    optional: '',
    required: '.required()',
    oneOf: (values, name) => `${name}.string().oneOf([${values.join(', ')}])`,
    list: (items, name) => `${name}.array().of(${items})`,
    pattern: 'matches',
  },
};

/** Deeper than this nobody writes a schema on one line. */
const depthLimit = 4;

/** `z.string().max(80).optional()`; undefined for what the calls that are used here cannot say. */
export function schemaText(field: Field, style: SchemaStyle, shapes: Shapes): string | undefined {
  const { nullable, optional, required } = words[style.library];
  const text = (shape: Shape, depth: number): string | undefined => {
    const [one, isNullable] = withoutNull(shapeBehind(shape, shapes));
    const written = one && depth < depthLimit ? plain(one, depth) : undefined;
    return written === undefined ? undefined : `${written}${isNullable ? nullable : ''}`;
  };
  const whole = (one: Field, depth: number): string | undefined => {
    const written = text(one.shape, depth);
    return written === undefined ? undefined : `${written}${one.required === true ? required : optional}`;
  };
  const plain = (given: Shape, depth: number): string | undefined => {
    const shape = shapeBehind(given, shapes);
    const { name, library, quoted } = style;
    switch (shape?.kind) {
      case 'string':
        return shape.values ? words[library].oneOf(shape.values.map(quoted), name) : textSchema(shape, style);
      case 'number':
        return shape.values ? undefined : numberSchema(shape, name, library);
      case 'boolean':
        return shape.values ? undefined : `${name}.boolean()`;
      case 'array': {
        const items = text(shape.items, depth + 1);
        return items === undefined
          ? undefined
          : `${words[library].list(items, name)}${calls({ min: shape.minItems, max: shape.maxItems })}`;
      }
      case 'object': {
        const entries = Object.entries(shape.fields).map(
          ([key, one]) => [key, whole(one, depth + 1)] as const,
        );
        const isSaid = entries.length > 0 && !shape.rest && entries.every(([key, one]) => isName(key) && one);
        return isSaid
          ? `${name}.object({ ${entries.map(([key, one]) => `${key}: ${one}`).join(', ')} })`
          : undefined;
      }
      default:
        return undefined;
    }
  };
  return whole(field, 0);
}

function textSchema(
  { format, minLength, maxLength, pattern }: Shape & { readonly kind: 'string' },
  { library, name }: SchemaStyle,
): string | undefined {
  const literal = pattern === undefined ? '' : patternLiteral(pattern);
  if (literal === undefined) return undefined;
  const kind = words[library].formats[format ?? ''] ?? '';
  const matches = literal === '' ? '' : `.${words[library].pattern}(${literal})`;
  return `${name}.string()${kind}${calls({ min: minLength, max: maxLength })}${matches}`;
}

function numberSchema(
  shape: Shape & { readonly kind: 'number' },
  name: string,
  library: SchemaLibrary,
): string | undefined {
  const { integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape;
  if (multipleOf !== undefined && !(integer && multipleOf === 1)) return undefined;
  const above = { zod: 'gt', joi: 'greater', yup: 'moreThan' }[library];
  const below = { zod: 'lt', joi: 'less', yup: 'lessThan' }[library];
  const whole = integer ? (library === 'zod' ? '.int()' : '.integer()') : '';
  return `${name}.number()${whole}${calls({ min: minimum, max: maximum, [above]: exclusiveMinimum, [below]: exclusiveMaximum })}`;
}

function calls(limits: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(limits)
    .map(([call, limit]) => (limit === undefined ? '' : `.${call}(${limit})`))
    .join('');
}
