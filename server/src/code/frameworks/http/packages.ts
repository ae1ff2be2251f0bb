/** What well-known packages do when they stand in front of handlers. Data, so that one more is one line more. */

/**
 * - `neutral`: looks at or decorates the exchange; never decides what an operation reads, sends or demands.
 * - `guard`: refuses callers without credentials.
 * - `limit`: may answer 429.
 * - `validator`: may refuse input; which input, its schema says.
 * - `enforcer`: holds requests, and with them security, against the specification itself.
 * - `upload`: reads a multipart body.
 * - `serves`: answers requests itself, in ways that we do not read.
 */
export type PackageRole = 'neutral' | 'guard' | 'limit' | 'validator' | 'enforcer' | 'upload' | 'serves';

const roles: Readonly<Record<string, PackageRole>> = {
  'body-parser': 'neutral',
  compression: 'neutral',
  'connect-flash': 'neutral',
  'connect-timeout': 'neutral',
  cors: 'neutral',
  'cookie-parser': 'neutral',
  'cookie-session': 'neutral',
  csurf: 'neutral',
  errorhandler: 'neutral',
  'express-async-errors': 'neutral',
  'express-fileupload': 'upload',
  'express-http-context': 'neutral',
  'express-pino-logger': 'neutral',
  'express-request-id': 'neutral',
  'express-session': 'neutral',
  'express-useragent': 'neutral',
  'express-winston': 'neutral',
  'express-mongo-sanitize': 'neutral',
  helmet: 'neutral',
  hpp: 'neutral',
  i18n: 'neutral',
  lusca: 'neutral',
  'method-override': 'neutral',
  morgan: 'neutral',
  nocache: 'neutral',
  'pino-http': 'neutral',
  'response-time': 'neutral',
  'serve-favicon': 'neutral',
  'xss-clean': 'neutral',
  'cls-rtracer': 'neutral',
  apicache: 'neutral',
  'express-rate-limit': 'limit',
  'express-slow-down': 'limit',
  'rate-limiter-flexible': 'limit',
  'express-basic-auth': 'guard',
  'express-jwt': 'guard',
  'express-oauth2-jwt-bearer': 'guard',
  'express-openid-connect': 'guard',
  'connect-ensure-login': 'guard',
  'keycloak-connect': 'guard',
  celebrate: 'validator',
  'express-validator': 'validator',
  'express-openapi': 'enforcer',
  'express-openapi-validator': 'enforcer',
  'swagger-express-mw': 'enforcer',
  'swagger-node-runner': 'enforcer',
  'swagger-routes-express': 'enforcer',
  'swagger-tools': 'enforcer',
  'express-validation': 'validator',
  'express-joi-validation': 'validator',
  'express-json-validator-middleware': 'validator',
  'zod-express-middleware': 'validator',
  multer: 'upload',
  busboy: 'upload',
  'serve-static': 'serves',
  'serve-index': 'serves',
  'swagger-ui-express': 'serves',
  'swagger-ui-dist': 'serves',
  'http-proxy-middleware': 'serves',
  'express-http-proxy': 'serves',
  'express-graphql': 'serves',
  'graphql-http': 'serves',
  'apollo-server-express': 'serves',
  vhost: 'serves',
  next: 'serves',
  nuxt: 'serves',
  parcel: 'serves',
  vite: 'serves',
  'webpack-dev-middleware': 'serves',
  'webpack-hot-middleware': 'serves',
};

const prefixes: readonly (readonly [RegExp, PackageRole])[] = [
  [/^@apollo\/server/, 'serves'],
  [/^@trpc\//, 'serves'],
  [/^@bull-board\//, 'serves'],
  [/^@auth0?\//, 'guard'],
  [/^express-oauth2-jwt-bearer/, 'guard'],
  [/^@sentry\//, 'neutral'],
  [/^@opentelemetry\//, 'neutral'],
];

/** Undefined for a package that nobody described. `path` is how the thing was reached from the module. */
export function roleOf(module: string, path: readonly string[]): PackageRole | undefined {
  const name = module.startsWith('@')
    ? module.split('/').slice(0, 2).join('/')
    : (module.split('/')[0] ?? module);
  if (name === 'passport')
    return path.at(-1) === 'authenticate' || path.at(-1) === 'authorize' ? 'guard' : 'neutral';
  if (name === 'express') return path[0] === 'static' ? 'serves' : 'neutral';
  return roles[module] ?? roles[name] ?? prefixes.find(([pattern]) => pattern.test(module))?.[1];
}

/** Names that people give to guards: evidence for a guess, never for a claim. */
const guardName =
  /^(?:is|has|need|needs|require|requires|required|ensure|check|verify|validate|protect|allow|only|must)?_?(?:be|user|jwt|token|api|login|valid|current)?_?(?:auth|authn|authz|authenticate|authenticated|authentication|authorize|authorized|authorization|login|loggedIn|logged|signedIn|jwt|token|apiKey|admin|permission|permissions|role|roles|scope|scopes|user|session)(?:Required|Guard|Middleware|Check|Handler)?s?$/i;

export function looksLikeGuard(name: string): boolean {
  return guardName.test(name) || /(?:^|[^a-z])(?:auth|jwt|bearer|permission|apiKey)/i.test(name);
}
