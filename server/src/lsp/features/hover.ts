/** Hover: what the thing under the cursor is, on both sides. */

import type { Finding } from '../../contract/finding.ts';
import type { CodeOperation, Output } from '../../contract/operation.ts';
import type { FileId, Span } from '../../contract/span.ts';
import { type Located, child, children } from '../../specs/openapi/reader.ts';
import { ruleReason } from '../../drift/rule-page.ts';
import { booleanOf, stringOf, textOf, valueOf } from '../../text/document-node.ts';
import { codePlaceAt } from './code-place.ts';
import { ruleOf } from './explain.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import {
  blocks,
  cellCode,
  code,
  description,
  joined,
  link,
  type Markdown,
  plain,
  table,
} from './markdown.ts';
import { findingLines, heading, operationText } from './operation-text.ts';
import { keywordHover } from './keyword-hover.ts';
import { isSchema, schemaExample } from './schema-example.ts';
import { exampleText, requiredNames, schemaText } from './shape-text.ts';
import { specPlaceAt, type SpecPlace } from './spec-place.ts';
import { usersOf } from './users.ts';

export interface Hover {
  /** What it is about: the editor marks it. */
  readonly at: Span;
  readonly markdown: Markdown;
}

/** Operations that one hover shows in full; of more it shows a list. */
const fullOperations = 2;
const listedOperations = 12;
const listedUses = 5;

/** Undefined where there is nothing to say. Never more than one thing: what is told here must be worth the space. */
export function hover(index: FeatureIndex, file: FileId, offset: number): Hover | undefined {
  const place = specPlaceAt(index, file, offset);
  if (place) return { at: place.at, markdown: specText(index, place, file, offset) };
  const inCode = codePlaceAt(index, file, offset);
  if (inCode && inCode.kind !== 'input')
    return { at: inCode.at, markdown: operationsText(index, inCode.entries) };
  if (inCode) return inputHover(inCode.at, inCode.input.name, inCode.entries);
  const keyword = keywordHover(index, file, offset);
  const finding = findingHover(index, file, offset);
  if (!keyword) return finding;
  return { at: keyword.at, markdown: blocks([keyword.markdown, finding?.markdown ?? []]) };
}

/** Several operations at one place: a route for all methods, a registration in a loop. */
function operationsText(index: FeatureIndex, entries: readonly Entry[]): Markdown {
  if (entries.length <= fullOperations) {
    return joined(
      entries.map((entry) => operationText(index, entry)),
      '\n\n---\n\n',
    );
  }
  return operationList(index, entries);
}

function operationList(index: FeatureIndex, entries: readonly Entry[]): Markdown {
  const items = entries
    .slice(0, listedOperations)
    .map((entry): Markdown => [...heading(entry), ...servedBy(index, entry)]);
  const more = entries.length - listedOperations;
  return joined([...items, ...(more > 0 ? [[`and ${more} more`]] : [])], '  \n');
}

function servedBy(index: FeatureIndex, { code: served }: Entry): Markdown {
  if (!served) return [];
  return [' → ', ...link(code(handlerLabel(index, served)), handlerTarget(index, served).at)];
}

function specText(index: FeatureIndex, place: SpecPlace, file: FileId, offset: number): Markdown {
  switch (place.kind) {
    case 'operation':
      return operationsText(index, place.entries);
    case 'path':
      return operationList(index, place.entries);
    case 'status':
      return statusText(index, place);
    case 'parameter':
      return parameterText(index, place, file, offset);
    case 'reference':
      return place.target
        ? componentText(index, targetName(place.target), place.target)
        : [`Nothing that was read is at ${code(place.text)}.`];
    case 'component':
      return componentText(index, place.name, place.component);
  }
}

function targetName({ pointer, file }: Located): string {
  return pointer.at(-1) ?? file;
}

