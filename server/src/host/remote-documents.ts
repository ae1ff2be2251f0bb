/**
 * Documents of other hosts that specifications refer to. The only place that makes requests, and it makes them only to
 * hosts that the user approved: while nothing is approved, nothing leaves.
 */

import { documentLimit } from './limits.ts';
import { REMOTE_DEADLINE } from './timing.ts';

export interface KnownRemotes {
  readonly texts: readonly (readonly [uri: string, text: string])[];
  /** Why those that were asked for are not there, as parts of a sentence. */
  readonly failures: readonly (readonly [uri: string, reason: string])[];
}

export class RemoteDocuments {
  readonly #texts = new Map<string, string>();
  readonly #failures = new Map<string, string>();
  readonly #pending = new Map<string, Promise<void>>();

  known(): KnownRemotes {
    return { texts: [...this.#texts], failures: [...this.#failures] };
  }

  /** Everything is asked for anew. */
  forget(): void {
    this.#texts.clear();
    this.#failures.clear();
  }

  /** Fetches those of approved hosts that are not known; true where something became known. */
  async fetch(uris: readonly string[], approved: readonly string[]): Promise<boolean> {
    const wanted = uris.filter(
      (uri) => !this.#texts.has(uri) && !this.#failures.has(uri) && isApproved(uri, approved),
    );
    await Promise.all(wanted.map((uri) => this.#once(uri)));
    return wanted.length > 0;
  }

  #once(uri: string): Promise<void> {
    const pending = this.#pending.get(uri) ?? this.#fetch(uri).finally(() => this.#pending.delete(uri));
    this.#pending.set(uri, pending);
    return pending;
  }

  async #fetch(uri: string): Promise<void> {
    try {
      const answer = await fetch(uri, {
        // The address that it leads to was not approved.
        redirect: 'manual',
        credentials: 'omit',
        signal: AbortSignal.timeout(REMOTE_DEADLINE),
      });
      if (answer.status >= 300 && answer.status < 400)
        this.#failures.set(uri, `it leads on to ${answer.headers.get('location') ?? 'another address'}`);
      else if (!answer.ok) this.#failures.set(uri, `the host answers ${answer.status}`);
      else await this.#take(uri, answer);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      this.#failures.set(uri, cause instanceof Error ? cause.message : String(cause));
    }
  }

  async #take(uri: string, answer: Response): Promise<void> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      const bytes = chunk as Uint8Array;
      size += bytes.length;
      if (size > documentLimit) {
        this.#failures.set(uri, 'it is too large');
        return;
      }
      chunks.push(bytes);
    }
    this.#texts.set(uri, new TextDecoder().decode(Buffer.concat(chunks)));
  }
}

/** `specs.example.com` stands for `https://specs.example.com`; an origin with its scheme stands for itself. */
function isApproved(uri: string, approved: readonly string[]): boolean {
  const origin = originOf(uri);
  return (
    origin !== undefined &&
    approved.some((host) => originOf(host.includes('://') ? host : `https://${host}`) === origin)
  );
}

function originOf(uri: string): string | undefined {
  try {
    const { protocol, origin } = new URL(uri);
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
  } catch {
    return undefined;
  }
}
