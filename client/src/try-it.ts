/**
 * Tries an operation: asks before something is written, adds the secrets that the user has given for the server, and
 * sends the request there and nowhere else. Nothing is sent but on a click.
 */

import * as vscode from 'vscode';
import {
  tryRequest,
  type SecretOwner,
  type Tried,
  type TryAnswer,
  type TryParams,
  type WireCredential,
} from '../../server/src/lsp/protocol.ts';
import type { Session } from './session.ts';

/** Methods that leave everything as it is (RFC 9110, section 9.2.1; QUERY by its own draft). */
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/** In milliseconds and in bytes. */
const patience = 30_000;
const mostBytes = 1_000_000;

export class TryIt {
  readonly #session: Session;
  readonly #secrets: vscode.SecretStorage;

  constructor(session: Session, secrets: vscode.SecretStorage) {
    this.#session = session;
    this.#secrets = secrets;
  }

  /** The schemes for which there is a secret. */
  async given(owner: SecretOwner, credentials: readonly WireCredential[]): Promise<readonly string[]> {
    const found = await Promise.all(
      credentials.map(async ({ scheme }) => ((await this.#secret(owner, scheme)) ? [scheme] : [])),
    );
    return found.flat();
  }

  /** Asks for a secret, and keeps it; an empty one is forgotten. */
  async ask(owner: SecretOwner, credential: WireCredential): Promise<void> {
    const key = keyOf(owner, credential.scheme);
    if (key === undefined) return;
    const { environment } = owner;
    const secret = await vscode.window.showInputBox({
      title: `${credential.scheme} for ${originOf(owner.server)}${environment === undefined ? '' : ` (${environment})`}`,
      prompt: prompts[credential.kind],
      password: true,
      ignoreFocusOut: true,
    });
    if (secret === undefined) return;
    await (secret === '' ? this.#secrets.delete(key) : this.#secrets.store(key, secret));
  }

  async send(params: TryParams, environment: string | undefined): Promise<Tried> {
    const answer = await this.#session.request<TryAnswer | null>(tryRequest, params);
    const request = answer?.request;
    if (!request) return { refused: answer?.refused ?? 'This operation is not there any more.' };
    const url = new URL(request.url);
    const headers = new Headers(request.headers);
    const owner = { server: url.origin, ...(environment !== undefined && { environment }) };
    for (const credential of request.credentials) {
      const secret = await this.#secret(owner, credential.scheme);
      if (secret !== undefined) addSecret(credential, secret, url, headers);
    }
    if (!safe.has(request.method) && !(await isMeant(request.method, url)))
      return { refused: 'It was not sent.' };
    const start = performance.now();
    try {
      const response = await fetch(url, {
        method: request.method,
        headers,
        ...(request.body !== undefined && { body: request.body }),
        // Whoever answers does not decide where secrets go next.
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      const { text, clipped } = await bodyOf(response);
      return {
        status: response.status,
        statusText: response.statusText,
        milliseconds: Math.round(performance.now() - start),
        headers: [...response.headers],
        body: text,
        clipped,
      };
    } catch (error) {
      return { refused: `${url.origin} did not answer: ${reasonOf(error)}.` };
    }
  }

  async #secret(owner: SecretOwner, scheme: string): Promise<string | undefined> {
    const key = keyOf(owner, scheme);
    return key === undefined ? undefined : this.#secrets.get(key);
  }
}

const prompts: Readonly<Record<WireCredential['kind'], string>> = {
  bearer: 'The token. It is kept by the editor, for this server alone; leave it empty to forget it.',
  basic: 'name:password. It is kept by the editor, for this server alone; leave it empty to forget it.',
  key: 'The key. It is kept by the editor, for this server alone; leave it empty to forget it.',
};

/** Undefined for what is no address. */
function keyOf({ server, environment = '' }: SecretOwner, scheme: string): string | undefined {
  const origin = originOf(server);
  return origin === '' ? undefined : `backendContract.try ${JSON.stringify([environment, origin, scheme])}`;
}

function originOf(server: string): string {
  return URL.canParse(server) ? new URL(server).origin : '';
}

function addSecret(credential: WireCredential, secret: string, url: URL, headers: Headers): void {
  if (credential.kind !== 'key') {
    const value = credential.kind === 'bearer' ? secret : Buffer.from(secret, 'utf8').toString('base64');
    headers.set('Authorization', `${credential.kind === 'bearer' ? 'Bearer' : 'Basic'} ${value}`);
    return;
  }
  const { in: place, name } = credential;
  if (place === 'query') url.searchParams.set(name, secret);
  else if (place === 'header') headers.set(name, secret);
  else {
    const cookies = headers.get('Cookie');
    const own = `${name}=${encodeURIComponent(secret)}`;
    headers.set('Cookie', cookies === null ? own : `${cookies}; ${own}`);
  }
}

async function isMeant(method: string, url: URL): Promise<boolean> {
  const send = 'Send';
  const answer = await vscode.window.showWarningMessage(
    `Send ${method} ${url.pathname} to ${url.origin}?`,
    { modal: true, detail: 'It may change what the server has.' },
    send,
  );
  return answer === send;
}

async function bodyOf(response: Response): Promise<{ readonly text: string; readonly clipped: boolean }> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length <= mostBytes) continue;
    await reader?.cancel();
    break;
  }
  const bytes = Buffer.concat(parts).subarray(0, mostBytes);
  return { text: new TextDecoder().decode(bytes), clipped: length > mostBytes };
}

/** `fetch` says why in what caused its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing came within ${patience / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
