/** Middlewares that take files: what multer is told of the fields. */

import type { Field, Shape } from '../../../contract/shape.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { ExternalValue, Value } from '../../evaluate/values.ts';
import { numberOf, optionOf } from '../../shapes/validators/schema.ts';
import type { Exchange } from './exchange.ts';

/** Tells the exchange of the files that a middleware takes: `upload.single('avatar')`. Fields beside them are no matter of it. */
export function takeFiles(run: Run, value: ExternalValue, exchange: Exchange): void {
  const { path, args = [], at } = value;
  exchange.bodyAt = at;
  exchange.bodyMediaTypes.push({ mediaType: 'multipart/form-data', at });
  const method = path.at(-1);
  if (value.module === 'multer' && method === 'none') return;
  const fields = value.module === 'multer' ? filesOf(run, method ?? '', args) : undefined;
  exchange.bodyOpen = true;
  if (!fields) return;
  const named = fields.map(([name, shape]): [string, Field] => [name, { shape, at }]);
  exchange.bodyDemands.push({ shape: { kind: 'object', fields: Object.fromEntries(named), open: true }, at });
}

/** Undefined where a name is not known, or any file is taken. */
function filesOf(
  run: Run,
  method: string,
  [first, second]: readonly Value[],
): readonly (readonly [string, Shape])[] | undefined {
  const name = first && fixedText(first);
  switch (method) {
    case 'single':
      return name === undefined ? undefined : [[name, { kind: 'binary' }]];
    case 'array':
      return name === undefined ? undefined : [[name, files(second)]];
    case 'fields': {
      if (first?.t !== 'array' || first.open) return undefined;
      const all = first.items.map((item) => {
        const text = optionOf(run, item, 'name');
        return [text && fixedText(text), files(optionOf(run, item, 'maxCount'))] as const;
      });
      return all.every(([text]) => text !== undefined)
        ? all.map(([text, shape]) => [text ?? '', shape])
        : undefined;
    }
    default:
      return undefined;
  }
}

function files(most: Value | undefined): Shape {
  const maxItems = numberOf(most);
  return { kind: 'array', items: { kind: 'binary' }, ...(maxItems !== undefined && { maxItems }) };
}
