/**
 * What the client and the server say to each other beyond LSP. The only file of the server that the client may
 * import, so it holds constants and types and imports nothing.
 */

/** As in LSP: lines and UTF-16 characters from 0. */
export interface WirePosition {
  readonly line: number;
  readonly character: number;
}

export interface WireRange {
  readonly start: WirePosition;
  readonly end: WirePosition;
}

export interface WireLocation {
  readonly uri: string;
  readonly range: WireRange;
}

export interface InitializationOptions {
  /** False in Restricted Mode: nothing of the workspace may run then, rulesets included. */
  readonly isTrusted: boolean;
  /** A folder for caches that survives restarts. */
  readonly storage?: string;
  /** A command of the editor that opens the list of completions: run after one behind which there is more to choose. */
  readonly askAgain?: string;
}

/** Client to server, no parameters: the user trusts the workspace from now on. */
export const trustGranted = 'backendContract/trustGranted';

/** Server to client, `Status`: whenever it changed. */
export const statusChanged = 'backendContract/status';

/** Server to client, no parameters: a contract tree that was asked for earlier may be out of date. */
export const contractChanged = 'backendContract/contractChanged';

/** Request without parameters, answered with `ContractTree`. */
export const contractTree = 'backendContract/contractTree';

/** Request with `CounterpartParams`, answered with `readonly Counterpart[]`. */
export const counterpart = 'backendContract/counterpart';

/** Request with `ExplainParams`, answered with `Explanation | null`. */
export const explainRule = 'backendContract/explainRule';

/** Request without parameters, answered with `DriftReport`. */
export const driftReport = 'backendContract/driftReport';

/** Request with `PreviewParams`, answered with what server/page/preview.ts draws, or null for a file of no specification. */
export const preview = 'backendContract/preview';

/** Request with `PreviewParams`, answered with `WholeDocument`, or null for a file of no specification. */
export const wholeDocument = 'backendContract/wholeDocument';

/** Request with `PreviewDetailsParams`, answered with what server/page/preview.ts draws of one operation, or null. */
export const previewDetails = 'backendContract/previewDetails';

/** Request with `PreviewDetailsParams`, answered with a form to try an operation, or null; see `features/try-operation.ts`. */
export const tryForm = 'backendContract/tryForm';

/** Request with `TryParams`, answered with `TryAnswer`, or null for an operation that is not there any more. */
export const tryRequest = 'backendContract/tryRequest';

/** Request with `PreviewAtParams`, answered with `PreviewAt | null`. */
export const previewAt = 'backendContract/previewAt';

/** Request without parameters, answered with `ContractSources`. */
export const contractSources = 'backendContract/contractSources';

/** Request with `NewContractParams`, answered with `NewContract`, or null for what is not there. */
export const newContract = 'backendContract/newContract';

/** Request without parameters, answered with `LintSummary` when every document was linted. */
export const lintAll = 'backendContract/lintAll';

/** Request with `ConfigTextParams`, answered with `ConfigText`, or null while nothing is known of the folder. */
export const configText = 'backendContract/configText';

/** The scheme of documents that the client makes: pages of rules. */
export const pageScheme = 'backend-contract';

/** The link of a rule's page, for `Diagnostic.codeDescription`. */
export function ruleLink(id: string): string {
  return `${pageScheme}:/rules/${id}.md`;
}

/** `virtual`: there is no server, because the workspace is not on a disk. The client alone says so. */
export type Phase = 'starting' | 'working' | 'ready' | 'degraded' | 'failed' | 'virtual';

/** A figure, see server/docs/kpis.md. */
export interface KpiFigure {
  readonly id: 'coverage' | 'drift' | 'lint' | 'unknown';
  readonly title: string;
  readonly definition: string;
  readonly better: 'high' | 'low';
  readonly part: number;
  readonly whole: number;
  /** `83 %`, or `–` where there is nothing to divide by. */
  readonly share: string;
}

export interface ContractFigures {
  readonly kpis: readonly KpiFigure[];
  readonly specs: number;
  /** Operations in specs. */
  readonly operations: number;
  /** Routes in code. */
  readonly routes: number;
  /** How many operations, in specs or code, are in which state; see `OperationState`. */
  readonly states: Readonly<Record<OperationState, number>>;
  /** Findings of drift that people see. */
  readonly errors: number;
  readonly warnings: number;
  /** Findings that are not told: ignored by a comment or the spec, known to the baseline. */
  readonly hidden: { readonly ignored: number; readonly known: number };
  /** Why operations could not be told, most frequent first. */
  readonly unknownReasons: readonly { readonly reason: string; readonly count: number }[];
}

export interface Status extends ContractFigures {
  readonly phase: Phase;
  /** Why it is degraded or failed, or why nothing is linted, as a sentence. */
  readonly message?: string;
  /** The linter came down too often, whatever the phase of the analysis is. */
  readonly lintFailed: boolean;
  /** Restricted Mode: no ruleset of the workspace is used, and documents are linted with the built-in rules. */
  readonly restricted: boolean;
}

/**
 * `matched`: in spec and code, without a finding. `drift`: in both, and they differ. `undocumented`: in code only.
 * `unimplemented`: in a spec only. `unknown`: whether it has a counterpart cannot be told. `aside`: not compared,
 * because it is left out on purpose or there is nothing to compare it with.
 */
