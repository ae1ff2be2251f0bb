/** Why a missing counterpart proves nothing. */

import type { UnknownReason } from '../contract/knowledge.ts';
import type { CodeOperation, OpaqueArea, SpecContract } from '../contract/operation.ts';
import type { Path } from '../contract/path.ts';
import { endsWithKeys, joinKeys, type Keys, pathKeys, PARAM, REST } from './keys.ts';
import type { Server } from './routes.ts';

/** Does a route of method `own` answer requests of `method`? */
function answersMethod(own: string, method: string): boolean {
  return own === method || own === 'ALL' || (method === 'HEAD' && own === 'GET');
}

function covers(prefix: Keys, keys: Keys): boolean {
  return (
    prefix.length <= keys.length && prefix.every((key, i) => key === PARAM || key === REST || key === keys[i])
  );
}

/** The reason of an area that may hold this address. */
function opaqueAt(areas: readonly OpaqueArea[], method: string, keys: Keys): UnknownReason | undefined {
  return areas.find(
    (area) =>
      (area.method === undefined || area.method === 'ALL' || area.method === method) &&
      (area.anywhere || covers(pathKeys(area.prefix), keys)),
  )?.reason;
}

/** The reason why a spec may document this address after all. A path item that could not be read is one address, not all below it. */
export function unreadAt(
  spec: SpecContract,
  base: Path,
  method: string,
  keys: Keys,
): UnknownReason | undefined {
  if (spec.operations.complete) return undefined;
  if (!spec.opaque || spec.opaque.length === 0) return spec.operations.gaps[0] ?? { why: 'pending' };
  return spec.opaque.find(
    (area) =>
      (area.method === undefined || area.method === method) &&
      (area.anywhere || joinKeys(pathKeys([...base, ...area.prefix])) === joinKeys(keys)),
  )?.reason;
}

/** What this server may serve at an address without our knowing; undefined where nothing is left open. */
export function mayServe(server: Server, method: string, keys: Keys): UnknownReason | undefined {
  const { operations, opaque, detached } = server.contract;
  if (!operations.complete) return operations.gaps[0] ?? { why: 'pending' };
  return (
    opaqueAt(opaque, method, keys) ?? looseEnd(server, method, keys) ?? unmounted(detached, method, keys)
  );
}

/** A route of unknown prefix may stand at any address of which its known part covers the end. */
function looseEnd(server: Server, method: string, keys: Keys): UnknownReason | undefined {
  for (const { operation, forms } of server.open) {
    const { unknownPrefix } = operation.origin;
    if (!unknownPrefix || !answersMethod(operation.key.method, method)) continue;
    if (forms.some((form) => coversEnd(form.keys, keys))) return unknownPrefix;
  }
  return undefined;
}

function coversEnd(pattern: Keys, keys: Keys): boolean {
  const rest = pattern.indexOf(REST);
  const fixed = rest < 0 ? pattern : pattern.slice(0, rest);
  const fits = (at: number): boolean => fixed.every((key, i) => key === PARAM || key === keys[at + i]);
  const last = keys.length - fixed.length;
  if (rest < 0) return last >= 0 && fits(last);
  for (let at = 0; at <= last; at += 1) if (fits(at)) return true;
  return false;
}

/** A router that nothing was seen to mount has a route that ends like this address: perhaps its mount was missed. */
function unmounted(
  detached: readonly CodeOperation[],
  method: string,
  keys: Keys,
): UnknownReason | undefined {
  const one = detached.find(({ key }) => {
    if (!answersMethod(key.method, method)) return false;
    return [key.path, ...key.variants].some((path) => path.length > 0 && endsWithKeys(keys, pathKeys(path)));
  });
  if (!one) return undefined;
  return (
    one.origin.unknownPrefix ?? { why: 'unsupported', construct: 'a router that nothing mounts', at: one.at }
  );
}
