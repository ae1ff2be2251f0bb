/** Sources of a project as TypeScript's checker sees them, with the declarations of packages where they are on disk. */

import { getLibFiles, ts } from '@ts-morph/common';
import { fileId, type FileId } from '../../contract/span.ts';
import type { SourceFolder } from '../../contract/rename.ts';

/** Where ts-morph keeps the declarations of the language, in memory. */
const libraries = '/node_modules/typescript/lib';

export interface Project {
  readonly service: ts.LanguageService;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Those of the folder. */
  readonly sources: readonly ts.SourceFile[];
  idOf(path: string): FileId | undefined;
  sourceOf(file: FileId): ts.SourceFile | undefined;
}

export function openProject(folder: SourceFolder, texts: ReadonlyMap<FileId, string>): Project {
  const standard = new Map(getLibFiles().map(({ fileName, text }) => [`${libraries}/${fileName}`, text]));
  const known = new Set(folder.files);
  const pathOf = (file: FileId): string => `${folder.path}/${file}`;
  const idOf = (path: string): FileId | undefined => {
    const file = fileId(path.startsWith(`${folder.path}/`) ? path.slice(folder.path.length + 1) : '');
    return known.has(file) ? file : undefined;
  };
  const read = (path: string): string | undefined => {
    const file = idOf(path);
    return file === undefined
      ? (standard.get(path) ?? folder.readPath(path))
      : (texts.get(file) ?? folder.read(file));
  };
  const options = optionsFor(folder, [...texts.keys()][0]);
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...texts.keys()].map(pathOf),
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder.path,
    getDefaultLibFileName: () => `${libraries}/lib.es2022.full.d.ts`,
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    directoryExists: () => true,
    getDirectories: () => [],
  };
  const service = ts.createLanguageService(host);
  const program = service.getProgram();
  if (!program) throw new Error('TypeScript gives no program.');
  return {
    service,
    program,
    checker: program.getTypeChecker(),
    sources: program.getSourceFiles().filter(({ fileName }) => idOf(fileName) !== undefined),
    idOf,
    sourceOf: (file) => program.getSourceFile(pathOf(file)),
  };
}

/** Those of the nearest `tsconfig.json`, as far as they say what names and modules mean. */
function optionsFor(folder: SourceFolder, file: FileId | undefined): ts.CompilerOptions {
  const defaults: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowJs: true,
    experimentalDecorators: true,
    esModuleInterop: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    noImplicitAny: false,
    types: [],
  };
  const steps = (file ?? '').split('/');
  for (let count = steps.length - 1; count >= 0; count -= 1) {
    const base = [folder.path, ...steps.slice(0, count)].join('/');
    const text = folder.readPath(`${base}/tsconfig.json`);
    if (text === undefined) continue;
    const { config } = ts.parseConfigFileTextToJson(`${base}/tsconfig.json`, text) as {
      readonly config?: {
        readonly compilerOptions?: { readonly paths?: unknown; readonly baseUrl?: unknown };
      };
    };
    const { paths, baseUrl } = config?.compilerOptions ?? {};
    const root = typeof baseUrl === 'string' ? `${base}/${baseUrl.replace(/^\.\/?/, '')}` : base;
    return {
      ...defaults,
      ...(typeof paths === 'object' && paths !== null && { paths: paths as ts.MapLike<string[]> }),
      ...((typeof baseUrl === 'string' || paths !== undefined) && { baseUrl: root.replace(/\/$/, '') }),
    };
  }
  return defaults;
}
