/** `draft`: an OpenAPI document from the code, or from requests, to begin a contract with. */

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CodeContract } from '../../contract/operation.ts';
import { draftContract, type ContractDraft, type DraftVersion } from '../../draft/contract.ts';
import { packageInfo } from '../../host/package-info.ts';
import { fileId } from '../../contract/span.ts';
import { draftRequests, readRequests } from '../../draft/requests/from-requests.ts';
import type { Draft } from '../../draft/schema.ts';
import { documentLimit } from '../../host/limits.ts';
import { readText, reasonOf } from '../../host/read-text.ts';
import { writeDocument } from '../../text/write-document.ts';
import type { ExitCode, Io } from '../io.ts';
import { count } from '../report/theme.ts';
import type { Session } from '../session.ts';

export interface DraftOptions {
  readonly openapi: DraftVersion;
  readonly format: 'yaml' | 'json';
  readonly output?: string;
}

export function draft(session: Session, options: DraftOptions, io: Io): ExitCode {
  const code = serverOf(session);
  if (typeof code === 'string') {
    io.err(`${code}\n`);
    return 2;
  }
  const drafted = draftContract(code, options.openapi, packageInfo(session.workspace, code.root));
  if (!write(drafted.document, options, io)) return 2;
  tell(session, drafted, io);
  return 0;
}

/** From requests that were made or written down, instead of from code. */
export function draftFrom(file: string, options: DraftOptions, io: Io): ExitCode {
  const { text, problem } = readText(resolve(io.cwd, file), fileId(file), documentLimit);
  const read = problem && text === '' ? { refused: problem.message } : readRequests(text);
  if ('refused' in read) {
    io.err(`${file}: ${read.refused}\n`);
    return 2;
  }
  const { document, operations, left } = draftRequests(read, options.openapi);
  if (!write(document, options, io)) return 2;
  io.err(`${count(operations, 'operation')} drafted.\n`);
  for (const { title, why } of left) io.err(`Left out: ${title} ${why}\n`);
  return 0;
}

function write(document: Draft, { format, output }: DraftOptions, io: Io): boolean {
  const text = writeDocument(document, format);
  if (output === undefined) {
    io.out(text);
    return true;
  }
  try {
    // Never over what somebody wrote.
    writeFileSync(resolve(io.cwd, output), text, { flag: 'wx' });
    return true;
  } catch (error) {
    io.err(`${output} cannot be written: ${reasonOf(error)}.\n`);
    return false;
  }
}

function serverOf({ snapshot }: Session): CodeContract | string {
  const servers = snapshot.codes.filter(({ operations }) => operations.items.length > 0);
  const [only] = servers;
  if (!only) return 'No Express or NestJS application was found.';
  return servers.length === 1
    ? only
    : `There are several servers. Choose one: ${servers.map(({ root }) => `--root ${root}`).join(', ')}`;
}

/** What is in it, and what people have to add. */
function tell({ places }: Session, { operations, left }: ContractDraft, io: Io): void {
  io.err(`${count(operations, 'operation')} drafted.\n`);
  for (const { title, why, at } of left) {
    io.err(`Left out: ${title} ${why} (${at.file}:${places.of(at).start.line})\n`);
  }
}
