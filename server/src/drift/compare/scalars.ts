/**
 * Texts and numbers: is everything that one shape allows allowed by one of several others? `yes` follows from the
 * limits; `no` needs a witness, a value that the one takes and none of the others does.
 */

import { iso8601, type Shape } from '../../contract/shape.ts';

export type TextShape = Shape & { readonly kind: 'string' };
export type NumberShape = Shape & { readonly kind: 'number' };

export type Failing = 'values' | 'format' | 'limits';

export type Answer =
  | { readonly holds: 'yes' | 'unknown' }
  /** `detail`: the values that are not taken, where the left side lists some. */
  | { readonly holds: 'no'; readonly failing: Failing; readonly detail?: string };

type Taken = true | 'unknown' | Failing;

const yes: Answer = { holds: 'yes' };
const unknown: Answer = { holds: 'unknown' };

/** Patterns are tried on short texts only: a hostile one takes time that grows with the length. */
const patternLength = 12;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const date = /^\d{4}-\d\d-\d\d$/;
const dateTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d)?/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Formats whose texts can be told apart by their looks: what they all look like, and a text of each. */
const formats: Readonly<Record<string, readonly [RegExp, string]>> = {
  uuid: [uuid, '123e4567-e89b-42d3-a456-426614174000'],
  date: [date, '2024-02-29'],
  'date-time': [dateTime, '2024-02-29T12:00:00Z'],
  email: [/@/, 'a@example.org'],
  ipv4: [ipv4, '192.0.2.1'],
  uri: [/^[a-z][a-z0-9+.-]*:/i, 'https://example.org/a'],
  [iso8601]: [/^[-+]?\d{4}/, '2024-02-29T12:00:00Z'],
};

/** How a text is shown or stored, and no limit to what it may be. */
const shownOnly: ReadonlySet<string> = new Set([
  'password',
  'string',
  'text',
  'html',
  'markdown',
  'byte',
  'base64',
]);

export function formatOf({ format }: TextShape): string | undefined {
  if (format === undefined || shownOnly.has(format)) return undefined;
  return format === 'url' ? 'uri' : format;
}

/** Does a shape say nothing but what type it is? */
export function isPlainText(text: TextShape): boolean {
  return (
    !text.values &&
    formatOf(text) === undefined &&
    !text.minLength &&
    text.maxLength === undefined &&
    text.pattern === undefined
  );
}

export function isPlainNumber(number: NumberShape): boolean {
  return !number.integer && Object.keys(number).every((key) => /^(?:kind|integer|format)$/.test(key));
}

export function isLimited(shape: Shape): boolean {
  return Object.keys(shape).some((key) => /^(?:min|max|exclusive|multiple|pattern)/.test(key));
}

/** A number that need not be whole says nothing of whole numbers, whatever its range. */
export function isLimitedLike(number: NumberShape, others: readonly NumberShape[]): boolean {
  return isLimited(number) && (number.integer || !others.every(({ integer }) => integer));
}

/**
 * @param exact Are all values that the left shape allows to be expected? If not, a text without a format may have one.
 */
export function compareTexts(left: TextShape, right: readonly TextShape[], exact: boolean): Answer {
  if (right.some((one) => textWithin(left, one))) return yes;
  if (left.values) return compareValues(left.values, right, takesText, (value) => JSON.stringify(value));
  const format = formatOf(left);
  if (!exact && format === undefined) return unknown;
  // A note contradicts another format, and refuses nothing.
  const taking = format === undefined ? right.map(withoutNote) : right;
  if (taking.some((one) => textWithin(left, one))) return yes;
  for (const sample of textSamples(left, taking)) {
    const found = taking.map((one) => takesText(one, sample));
    if (takesText(left, sample) !== true || !found.every(isFailing)) continue;
    const failing = found.find(isFailing);
    if (failing) return { holds: 'no', failing };
  }
  return unknown;
}

export function compareNumbers(left: NumberShape, right: readonly NumberShape[], exact: boolean): Answer {
  if (right.some((one) => numberWithin(left, one))) return yes;
  if (left.values) return compareValues(left.values, right, takesNumber, String);
  if (!exact) return unknown;
  for (const sample of numberSamples(left, right)) {
    const found = right.map((one) => takesNumber(one, sample));
    if (takesNumber(left, sample) !== true || !found.every(isFailing)) continue;
    const failing = found.find(isFailing);
    if (failing) return { holds: 'no', failing };
  }
  return unknown;
}

function isFailing(taken: Taken): taken is Failing {
  return taken !== true && taken !== 'unknown';
}

function compareValues<V, S>(
  values: readonly V[],
  right: readonly S[],
  takes: (shape: S, value: V) => Taken,
  text: (value: V) => string,
): Answer {
  let open = false;
  const outside: string[] = [];
  let failing: Failing | undefined;
  for (const value of values) {
    const found = right.map((one) => takes(one, value));
    if (found.includes(true)) continue;
    if (found.every(isFailing)) {
      outside.push(text(value));
      failing ??= found.find(isFailing);
    } else open = true;
  }
  if (failing) return { holds: 'no', failing, detail: outside.join(', ') };
  return open ? unknown : yes;
}

function withoutNote({ format, noted, ...text }: TextShape): TextShape {
  return noted || format === undefined ? text : { ...text, format };
}

