/** The media type that a framework gives a value by its kind. */

import type { Shape } from '../../../contract/shape.ts';
import type { Run } from '../../evaluate/run.ts';
import { objectBehind } from '../../shapes/named-shapes.ts';

/** Undefined where the kinds differ or one is not known. `plain` is what texts get. */
export function mediaTypeOfShape(run: Run, shape: Shape | undefined, plain: string): string | undefined {
  const types = new Set((shape?.kind === 'union' ? shape.of : shape ? [shape] : []).map(typeOf));
  const [only] = types;
  return types.size === 1 ? only : undefined;

  function typeOf(one: Shape): string | undefined {
    switch (one.kind) {
      case 'array':
      case 'boolean':
      case 'object':
        return 'application/json';
      case 'ref':
        return objectBehind(run, one) && 'application/json';
      case 'string':
        return plain;
      default:
        return undefined;
    }
  }
}

/** Express resolves short names through `mime`; those that APIs use. */
export function mediaTypeOf(type: string): string | undefined {
  const name = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (name.includes('/')) return name;
  const short: Readonly<Record<string, string>> = {
    json: 'application/json',
    html: 'text/html',
    text: 'text/plain',
    txt: 'text/plain',
    xml: 'application/xml',
    csv: 'text/csv',
    pdf: 'application/pdf',
  };
  return short[name.replace(/^\./, '')];
}
