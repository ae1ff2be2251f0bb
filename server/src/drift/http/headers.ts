/** Headers of answers: which of them a contract has to name. */

import type { Header, Output } from '../../contract/operation.ts';

/** Headers of HTTP itself, of browsers and of what stands around a server: no client is written against them. */
const ofTransport: ReadonlySet<string> = new Set(
  'accept-ranges age allow alt-svc cache-control connection content-disposition content-encoding content-language content-length content-location content-range content-type date etag expect-ct expires keep-alive last-modified nel origin-agent-cluster permissions-policy pragma referrer-policy report-to server server-timing set-cookie strict-transport-security timing-allow-origin trailer transfer-encoding upgrade vary via www-authenticate x-accel-buffering x-accel-redirect x-content-type-options x-correlation-id x-dns-prefetch-control x-download-options x-frame-options x-powered-by x-request-id x-response-time x-robots-tag x-sendfile x-xss-protection'.split(
    ' ',
  ),
);

/** Headers by which a client finds the next page, the whole, or what was made. */
const followed = /^(?:link|location|x-(?:total|page|per-page|pagination|next|prev)(?:-.*)?|.*-count)$/;

function isOfTransport({ name }: Header): boolean {
  const key = name.toLowerCase();
  return (
    ofTransport.has(key) || /^(?:access-control|content-security-policy|cross-origin|sec)(?:-|$)/.test(key)
  );
}

export function isFollowed({ name }: Header): boolean {
  return followed.test(name.toLowerCase());
}

/** What the code sends with each answer of this status, and the spec does not list; nothing where that is not certain. */
export function surplusHeaders(sent: Output, promise: Output): readonly Header[] {
  if (!promise.headers) return [];
  const listed = new Set(promise.headers.map(({ name }) => name.toLowerCase()));
  return (sent.headers ?? []).filter(
    (header) => !isOfTransport(header) && !listed.has(header.name.toLowerCase()),
  );
}
