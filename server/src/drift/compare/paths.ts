/** JSON paths of differences (RFC 9535), and whether a shape has what one leads to. */

import type { Shape } from '../../contract/shape.ts';
import { fieldIn, type Normalise } from './normal.ts';

export function pathOf(around: string, name: string): string {
  return `${around}${/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`;
}

/** The path of a field beside another. */
export function sibling(path: string, name: string): string {
  return pathOf(path.replace(/(?:\.[A-Za-z_$][\w$]*|\["(?:[^"\\]|\\.)*"\])$/, ''), name);
}

/** May a value of this shape have something there? `unknown` where part of the way is not known. */
export function leadsTo(formOf: Normalise, shape: Shape, path: string): 'yes' | 'no' | 'unknown' {
  return follow(formOf, shape, stepsOf(path));
}

function follow(formOf: Normalise, shape: Shape, steps: readonly string[]): 'yes' | 'no' | 'unknown' {
  const [step, ...rest] = steps;
  if (step === undefined) return 'yes';
  const form = formOf(shape);
  const found = (step === '[*]' ? form.lists : form.objects).map((one) => {
    if (one.kind === 'array') return one.maxItems === 0 ? 'no' : follow(formOf, one.items, rest);
    const field = fieldIn(one, step);
    if (field) return follow(formOf, field.shape, rest);
    return one.open ? 'unknown' : 'no';
  });
  if (found.includes('yes')) return 'yes';
  return form.more || found.includes('unknown') ? 'unknown' : 'no';
}

/** `$.legs[*]["flight no"]` goes through `legs`, `[*]` and `flight no`. */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/\.([A-Za-z_$][\w$]*|\*)|(\[\*\])|\[("(?:[^"\\]|\\.)*")\]/g)].map(
    ([, name, items, quoted]) => name ?? items ?? (JSON.parse(quoted ?? '""') as string),
  );
}
