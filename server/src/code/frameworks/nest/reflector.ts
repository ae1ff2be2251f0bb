/** Metadata of handlers and classes (`SetMetadata`), and the `Reflector` that guards ask for them. */

import { fixedText } from '../../evaluate/text-parts.ts';
import {
  arrayOf,
  model,
  native,
  noPlace,
  objectOf,
  undefinedValue,
  type Model,
  type Value,
} from '../../evaluate/values.ts';
import type { DecoratorUse } from '../classes/decorators.ts';
import { sameToken } from './providers.ts';

interface TargetModel extends Model {
  readonly kind: 'nest-target';
  readonly uses: readonly DecoratorUse[];
}

/** What `context.getHandler()` and `context.getClass()` give. */
export function targetModel(uses: readonly DecoratorUse[]): Value {
  return model({ kind: 'nest-target', uses, get: () => undefinedValue } as TargetModel);
}

/** The value under a key; undefined where the target has none, which is known for sure. */
function metadataOf(target: Value, key: Value): Value | undefined {
  if (target.t !== 'model' || target.model.kind !== 'nest-target') return undefined;
  const wanted = key.t === 'external' && key.path.at(-1) === 'KEY' && key.on ? key.on : key;
  for (const use of (target.model as TargetModel).uses) {
    if (use.name === 'SetMetadata' && use.args[0] && sameToken(use.args[0], wanted))
      return use.args[1] ?? undefinedValue;
  }
  return undefined;
}

export function reflectorModel(): Value {
  return model({
    kind: 'nest-reflector',
    get: (name) => {
      switch (name) {
        case 'get':
          return native(
            name,
            ([key, target]) => (key && target && metadataOf(target, key)) ?? undefinedValue,
          );
        case 'getAllAndOverride':
          return native(name, ([key, targets]) => found(key, targets)[0] ?? undefinedValue);
        case 'getAll':
          return native(name, ([key, targets], site) => arrayOf(found(key, targets), site.at));
        case 'getAllAndMerge':
          return native(name, ([key, targets], site) => merged(found(key, targets), site.at));
        default:
          return undefinedValue;
      }
    },
  });
}

function found(key: Value | undefined, targets: Value | undefined): readonly Value[] {
  if (!key || targets?.t !== 'array') return [];
  return targets.items.flatMap((target) => metadataOf(target, key) ?? []);
}

function merged(values: readonly Value[], at: typeof noPlace): Value {
  const [first] = values;
  if (values.length <= 1) return first ?? arrayOf([], at);
  if (first?.t === 'object')
    return objectOf(
      values.flatMap((value) =>
        value.t === 'object'
          ? [...value.props].map(([name, cell]) => [name, cell.value ?? undefinedValue] as const)
          : [],
      ),
      at,
    );
  return arrayOf(
    values.flatMap((value) => (value.t === 'array' ? value.items : [value])),
    at,
  );
}

/** A text that is the same for targets with the same metadata, as far as the source shows them. */
export function signatureOf(uses: readonly DecoratorUse[]): string {
  return uses
    .flatMap(({ name, args }) =>
      name === 'SetMetadata' ? [args.map((arg) => written(arg, 0)).join('=')] : [],
    )
    .join(';');
}

function written(value: Value, depth: number): string {
  switch (value.t) {
    case 'text':
    case 'number':
      return JSON.stringify(fixedText(value)) ?? '?';
    case 'boolean':
      return String(value.value);
    case 'array':
      return depth > 3 ? '…' : `[${value.items.map((item) => written(item, depth + 1)).join(',')}]`;
    case 'object':
      return depth > 3
        ? '…'
        : `{${[...value.props].map(([name, cell]) => `${name}:${cell.value ? written(cell.value, depth + 1) : ''}`).join(',')}}`;
    case 'external':
      return `${value.module}#${value.path.join('.')}@${value.at.file}:${value.at.start}`;
    default:
      return 'at' in value && value.at ? `${value.t}@${value.at.file}:${value.at.start}` : value.t;
  }
}
