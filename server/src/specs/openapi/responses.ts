/** Responses of operations. */

import { type Collection, collection, type UnknownReason } from '../../contract/knowledge.ts';
import type { Body, Output } from '../../contract/operation.ts';
import { contentBodies, createBody, mediaTypes } from './bodies.ts';
import type { Context } from './context.ts';
import { child, children, isExtension, type Located, type LocatedEntry } from './reader.ts';

/** Without any response the document says nothing about them, which is no promise to send none. */
export function readOutputs(context: Context, operation: LocatedEntry): Collection<Output> {
  const silent: UnknownReason = { why: 'unsupported', construct: 'no responses', at: operation.keyAt };
  const entry = child(operation, 'responses');
  const astray = context.reader.astray(entry);
  if (!entry || astray) return collection<Output>([], [astray ?? silent]);
  const followed = context.reader.follow(entry);
  if (!followed.found) return collection<Output>([], [followed.reason]);
  const gaps: UnknownReason[] = [];
  const map = context.reader.map(followed.at, 'The responses of an operation', gaps);
  const outputs = new Map<string, Output>();
  for (const response of map ? children(map) : []) {
    if (isExtension(response.key)) continue;
    const astray = context.reader.astray(response);
    if (astray) {
      gaps.push(astray);
      continue;
    }
    const status = statusOf(response.key);
    if (status === undefined) {
      context.reader.report(
        'error',
        'invalid-status',
        `"${response.key}" is no status: use a code, a range such as 4XX, or default.`,
        response.keyAt,
      );
      gaps.push({ why: 'unsupported', construct: `status ${response.key}`, at: response.keyAt });
      continue;
    }
    outputs.set(status, {
      status,
      bodies: responseBodies(context, operation, response),
      ...responseHeaders(context, response),
      evidence: 'declared',
      at: response.keyAt,
    });
  }
  if (outputs.size === 0 && gaps.length === 0) gaps.push(silent);
  return collection([...outputs.values()], gaps);
}

/** `404`, `4XX` or `default`; undefined for anything else. */
function statusOf(key: string): string | undefined {
  const text = key.trim();
  if (/^[1-9]\d\d$/.test(text)) return text;
  if (/^[1-5]xx$/i.test(text)) return text.toUpperCase();
  return text.toLowerCase() === 'default' ? 'default' : undefined;
}

function responseBodies(context: Context, operation: Located, response: LocatedEntry): Collection<Body> {
  const followed = context.reader.follow(response);
  if (!followed.found) return collection<Body>([], [followed.reason]);
  const gaps: UnknownReason[] = [];
  const map = context.reader.map(followed.at, 'A response', gaps);
  if (!map) return collection<Body>([], gaps);
  if (context.version !== '2.0') {
    const { items, gaps: more } = contentBodies(context, child(map, 'content'), true, response.keyAt);
    return collection(items, [...gaps, ...more]);
  }
  const schema = child(map, 'schema');
  if (!schema) return collection<Body>([], gaps);
  const shape = context.schemas.shape(schema);
  return collection(
    mediaTypes(context, operation, 'produces').map((type) => createBody(type, shape, true, schema.keyAt)),
    gaps,
  );
}

function responseHeaders(context: Context, response: LocatedEntry): Pick<Output, 'headers'> {
  const followed = context.reader.follow(response);
  if (!followed.found || context.reader.doubt(followed.at)) return {};
  const listed = child(followed.at, 'headers');
  if (!listed) return { headers: [] };
  const map = context.reader.follow(listed);
  return map.found ? { headers: children(map.at).map(({ key, keyAt }) => ({ name: key, at: keyAt })) } : {};
}
