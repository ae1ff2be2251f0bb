/** What a file may be, by its name alone. */

import type { ListedFile } from '../engine/work.ts';

export type FileClass = Pick<ListedFile, 'code' | 'document' | 'config' | 'aside'>;

/** Folders that hold what tools made or fetched. */
export const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'dist',
  'build',
  'out',
  'coverage',
]);

/** Names of such folders that people give to what they write as well: the build of a product, the coverage of an insurance. */
const words: ReadonlySet<string> = new Set(['build', 'out', 'coverage']);

/** Is a folder of this name never entered? Inside of `src` tools put nothing. */
export function isSkipped(name: string, inSources: boolean): boolean {
  return skippedFolders.has(name) && !(inSources && words.has(name));
}

/** `bin/www` is where the generator of Express puts the program that starts a server. */
const codeName = /\.[cm]?[jt]sx?$|(?:^|\/)bin\/www$/;
const notOurs = /\.d\.[cm]?ts$|\.min\.[cm]?js$|\.bundle\.js$/;
const documentName = /\.(?:ya?ml|json)$/i;
const configName =
  /(?:^|\/)(?:package\.json|project\.json|nest-cli\.json|[tj]sconfig[^/]*\.json|[^/]+\.prisma)$/;
const lockName = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|\.[^/]*)$/;

const testFolder = /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|e2e|cypress)\//;
/** The one test of a small package; deeper down, `test.js` is as often a module about tests. */
const testOfPackage = /^(?:(?:apps|packages|services)\/[^/]+\/)?tests?\.[cm]?[jt]s$/;
const testName = /\.(?:spec|test|e2e-spec|e2e-test|stories|mock)\.[cm]?[jt]sx?$/;

/** `path` is relative to the workspace folder, so that a workspace inside a folder of tests is not one big test. */
export function classify(path: string): FileClass | undefined {
  const code = codeName.test(path) && !notOurs.test(path);
  const config = configName.test(path);
  const document = documentName.test(path) && !config && !lockName.test(path);
  if (!code && !document && !config) return undefined;
  const aside = testFolder.test(path)
    ? 'in a folder of tests'
    : testName.test(path) || testOfPackage.test(path)
      ? 'a test'
      : undefined;
  return { code, document, config, ...(aside === undefined ? {} : { aside }) };
}