function statusText(
  index: FeatureIndex,
  { status, response, entries }: SpecPlace & { readonly kind: 'status' },
): Markdown {
  const followed = index.reader.follow(response);
  const text = followed.found ? textOf(valueOf(followed.at.node, 'description')) : undefined;
  return blocks([
    [`${code(status)}${text === undefined ? '' : ` — ${plain(text)}`}`],
    followed.found ? [table(['Body', 'Type', 'Example'], contentRows(index, followed.at))] : [],
    ...entries.map(({ code: served }) => (served ? sentText(index, served, status) : [])),
    findingLines(entries.flatMap(({ findings }) => findings.filter(({ at }) => isSame(at, response, index)))),
  ]);
}

function isSame(at: Span, { file, pointer }: Located, index: FeatureIndex): boolean {
  const top = index.document(file);
  return at.file === file && top !== undefined && pointer.length > 0 && at.start === keyStart(top, pointer);
}

function keyStart(top: Located, pointer: readonly string[]): number | undefined {
  let current: Located | undefined = top;
  let start: number | undefined;
  for (const token of pointer) {
    const next: ReturnType<typeof child> = current && child(current, token);
    start = next?.keyAt.start;
    current = next;
  }
  return start;
}

function sentText(index: FeatureIndex, served: CodeOperation, status: string): Markdown {
  const sent = served.outputs.items.filter((output) => answers(status, output));
  if (sent.length > 0) {
    const places = sent.map((output) => link(code(output.status), output.source ?? output.at));
    return [`Sent by ${plain(handlerLabel(index, served))}: `, ...joined(places, ', ')];
  }
  if (!served.outputs.complete)
    return [`_Whether ${plain(handlerLabel(index, served))} sends it cannot be told._`];
  return status === 'default' || status.endsWith('XX')
    ? []
    : [`Never sent by ${plain(handlerLabel(index, served))}.`];
}

function answers(status: string, output: Output): boolean {
  return output.status === status || (status.endsWith('XX') && output.status[0] === status[0]);
}

function contentRows(index: FeatureIndex, response: Located): readonly (readonly string[])[] {
  const content = child(response, 'content');
  const own = child(response, 'schema');
  const typed = content ? children(content) : [];
  if (typed.length === 0 && own) return [['', cellCode(schemaText(index.reader, own)), '']];
  return typed.map((each) => {
    const schema = child(each, 'schema');
    const example = exampleText(index.reader, each);
    return [
      cellCode(each.key),
      schema ? cellCode(schemaText(index.reader, schema)) : '',
      example === undefined ? '' : cellCode(example),
    ];
  });
}

function parameterText(
  index: FeatureIndex,
  place: SpecPlace & { readonly kind: 'parameter' },
  file: FileId,
  offset: number,
): Markdown {
  const readers = place.entries.flatMap(({ code: served }) => {
    const input = served?.inputs.items.find((one) => one.in === place.in && one.name === place.name);
    return served && input
      ? [['Read by ', ...link(code(handlerLabel(index, served)), input.at)] as Markdown]
      : [];
  });
  const findings = findingsAt(index, file, offset);
  return blocks([
    componentText(index, place.name, place.parameter),
    joined(readers.slice(0, listedUses), ', '),
    findingLines(findings),
  ]);
}

/** A schema, parameter, response or anything else that a reference leads to. */
function componentText(index: FeatureIndex, name: string, at: Located): Markdown {
  const followed = index.reader.follow(at);
  const target = followed.found ? followed.at : at;
  const { node } = target;
  const location = stringOf(valueOf(node, 'in'));
  const isParameter = location !== undefined && valueOf(node, 'name') !== undefined;
  const text = textOf(valueOf(node, 'description'));
  const title = isParameter ? (textOf(valueOf(node, 'name')) ?? name) : name;
  return blocks([
    [
      `**${plain(title)}**${isParameter ? ` ${plain(location)} parameter` : ''}${isMarkedDeprecated(target) ? ' — _deprecated_' : ''}`,
    ],
    [text === undefined ? '' : description(text, 400)],
    [bodyOf(index, target, isParameter)],
    [exampleOf(index, target)],
    usesText(index, target),
  ]);
}

