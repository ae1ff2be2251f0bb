/**
 * Lowers a source file to its program form. The only folder that sees TypeScript's syntax tree.
 * `ts` is the copy that ts-morph bundles: whatever TypeScript the workspace has is never loaded.
 */

import { ts } from '@ts-morph/common';
import type { Problem } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import type { ModuleFacts } from '../program/program.ts';
import { hasLimitTags } from './doc-tags.ts';
import { readMarks } from './marks.ts';
import { lowerJson, lowerStatements } from './statements.ts';

/** Syntax errors beyond this many in one file are noise: the file is probably not what its name says. */
const problemLimit = 5;

/** What lowering needs to know everywhere. */
export interface Lowering {
  readonly source: ts.SourceFile;
  /** Are there comments with tags that limit values? */
  readonly hasTags: boolean;
  /** How deep the node that is being lowered is nested. */
  depth: number;
}

/**
 * What is nested deeper is data or generated, and is left out: lowering and evaluation are recursive, and the
 * stack would end. People write up to about 40; a chain of calls nests two levels a call.
 */
export const depthLimit = 300;

/** Reads a TypeScript, JavaScript or JSON file. Broken source gives what can be read, and a problem a fault. */
export function readModule(file: FileId, text: string): ModuleFacts {
  const kind = scriptKind(file);
  try {
    const source = ts.createSourceFile(
      file,
      text,
      { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
      false,
      kind,
    );
    const lowering: Lowering = { source, hasTags: hasLimitTags(text), depth: 0 };
    const body =
      kind === ts.ScriptKind.JSON
        ? lowerJson(lowering, source)
        : lowerStatements(lowering, source.statements);
    const marks = kind === ts.ScriptKind.JSON ? [] : readMarks(source);
    return {
      kind: 'module',
      file,
      body,
      problems: syntaxProblems(file, source, text),
      ...(marks.length > 0 && { marks }),
    };
  } catch {
    // Text nested thousands deep (generated tables, minified bundles) exhausts the parser's stack.
    const at = { file, start: 0, end: 0 };
    return {
      kind: 'module',
      file,
      body: [],
      problems: [
        {
          code: 'code/too-deep',
          severity: 'info',
          message: 'Nested too deeply to be read; the file is left out.',
          at,
        },
      ],
    };
  }
}

function scriptKind(file: string): ts.ScriptKind {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  switch (extension) {
    case 'json':
      return ts.ScriptKind.JSON;
    case 'tsx':
      return ts.ScriptKind.TSX;
    case 'ts':
    case 'mts':
    case 'cts':
      return ts.ScriptKind.TS;
    // JSX in plain .js files is common, and JSX parsing takes nothing away from JavaScript.
    default:
      return ts.ScriptKind.JSX;
  }
}

function syntaxProblems(file: FileId, source: ts.SourceFile, text: string): readonly Problem[] {
  // `parseDiagnostics` is how every TypeScript tool without a program gets at syntax errors; it is not in the public types.
  const { parseDiagnostics } = source as unknown as {
    parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return (parseDiagnostics ?? []).slice(0, problemLimit).map((diagnostic) => ({
    code: 'code/syntax',
    severity: 'warning',
    message: `Syntax error: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')} What follows may be read wrongly.`,
    at: {
      file,
      start: Math.min(diagnostic.start, text.length),
      end: Math.min(diagnostic.start + diagnostic.length, text.length),
    },
  }));
}

/** Where the first token of a node starts: after the white space and the comments that stand before it. */
export function startOf({ source }: Lowering, node: ts.Node): number {
  let start = node.pos;
  let code = source.text.charCodeAt(start);
  while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
    start += 1;
    code = source.text.charCodeAt(start);
  }
  // Almost always a name, a bracket or a quote follows. Comments, and what else the parser passes over, it knows better.
  const isToken = code > 0x20 && code < 0x7f && code !== slash && code !== hash && !isConflictMarker(code);
  return isToken && start < node.end ? start : node.getStart(source, false);
}

const slash = 0x2f;
const hash = 0x23;

function isConflictMarker(code: number): boolean {
  // `<`, `=`, `>`, `|`
  return (code >= 0x3c && code <= 0x3e) || code === 0x7c;
}
