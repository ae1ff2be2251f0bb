/** Operations: what a contract promises and what code serves, in one form for both. */

import type { Gathering } from './annotated.ts';
import type { Ignore } from './ignore.ts';
import type { Collection, Evidence, Maybe, UnknownReason } from './knowledge.ts';
import type { Path } from './path.ts';
import type { Scalar, Shape, Shapes } from './shape.ts';
import type { FileId, Span } from './span.ts';

/**
 * What makes two declarations "the same operation": one variant a protocol, never a lowest common denominator.
 *
 * An HTTP `method` is an upper-case token of RFC 9110 section 9, or `ALL` for a route that answers every method
 * (code side only). `path` is the longest form of the path; `variants` are the further, shorter forms that
 * optional segments allow (`/users{/:id}` has the path `/users/{id}` and the variant `/users`).
 */
export type OperationKey =
  | {
      readonly protocol: 'http';
      readonly method: string;
      readonly path: Path;
      readonly variants: readonly Path[];
    }
  | { readonly protocol: 'graphql'; readonly type: string; readonly field: string }
  | { readonly protocol: 'grpc'; readonly service: string; readonly method: string };

export type Protocol = OperationKey['protocol'];

export type KeyOf<P extends Protocol> = Extract<OperationKey, { protocol: P }>;

/** An argument: of the path, the query, a header or a cookie; of a GraphQL field. */
export interface Input {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'argument';
  readonly required: Maybe<boolean>;
  readonly shape: Shape;
  readonly evidence: Evidence;
  readonly at: Span;
  /**
   * It is taken, and this operation was not seen to ask for it: a schema of several operations lets it in, or a
   * middleware in front of many of them reads it. Or it is left out of contracts on purpose (`@ApiHideProperty()`).
   */
  readonly accepted?: true;
  /** A validator refuses what is not of this shape; without one it is what the code counts on. */
  readonly enforced?: true;
  /** What stands in for it where it is missing; undefined where nothing does, or nothing is known of it. */
  readonly default?: Scalar;
  /**
   * Of several values in a query: `commas` are one text (`ids=1,2`), `repeated` are a name each (`ids=1&ids=2`).
   * Undefined where neither is said.
   */
  readonly list?: 'commas' | 'repeated';
  /** Of an object in a query: the names of its fields where each of them is sent as a parameter of its own. */
  readonly parts?: readonly string[];
  /** Of a parameter of the path, in code: every place that reads it by its name. Undefined where there may be more. */
  readonly places?: readonly Span[];
}

export type DroppedInput = Pick<Input, 'in' | 'name' | 'at'>;

/** A body in one media type. `mediaType` is lower case without parameters, or `*` where it is not known. */
export interface Body {
  readonly mediaType: string;
  /** Further media types that are read the same way: the framework parses them without being asked. */
  readonly alike?: readonly string[];
  readonly shape: Shape;
  readonly required: Maybe<boolean>;
  readonly evidence: Evidence;
  readonly at: Span;
  /** As of an input. */
  readonly enforced?: true;
}

/** A header of an answer, as it is written: names do not depend on letter case (RFC 9110, section 5.1). */
export interface Header {
  readonly name: string;
  readonly at: Span;
}

/** An answer. `status` is a code (`404`), a range (`4XX`) or `default`; GraphQL and gRPC have one, `ok`. */
export interface Output {
  readonly status: string;
  readonly bodies: Collection<Body>;
  /** All that a spec lists; of code those that every answer of this status has. Undefined where nothing is known of them. */
  readonly headers?: readonly Header[];
  readonly evidence: Evidence;
  readonly at: Span;
  /** Where the status is written, when that is outside of the handler: a helper, a service that throws. */
  readonly source?: Span;
  /** Sent by a middleware or guard in front of many operations, and not by this one's own handlers. */
  readonly shared?: true;
}

/** One scheme, guard or middleware that lets a caller in. */
export interface SecurityScheme {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly evidence: Evidence;
  readonly at: Span;
}

/** `required`: does an anonymous caller get refused? Known to be false only if everything in front was read. */
export interface Security {
  readonly required: Maybe<boolean>;
  readonly schemes: Collection<SecurityScheme>;
}

/** Where an operation of a spec stands. */
export interface SpecOrigin {
  readonly side: 'spec';
  /** The root document, which may differ from the file of `at`. */
  readonly spec: FileId;
  /** JSON pointer (RFC 6901) of the operation in the file of `at`. */
  readonly pointer: string;
  readonly operationId?: string;
  /** One line, as it is written. */
  readonly summary?: string;
  readonly tags: readonly string[];
  /** Places for findings that are narrower than the whole operation. */
  readonly pathAt: Span;
  readonly responsesAt?: Span;
  readonly securityAt?: Span;
  /** The spec itself wires the handler (`x-eov-operation-handler`, …): no registration in code is to be expected. */
  readonly wired?: string;
  /** The spec's author asks for silence: `x-internal`, `x-backend-contract-ignore`. Holds the reason or the key. */
  readonly ignored?: string;
  /** A fault of syntax is why it may not belong where it stands. What stands in it is not told then. */
  readonly astray?: UnknownReason;
}

