/** Reading files as text: encodings, sizes and everything that can be wrong with a file. */

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';

export interface TextRead {
  /** Empty where the file cannot be read as text. Without byte order mark. */
  readonly text: string;
  /** Identifies the bytes. Computed when it is asked for. */
  readonly hash: string;
  readonly problem?: Problem;
}

const empty = { text: '', hash: '' };

/** Reads a file of at most `limit` bytes; never throws. */
export function readText(path: string, file: FileId, limit: number): TextRead {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { ...empty, problem: problem(file, 'file/unreadable', `Cannot be read: ${reasonOf(error)}.`) };
  }
  return decoded(file, bytes, limit);
}

/** The same for the content of a file that was read elsewhere. */
export function decoded(file: FileId, bytes: Buffer, limit: number): TextRead {
  if (bytes.length > limit) {
    const size = `${megabytes(bytes.length)} MB`;
    const message = `Is ${size} large and was not read; the limit is ${megabytes(limit)} MB.`;
    return { ...empty, problem: problem(file, 'file/too-large', message) };
  }
  let hash: string | undefined;
  return {
    ...decode(file, bytes),
    get hash() {
      return (hash ??= hashOf(bytes));
    },
  };
}

/** The text alone; undefined where the file cannot be read at all. */
export function textOnDisk(path: string, file: FileId, limit: number): string | undefined {
  const { text, hash } = readText(path, file, limit);
  return hash === '' ? undefined : text;
}

/** The same for a text and for its bytes in UTF-8. */
export function hashOf(content: string | Buffer): string {
  return createHash('sha1').update(content).digest('base64url');
}

function decode(file: FileId, bytes: Buffer): { readonly text: string; readonly problem?: Problem } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
  if (isBinary(bytes)) {
    return { text: '', problem: problem(file, 'file/binary', 'Is binary and was not read.') };
  }
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    return { text: text.startsWith('\ufeff') ? text.slice(1) : text };
  }
  // One character a byte, so a byte's index is its offset in the text.
  const at = firstInvalidByte(bytes);
  const message = 'Is not valid UTF-8 from here on; it was read as Windows-1252.';
  return {
    text: new TextDecoder('windows-1252').decode(bytes),
    problem: { code: 'file/encoding', severity: 'warning', message, at: { file, start: at, end: at + 1 } },
  };
}

/** Programs may hold a zero between quotes, to join parts of a key; in anything but text there are many, or other bytes. */
function isBinary(bytes: Buffer): boolean {
  const first = bytes.indexOf(0);
  if (first < 0) return false;
  const most = bytes.length / 100;
  let zeros = 0;
  for (let at = first; at >= 0 && zeros <= most; at = bytes.indexOf(0, at + 1)) zeros += 1;
  return zeros > most || !isUtf8(bytes);
}

/** Finds the first byte that no UTF-8 sequence allows, by halving: a prefix is valid or it is not. */
function firstInvalidByte(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValid(bytes.subarray(0, middle), true)) valid = middle;
    else invalid = middle;
  }
  // The sequence that the end of the prefix cuts is the one that is wrong.
  while (valid > 0 && !isValid(bytes.subarray(0, valid), false)) valid -= 1;
  return valid;
}

/** `stream` forgives a sequence that the end cuts. */
function isValid(bytes: Buffer, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

function problem(file: FileId, code: string, message: string): Problem {
  return { code, severity: 'warning', message, at: { file, start: 0, end: 0 } };
}

/** Says what the operating system said, without the path: the place says it already. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code === '' ? 'unknown reason' : code);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk reported an error',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
};

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0).replace(/\.0$/, '');
}
