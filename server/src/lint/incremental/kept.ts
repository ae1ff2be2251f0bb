/** Documents that are linted again and again, as editors do: what was found before an edit is kept as far as it stands. */

import type { DocumentFacts } from '../../contract/facts.ts';
import type { Finding } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import { readDocument } from '../../text/document.ts';
import { kindOf, type DocumentKind } from '../detect.ts';
import { createHealth, type Health } from '../health/run.ts';
import type { Linted, LintHost } from '../lint.ts';
import type { Rules } from '../rules.ts';
import { startSession, type Session } from './session.ts';

/** A document to be linted. Its facts are read when they are needed. */
export interface OpenDocument {
  readonly path: string;
  readonly text: string;
  readonly kind: DocumentKind | undefined;
  readonly facts: DocumentFacts;
}

export interface KeptLint {
  readonly linted: Linted;
  /** Of the document, put together from its parts where only some of them were read. */
  readonly facts: DocumentFacts;
  /** Most of it was known before. */
  readonly isQuick: boolean;
  /** What our own rules find in the document. */
  health(): readonly Finding[];
}

export interface KeptLints {
  /** @param path absolute */
  read(path: string, file: FileId, text: string): OpenDocument;
  lint(document: OpenDocument, host: LintHost, rules: Rules): Promise<KeptLint>;
}

/** Characters of all documents of which something is kept; the one that was linted last always is. */
const MOST = 16_000_000;

interface Kept {
  readonly session: Session;
  readonly rules: Rules;
  readonly health: Health;
  readonly kind: DocumentKind;
  readonly length: number;
}

export function createKeptLints(): KeptLints {
  /** The one that was linted last stands last. */
  const kept = new Map<string, Kept>();

  const keep = (path: string, one: Kept): void => {
    kept.delete(path);
    let room = MOST - one.length;
    for (const [other, { length }] of [...kept].reverse()) {
      room -= length;
      if (room < 0) kept.delete(other);
    }
    kept.set(path, one);
  };

  return {
    read(path, file, text) {
      let facts: DocumentFacts | undefined;
      const read = (): DocumentFacts => (facts ??= readDocument(file, text));
      return {
        path,
        text,
        get facts() {
          return read();
        },
        get kind() {
          return kept.get(path)?.session.expects(text) === true ? kept.get(path)?.kind : kindOf(read().root);
        },
      };
    },
    async lint(document, given, rules) {
      const { path, text, kind } = document;
      let asksRemotes = false;
      const host: LintHost = {
        ...given,
        remote(uri) {
          asksRemotes = true;
          return given.remote(uri);
        },
      };
      const before = kept.get(path);
      if (before && (before.rules !== rules || before.session.expects(text))) {
        const linted = before.rules === rules ? await before.session.lint(text, host) : undefined;
        if (linted && !asksRemotes) {
          keep(path, { ...before, length: text.length });
          return resultOf(linted, before.session.facts(), before, host, true);
        }
        kept.delete(path);
      }
      // What was kept of a text goes on being kept while nothing can be kept of later ones: a fault is mended soon.
      const { facts } = document;
      const { linted, session } = await startSession({ ...host, facts, text }, rules);
      const health = createHealth();
      // Remote documents come and go without an edit: what was found with their help is not kept.
      if (session && kind && !asksRemotes) keep(path, { session, rules, health, kind, length: text.length });
      return resultOf(linted, facts, { session, health }, host, false);
    },
  };
}

function resultOf(
  linted: Linted,
  facts: DocumentFacts,
  { session, health }: { readonly session: Session | undefined; readonly health: Health },
  host: LintHost,
  isQuick: boolean,
): KeptLint {
  const parts = session?.parts();
  return { linted, facts, isQuick, health: () => health.check({ ...host, facts, parts }) };
}
