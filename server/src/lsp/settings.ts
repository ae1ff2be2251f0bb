/**
 * Settings of the editor: one table for the defaults, the reading of what the user wrote, and the manifest. What decides
 * what is found (specs, roots, rules, ruleset) counts where the configuration file, which the command line reads too,
 * says nothing about it.
 */

import {
  builtInRules,
  configuredRoots,
  configuredSpecs,
  rootList,
  rulesetPath,
  severityByRule,
  specList,
} from '../config/config.ts';
import {
  byName,
  choice,
  field,
  fields,
  flag,
  list,
  requiredField,
  text,
  wholeNumber,
  type Setting,
  type ValueOf,
} from '../config/setting.ts';
import { fileId } from '../contract/span.ts';
import type { Preset } from '../host/configure.ts';
import { EDIT_DELAY } from '../host/timing.ts';
import { nodeOf } from '../text/document-node.ts';

interface Declared<T> {
  readonly setting: Setting<T>;
  readonly default: T;
  readonly description: string;
  /** `resource`: each workspace folder may have its own; `machine`: the user alone may set it. */
  readonly scope: 'resource' | 'window' | 'machine';
}

function declare<T>(
  setting: Setting<T>,
  standard: NoInfer<T>,
  description: string,
  scope: Declared<T>['scope'] = 'resource',
): Declared<T> {
  return { setting, default: standard, description, scope };
}

const environment = fields('a mapping with "name"', {
  name: requiredField('What it is called where it is chosen.', text('a name')),
  server: field(
    'Its address, with {variables} where they are wanted: "https://{region}.example.com/v1". Those of the specification where it is left out.',
    text('an address'),
  ),
  variables: field(
    'Values of {variables} in addresses, of the specification too. No place for secrets: those are kept by the editor.',
    byName(text('a text'), 'a mapping from variables to texts'),
  ),
});

const settingsTable = {
  specs: declare(
    specList,
    [],
    'The OpenAPI documents to check, relative to the workspace folder. All that are found where it is empty. Counts where backend-contract.config.yaml names none.',
  ),
  roots: declare(
    rootList,
    [],
    'The folders of the servers to check, relative to the workspace folder. All that are found where it is empty. Counts where backend-contract.config.yaml names none.',
  ),
  rules: declare(
    severityByRule,
    {},
    'How severe the findings of a rule are: error, warning, info or off. Counts for rules that backend-contract.config.yaml does not name.',
  ),
  delay: declare(
    wholeNumber(0, 10_000),
    EDIT_DELAY,
    'Milliseconds without a keystroke before what was typed is analysed. Linting waits a tenth of a second longer.',
  ),
  'lint.enabled': declare(flag(), true, 'Lint OpenAPI, AsyncAPI and Arazzo documents with Spectral.'),
  'lint.ruleset': declare(
    rulesetPath,
    '',
    `A Spectral ruleset for all documents, relative to the workspace folder, or "${builtInRules}". Where it is empty, the nearest .spectral.yaml, .json or .js of each document counts, else the built-in rules. Counts where backend-contract.config.yaml names none.`,
  ),
  approvedHosts: declare(
    list(text('a host'), 'a list of hosts'),
    [],
    'Hosts from which documents may be fetched that a specification refers to: "specs.example.com" for https, or an origin such as "http://localhost:8080". Nothing is fetched from any other, and without one no request is made. A workspace cannot set it.',
    'machine',
  ),
  'codeLens.enabled': declare(flag(), true, 'Show above handlers and operations what is on the other side.'),
  'inlayHints.enabled': declare(
    flag(),
    false,
    'Show at the end of a registration what could not be told about the route, and why.',
  ),
  'inlayHints.specs': declare(
    flag(),
    true,
    'Show in specifications what stands behind a $ref, and mark the properties that a schema requires.',
  ),
  'completion.enabled': declare(
    flag(),
    true,
    'Offer what may stand where you type: in specifications by their version and by the code, in code by the specification.',
  ),
  'hover.enabled': declare(flag(), true, 'Show the contract on handlers, and the handler on operations.'),
  'tryIt.environments': declare(
    list(environment, 'a list of environments'),
    [],
    'Servers that operations are tried against, to be chosen by name in the preview. Secrets are asked for there, and kept by the editor for each environment and server.',
  ),
  'notes.enabled': declare(flag(), true, 'Show notes: what is worth knowing and no drift.'),
  'trace.server': declare(
    choice(['off', 'messages', 'verbose']),
    'off',
    'Write what the editor and the language server say to each other to the output.',
    'window',
  ),
} satisfies Readonly<Record<string, Declared<unknown>>>;

type Table = typeof settingsTable;

export type Settings = { readonly [K in keyof Table]: ValueOf<Table[K]['setting']> };

export const section = 'backendContract';

export interface ReadSettings {
  readonly settings: Settings;
  /** What was written and is no use, as sentences: the default counts there. */
  readonly faults: readonly string[];
}

/** What the user wrote, as the protocol gives it: nested by dots. What is missing has its default. */
export function readSettings(given: unknown): ReadSettings {
  const faults: string[] = [];
  const entries = Object.entries<Declared<unknown>>(settingsTable).map(([name, declared]) => {
    const node = nodeOf(partOf(given, name.split('.')));
    if (node === undefined || isDefault(node, declared)) return [name, declared.default];
    const value = declared.setting.read(node, {
      file: fileId('settings.json'),
      report: (_, message) => faults.push(`${section}.${name}: ${message}`),
    });
    return [name, value ?? declared.default];
  });
  return { settings: Object.fromEntries(entries) as Settings, faults };
}

function partOf(given: unknown, steps: readonly string[]): unknown {
  let value = given;
  for (const step of steps)
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  return value;
}

/** The editor gives what the manifest says where nobody wrote anything; an empty text is no path, and still no fault. */
function isDefault(node: NonNullable<ReturnType<typeof nodeOf>>, declared: Declared<unknown>): boolean {
  return node.kind === 'scalar' && (node.value === null || node.value === declared.default);
}

export const defaultSettings: Settings = readSettings(undefined).settings;

/** What the settings say about what is found. */
export function presetOf(settings: Settings): Preset {
  return {
    specs: configuredSpecs(settings.specs),
    roots: configuredRoots(settings.roots),
    rules: settings.rules,
    ...(settings['lint.ruleset'] !== '' && { ruleset: settings['lint.ruleset'] }),
  };
}

/** `contributes.configuration` of the manifest. */
export function manifestConfiguration(): unknown {
  return {
    title: 'Backend Contract',
    properties: Object.fromEntries(
      Object.entries<Declared<unknown>>(settingsTable).map(([name, { setting, ...rest }]) => [
        `${section}.${name}`,
        {
          ...setting.schema(),
          // Editors cannot say "nothing" but by an empty text.
          ...(rest.default === '' && { minLength: 0 }),
          scope: rest.scope,
          default: rest.default,
          description: rest.description,
        },
      ]),
    ),
  };
}
