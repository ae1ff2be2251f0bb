/** Where packages that register routes from a specification find the handlers of its operations. */

import { filesBelow, placeAt } from '../../../evaluate/files.ts';
import { callValue } from '../../../evaluate/calls.ts';
import { paramName } from '../../../evaluate/look.ts';
import { entriesOf, getMember } from '../../../evaluate/members.ts';
import { absoluteOf, importModule } from '../../../evaluate/modules.ts';
import type { Run } from '../../../evaluate/run.ts';
import { fixedText } from '../../../evaluate/text-parts.ts';
import { isNothing } from '../../../evaluate/alternatives.ts';
import { text, undefinedValue, type Site, type Value } from '../../../evaluate/values.ts';
import type { BoundOperation } from './operations.ts';

/** The handler of an operation; undefined where there is none. */
export type Lookup = (operation: BoundOperation) => Value | undefined;

/** By operation id, in an object: `{ getPets, ... }`, or nested with `_` or `.` between the names. */
export function inObject(run: Run, handlers: Value, site: Site): Lookup {
  return ({ operationId }) => {
    if (operationId === undefined) return undefined;
    const direct = present(getMember(run, handlers, operationId, site));
    if (direct) return direct;
    let value: Value = handlers;
    for (const name of operationId.split(/[._/]/)) value = getMember(run, value, name, site);
    return present(value);
  };
}

/** In modules of folders that the specification names, by operation id, or by the method where there is none. */
export function inFolders(run: Run, folders: readonly string[], site: Site): Lookup {
  return ({ controller, operationId, method }) => {
    if (controller === undefined) return undefined;
    for (const folder of folders) {
      const module = moduleAt(run, `${folder}/${controller}`, site);
      if (!module) continue;
      const name = operationId ?? method.toLowerCase();
      const whole = present(getMember(run, module, 'default', site));
      const found =
        present(getMember(run, module, name, site)) ?? (whole && present(getMember(run, whole, name, site)));
      if (found) return found;
      if (whole?.t === 'function') return whole;
    }
    return undefined;
  };
}

/** `Controller_operation` as keys of an object. */
export function byController(run: Run, handlers: Value, site: Site): Lookup {
  return ({ controller, operationId, method }) =>
    present(getMember(run, handlers, `${controller ?? ''}_${operationId ?? method.toLowerCase()}`, site));
}

function present(value: Value): Value | undefined {
  return isNothing(value) ? undefined : value;
}

function moduleAt(run: Run, place: string, site: Site): Value | undefined {
  const value = importModule(
    run,
    text(absoluteOf(place), site.at),
    { vars: new Map(), file: site.file },
    site.at,
  );
  return value.t === 'unknown' ? undefined : value;
}

/** Folders of the workspace that a value names; undefined where it may name others. */
export function foldersOf(run: Run, value: Value, site: Site): readonly string[] | undefined {
  const items = value.t === 'array' ? (value.open ? undefined : value.items) : [value];
  const places = items?.map((item) => {
    const path = fixedText(item);
    const place = path === undefined ? undefined : placeAt(run, path, site.file);
    return place === undefined ? undefined : filesBelow(run, place).folder;
  });
  return places?.every((place) => place !== undefined) === true
    ? places.flatMap((place) => place ?? [])
    : undefined;
}

/** A route that a file of a folder is: its path is the file's, its methods are what the file exports. */
export interface FileRoute {
  readonly method: string;
  readonly path: string;
  readonly handler: Value;
  /** What the file says of all its operations (`parameters`), and of this one (`GET.apiDoc`). */
  readonly shared: Value;
  readonly apiDoc: Value;
}

/** `paths/users/{id}.js` with exports `get`, `post`, or a function that gives them when it is called. */
export function routesInFolder(
  run: Run,
  folder: string,
  dependencies: Value | undefined,
  site: Site,
): readonly FileRoute[] {
  return filesBelow(run, folder).files.flatMap((file): readonly FileRoute[] => {
    if (!/\.[cm]?[jt]s$/.test(file) || /\.d\.[cm]?ts$|\.(?:spec|test)\./.test(file)) return [];
    const module = moduleAt(run, `${folder}/${file}`, site);
    if (!module) return [];
    const name = file.replace(/\.[cm]?[jt]s$/, '').replace(/(?:^|\/)index$/, '');
    const source = exportsOf(run, module, dependencies, site);
    return operationsOf(run, source, site).map(([method, handler]) => ({
      method,
      path: `/${name}`.replace(/\/$/, ''),
      handler,
      shared: getMember(run, source, 'parameters', site),
      apiDoc: getMember(run, handler, 'apiDoc', site),
    }));
  });
}

const exported = /^(?:get|put|post|delete|del|options|head|patch|trace)$/i;

function exportsOf(run: Run, module: Value, dependencies: Value | undefined, site: Site): Value {
  const whole = module.t === 'function' ? module : present(getMember(run, module, 'default', site));
  return whole?.t === 'function' ? callWith(run, whole, dependencies, site) : (whole ?? module);
}

function operationsOf(run: Run, source: Value, site: Site): readonly (readonly [string, Value])[] {
  return entriesOf(run, source, site).entries.flatMap(([name, handler]) =>
    exported.test(name) ? [[name.toUpperCase().replace(/^DEL$/, 'DELETE'), handler] as const] : [],
  );
}

/** Dependencies are handed in by the names of parameters. */
function callWith(run: Run, callee: Value, dependencies: Value | undefined, site: Site): Value {
  const params = callee.t === 'function' ? callee.fn.params : [];
  const args = params.map((param) =>
    dependencies ? getMember(run, dependencies, paramName(param) ?? '', site) : undefinedValue,
  );
  return callValue(run, callee, args, site);
}
