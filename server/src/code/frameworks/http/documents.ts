/** Packages that load YAML and JSON: what they give is the document, so that a program can be followed into it. */

import { documentAt, isLoaded } from '../../evaluate/documents.ts';
import { fileAt } from '../../evaluate/files.ts';
import type { FrameworkModel, Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { ExternalValue, Site, Value } from '../../evaluate/values.ts';

/** Functions that are given the path of a document, by module. */
const byPath: Readonly<Record<string, RegExp>> = {
  '@apidevtools/json-schema-ref-parser': /^(?:parse|resolve|bundle|dereference)$/,
  '@apidevtools/swagger-parser': /^(?:parse|resolve|bundle|dereference|validate)$/,
  '@redocly/openapi-core': /^bundle$/,
  'fs-extra': /^read[Jj](?:son|SON)(?:Sync)?$/,
  jsonfile: /^readFile(?:Sync)?$/,
  'json-schema-ref-parser': /^(?:parse|resolve|bundle|dereference)$/,
  'load-json-file': /^(?:sync|loadJsonFile(?:Sync)?)?$/,
  'read-yaml-file': /^(?:sync|readYamlFile(?:Sync)?)?$/,
  'swagger-parser': /^(?:parse|resolve|bundle|dereference|validate)$/,
  yamljs: /^load$/,
};

/** Functions that are given the text of one. */
const byText: Readonly<Record<string, RegExp>> = {
  'global:JSON': /^parse$/,
  'js-yaml': /^(?:load|safeLoad)$/,
  json5: /^parse$/,
  yaml: /^parse$/,
  yamljs: /^parse$/,
};

export const documentLoaders: FrameworkModel = {
  external(run, value, _how, [source], site) {
    if (!source) return undefined;
    const name = value.path.at(-1) ?? '';
    if (byPath[value.module]?.test(name) === true) {
      if (isWhole(source)) return source;
      return loaded(run, source, site);
    }
    return byText[value.module]?.test(name) === true ? documentInText(run, source, site) : undefined;
  },
};

/** The document whose text, or path, or content this is. */
export function documentBehind(run: Run, value: Value, site: Site): Value | undefined {
  if (value.t === 'object' || isWhole(value)) return value;
  return documentInText(run, value, site) ?? loaded(run, value, site);
}

function isWhole(value: Value): value is ExternalValue {
  return value.t === 'external' && isLoaded(value);
}

/** `fs.readFileSync('api.yaml', 'utf8')`, with or without `toString()`. */
function documentInText(run: Run, source: Value, site: Site): Value | undefined {
  if (source.t !== 'external') return undefined;
  if (source.path.at(-1) === 'toString' && source.on) return documentInText(run, source.on, site);
  const isRead = /^(?:fs|fs-extra|fs\/promises)$/.test(source.module.replace(/^node:/, ''));
  const [path] = source.args ?? [];
  return isRead && path && /^readFile(?:Sync)?$/.test(source.path.at(-1) ?? '')
    ? loaded(run, path, site)
    : undefined;
}

function loaded(run: Run, path: Value, site: Site): Value | undefined {
  const written = fixedText(path);
  const file = written === undefined ? undefined : fileAt(run, written, site.file);
  return file === undefined || !run.project.documents.has(file) ? undefined : documentAt(file, [], site.at);
}
