/** Candidates for what stands in front of the paths of a spec. */

import { formatPath, parseTemplate, type Path } from '../../contract/path.ts';
import { booleanOf, stringOf, textOf, valueOf } from '../../text/document-node.ts';
import { child, children, type Located, type Reader } from './reader.ts';

/** A variable's further values multiply with those of its neighbours. */
const MAX_URLS = 8;

/** The base paths of a list of `servers` in their order, without duplicates. */
export function serverBases(servers: readonly Located[]): readonly Path[] {
  return distinct(servers.flatMap((server) => urlsOf(server).map(pathOfUrl)));
}

/** The base paths of a whole document, most likely first. The empty one is always possible, and last where no server has it. */
export function documentBases(top: Located, reader: Reader, further: readonly Path[]): readonly Path[] {
  const basePath = stringOf(valueOf(top.node, 'basePath'));
  const root = basePath === undefined ? [] : [parseTemplate(pathname(basePath))];
  const servers = child(top, 'servers');
  return distinct([...root, ...serverBases(reader.list(servers, 'The servers')), ...further, []]);
}

function distinct(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [formatPath(path), path])).values()];
}

/** The URL of a server with its variables filled in: the defaults first, then other values that are listed. */
function urlsOf(server: Located): readonly string[] {
  const url = textOf(valueOf(server.node, 'url'));
  if (url === undefined || booleanOf(valueOf(server.node, 'x-internal')) === true) return [];
  const variables = child(server, 'variables');
  let urls = [url];
  for (const variable of variables ? children(variables) : []) {
    const values = valuesOf(variable);
    if (values.length === 0 || !url.includes(`{${variable.key}}`)) continue;
    // Values are the outer loop, so that the URL of all defaults stays first.
    urls = values
      .flatMap((value) => urls.map((each) => each.replaceAll(`{${variable.key}}`, value)))
      .slice(0, MAX_URLS);
  }
  return urls;
}

function valuesOf(variable: Located): readonly string[] {
  const listed = valueOf(variable.node, 'enum');
  const others = listed?.kind === 'seq' ? listed.items.flatMap((item) => textOf(item) ?? []) : [];
  return [...new Set([textOf(valueOf(variable.node, 'default')) ?? [], ...others].flat())];
}

/** The path of a URL or of a URL reference. A variable that nothing is known of may be a host, or a segment. */
function pathOfUrl(url: string): Path {
  const withoutOrigin = url
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .replace(/^\/\/[^/]*/, '')
    .replace(/^\{[^{}]*\}(?::[^/]*)?(?=\/|$)/, '');
  return parseTemplate(pathname(withoutOrigin));
}

function pathname(text: string): string {
  return text
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((segment) => segment !== '.' && segment !== '..')
    .join('/');
}
