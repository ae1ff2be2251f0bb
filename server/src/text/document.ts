/** YAML and JSON documents as facts: every node and key with its place, from one parse. */

import type { DocNode, DocumentFacts } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { createProblemSink } from './document-problems.ts';
import { doubtsOf } from './doubts.ts';
import { readJson } from './json.ts';
import { MAX_JSON_LENGTH, MAX_YAML_LENGTH } from './limits.ts';
import { readYaml } from './yaml.ts';

/**
 * Reads a YAML 1.2 stream or a JSON text, told apart by content before name. Never throws: what cannot be read
 * becomes a problem with the code `document/…`, and the rest of the document is kept.
 *
 * Anchors and merge keys are resolved, so that nodes may be shared: the tree is a directed acyclic graph.
 */
export function readDocument(file: FileId, text: string): DocumentFacts {
  const language = languageOf(file, text);
  const fault = unreadable(language, text);
  if (fault) {
    const at = { file, start: 0, end: 0 };
    return { kind: 'document', file, language, problems: [{ ...fault, at }] };
  }
  if (language === 'json') return readAsJson(file, text);
  const json = looksLikeJson(text) ? readAsJson(file, text) : undefined;
  // Most JSON is YAML, and ten times as quick to read as such.
  if (json && json.problems.length === 0) return { ...json, language: 'yaml' };
  const { root, problems } = readYaml(file, text);
  return facts(file, language, root, problems, text);
}

function readAsJson(file: FileId, text: string): DocumentFacts {
  const sink = createProblemSink(file);
  const root = readJson(text, sink);
  return facts(file, 'json', root, sink.list, text);
}

function facts(
  file: FileId,
  language: DocumentFacts['language'],
  root: DocNode | undefined,
  problems: readonly Problem[],
  text: string,
): DocumentFacts {
  if (!root) return { kind: 'document', file, language, problems };
  const doubts = doubtsOf(text, root, problems);
  return { kind: 'document', file, language, root, problems, ...(doubts && { doubts }) };
}

function languageOf(file: FileId, text: string): DocumentFacts['language'] {
  if (/\.ya?ml$/i.test(file)) return 'yaml';
  if (looksLikeJson(text)) return 'json';
  return /\.(?:json|jsonc|json5)$/i.test(file) && !/^\uFEFF?(?:---|[\w-]+:)/.test(text) ? 'json' : 'yaml';
}

function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*(?:\/[/*]|[{[])/.test(text);
}

function unreadable(language: DocumentFacts['language'], text: string): Omit<Problem, 'at'> | undefined {
  const head = text.slice(0, 8_000);
  if (head.includes('\0')) {
    return { code: 'document/binary', severity: 'error', message: 'This is not a text file.' };
  }
  const limit = language === 'json' ? MAX_JSON_LENGTH : MAX_YAML_LENGTH;
  if (text.length > limit) {
    const message = `This file is too long to be read: ${text.length} characters, and ${limit} are the limit.`;
    return { code: 'document/too-large', severity: 'error', message };
  }
  if (text.trim() === '' || head === '\uFEFF') {
    return { code: 'document/empty', severity: 'warning', message: 'This file is empty.' };
  }
  return undefined;
}
