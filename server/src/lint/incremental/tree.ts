/** The data of a cut document, put together from a value for each part. */

import type { Cut, Group, Part } from './cut.ts';

type Data = Record<string, unknown>;

export interface Tree {
  readonly root: Data;
  set(part: Part, value: unknown): void;
  /** The same with nothing in it but some parts for who looks around; who asks for others by name finds them all. */
  showing(parts: readonly Part[]): Data;
}

export function createTree(cut: Cut, valueOf: (part: Part) => unknown): Tree {
  const compose = (group: Group): Data => {
    const made: Data = {};
    for (const item of group.items) {
      if (item.kind === 'part') made[item.part.entry.key] = valueOf(item.part);
      else made[item.path.at(-1) ?? ''] = compose(item);
    }
    return made;
  };
  const root = compose(cut.root);
  const hidden = (group: Group, data: Data): Data => {
    const made = Object.create(data) as Data;
    for (const item of group.items) {
      const name = item.kind === 'group' ? item.path.at(-1) : undefined;
      if (item.kind === 'group' && name !== undefined) made[name] = hidden(item, data[name] as Data);
    }
    return made;
  };
  return {
    root,
    set: (part, value) => void (holder(root, part)[part.entry.key] = value),
    showing(parts) {
      const view = hidden(cut.root, root);
      for (const part of parts) holder(view, part)[part.entry.key] = holder(root, part)[part.entry.key];
      return view;
    },
  };
}

function holder(root: Data, { path }: Part): Data {
  return path.slice(0, -1).reduce((data, key) => data[key] as Data, root);
}
