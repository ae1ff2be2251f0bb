/** `@Crud()` of `@nestjsx/crud` and of the packages that go on with it: routes for a model, with handlers of the package. */

import { fixedText } from '../../evaluate/text-parts.ts';
import { text, type ClassValue, type Value } from '../../evaluate/values.ts';
import { option, type DecoratorUse } from '../classes/decorators.ts';
import { isOn } from '../classes/validation.ts';
import type { MadeRoute } from './controllers.ts';
import type { NestWorld } from './world.ts';

const packages = new Set(['@nestjsx/crud', '@dataui/crud', '@rewiko/crud', '@n4it/crud']);

/** The base routes by name; `of: 'one'` stands behind the primary parameters. */
const baseRoutes = [
  { name: 'getOneBase', method: 'GET', of: 'one', path: '' },
  { name: 'getManyBase', method: 'GET', of: 'many', path: '' },
  { name: 'createOneBase', method: 'POST', of: 'many', path: '' },
  { name: 'createManyBase', method: 'POST', of: 'many', path: '/bulk' },
  { name: 'updateOneBase', method: 'PATCH', of: 'one', path: '' },
  { name: 'replaceOneBase', method: 'PUT', of: 'one', path: '' },
  { name: 'deleteOneBase', method: 'DELETE', of: 'one', path: '' },
  { name: 'recoverOneBase', method: 'PATCH', of: 'one', path: '/recover' },
] as const;

/** `CrudConfigService.load()` gives what `@Crud()` leaves out. */
export function isCrudDefaults(module: string, path: readonly string[]): boolean {
  return packages.has(module) && path.join('.') === 'CrudConfigService.load';
}

/** The routes that one use of the decorator makes; undefined where its options are not read in full. */
export function crudRoutes(
  world: NestWorld,
  cls: ClassValue,
  use: DecoratorUse,
): readonly MadeRoute[] | undefined {
  if (use.name !== 'Crud' || !packages.has(use.module)) return undefined;
  const layers = [...use.args.slice(0, 1), ...world.crudDefaults];
  const groups = layers.flatMap((layer) =>
    ['routes', 'query', 'params'].flatMap((name) => option(layer, name) ?? []),
  );
  if (![...layers, ...groups].every(isClosedObject)) return undefined;
  const setting = (group: string, name: string): Value | undefined =>
    layers.map((layer) => option(option(layer, group), name)).find((value) => value !== undefined);
  const only = namesIn(setting('routes', 'only'));
  const excluded = namesIn(setting('routes', 'exclude'));
  const primary = primaryParams(layers.map((layer) => option(layer, 'params')));
  const softDelete = setting('query', 'softDelete');
  if (!only || !excluded || !primary || (softDelete && softDelete.t !== 'boolean')) return undefined;
  const isMade = (name: string): boolean =>
    (name !== 'recoverOneBase' || softDelete?.value === true) &&
    (only.length > 0 ? only.includes(name) : !excluded.includes(name));
  const one = primary.map((name) => `/:${name}`).join('');
  return baseRoutes
    .filter(({ name }) => isMade(name))
    .map(({ name, method, of, path }) => ({
      cls,
      name,
      method,
      path: text(of === 'one' ? one + path : path, use.at),
      use,
      uses: [],
    }));
}

function isClosedObject(value: Value): boolean {
  return value.t === 'object' && !value.open;
}

function namesIn(list: Value | undefined): readonly string[] | undefined {
  if (!list) return [];
  if (list.t !== 'array' || list.open) return undefined;
  const names = list.items.flatMap((item) => fixedText(item) ?? []);
  return names.length === list.items.length ? names : undefined;
}

/** Names of the primary parameters that are not disabled; `id` where none is declared. */
function primaryParams(layers: readonly (Value | undefined)[]): readonly string[] | undefined {
  const params = layers.find((layer) => layer?.t === 'object' && layer.props.size > 0);
  if (params?.t !== 'object') return ['id'];
  const names: string[] = [];
  let declared = false;
  for (const [name, cell] of params.props) {
    if (!cell.value || !isClosedObject(cell.value)) return undefined;
    if (!isOn(cell.value, 'primary')) continue;
    declared = true;
    if (!isOn(cell.value, 'disabled')) names.push(name);
  }
  return declared ? names : ['id'];
}
