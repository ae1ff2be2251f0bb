/** Security requirements. */

import { collection, type Evidence, known, unknown, type UnknownReason } from '../../contract/knowledge.ts';
import type { Security, SecurityScheme } from '../../contract/operation.ts';
import type { Span } from '../../contract/span.ts';
import { textOf } from '../../text/document-node.ts';
import type { Context } from './context.ts';
import {
  child,
  children,
  securitySchemesIn,
  type Located,
  type LocatedEntry,
  type Reader,
} from './reader.ts';

export interface ReadSecurity {
  readonly security: Security;
  readonly at?: Span;
}

/**
 * The requirements of an operation, else those of the document. An empty list means none, and an empty requirement
 * in the list lets anonymous callers in (OpenAPI 3.1, section 4.8.30).
 */
export function readSecurity(context: Context, operation: LocatedEntry): ReadSecurity {
  const own = child(operation, 'security');
  const entry = own ?? child(context.top, 'security');
  const lost = own ? undefined : (context.reader.doubt(operation) ?? context.reader.doubt(context.top));
  if (lost) return { security: { required: unknown(lost), schemes: collection<SecurityScheme>([], [lost]) } };
  if (!entry) {
    const required = known(false, silenceEvidence(context), operation.keyAt);
    return { security: { required, schemes: collection<SecurityScheme>([]) } };
  }
  const gaps: UnknownReason[] = [];
  const requirements = context.reader.list(entry, 'The security requirements', gaps);
  const schemes = new Map<string, SecurityScheme>();
  let anonymous = requirements.length === 0;
  for (const requirement of requirements) {
    const map = context.reader.map(requirement, 'A security requirement', gaps);
    if (map?.node.entries.length === 0) anonymous = true;
    for (const scheme of map ? children(map) : []) {
      checkScheme(context, scheme);
      const scopes = context.reader
        .list(scheme, 'The scopes of a security scheme')
        .flatMap(({ node }) => textOf(node) ?? []);
      const earlier = schemes.get(scheme.key);
      const all = [...new Set([...(earlier?.scopes ?? []), ...scopes])];
      schemes.set(scheme.key, {
        name: scheme.key,
        scopes: all,
        evidence: 'declared',
        at: earlier?.at ?? scheme.keyAt,
      });
    }
  }
  const [gap] = gaps;
  const required = gap ? unknown(gap) : known(!anonymous, 'declared', entry.keyAt);
  return { security: { required, schemes: collection([...schemes.values()], gaps) }, at: entry.keyAt };
}

/** A document that never speaks of security says less by its silence than one that has schemes and does not ask for them. */
function silenceEvidence(context: Context): Evidence {
  return declaredSchemes(context.reader, context.top) ? 'inferred' : 'guessed';
}

function checkScheme(context: Context, scheme: LocatedEntry): void {
  const declared = declaredSchemes(context.reader, context.top);
  // OpenAPI 3.2 also lets a requirement name a scheme by its URI.
  if (!declared || child(declared, scheme.key) || /[:/#]/.test(scheme.key)) return;
  context.reader.report(
    'warning',
    'unknown-security-scheme',
    `The document declares no security scheme "${scheme.key}".`,
    scheme.keyAt,
  );
}

function declaredSchemes(reader: Reader, top: Located): Located | undefined {
  const entry = securitySchemesIn(top);
  if (!entry) return undefined;
  const followed = reader.follow(entry);
  return followed.found ? followed.at : undefined;
}
