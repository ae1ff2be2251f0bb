/** Sizes beyond which a file is not what we look for. In bytes. */

/** Larger source files are bundles and data. */
export const codeLimit = 5_000_000;

/** Twenty times the largest published specs that people edit. */
export const documentLimit = 52_428_800;
