/** Shapes in a few words, as TypeScript would write them. */

import type { Shape } from './shape.ts';

const maxFields = 8;
const maxLength = 90;

/** Named shapes by the last part of their names; what is not known is `unknown`. */
export function shapeText(shape: Shape, depth = 0): string {
  switch (shape.kind) {
    case 'unknown':
      return 'unknown';
    case 'ref':
      return lastPart(shape.id);
    case 'string':
      return shape.values
        ? literalsText(shape.values)
        : limited('string', [
            shape.format,
            rangeText(shape.minLength, shape.maxLength, 'long'),
            shape.pattern && `/${shape.pattern}/`,
          ]);
    case 'number':
      return shape.values ? literalsText(shape.values) : numberText(shape);
    case 'array':
      return limited(listText(shapeText(shape.items, depth + 1)), [
        rangeText(shape.minItems, shape.maxItems, 'items'),
      ]);
    case 'object':
      return objectText(
        Object.entries(shape.fields).map(([name, field]) => ({
          name,
          optional: field.required === false,
          type: () => shapeText(field.shape, depth + 1),
        })),
        depth,
        shape.open,
      );
    case 'union':
    case 'intersection':
      return togetherText(
        shape.of.filter((one) => !isConverted(one)).map((one) => shapeText(one, depth + 1)),
        shape.kind === 'union' ? ' | ' : ' & ',
      );
    default:
      return shape.kind;
  }
}

function isConverted(shape: Shape): boolean {
  return shape.kind === 'string' && shape.converted === true;
}

export function lastPart(text: string): string {
  const last = text.split(/[/#]/).filter(Boolean).at(-1) ?? text;
  return last
    .replace(/\.(?:ya?ml|json)$/i, '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

function limited(type: string, limits: readonly (string | undefined)[]): string {
  const said = limits.filter((limit) => limit !== undefined && limit !== '');
  return said.length === 0 ? type : `${type} (${clipped(said.join(', '))})`;
}

/** `1 to 80 long`, `at least 1 long`. */
function rangeText(from: number | undefined, to: number | undefined, unit = ''): string | undefined {
  const text =
    from === undefined
      ? to === undefined
        ? undefined
        : `at most ${to}`
      : to === undefined
        ? `at least ${from}`
        : `${from} to ${to}`;
  return text === undefined ? undefined : `${text} ${unit}`.trim();
}

function numberText(shape: Shape & { readonly kind: 'number' }): string {
  const { exclusiveMinimum, exclusiveMaximum, multipleOf } = shape;
  return limited(shape.integer ? 'integer' : 'number', [
    rangeText(shape.minimum, shape.maximum),
    exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? undefined : `below ${exclusiveMaximum}`,
    multipleOf === undefined ? undefined : `multiple of ${multipleOf}`,
  ]);
}

export interface FieldText {
  readonly name: string;
  readonly optional: boolean;
  readonly type: () => string;
}

export function objectText(fields: readonly FieldText[], depth: number, open: boolean): string {
  if (fields.length === 0) return 'object';
  if (depth > 1) return '{ … }';
  const shown = fields.slice(0, maxFields).map(({ name, optional, type }) => {
    const text = type();
    return `${name}${optional ? '?' : ''}${text === 'unknown' ? '' : `: ${text}`}`;
  });
  const more = fields.length > maxFields || open;
  return `{ ${shown.join(', ')}${more ? ', …' : ''} }`;
}

/** What is not known, and what there is no room for, is one ellipsis at the end. */
export function togetherText(parts: readonly string[], sign: ' | ' | ' & '): string {
  const unique = [...new Set(parts)];
  const known = unique.filter((part) => part !== 'unknown' && part !== '{ … }');
  if (known.length === 0) return unique[0] ?? 'unknown';
  return clipped([...known, ...(known.length < unique.length ? ['…'] : [])].join(sign));
}

export function listText(item: string): string {
  if (item === 'unknown') return 'array';
  return /[ |&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

export function literalsText(values: readonly (string | number | boolean | null)[]): string {
  return clipped(values.map((value) => JSON.stringify(value)).join(' | '));
}

export function clipped(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength).replace(/[\s|&]*$/, '')} …`;
}
