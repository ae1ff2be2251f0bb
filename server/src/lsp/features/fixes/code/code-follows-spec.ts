/** Fixes that make the code do what the spec says. */

import { formatPath } from '../../../../contract/path.ts';
import type { Fixer } from '../fix.ts';
import { fix } from '../fix.ts';
import { addField } from './add-field.ts';
import { addGuard } from './add-guard.ts';
import { sendStatus } from './change-status.ts';
import { readParameter, renameInCode } from './parameters.ts';
import { homeOf } from './routers.ts';
import { scaffoldExpress } from './scaffold-express.ts';
import { scaffoldMethod } from './scaffold-method.ts';

const scaffold: Fixer = ({ index, entries }) => {
  const specs = entries.flatMap(({ spec }) => spec ?? []);
  const [spec] = specs;
  const home = spec && specs.length === 1 ? homeOf(index, spec) : undefined;
  const framework = home?.neighbours[0]?.code.origin.framework;
  if (!spec || !home) return [];
  const scaffolder = scaffolders[framework ?? ''];
  const name = `${spec.key.method} ${formatPath(spec.key.path)}`;
  return [fix(`Add a route for ${name} that answers 501`, scaffolder?.(index, spec, home) ?? [])];
};

const scaffolders: Readonly<Record<string, typeof scaffoldExpress>> = {
  express: scaffoldExpress,
  nest: scaffoldMethod,
  'routing-controllers': scaffoldMethod,
  tsoa: scaffoldMethod,
};

/** By the id of the rule. */
export const codeFixers: Readonly<Record<string, Fixer>> = {
  'http/unimplemented-operation': scaffold,
  'http/success-status': sendStatus,
  'http/unenforced-security': addGuard,
  'http/parameter-name': renameInCode,
  'http/unread-parameter': readParameter,
  'http/unread-field': addField,
};
