/**
 * Packages that register routes of their own on an application that they are given, or that make one: from
 * decorators, from a contract object, from a folder. What they register is an area that is not read.
 */

import type { ExternalValue, Value } from '../../evaluate/values.ts';
import { routerOf, type RouterNode } from './router.ts';

/** Module to the path below which it registers. */
const registrars: Readonly<Record<string, string>> = {
  '@ts-rest/express': '/',
  'apollo-server-express': '/graphql',
  consign: '/',
  'express-file-routing': '/',
  'express-zod-api': '/',
  'inversify-express-utils': '/',
  'routing-controllers': '/',
};

/** What makes an application that nobody sees being made. */
const makers = new Set(['createExpressServer', 'createServer', 'build']);

export interface Registration {
  /** The application; undefined where the call makes one. */
  readonly on: RouterNode | undefined;
  readonly path: string;
}

/** `serve(router, Model)`: a package that nobody described gets a router and something else, to make routes of it. */
export function mayRegister(
  { args }: ExternalValue,
  [first, ...more]: readonly Value[],
): RouterNode | undefined {
  const node = args ? undefined : first && routerOf(first);
  return node?.kind === 'router' && more.length > 0 ? node : undefined;
}

export function registrationOf(value: ExternalValue, args: readonly Value[]): Registration | undefined {
  const path = registrars[value.module];
  if (path === undefined) return undefined;
  const on = args.flatMap((arg) => routerOf(arg) ?? [])[0];
  if (on) return { on, path };
  return makers.has(value.path.at(-1) ?? '') ? { on, path } : undefined;
}
