/** What needs the copy of TypeScript that ts-morph bundles: a bundle of its own, loaded when the first file asks for it. */

export { readModule } from './lower.ts';
export { renameInSources } from './rename.ts';
