/** The two sides of a difference: which types they have, what they say, and how that is told. */

import type { Shape } from '../../contract/shape.ts';
import { shapeText } from '../../contract/shape-text.ts';
import type { Span } from '../../contract/span.ts';
import { type Comparison, type Difference, type DifferenceKind, undecided, within } from './comparison.ts';
import type { Places } from './context.ts';
import { fieldIn, type ListShape, type Normal, type Normalise, type ObjectShape } from './normal.ts';
import { type Answer, formatOf, isLimited, isLimitedLike } from './scalars.ts';

/** Makes a difference between two sides that are known already. */
export type Differ = (kind: DifferenceKind, detail?: string) => Comparison;

export function side(shape: Shape, at: Span | undefined): Difference['left'] {
  return { text: shapeText(shape), ...(at && { at }) };
}

export function placed(name: 'left' | 'right', at: Span | undefined): Places {
  return at ? { [name]: at } : {};
}

/** The texts that a field is limited to, where it holds nothing else. */
export function literalsIn(
  formOf: Normalise,
  object: ObjectShape,
  name: string,
): readonly string[] | undefined {
  const field = fieldIn(object, name);
  const form = field && formOf(field.shape);
  const [only, ...others] = form?.texts ?? [];
  return form && !form.more && others.length === 0 && typesIn(form).length === 1 ? only?.values : undefined;
}

export function answered(answer: Answer, difference: Differ): Comparison {
  if (answer.holds === 'no') return difference(answer.failing, answer.detail);
  return answer.holds === 'yes' ? within : undecided;
}

/** Does the left side say anything of what it differs in? */
export function isStated(kind: DifferenceKind, { texts, numbers }: Normal, right: Normal): boolean {
  if (kind === 'format') return texts.some((text) => formatOf(text) !== undefined);
  return (
    kind === 'limits' &&
    (texts.some(isLimited) || numbers.some((number) => isLimitedLike(number, right.numbers)))
  );
}

export function isInhabited(form: Normal): boolean {
  return typesIn(form).length > 0;
}

type TypeName = 'null' | 'binary' | 'boolean' | 'string' | 'number' | 'array' | 'object';

export function typesIn(form: Normal): readonly TypeName[] {
  const has: Readonly<Record<TypeName, boolean>> = {
    null: form.null,
    binary: form.binary,
    boolean: form.booleans.length > 0,
    string: form.texts.length > 0,
    number: form.numbers.length > 0,
    array: form.lists.length > 0,
    object: form.objects.length > 0,
  };
  return (Object.keys(has) as TypeName[]).filter((name) => has[name]);
}

/** Types that only the left side has, as one difference. */
export function* typesOf(a: Normal, b: Normal, difference: Differ): Iterable<Comparison> {
  if (b.more) return;
  const taken = typesIn(b);
  const only = typesIn(a).filter((name) => !taken.includes(name));
  if (a.perhapsNull && !b.null) yield undecided;
  if (b.perhapsNull && only.includes('null')) {
    yield undecided;
    only.splice(only.indexOf('null'), 1);
  }
  if (only.length === 0 || taken.length === 0) {
    if (only.length > 0) yield undecided;
    return;
  }
  // Bytes are what they are made of: a text in a form, a part of a document.
  if (only.includes('binary') || taken.includes('binary')) yield undecided;
  else if (only.length === 1 && only[0] === 'null') yield difference('null');
  else {
    const values = only.filter((name) => name !== 'null');
    const isContainer = values.every((name) => name === 'array' || name === 'object');
    const isSwapped = isContainer && (taken.includes('array') || taken.includes('object'));
    yield difference(isSwapped ? 'container' : 'type', only.join(', '));
  }
}

/**
 * Is this written of what is one or many, whatever it is: `Row | Row[]` where a `Row` is anything? Which of both there
 * is depends on what it was made from.
 */
export function isOneOrMany(form: Normal, formOf: Normalise): boolean {
  const isVague = ({ fields, open }: ObjectShape): boolean => open && Object.keys(fields).length === 0;
  const isVagueList = ({ items, maxItems }: ListShape): boolean => {
    if (maxItems === 0) return false;
    const { more, objects } = formOf(items);
    return more || (objects.length > 0 && objects.every(isVague));
  };
  const isMixed = form.more || (form.objects.length > 0 && form.lists.length > 0);
  return isMixed && form.objects.every(isVague) && form.lists.every(isVagueList);
}

export function itemsText({ minItems, maxItems }: ListShape): string {
  const parts = [
    ...(minItems === undefined ? [] : [`at least ${minItems}`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
  ];
  return `${parts.join(' and ')} items`;
}
