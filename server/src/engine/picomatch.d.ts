/** The part of picomatch that is used: https://github.com/micromatch/picomatch. */
declare module 'picomatch' {
  interface Picomatch {
    (pattern: string): (path: string) => boolean;
    /** `base` is the folder in front of the first special character. */
    scan(pattern: string): { readonly base: string };
  }
  const picomatch: Picomatch;
  export = picomatch;
}
