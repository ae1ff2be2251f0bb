/** Modules that come with Node.js and need no `node:` in front (Node.js 24, `module.builtinModules`). */

const names: ReadonlySet<string> = new Set(
  `assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain
  events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl
  stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib`.split(/\s+/),
);

/** Name and subpath of a built-in module: `node:fs/promises` is `fs` and `promises`. Undefined for all others. */
export function builtinOf(
  specifier: string,
): { readonly name: string; readonly subpath: string } | undefined {
  const prefixed = specifier.startsWith('node:');
  const bare = prefixed ? specifier.slice('node:'.length) : specifier;
  const slash = bare.indexOf('/');
  const name = slash < 0 ? bare : bare.slice(0, slash);
  // A trailing slash asks for the npm package of the same name: `punycode/`.
  if (!prefixed && (!names.has(name) || bare.endsWith('/'))) return undefined;
  return { name, subpath: slash < 0 ? '' : bare.slice(slash + 1) };
}