export type OperationState = 'matched' | 'drift' | 'undocumented' | 'unimplemented' | 'unknown' | 'aside';

export interface ContractTree {
  readonly folders: readonly TreeFolder[];
}

export interface TreeFolder {
  readonly uri: string;
  readonly name: string;
  /** One a spec document, then one for routes that no spec has, if there are any. */
  readonly specs: readonly TreeGroup[];
  /** One a controller or router file. */
  readonly controllers: readonly TreeGroup[];
}

/** `Place`: spans in the server, locations on the wire. */
export interface TreeGroup<Place = WireLocation> {
  /** Unique in its list and stable while the group exists. */
  readonly id: string;
  readonly title: string;
  /** `OpenAPI 3.1`, or the class of a controller. */
  readonly detail?: string;
  readonly at?: Place;
  readonly operations: readonly TreeOperation<Place>[];
}

export interface TreeOperation<Place = WireLocation> {
  /** Unique in its group and stable while the operation exists. */
  readonly id: string;
  readonly method: string;
  /** The full path as in OpenAPI: `/v1/orders/{orderId}`. */
  readonly path: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  readonly state: OperationState;
  /** Messages of its findings. */
  readonly findings: readonly string[];
  /** Why it cannot be told, or is not compared. */
  readonly reason?: string;
  /** `UsersController.findOne`. */
  readonly handler?: string;
  readonly spec?: Place;
  readonly code?: Place;
}

export interface CounterpartParams {
  readonly uri: string;
  readonly position: WirePosition;
  /** Which side is wanted. */
  readonly side: 'spec' | 'code';
}

export interface Counterpart {
  /** `GET /v1/orders/{orderId}`, or the handler. */
  readonly title: string;
  readonly at: WireLocation;
}

export interface ExplainParams {
  readonly id: string;
}

export interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

export interface DriftReport {
  /** One a folder: what server/page/report.ts draws. */
  readonly reports: readonly unknown[];
}

export interface PreviewParams {
  /** Of any file of the specification. */
  readonly uri: string;
}

export interface PreviewDetailsParams extends PreviewParams {
  /** Of the operation, from the preview. */
  readonly id: string;
}

export interface TryParams extends PreviewDetailsParams {
  /** What somebody filled in. */
  readonly filled: {
    /** An address with its variables still in it. */
    readonly server: string;
    readonly variables?: Readonly<Record<string, string>>;
    /** By `in name`: `path teaId`. */
    readonly values: Readonly<Record<string, string>>;
    readonly mediaType?: string;
    readonly body?: string;
  };
}

/** A specification with all of its files in one, as plain data, or a sentence that says why it is not there. */
export interface WholeDocument {
  readonly document?: unknown;
  readonly refused?: string;
}

/** A server with a name, of the settings. */
export interface TryEnvironment {
  readonly name: string;
  /** With `{variables}`; the servers of the specification where it is left out. */
  readonly server?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a secret is kept for: it goes to no other server, whoever calls one by the same name. */
export interface SecretOwner {
  /** An address with its variables filled in; its origin counts. */
  readonly server: string;
  /** The name of an environment. */
  readonly environment?: string;
}

/** The request without its secrets, or a sentence that says what it lacks. */
export interface TryAnswer {
  readonly refused?: string;
  readonly request?: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly credentials: readonly WireCredential[];
  };
}

/** What came back of a request that the client sent; `refused` says why nothing did, as a sentence. */
export type Tried =
  | { readonly refused: string }
  | {
      readonly status: number;
      readonly statusText: string;
      readonly milliseconds: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
      /** There was more than is shown. */
      readonly clipped: boolean;
    };

/** A way in which a caller proves who it is, by the name that the specification has for it. */
export type WireCredential = { readonly scheme: string } & (
  | { readonly kind: 'bearer' | 'basic' }
  | { readonly kind: 'key'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }
);

export interface PreviewAtParams extends PreviewParams {
  readonly position: WirePosition;
}

export interface PreviewAt {
  /** Of the operation that stands there. */
  readonly id: string;
}

export interface ContractSources {
  /** Servers whose routes were read. */
  readonly servers: readonly {
    /** URI of the workspace folder. */
    readonly folder: string;
    readonly root: string;
    readonly title: string;
    readonly frameworks: readonly string[];
    readonly routes: number;
  }[];
  readonly templates: readonly { readonly id: string; readonly title: string; readonly detail: string }[];
}

export type NewContractParams = {
  readonly version: '3.0' | '3.1' | '3.2';
  readonly language: 'yaml' | 'json';
} & (
  | { readonly kind: 'server'; readonly folder: string; readonly root: string }
  | { readonly kind: 'template'; readonly id: string; readonly title: string }
  /** A Postman collection or a HAR recording, which the user chose. */
  | { readonly kind: 'requests'; readonly file: string }
);

/** `refused` is a sentence for people. */
export type NewContract = { readonly refused: string } | DraftedContract;

export interface DraftedContract {
  readonly text: string;
  /** How many operations were drafted. */
  readonly operations: number;
  /** Routes and requests that are not in it, with the reason as half a sentence. */
  readonly left: readonly { readonly title: string; readonly why: string; readonly at?: WireLocation }[];
}

export interface LintSummary {
  readonly documents: number;
  readonly findings: number;
}

export interface ConfigTextParams {
  /** URI of the workspace folder. */
  readonly folder: string;
}

export interface ConfigText {
  readonly text: string;
}
