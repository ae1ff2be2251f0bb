/** What TypeScript says of a workspace in memory. Packages are not there: everything that comes from one is `any`. */

import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  experimentalDecorators: true,
  noEmit: true,
  allowJs: true,
  strict: true,
  noImplicitAny: false,
  strictPropertyInitialization: false,
  esModuleInterop: true,
  types: [],
  skipLibCheck: true,
};

const libraries = dirname(ts.getDefaultLibFilePath(options));
const parsed = new Map<string, ts.SourceFile>();

/** Sorted, without places, each once: `file: message`. */
export function faultsOf(files: ReadonlyMap<string, string>): readonly string[] {
  const sources = [...files].filter(([file]) => /\.[jt]s$/.test(file));
  const specifiers = sources.flatMap(([, text]) =>
    [...text.matchAll(/(?:from|require\()\s*['"]([^.'"][^'"]*)['"]/g)].map(([, name = '']) => name),
  );
  const ambient = [...new Set(specifiers)].map((name) => `declare module '${name}';\n`).join('');
  const globals = 'declare const require: any, module: any, exports: any, process: any, console: any;\n';
  const all = new Map([...sources, ['packages.d.ts', ambient + globals]] as const);
  const host: ts.CompilerHost = {
    fileExists: (path) => all.has(within(path)),
    readFile: (path) => all.get(within(path)),
    getSourceFile(path) {
      const text = all.get(within(path));
      if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
      const known = parsed.get(path) ?? library(path);
      if (known) parsed.set(path, known);
      return known;
    },
    getDefaultLibFileName: () => join(libraries, 'lib.es2022.d.ts'),
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
  const program = ts.createProgram(
    [...all.keys()].map((file) => `/${file}`),
    options,
    host,
  );
  const faults = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()]
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
    // Of names that come from packages.
    .filter((fault) => !fault.includes('Cannot use namespace'));
  return [...new Set(faults)].sort();
}

function within(path: string): string {
  return posix.relative('/', path);
}

function library(path: string): ts.SourceFile | undefined {
  const text = path.startsWith(libraries) ? ts.sys.readFile(path) : undefined;
  return text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
}
