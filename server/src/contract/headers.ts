/** Headers of requests that no operation lists as parameters. */

/** Of HTTP itself (RFC 9110; OpenAPI 3.1 section 4.8.12.2), of browsers, proxies and tracing. */
const standardHeaders: ReadonlySet<string> = new Set(
  'accept accept-charset accept-encoding accept-language authorization cache-control cf-connecting-ip cf-ipcountry cf-ray connection content-disposition content-encoding content-language content-length content-location content-range content-type cookie date etag expect fastly-client-ip fly-client-ip forwarded from host if-match if-modified-since if-none-match if-unmodified-since origin pragma proxy-authorization range referer referrer te traceparent tracestate trailer transfer-encoding true-client-ip upgrade user-agent via warning x-amzn-trace-id x-client-ip x-cloud-trace-context x-cluster-client-ip x-correlation-id x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-prefix x-forwarded-proto x-real-ip x-request-id x-requested-with'.split(
    ' ',
  ),
);

export function isStandardHeader(name: string): boolean {
  return standardHeaders.has(name.toLowerCase());
}
