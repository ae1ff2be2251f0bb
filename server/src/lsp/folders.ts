/** The workspace folders that are open. */

import { URI } from 'vscode-uri';
import type { FileId } from '../contract/span.ts';
import { Folder } from './folder.ts';
import { defaultSettings } from './settings.ts';

/** A document of the editor as a file of a folder. */
export interface FileInFolder {
  readonly folder: Folder;
  readonly file: FileId;
  /** Absolute. */
  readonly path: string;
}

export class Folders {
  readonly #folders = new Map<string, Folder>();

  /** Undefined for a folder that is open already, and for one that is not on a disk. */
  add(uri: string, name: string): Folder | undefined {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== 'file' || this.#folders.has(uri)) return undefined;
    const folder = new Folder(uri, parsed.fsPath, name, defaultSettings);
    this.#folders.set(uri, folder);
    return folder;
  }

  remove(uri: string): Folder | undefined {
    const folder = this.#folders.get(uri);
    this.#folders.delete(uri);
    return folder;
  }

  all(): readonly Folder[] {
    return [...this.#folders.values()];
  }

  withPath(path: string): Folder | undefined {
    return this.all().find((folder) => folder.path === path);
  }

  /** Where the document belongs: to the innermost of nested folders. */
  find(uri: string): FileInFolder | undefined {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== 'file') return undefined;
    const path = parsed.fsPath;
    let folder: Folder | undefined;
    for (const one of this.#folders.values())
      if (one.contains(path) && one.path.length > (folder?.path.length ?? -1)) folder = one;
    return folder && { folder, file: folder.fileOf(path), path };
  }
}