function takesText(shape: TextShape, text: string): Taken {
  const { values, minLength = 0, maxLength = Infinity, pattern } = shape;
  if (values && !values.includes(text)) return 'values';
  const length = [...text].length;
  if (length < minLength || length > maxLength) return 'limits';
  const format = formatOf(shape);
  let open = false;
  if (format !== undefined) {
    const known = formats[format];
    if (!known) open = true;
    else if (!known[0].test(text)) return 'format';
  }
  if (pattern !== undefined) {
    const matches = text.length > patternLength ? undefined : matchesPattern(pattern, text);
    if (matches === undefined) open = true;
    else if (!matches) return 'limits';
  }
  return open ? 'unknown' : true;
}

function matchesPattern(pattern: string, text: string): boolean | undefined {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return undefined;
  }
}

function textWithin(left: TextShape, right: TextShape): boolean {
  if (isPlainText(right)) return true;
  if (left.values) return left.values.every((value) => takesText(right, value) === true);
  if (right.values) return false;
  const format = formatOf(right);
  if (format !== undefined && !isFormatWithin(formatOf(left), format)) return false;
  if (right.pattern !== undefined && right.pattern !== left.pattern) return false;
  return (
    (right.minLength ?? 0) <= (left.minLength ?? 0) &&
    (right.maxLength ?? Infinity) >= (left.maxLength ?? Infinity)
  );
}

function isFormatWithin(format: string | undefined, other: string): boolean {
  return format === other || (other === iso8601 && (format === 'date' || format === 'date-time'));
}

/** Texts among which there is one outside of the right side, if any is easily found. */
function textSamples(left: TextShape, right: readonly TextShape[]): readonly string[] {
  const format = formatOf(left);
  const known = format === undefined ? undefined : formats[format];
  if (known) return [known[1]];
  const shapes = [left, ...right];
  const lengths = shapes.flatMap(({ minLength, maxLength }) => [
    ...(minLength === undefined ? [] : [minLength - 1, minLength]),
    ...(maxLength === undefined ? [] : [maxLength, maxLength + 1]),
  ]);
  const short = ['', 'a', '0', 'A', ' ', '-', 'ab', 'a0', '~', 'Zz9_ ~'];
  // A length that no memory holds is as good as any other.
  const long = lengths.filter((length) => length > 0 && length < 100_000);
  return [
    ...short,
    ...long.flatMap((length) => ['a'.repeat(length), '0'.repeat(length), '~'.repeat(length)]),
  ];
}

interface Interval {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
}

function intervalOf(shape: NumberShape): Interval {
  const { minimum = -Infinity, maximum = Infinity } = shape;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = shape;
  const lowOpen = exclusiveMinimum >= minimum && exclusiveMinimum !== -Infinity;
  const highOpen = exclusiveMaximum <= maximum && exclusiveMaximum !== Infinity;
  const low = lowOpen ? exclusiveMinimum : minimum;
  const high = highOpen ? exclusiveMaximum : maximum;
  if (!shape.integer) return { low, lowOpen, high, highOpen };
  return {
    low: lowOpen ? Math.floor(low) + 1 : Math.ceil(low),
    lowOpen: false,
    high: highOpen ? Math.ceil(high) - 1 : Math.floor(high),
    highOpen: false,
  };
}

/** Is there no number that passes? */
export function isEmptyNumber(shape: NumberShape): boolean {
  const { low, lowOpen, high, highOpen } = intervalOf(shape);
  return low > high || (low === high && (lowOpen || highOpen)) || shape.values?.length === 0;
}

function takesNumber(shape: NumberShape, value: number): Taken {
  const { values, integer, multipleOf } = shape;
  if (values && !values.includes(value)) return 'values';
  if (integer && !Number.isInteger(value)) return 'limits';
  const { low, lowOpen, high, highOpen } = intervalOf(shape);
  if (value < low || value > high || (lowOpen && value === low) || (highOpen && value === high))
    return 'limits';
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return 'limits';
  return true;
}

function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return of > 0 && Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

function numberWithin(left: NumberShape, right: NumberShape): boolean {
  if (left.values) return left.values.every((value) => takesNumber(right, value) === true);
  if (right.values) return false;
  const step = left.multipleOf ?? (left.integer ? 1 : undefined);
  if (right.integer && !(left.integer || (step !== undefined && Number.isInteger(step)))) return false;
  if (right.multipleOf !== undefined && (step === undefined || !isMultiple(step, right.multipleOf)))
    return false;
  const [a, b] = [intervalOf(left), intervalOf(right)];
  const low = a.low > b.low || (a.low === b.low && (a.lowOpen || !b.lowOpen));
  const high = a.high < b.high || (a.high === b.high && (a.highOpen || !b.highOpen));
  return low && high;
}

function numberSamples(left: NumberShape, right: readonly NumberShape[]): readonly number[] {
  const step = left.multipleOf ?? 1;
  const bounds = [left, ...right].flatMap((shape) => {
    const { low, high } = intervalOf(shape);
    return [low, high, ...(shape.values ?? [])].filter(Number.isFinite);
  });
  const around = [0, ...bounds].flatMap((bound) => {
    const base = Math.floor(bound / step) * step;
    const multiples = [-2, -1, 0, 1, 2, 3].map((count) => base + count * step);
    return [bound, bound - 1, bound + 1, bound - 0.5, bound + 0.5, bound + 0.25, ...multiples];
  });
  return [...new Set([...around, 1e9, -1e9, 12.5])];
}
