/** `backend-contract.config.yaml`: what a workspace says about its specs, its servers and the rules. */

import type { DocumentFacts } from '../contract/facts.ts';
import type { Problem, Severity } from '../contract/finding.ts';
import type { Span } from '../contract/span.ts';
import { isEmpty } from '../text/document-node.ts';
import {
  byRule,
  choice,
  field,
  fields,
  type JsonSchema,
  list,
  path,
  placed,
  requiredField,
  shortOrLong,
  text,
  type ValueOf,
} from './setting.ts';

/** In the order in which they are looked for in the folder of the workspace. */
export const configFileNames = [
  'backend-contract.config.yaml',
  'backend-contract.config.yml',
  'backend-contract.config.json',
] as const;

export interface ConfiguredSpec {
  /** Relative to the folder of the configuration. */
  readonly file: string;
  /** Folders of the servers that it describes; empty to find them. */
  readonly roots: readonly string[];
  /** Stands in front of every path, whatever `servers` or `basePath` say. */
  readonly base?: string;
  readonly at: Span;
}

export interface ConfiguredRoot {
  /** Relative to the folder of the configuration; `.` for itself. */
  readonly dir: string;
  /** The specs that describe it; empty to find them. */
  readonly specs: readonly string[];
  readonly at: Span;
}

export interface PlacedPath {
  /** Relative to the folder of the configuration; a ruleset may be `built-in`. */
  readonly path: string;
  readonly at: Span;
}

export interface Config {
  /** Empty to find them. */
  readonly specs: readonly ConfiguredSpec[];
  /** Empty to find them. */
  readonly roots: readonly ConfiguredRoot[];
  /** Globs of files that are not read. */
  readonly ignore: readonly string[];
  readonly rules: Readonly<Record<string, Severity>>;
  /** The file of findings that are known. */
  readonly baseline?: PlacedPath;
  /** Routes that no contract has to know. */
  readonly internal: readonly string[];
  readonly security: {
    /** Guards and middlewares that refuse anonymous callers. */
    readonly guards: readonly string[];
    /** Decorators and middlewares that let anonymous callers in. */
    readonly public: readonly string[];
  };
  readonly lint: {
    /** Undefined to take the nearest ruleset of each document. */
    readonly ruleset?: PlacedPath;
  };
}

export const defaultConfig: Config = {
  specs: [],
  roots: [],
  ignore: [],
  rules: {},
  internal: [],
  security: { guards: [], public: [] },
  lint: {},
};

/** The ruleset that stands for those that come with us. */
export const builtInRules = 'built-in';

const specFields = fields('a mapping with "file"', {
  file: requiredField('The document.', path()),
  roots: field(
    'Folders of the servers that it describes. Found by itself where it is left out.',
    list(path(), 'a list of folders'),
  ),
  base: field(
    'What stands in front of every path, whatever the document says about its servers: "/api".',
    text(),
  ),
});

const rootFields = fields('a mapping with "dir"', {
  dir: requiredField('The folder of the server.', path()),
  specs: field(
    'The documents that describe it. Found by itself where it is left out.',
    list(path(), 'a list of documents'),
  ),
});

export const specList = list(
  shortOrLong(path(), specFields, (file, at): ValueOf<typeof specFields> => ({ file, at })),
  'a list of documents',
);
export const rootList = list(
  shortOrLong(path(), rootFields, (dir, at): ValueOf<typeof rootFields> => ({ dir, at })),
  'a list of folders',
);
export const severityByRule = byRule(choice(['error', 'warning', 'info', 'off']));
export const rulesetPath = path(`a path or "${builtInRules}"`);

/** INVARIANT: reading, defaults, messages and the JSON Schema all come from this table. */
const settings = fields('a mapping of settings', {
  specs: field(
    'The OpenAPI documents to check. All documents of the workspace where it is left out.',
    specList,
  ),
  roots: field('The folders of the servers to check. Found by itself where it is left out.', rootList),
  ignore: field('Files that are not read, as in .gitignore.', list(text(), 'a list of globs')),
  rules: field('How severe the findings of a rule are.', severityByRule),
  lint: field(
    'How specifications are linted.',
    fields('a mapping with "ruleset"', {
      ruleset: field(
        'The Spectral ruleset of all documents, or "built-in". The nearest .spectral.yaml, .json or .js of each where it is left out.',
        placed(rulesetPath),
      ),
    }),
  ),
  baseline: field(
    'The file of findings that are known and not told again: backend-contract.baseline.json. "backend-contract baseline" writes it.',
    placed(path('the path of a file')),
  ),
  internal: field(
    'Routes that no document has to describe: "GET /metrics", "/internal/**". A * stands for one segment, ** for any number.',
    list(text('a route'), 'a list of routes'),
  ),
  security: field(
    'How the code tells who may call it.',
    fields('a mapping with "guards" and "public"', {
      guards: field(
        'Names of guards and middlewares that refuse anonymous callers.',
        list(text('a name'), 'a list of names'),
      ),
      public: field(
        'Names of decorators and middlewares that let anonymous callers in.',
        list(text('a name'), 'a list of names'),
      ),
    }),
  ),
});

export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/**
 * Reads a configuration; without one, the defaults. What cannot be used is reported with its place, and the rest
 * counts.
 *
 * @param rules Ids of the rules that there are. Without them every id passes.
 */
export function readConfig(facts: DocumentFacts | undefined, rules?: readonly string[]): ReadConfig {
  if (!facts) return { config: defaultConfig, problems: [] };
  const problems: Problem[] = [...facts.problems];
  if (!facts.root || isEmpty(facts.root)) return { config: defaultConfig, problems };
  const values = settings.read(facts.root, {
    file: facts.file,
    rules,
    report: (code, message, at) => problems.push({ code: `config/${code}`, severity: 'error', message, at }),
  });
  return { config: values ? withDefaults(values) : defaultConfig, problems };
}

export function configuredSpecs(written: ValueOf<typeof specList> | undefined): readonly ConfiguredSpec[] {
  return (written ?? []).map((spec) => ({ ...spec, roots: spec.roots ?? [] }));
}

export function configuredRoots(written: ValueOf<typeof rootList> | undefined): readonly ConfiguredRoot[] {
  return (written ?? []).map((root) => ({ ...root, specs: root.specs ?? [] }));
}

function withDefaults(values: ValueOf<typeof settings>): Config {
  return {
    specs: configuredSpecs(values.specs),
    roots: configuredRoots(values.roots),
    ignore: values.ignore ?? defaultConfig.ignore,
    rules: values.rules ?? defaultConfig.rules,
    ...(values.baseline && { baseline: { path: values.baseline.value, at: values.baseline.at } }),
    internal: values.internal ?? defaultConfig.internal,
    security: {
      guards: values.security?.guards ?? defaultConfig.security.guards,
      public: values.security?.public ?? defaultConfig.security.public,
    },
    lint: {
      ...(values.lint?.ruleset && {
        ruleset: { path: values.lint.ruleset.value, at: values.lint.ruleset.at },
      }),
    },
  };
}

/** The JSON Schema (draft 7, which editors know best) of the configuration. */
export function configSchema(rules: readonly string[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Backend Contract configuration',
    ...settings.schema(rules),
  };
}
