/** Shapes as they are written into code, whatever it is written with. */

import type { Shape } from '../../../../contract/shape.ts';

/** A shape without `null`, and whether it had it; undefined where more than one is left. */
export function withoutNull(shape: Shape | undefined): readonly [Shape | undefined, boolean] {
  if (shape?.kind !== 'union') return [shape, false];
  const others = shape.of.filter(({ kind }) => kind !== 'null');
  return [others.length === 1 ? others[0] : undefined, others.length < shape.of.length];
}

/** `/^[a-z]+$/`; undefined for what JavaScript takes for no regular expression, or not on one line. */
export function patternLiteral(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
  } catch {
    return undefined;
  }
  return /[\r\n]/.test(pattern) ? undefined : `/${pattern.replaceAll(/(?<!\\)\//g, '\\/')}/`;
}
