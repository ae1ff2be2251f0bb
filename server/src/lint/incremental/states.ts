/** What is known of each part: its data, what it refers to and who refers to it, and what was found in it. */

import type { Finding } from '../../contract/finding.ts';
import type { JsonPath } from '../document-data.ts';
import type { Part } from './cut.ts';
import { linksOf, targetOfForeign } from './links.ts';
import type { PartIndex } from './parts.ts';
import type { Resolvable } from './resolve.ts';

/** A fault whose place stays right while others change. */
export interface Found {
  readonly finding: Finding;
  /** Undefined for one in another document: `finding` says where. */
  readonly place:
    | { readonly part: Part; readonly start: number; readonly end: number }
    /** Above all parts. */
    | { readonly part: undefined; readonly path: JsonPath }
    | undefined;
}

export interface State extends Resolvable {
  readonly part: Part;
  /** Of the rules that look at one part. */
  local: Found[];
  /** Of the check against the schema of OpenAPI. */
  readonly structural: Found[];
}

export interface States {
  readonly all: ReadonlyMap<string, State>;
  /** Undefined for a part of which it is not certain what depends on it, or it on what. */
  add(part: Part, data: unknown, resolved: unknown): State | undefined;
  remove(part: Part): State | undefined;
  /** Those that refer to one of these parts, whether it is there or not, on whatever way. */
  usersOf(keys: Iterable<string>): ReadonlySet<State>;
}

/** @param reach does not change as long as the groups of a document stay the same */
export function createStates(reach: PartIndex['reach']): States {
  const all = new Map<string, State>();
  const users = new Map<string, Set<State>>();

  const targetsOf = ({ links }: Resolvable): readonly string[] | undefined => {
    const local = links.foreign.filter((ref) => ref.startsWith('#')).map(targetOfForeign);
    const keys = [...links.links.map(({ to }) => to), ...local].map((to) => to && reach(to)?.key);
    return keys.every((key) => key !== undefined) ? keys : undefined;
  };

  return {
    all,
    add(part, data, resolved) {
      const links = linksOf(data, part.path);
      const state = { part, path: part.path, data, resolved, links, missing: [], local: [], structural: [] };
      const targets = targetsOf(state);
      if (!targets || links.names) return undefined;
      for (const key of targets) {
        const known = users.get(key) ?? new Set();
        users.set(key, known);
        known.add(state);
      }
      all.set(part.key, state);
      return state;
    },
    remove({ key }) {
      const state = all.get(key);
      for (const target of state ? (targetsOf(state) ?? []) : []) if (state) users.get(target)?.delete(state);
      all.delete(key);
      return state;
    },
    usersOf(keys) {
      const found = new Set<State>();
      const open = [...keys];
      for (let key = open.pop(); key !== undefined; key = open.pop())
        for (const state of users.get(key) ?? []) {
          if (found.has(state)) continue;
          found.add(state);
          open.push(state.part.key);
        }
      return found;
    },
  };
}
