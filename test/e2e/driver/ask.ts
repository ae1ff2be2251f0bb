/**
 * How the suite, which runs inside the editor, asks the driver outside for what only the window knows: what stands on
 * the screen, a picture of it, a click. Files in a folder that both know, because every host has files.
 */

export type Question =
  | { readonly kind: 'screenshot'; readonly name: string; readonly clip?: string }
  /** The visible text of every element that the selector matches. */
  | { readonly kind: 'texts'; readonly selector: string }
  /** A sum of what the selector matches, with an attribute of each. */
  | { readonly kind: 'attributes'; readonly selector: string; readonly attribute: string }
  | { readonly kind: 'click'; readonly selector: string }
  | { readonly kind: 'point'; readonly selector: string }
  | { readonly kind: 'press'; readonly keys: string }
  /** In a page within the window, such as a panel: the texts of what matches after something was done to it. */
  | ({ readonly kind: 'page'; readonly selector: string } & InPage);

/** One of these. */
export interface InPage {
  readonly fill?: string;
  /** Of the options of a list. */
  readonly choose?: string;
  readonly click?: true;
}

/** `window: false` where the host has no window that can be asked (the desktop one): such checks are left out then. */
export type Answer =
  { readonly window: false } | { readonly window: true; readonly texts: readonly string[] };

export interface CaseResult {
  readonly name: string;
  readonly milliseconds: number;
  /** Why it failed; undefined if it did not. */
  readonly failure?: string;
}

export interface SuiteResult {
  readonly cases: readonly CaseResult[];
  /** Figures worth telling: `activation 12 ms`. */
  readonly notes: readonly string[];
}

/** Environment of the extension host. */
export const scratchVariable = 'BACKEND_CONTRACT_E2E';
/** In the scratch folder: which group of cases to run, and the result. */
export const groupFile = 'group.txt';
export const resultFile = 'result.json';
