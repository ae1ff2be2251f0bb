/** OpenAPI that is written in comments of a source file: the YAML below `@openapi` or `@swagger` of a JSDoc block. */

import type { AnnotationFacts, DocNode } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId, TextRange } from '../contract/span.ts';
import { readDocument } from './document.ts';
import { readYaml } from './yaml.ts';

/** A block comment as a statement, a member or an argument has it in front: never what a pattern of files (`**` and `/`) looks like. */
const block = /(?<=^|[\s;{}(),[])\/\*\*(?![*/])[^]*?\*\//g;
const tag = /^[ \t]*@(?:openapi|swagger)(?![\w-])/;
const anyTag = /^[ \t]*@[a-z]/i;
/** What stands in front of the text of a line: the star, and one space behind it. */
const margin = /^[ \t]*\*(?!\/)[ \t]?/;

/** Does the text have such comments? Quick, and right unless it stands in a string. */
export function hasAnnotations(text: string): boolean {
  // Most files have neither word, and a pattern that begins at each line takes long to find out.
  if (!text.includes('@openapi') && !text.includes('@swagger')) return false;
  return /^[ \t]*(?:\/\*\*)?[ \t]*\*?[ \t]*@(?:openapi|swagger)(?![\w-])/m.test(text);
}

/**
 * What a file has to say, each comment by itself; a YAML or JSON file says one thing. Offsets are those of the file.
 * Never throws: what cannot be read of a comment is one problem, and the others are kept.
 */
export function readAnnotations(file: FileId, text: string): AnnotationFacts {
  if (/\.(?:ya?ml|json)$/i.test(file)) {
    const { root, problems } = readDocument(file, text);
    return { kind: 'annotations', file, blocks: root ? [root] : [], problems };
  }
  const blocks: DocNode[] = [];
  const problems: Problem[] = [];
  if (!hasAnnotations(text)) return { kind: 'annotations', file, blocks, problems };
  for (const { index, 0: comment } of text.matchAll(block)) {
    for (const lines of annotationsIn(comment)) {
      const read = readLines(file, text, index, lines);
      if (read.root?.kind === 'map') blocks.push(read.root);
      problems.push(...read.problems);
    }
  }
  return { kind: 'annotations', file, blocks, problems };
}

/** A line of a comment without its margin; `from` is its offset in the comment. */
interface Line {
  readonly from: number;
  readonly text: string;
}

/** The lines that belong to each tag: those up to the next tag of any kind. */
function annotationsIn(comment: string): readonly (readonly Line[])[] {
  const found: Line[][] = [];
  let current: Line[] | undefined;
  let at = 0;
  const body = comment.slice(0, -'*/'.length);
  for (const raw of body.split('\n')) {
    const skipped = at === 0 ? '/**'.length : (margin.exec(raw)?.[0].length ?? 0);
    const line = raw.slice(skipped);
    const start = tag.exec(line);
    if (start) {
      current = [{ from: at + skipped + start[0].length, text: line.slice(start[0].length) }];
      found.push(current);
    } else if (anyTag.test(line)) current = undefined;
    else current?.push({ from: at + skipped, text: line });
    at += raw.length + 1;
  }
  return found;
}

/** Reads the lines as YAML, and puts what was read where it stands in the file. */
function readLines(
  file: FileId,
  text: string,
  start: number,
  lines: readonly Line[],
): { readonly root?: DocNode; readonly problems: readonly Problem[] } {
  const [first] = lines;
  // Messages name lines: those of the file.
  let source = '\n'.repeat(first ? countLines(text, start + first.from) : 0);
  const starts: { readonly here: number; readonly there: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const lead = index === 0 ? (/^[ \t]*/.exec(line.text)?.[0].length ?? 0) : 0;
    starts.push({ here: source.length, there: start + line.from + lead });
    source += `${line.text.slice(lead)}\n`;
  }
  const offset = (here: number): number => {
    const line = starts.findLast((each) => each.here <= here) ?? starts[0];
    return line ? line.there + Math.max(here - line.here, 0) : here;
  };
  const end = (here: number): number => (here > 0 ? offset(here - 1) + 1 : offset(here));
  const place = (node: TextRange): TextRange => {
    const from = offset(node.start);
    return { start: from, end: node.end > node.start ? Math.max(end(node.end), from) : from };
  };
  const { root, problems } = readYaml(file, source);
  const placed = problems.map((problem) => ({ ...problem, at: { file, ...place(problem.at) } }));
  return {
    ...(root && { root: moved(root, place, new Map()) }),
    // What follows the first fault of a comment mostly follows from it.
    problems: placed.filter(
      ({ code }, index) => code !== syntax || placed.findIndex((other) => other.code === syntax) === index,
    ),
  };
}

const syntax = 'document/yaml-syntax';

function countLines(text: string, offset: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The same tree with other offsets. Nodes that aliases share stay shared. */
export function moved(
  node: DocNode,
  place: (range: TextRange) => TextRange,
  done: Map<DocNode, DocNode>,
): DocNode {
  const known = done.get(node);
  if (known) return known;
  const at = place(node);
  const made = ((): DocNode => {
    switch (node.kind) {
      case 'scalar':
        return { ...node, ...at };
      case 'seq':
        return { kind: 'seq', items: node.items.map((item) => moved(item, place, done)), ...at };
      case 'map':
        return {
          kind: 'map',
          entries: node.entries.map(({ key, keyStart, keyEnd, value }) => {
            const keyAt = place({ start: keyStart, end: keyEnd });
            return { key, keyStart: keyAt.start, keyEnd: keyAt.end, value: moved(value, place, done) };
          }),
          ...at,
        };
    }
  })();
  done.set(node, made);
  return made;
}
