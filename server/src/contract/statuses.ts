/** What the status of an answer says of its content. */

/**
 * Nothing follows such a status, whatever is handed to it (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5): of a
 * number, or as specifications write it.
 */
export function hasNoContent(status: number | string): boolean {
  const code = Number(status);
  return code < 200 || code === 204 || code === 205 || code === 304;
}
