/**
 * The written part of a ruleset: the YAML and JSON files that make it up, with places. Spectral says what is wrong with
 * a ruleset without saying where; and it looks for what a ruleset extends without saying where that was written.
 */

import type { DocNode, DocumentFacts } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId, Span } from '../contract/span.ts';
import { readDocument } from '../text/document.ts';
import { stringOf, valueOf } from '../text/document-node.ts';
import { folderOf, joined } from '../text/relative-path.ts';
import { placeOf, type JsonPath } from './document-data.ts';

/** What a ruleset may touch of the outside. Paths are absolute, with `/` as separator. */
export interface RulesetIo {
  /** Undefined where there is no such file. */
  read(path: string): string | undefined;
  /** Where Node finds a module that is asked for in a file of `folder`; undefined where it finds none. */
  resolve(name: string, folder: string): string | undefined;
  /** A ruleset of another host; rejects where the host is not approved. */
  fetch(uri: string): Promise<Response>;
  idOf(path: string): FileId;
}

export interface RulesetFiles {
  /** By path; the ruleset itself comes first. Files of JavaScript are not among them. */
  readonly documents: ReadonlyMap<string, DocumentFacts>;
  /** Every file that was read or looked for: the ruleset is another one when one of them changes. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
  /** Can it be loaded at all? Not where something that it needs is not there. */
  readonly complete: boolean;
}

/** The code of everything that is wrong with a ruleset. */
export const rulesetProblem = 'lint/ruleset';

/** Reads a ruleset and, where it is written in YAML or JSON, what it extends. Runs nothing. */
export function readRulesetFiles(path: string, io: RulesetIo): RulesetFiles {
  const documents = new Map<string, DocumentFacts>();
  const paths = new Set<string>([path]);
  const problems: Problem[] = [];
  let complete = true;
  const missing = (at: Span, message: string): void => {
    complete = false;
    problems.push({ code: rulesetProblem, severity: 'error', message, at });
  };
  const open = [path];
  for (let file = open.shift(); file !== undefined; file = open.shift()) {
    if (!isWritten(file) || documents.has(file)) continue;
    const text = io.read(file);
    if (text === undefined) continue;
    const facts = readDocument(io.idOf(file), text);
    documents.set(file, facts);
    problems.push(...facts.problems);
    const folder = folderOf(file);
    for (const { name, at } of extendsOf(facts)) {
      if (isBuiltIn(name) || isUrl(name)) continue;
      const target = targetOf(name, folder, io);
      paths.add(target);
      if (io.read(target) !== undefined) open.push(target);
      else if (isPackage(name))
        missing(at, `The package ${name} is not installed where this ruleset can find it.`);
      else missing(at, `There is no ruleset ${io.idOf(target)}.`);
    }
    for (const { name, at } of functionsOf(facts)) {
      const target = joined(folder, name);
      paths.add(target);
      if (io.read(target) === undefined) missing(at, `There is no function ${io.idOf(target)}.`);
    }
  }
  return { documents, paths: [...paths], problems, complete };
}

/** Is the ruleset data, and not a program? */
export function isWritten(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}

/** Where the value at a path of a ruleset's definition is written: in the file that has most of the path. */
export function whereWritten(
  documents: ReadonlyMap<string, DocumentFacts>,
  path: JsonPath,
): Span | undefined {
  let best: { readonly facts: DocumentFacts; readonly root: DocNode; readonly depth: number } | undefined;
  for (const facts of documents.values()) {
    const { root } = facts;
    if (!root) continue;
    const depth = depthOf(root, path);
    if (!best || depth > best.depth) best = { facts, root, depth };
  }
  return best && { file: best.facts.file, ...placeOf(best.root, path) };
}

/** How many steps of a path a document has. */
function depthOf(root: DocNode, path: JsonPath): number {
  let node: DocNode | undefined = root;
  let depth = 0;
  for (const step of path) {
    node = node.kind === 'seq' ? node.items[Number(step)] : valueOf(node, String(step));
    if (!node) break;
    depth += 1;
  }
  return depth;
}

interface Named {
  readonly name: string;
  readonly at: Span;
}

function extendsOf({ file, root }: DocumentFacts): readonly Named[] {
  const overrides = valueOf(root, 'overrides');
  const all = [root, ...(overrides?.kind === 'seq' ? overrides.items : [])].map((node) =>
    valueOf(node, 'extends'),
  );
  return all.flatMap((node): readonly Named[] => {
    if (node?.kind !== 'seq') return namedBy(node, file);
    return node.items.flatMap((item) => namedBy(item.kind === 'seq' ? item.items[0] : item, file));
  });
}

function functionsOf({ file, root }: DocumentFacts): readonly Named[] {
  const functions = valueOf(root, 'functions');
  if (functions?.kind !== 'seq') return [];
  const folder = stringOf(valueOf(root, 'functionsDir')) ?? 'functions';
  return functions.items
    .flatMap((item) => namedBy(item, file))
    .map(({ name, at }) => ({ name: `${folder}/${name}.js`, at }));
}

function namedBy(node: DocNode | undefined, file: FileId): readonly Named[] {
  const name = stringOf(node);
  return name === undefined || !node ? [] : [{ name, at: { file, start: node.start, end: node.end } }];
}

function isBuiltIn(name: string): boolean {
  return /^spectral:(?:oas|asyncapi|arazzo)$/.test(name);
}

function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/** `team-rules` and `@acme/rules`; a name with an ending, `rules.yaml`, is rather a file that was not found. */
function isPackage(name: string): boolean {
  return /^(?:@[\w.-]+\/)?[\w-]+(?:\/[\w/-]+)?$/.test(name);
}

/** As Spectral looks for it: what may be a package is looked for as such first. */
function targetOf(name: string, folder: string, io: RulesetIo): string {
  if (/^(?:\/|[a-z]:)/i.test(name)) return name;
  const found = name.startsWith('.') ? undefined : io.resolve(name, folder);
  return found ?? joined(folder, name);
}