/** A router, controller or resolver: routes that stand together are reported together. */
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly at: Span;
}

/** One step on the way to a path: a mount, a prefix, the registration itself. `path` is what it adds, as OpenAPI writes it. */
export interface PathLink {
  readonly at: Span;
  /** Where the text of the path is written, quotes included, if that is known. */
  readonly text?: Span;
  readonly path: string;
}

/** Where an operation in code stands, and how sure we are of its path. */
export interface CodeOrigin {
  readonly side: 'code';
  readonly framework: string;
  readonly group: Group;
  readonly handler?: { readonly name: string; readonly at: Span };
  /** The id that a decorator gives the operation in the contract, and where the text of it is written. */
  readonly operationId?: { readonly name: string; readonly at: Span };
  /**
   * The part in front of `key.path` that we cannot read (configuration, a mount by unknown code).
   * Undefined where the path is whole. Such a route matches by suffix and is never reported as undocumented.
   */
  readonly unknownPrefix?: UnknownReason;
  /** A leading prefix that deployment may change (`process.env.BASE_PATH ?? '/app'`): in front of `key.path`, not part of it. */
  readonly base?: string;
  /** How the path came about, outermost first; the last link is the registration. */
  readonly chain?: readonly PathLink[];
  /** Registered only under this condition, which the source does not decide. */
  readonly conditional?: Span;
  /** Hidden from contracts on purpose (`@ApiExcludeEndpoint()`, a comment, the configuration); holds what says so. */
  readonly hidden?: string;
}

export interface Operation<K extends OperationKey = OperationKey> {
  readonly key: K;
  /** The narrowest place that means the whole operation: the method key of a spec, the call or decorator in code. */
  readonly at: Span;
  readonly title: string;
  readonly inputs: Collection<Input>;
  /** Request bodies, one a media type. A GET without a body has a complete, empty collection. */
  readonly bodies: Collection<Body>;
  readonly outputs: Collection<Output>;
  readonly security: Security;
  readonly deprecated: Maybe<boolean>;
  readonly origin: SpecOrigin | CodeOrigin;
}

export type OperationOf<P extends Protocol> = Operation<KeyOf<P>>;
export type SpecOperation = OperationOf<'http'> & { readonly origin: SpecOrigin };
export type CodeOperation = OperationOf<'http'> & {
  readonly origin: CodeOrigin;
  /** Declared, and taken away by a validator before the handler sees it: what is said about them is no check. */
  readonly dropped?: readonly DroppedInput[];
  /** Why the handler itself may succeed with a status that `outputs` does not list. */
  readonly unseenSuccess?: UnknownReason;
};

/** A region of the address space that something we cannot read may serve: a proxy, static files, an opaque mount. */
export interface OpaqueArea {
  readonly prefix: Path;
  /** Undefined for every method. */
  readonly method?: string;
  /** True where not even `prefix` is certain: then any path may be served. */
  readonly anywhere: boolean;
  readonly reason: UnknownReason;
}

/** A spec with everything it refers to. */
export interface SpecContract {
  readonly side: 'spec';
  readonly file: FileId;
  readonly title: string;
  /** `2.0`, `3.0`, `3.1`, `3.2`. */
  readonly version: string;
  readonly operations: Collection<SpecOperation>;
  /**
   * Where operations may be that could not be read (a path item behind a dangling `$ref`). With it, an incomplete
   * `operations` casts doubt on these areas only; without it, on every address.
   */
  readonly opaque?: readonly OpaqueArea[];
  /** Candidates for what stands in front of every path: from `servers` or `basePath`, most likely first; `[]` is always one. */
  readonly bases: readonly Path[];
  /** Something else may stand there, which could not be read. */
  readonly openBase?: true;
  /** Every file that was read for it. */
  readonly files: readonly FileId[];
  readonly ignores?: readonly Ignore[];
  /** Named schemas: what `ref`s in the operations lead to. */
  readonly shapes?: Shapes;
}

/** Everything that one server root serves. */
export interface CodeContract {
  readonly side: 'code';
  /** Folder of the root, relative to the workspace; `.` for the workspace itself. */
  readonly root: string;
  readonly frameworks: readonly string[];
  readonly operations: Collection<CodeOperation>;
  /** Routes of routers that nothing was seen to mount: they prove nothing, but may be what a spec means. */
  readonly detached: readonly CodeOperation[];
  readonly opaque: readonly OpaqueArea[];
  /** Named types: what `ref`s in the operations lead to. */
  readonly shapes?: Shapes;
  /** Of every file that was read for any server. */
  readonly ignores?: readonly Ignore[];
  /** Specifications that the server puts together from comments; the engine makes contracts of them. */
  readonly gatherings?: readonly Gathering[];
}
