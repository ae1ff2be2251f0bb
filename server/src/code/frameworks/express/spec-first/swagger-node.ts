/** swagger-node: an application folder with a specification and the controllers that it names. */

import { callValue } from '../../../evaluate/calls.ts';
import { entriesOf, getMember } from '../../../evaluate/members.ts';
import type { Run } from '../../../evaluate/run.ts';
import { fixedText } from '../../../evaluate/text-parts.ts';
import {
  arrayOf,
  native,
  nullValue,
  objectOf,
  text,
  undefinedValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../../evaluate/values.ts';
import { documentBehind } from '../../http/documents.ts';
import { routerOf, type ExpressWorld } from '../router.ts';
import { bind, leaveOpen, useOf } from './bind.ts';
import { foldersOf, inFolders } from './handlers.ts';

/** `create({ appRoot, swaggerFile }, (error, runner) => runner.register(app))`. */
export function createRunner(
  run: Run,
  _world: ExpressWorld,
  value: ExternalValue,
  [config, callback]: readonly Value[],
  site: Site,
): Value | undefined {
  if (value.path.at(-1) !== 'create' || !config || !callback) return undefined;
  const root = fixedText(getMember(run, config, 'appRoot', site));
  if (root === undefined) return undefined;
  const given = getMember(run, config, 'swaggerFile', site);
  const spec = given.t === 'undefined' ? text(`${root}/api/swagger/swagger.yaml`, site.at) : given;
  const runner = objectOf(
    [
      [
        'register',
        native('register', ([app], where) => {
          const node = app && routerOf(app);
          if (!node) return undefinedValue;
          node.layers.push(useOf(run, [{ ...value, args: [] }], where));
          const folders = foldersOf(run, controllersOf(run, root, where), where);
          const lookup = folders && inFolders(run, folders, where);
          if (!lookup || !bind(run, node, spec, lookup, 'all', where)) leaveOpen(run, node, value, where);
          return undefinedValue;
        }),
      ],
    ],
    site.at,
    true,
  );
  callValue(run, callback, [nullValue, runner], site);
  return undefinedValue;
}

/** Where the settings of the application say, or where they are by default. */
function controllersOf(run: Run, root: string, site: Site): Value {
  const settings = documentBehind(run, text(`${root}/config/default.yaml`, site.at), site);
  const pipes = settings && getMember(run, getMember(run, settings, 'swagger', site), 'bagpipes', site);
  for (const [, pipe] of pipes ? entriesOf(run, pipes, site).entries : []) {
    const folders = entriesOf(run, getMember(run, pipe, 'controllersDirs', site), site).entries;
    const named = folders.flatMap(([, folder]) => fixedText(folder) ?? []);
    if (named.length > 0)
      return arrayOf(
        named.map((folder) => text(`${root}/${folder}`, site.at)),
        site.at,
      );
  }
  return text(`${root}/api/controllers`, site.at);
}