function bodyOf(index: FeatureIndex, target: Located, isParameter: boolean): string {
  if (isParameter) {
    const example = exampleText(index.reader, target);
    const type = schemaText(index.reader, child(target, 'schema') ?? target);
    return table(['Type', 'Example'], [[cellCode(type), example === undefined ? '' : cellCode(example)]]);
  }
  const properties = propertyRows(index, target);
  if (properties.length > 0) return table(['Property', 'Type', 'Example'], properties);
  if (child(target, 'content') ?? child(target, 'schema'))
    return table(['Body', 'Type', 'Example'], contentRows(index, target));
  const isSchema = ['type', 'enum', 'oneOf', 'anyOf', 'allOf', 'const'].some(
    (key) => valueOf(target.node, key) !== undefined,
  );
  return isSchema ? code(schemaText(index.reader, target)) : '';
}

/** What the schema describes, as JSON. */
function exampleOf(index: FeatureIndex, target: Located): string {
  const example = isSchema(target) ? schemaExample(index.reader, target) : undefined;
  return example === undefined ? '' : `\`\`\`json\n${example.replaceAll('```', "'''")}\n\`\`\``;
}

const maxProperties = 20;

function propertyRows(index: FeatureIndex, schema: Located): readonly (readonly string[])[] {
  const properties = child(schema, 'properties');
  const names = requiredNames(schema);
  const all = properties ? children(properties) : [];
  const rows = all.slice(0, maxProperties).map((property) => {
    const example = exampleText(index.reader, property, 40);
    return [
      `${cellCode(property.key)}${names.has(property.key) ? ', required' : ''}`,
      cellCode(schemaText(index.reader, property, 1)),
      example === undefined ? '' : cellCode(example),
    ];
  });
  return all.length > maxProperties ? [...rows, [`and ${all.length - maxProperties} more`, '', '']] : rows;
}

/** The operations that need it, directly or through other components. */
function usesText(index: FeatureIndex, target: Located): Markdown {
  const { entries, more: isCut } = usersOf(index, target);
  const named = entries
    .slice(0, listedUses)
    .map(({ method, path, spec }) => (spec ? link(code(`${method} ${path}`), spec.at) : []));
  const others = Math.max(0, entries.length - listedUses);
  const more = isCut ? ` and at least ${others} more` : others > 0 ? ` and ${others} more` : '';
  return named.length === 0 ? [] : ['Used by ', ...joined(named, ', '), more];
}

function inputHover(at: Span, name: string, entries: readonly Entry[]): Hover | undefined {
  const documented = entries.flatMap(({ spec, method, path }) => {
    const input = spec?.inputs.items.find((one) => one.name === name);
    return input
      ? [
          [
            `${code(`${method} ${path}`)}: ${plain(input.in)} parameter `,
            ...link(code(input.name), input.at),
          ] as Markdown,
        ]
      : [];
  });
  const findings = entries.flatMap((entry) =>
    entry.findings.filter((finding) => finding.at.start === at.start && finding.at.file === at.file),
  );
  if (documented.length + findings.length === 0) return undefined;
  const reasons = [...new Set(findings.map(({ rule }) => rule))].map(reasonLine);
  return { at, markdown: blocks([joined(documented.slice(0, listedUses), '  \n'), joined(reasons, '  \n')]) };
}

function findingsAt(index: FeatureIndex, file: FileId, offset: number): readonly Finding[] {
  return index
    .findingsIn(file)
    .filter(({ at, coveredBy }) => at.start <= offset && offset <= at.end && coveredBy === undefined);
}

function findingHover(index: FeatureIndex, file: FileId, offset: number): Hover | undefined {
  const [found] = findingsAt(index, file, offset);
  return found && ruleOf(found.rule) ? { at: found.at, markdown: reasonLine(found.rule) } : undefined;
}

/** Why a finding is one: the first paragraph of its rule, for the message is shown by the editor itself. */
function reasonLine(id: string): Markdown {
  const rule = ruleOf(id);
  return rule ? [ruleReason(rule), ' ', { label: code(rule.id), rule: rule.id }] : [];
}

/** Is anything in the document marked as deprecated there? */
function isMarkedDeprecated(at: Located): boolean {
  return booleanOf(valueOf(at.node, 'deprecated')) === true;
}
