/**
 * What the schemas of OpenAPI find, in words of the specification: what is missing and what it is for, what is too much
 * and what may have been meant. One fault is told once, at the key that it is about.
 */

import type { DocNode, DocumentFacts } from '../contract/facts.ts';
import type { Finding } from '../contract/finding.ts';
import { suggest } from '../contract/suggest.ts';
import { specVersion, type SpecVersion } from '../specs/openapi/detect.ts';
import { holds, object, type Kind, type Value } from '../specs/openapi/vocabulary/model.ts';
import {
  fieldOf,
  fieldsOf,
  formsOf,
  mayRefer,
  valueAt,
  wordsOf,
} from '../specs/openapi/vocabulary/vocabulary.ts';
import { lookUp, textOf, valueOf } from '../text/document-node.ts';

/** Findings of other rules and of other documents stay as they are. */
export function plainly(
  findings: readonly Finding[],
  { file, root, problems }: DocumentFacts,
): readonly Finding[] {
  const version =
    specVersion('openapi', textOf(valueOf(root, 'openapi')) ?? '') ??
    specVersion('swagger', textOf(valueOf(root, 'swagger')) ?? '');
  if (!root || !version) return findings;
  const rewording = { root, version, findings: findings.filter((each) => each.at.file === file) };
  const seen = new Set<string>();
  return findings.flatMap((finding) => {
    if (!isStructural(finding) || finding.at.file !== file) return [finding];
    return reworded(finding, rewording).filter(({ at, message }) => {
      const key = `${at.start} ${message}`;
      // A key without its colon is not meant to be one yet.
      if (problems.some((problem) => problem.at.start === at.start)) return false;
      return !seen.has(key) && seen.add(key);
    });
  });
}

interface Rewording {
  readonly root: DocNode;
  readonly version: SpecVersion;
  readonly findings: readonly Finding[];
}

function isStructural({ rule }: Finding): boolean {
  return rule === 'oas2-schema' || rule === 'oas3-schema';
}

function reworded(finding: Finding, context: Rewording): readonly Finding[] {
  const { message } = finding;
  const path = pathOf(finding);
  const say = (text: string): readonly Finding[] => [{ ...finding, message: text }];
  const missing =
    /must have required property "([^"]+)"\.?$/.exec(message)?.[1] ??
    /^Parameter must have a valid "(in)" property\.?$/.exec(message)?.[1];
  if (missing !== undefined) return missed(finding, path, missing, context);
  const extra = /^Property "([^"]+)" is not expected to be here\.?$/.exec(message)?.[1];
  if (extra !== undefined) {
    const text = unexpected(path.slice(0, -1), extra, context) ?? message;
    return [{ ...finding, message: text, at: keyAt(path, finding, context) }];
  }
  if (/must not have unevaluated properties\.?$/.test(message)) return unevaluated(finding, path, context);
  const allowed =
    /must be equal to one of the allowed values: (.*?)\.(?: Did you mean "([^"]+)"\?\.?)?$/.exec(message);
  if (allowed) {
    const values = [...(allowed[1] ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
    const written = textOf(lookUp(context.root, path));
    const meant = allowed[2] === undefined ? '' : ` Did you mean "${allowed[2]}"?`;
    return say(
      `"${path.at(-1) ?? ''}" ${written === undefined ? 'must be' : `cannot be "${written}": it is`} ${alternatives(values)}.${meant}`,
    );
  }
  const type = /^"[^"]*" property must be (array|object|string|number|integer|boolean)\.?$/.exec(
    message,
  )?.[1];
  if (type !== undefined) {
    const doc = docOf(path, context);
    return say(`"${path.at(-1) ?? ''}" must be ${typeNames[type] ?? type}${doc === '' ? '.' : `: ${doc}`}`);
  }
  if (path.at(-1) === 'responses' && /must not have fewer than 1 properties\.?$/.test(message))
    return say(emptyResponses);
  return [finding];
}

const emptyResponses = '"responses" is empty: an operation must have at least one answer.';

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

function pathOf({ state }: Finding): readonly string[] {
  const path = typeof state === 'object' && state !== null && 'path' in state ? state.path : undefined;
  return Array.isArray(path) ? path.map(String) : [];
}

/** Spectral marks the value of a key where that is a scalar. */
function keyAt(path: readonly string[], { at }: Finding, { root }: Rewording): Finding['at'] {
  const holder = lookUp(root, path.slice(0, -1));
  const entry = holder?.kind === 'map' ? holder.entries.find(({ key }) => key === path.at(-1)) : undefined;
  return entry ? { ...at, start: entry.keyStart, end: entry.keyEnd } : at;
}

/** The forms that a value at a place may have. */
function formsAt(path: readonly string[], { version }: Rewording): readonly Value[] {
  const value = valueAt(object('document'), path, version);
  return value ? formsOf(value) : [];
}

