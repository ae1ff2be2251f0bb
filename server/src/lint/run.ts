/**
 * Runs Spectral.
 *
 * INVARIANT: no request leaves while linting. Spectral's own resolver would go to the network for a `$ref`; ours
 * answers from `Texts`, and says so where it may not.
 */

import spectralCore, { type IRuleResult, type Ruleset } from '@stoplight/spectral-core';
import refResolver from '@stoplight/spectral-ref-resolver';

type Resolver = InstanceType<(typeof refResolver)['Resolver']>;
export type Resolution = Awaited<ReturnType<Resolver['resolve']>>;

/** Gives references of a document resolved. The cache is how Spectral knows the documents that were read for them. */
export type Resolving = Pick<Resolver, 'resolve' | 'uriCache'>;

/** Spectral's form of a document. What is remembered of examples hangs on this object. */
export interface LintTarget {
  readonly parsed: {
    data: unknown;
    readonly ast: object;
    readonly lineMap: readonly number[];
    readonly diagnostics: readonly never[];
  };
  readonly source: string;
  getLocationForJsonPath(): undefined;
}

/** @param source the path of the document */
export function createTarget(data: unknown, source: string): LintTarget {
  return {
    parsed: { data, ast: {}, lineMap: [], diagnostics: [] },
    getLocationForJsonPath: () => undefined,
    source,
  };
}

export async function runSpectral(
  target: LintTarget,
  ruleset: Ruleset,
  resolver: Resolving,
): Promise<readonly IRuleResult[]> {
  const spectral = new spectralCore.Spectral({ resolver: resolver as Resolver });
  spectral.setRuleset(ruleset);
  return spectral.run(target as unknown as Parameters<typeof spectral.run>[0], { ignoreUnknownFormat: true });
}

/** Where the texts of other documents come from; undefined where there is none, or none that may be asked for. */
export interface Texts {
  file(path: string): string | undefined;
  remote(uri: string): string | undefined;
  /** What a path is called in messages. */
  nameOf(path: string): string;
}

export function createResolver(texts: Texts): Resolver {
  const file = {
    resolve: (uri: { toString(): string }): Promise<string> => {
      const path = pathOfUri(uri.toString());
      const text = texts.file(path);
      return text === undefined
        ? Promise.reject(new Error(`There is no file ${texts.nameOf(path)}.`))
        : Promise.resolve(text);
    },
  };
  const remote = {
    resolve: (uri: { toString(): string }): Promise<string> => {
      const text = texts.remote(uri.toString());
      if (text !== undefined) return Promise.resolve(text);
      const host = /^\w+:\/\/([^/]+)/.exec(uri.toString())?.[1] ?? 'this host';
      return Promise.reject(
        new Error(
          `Documents of ${host} are not fetched, because the host is not approved: ${uri.toString()}`,
        ),
      );
    },
  };
  return new refResolver.Resolver({ resolvers: { file, http: remote, https: remote } });
}

export function pathOfUri(uri: string): string {
  const path = uri.replace(/^file:\/\//, '').replace(/#.*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
