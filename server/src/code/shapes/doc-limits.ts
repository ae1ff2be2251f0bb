/** Limits that comments state (`@maxLength 20`), where something makes validators of them: shapes have them as keywords. */

import type { Shape, TextLimits } from '../../contract/shape.ts';
import type { Run } from '../evaluate/run.ts';
import type { DocTag } from '../program/program.ts';
import { unionOf } from './algebra.ts';

const readers: ReadonlySet<string> = new Set(['tsoa', '@tsoa/runtime']);

/** What a value is by its type and by the comment of what holds it. */
export function withDocLimits<Some extends Shape | undefined>(
  run: Run,
  shape: Some,
  tags: readonly DocTag[] | undefined,
): Shape | Some {
  return shape && tags && tags.length > 0 && areRead(run) ? limited(shape, tags) : shape;
}

/** Does a file of this server import what reads them? Anywhere else they are notes, or another tool's. */
function areRead({ types, started, project }: Run): boolean {
  types.readsDocTags ??= [...started].some((file) =>
    project.scans.get(file)?.specifiers.some((specifier) => readers.has(specifier)),
  );
  return types.readsDocTags;
}

function limited(shape: Shape, tags: readonly DocTag[]): Shape {
  switch (shape.kind) {
    case 'union':
      return unionOf(shape.of.map((one) => limited(one, tags))) ?? shape;
    case 'string':
      // Literals say more than lengths, and a `Date` has no length.
      return shape.values || shape.format !== undefined ? shape : { ...shape, ...textLimits(tags) };
    case 'number': {
      if (shape.values) return shape;
      const integer = shape.integer || tags.some(({ name }) => name === 'isInt' || name === 'isLong');
      return { ...shape, integer, ...numbers(tags, ['minimum', 'maximum']) };
    }
    case 'array':
      return { ...shape, ...numbers(tags, ['minItems', 'maxItems']) };
    default:
      return shape;
  }
}

function textLimits(
  tags: readonly DocTag[],
): TextLimits & { readonly format?: string; readonly noted?: true } {
  const format = firstOf(tags, 'format');
  const pattern = firstOf(tags, 'pattern');
  const isWhole = pattern !== undefined && pattern !== '' && isPattern(pattern);
  return {
    ...numbers(tags, ['minLength', 'maxLength']),
    ...(isWhole && { pattern }),
    ...(format !== undefined && /^[\w-]+$/.test(format) && { format, noted: true as const }),
  };
}

function numbers<Name extends string>(
  tags: readonly DocTag[],
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const found = names.flatMap((name) => {
    const text = firstOf(tags, name);
    const value = text === undefined || text === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(found) as Partial<Record<Name, number>>;
}

/** The value of a tag is its first word, in backticks or not; a message may follow. The last tag of a name counts. */
function firstOf(tags: readonly DocTag[], name: string): string | undefined {
  const text = tags.findLast((one) => one.name === name)?.text;
  const [word] = text?.split(' ') ?? [];
  return word !== undefined && word.length > 1 && word.startsWith('`') && word.endsWith('`')
    ? word.slice(1, -1)
    : word;
}

function isPattern(text: string): boolean {
  // Half of one in backticks, which white space parted.
  if (text.includes('`')) return false;
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}
