/** Paths with `/`, without touching a disk. */

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';
}

/** `name` as it is meant in `folder`; a `..` above the root is dropped. */
export function joined(folder: string, name: string): string {
  const parts = folder === '/' ? [''] : folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/') || '/';
}