function kindAt(path: readonly string[], context: Rewording): Kind | undefined {
  const form = formsAt(path, context).find(({ is }) => is === 'object');
  return form?.is === 'object' ? form.kind : undefined;
}

function missed(
  finding: Finding,
  path: readonly string[],
  key: string,
  context: Rewording,
): readonly Finding[] {
  const kind = kindAt(path, context);
  if (!kind) return path.at(-1) === 'responses' ? [{ ...finding, message: emptyResponses }] : [finding];
  const isTold = context.findings.some(
    ({ rule, at, message }) =>
      rule === 'path-params' && at.start === finding.at.start && message.includes(`"${key}" property`),
  );
  if (isTold) return [];
  const name = nameOf(kind);
  const field = fieldOf(kind, key, context.version);
  const choices = field && choicesOf(field.value, context.version);
  const meaning = choices ? alternatives(choices) : field ? firstSentence(field.doc) : '';
  return [
    {
      ...finding,
      message: `${/^[aeiou]/.test(name) ? 'An' : 'A'} ${name} must have "${key}"${meaning === '' ? '.' : `: ${meaning.replace(/\.?$/, '.')}`}`,
    },
  ];
}

function nameOf(kind: Kind): string {
  return kind === 'document'
    ? 'document'
    : wordsOf(kind)
        .title.replace(/ Object$/, '')
        .toLowerCase();
}

function choicesOf(value: Value, version: SpecVersion): readonly string[] | undefined {
  const form = formsOf(value).find((each) => each.is === 'text' && each.values);
  return form?.is === 'text'
    ? form.values?.filter((each) => holds(each.in, version)).map(({ text }) => text)
    : undefined;
}

function alternatives(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${last}` : last;
}

function firstSentence(doc: string): string {
  return (/^.*?[.:](?=\s|$)/s.exec(doc)?.[0] ?? doc).replaceAll('`', '"').replace(/:$/, '.');
}

function docOf(path: readonly string[], context: Rewording): string {
  const kind = kindAt(path.slice(0, -1), context);
  const field = kind && fieldOf(kind, path.at(-1) ?? '', context.version);
  return field ? firstSentence(field.doc) : '';
}

/** Undefined where nothing is known of the object. */
function unexpected(holder: readonly string[], key: string, context: Rewording): string | undefined {
  const { version } = context;
  if (holder.at(-1) === 'responses')
    return `"${key}" is no status: three digits, a range such as 4XX, or default.`;
  const kind = kindAt(holder, context);
  if (!kind) return undefined;
  const name = nameOf(kind);
  const others = (['2.0', '3.0', '3.1', '3.2'] as const).filter(
    (each) => each !== version && fieldOf(kind, key, each),
  );
  const known = fieldsOf(kind, version).map(([field]) => field);
  const meant = others.length > 0 ? undefined : suggest(key, known);
  return [
    `"${key}" is no key of ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name} in OpenAPI ${version}`,
    ...(others.length > 0 ? [`: ${others.join(', ')} ${others.length > 1 ? 'have' : 'has'} it`] : []),
    '.',
    ...(meant === undefined ? [] : [` Did you mean "${meant}"?`]),
  ].join('');
}

/** Schemas since 3.1 name the object; the keys that it must not have are found by the words of the version. */
function unevaluated(finding: Finding, path: readonly string[], context: Rewording): readonly Finding[] {
  const node = lookUp(context.root, path);
  const kind = kindAt(path, context);
  const isResponses = path.at(-1) === 'responses' && formsAt(path, context).some(({ is }) => is === 'map');
  if (node?.kind !== 'map' || (!kind && !isResponses)) return [finding];
  const isKnown = (key: string): boolean =>
    key.startsWith('x-') ||
    (kind
      ? fieldOf(kind, key, context.version) !== undefined ||
        (key === '$ref' && mayRefer(kind, context.version))
      : /^(?:[1-5](?:\d\d|XX)|default)$/.test(key));
  const unknown = node.entries.filter(({ key }) => !isKnown(key));
  if (unknown.length > 0)
    return unknown.map(({ key, keyStart, keyEnd }) => ({
      ...finding,
      message: unexpected(path, key, context) ?? finding.message,
      at: { ...finding.at, start: keyStart, end: keyEnd },
      state: { path: [...path, key] },
    }));
  // A fault further inside leaves keys of its object unevaluated; it is told by itself.
  const isTold = context.findings.some(
    (other) =>
      other !== finding && isStructural(other) && node.start <= other.at.start && other.at.end <= node.end,
  );
  const isMissing = context.findings.some(
    (other) => other !== finding && isStructural(other) && other.at.start === finding.at.start,
  );
  return isTold || isMissing ? [] : [finding];
}
