/** What the decorators of each package mean: routing-controllers, inversify-express-utils, tsoa. */

export interface DecoratorPackage {
  readonly name: 'routing-controllers' | 'inversify-express-utils' | 'tsoa';
  readonly modules: readonly string[];
  /** Decorators of a class, and the media type of what its methods return. */
  readonly controllers: Readonly<Record<string, 'application/json' | undefined>>;
  /** Decorators of a method, and the method of HTTP; `*` where the first argument names it. */
  readonly methods: Readonly<Record<string, string>>;
  /** Decorators of a parameter; the first argument is its name, where it has one. */
  readonly inputs: Readonly<Record<string, InputKind>>;
  readonly status: string | undefined;
  readonly guard: string | undefined;
  /** Lets everybody in, whatever the class says. */
  readonly opened: string | undefined;
  readonly hidden: string | undefined;
  readonly deprecated: string | undefined;
  /** The option of what registers the controllers that stands in front of all of them. */
  readonly prefix: string | undefined;
  /** Are parameters written `{id}`? */
  readonly braces: boolean;
}

export type InputKind =
  | 'query'
  | 'path'
  | 'header'
  | 'cookie'
  | 'body'
  | 'field'
  | 'file'
  | 'files'
  /** An object of all inputs of one place: which ones, its type tells. */
  | 'queries'
  | 'paths'
  | 'headers'
  | 'cookies'
  /** A function that answers with a status: `TsoaResponse`. */
  | 'sender'
  | 'request'
  | 'response'
  | 'next';

const plainMethods = { Get: 'GET', Post: 'POST', Put: 'PUT', Patch: 'PATCH', Delete: 'DELETE', Head: 'HEAD' };

const routingControllers: DecoratorPackage = {
  name: 'routing-controllers',
  modules: ['routing-controllers'],
  controllers: { Controller: undefined, JsonController: 'application/json' },
  methods: { ...plainMethods, All: 'ALL', Method: '*' },
  inputs: {
    QueryParam: 'query',
    QueryParams: 'queries',
    Param: 'path',
    Params: 'paths',
    HeaderParam: 'header',
    HeaderParams: 'headers',
    CookieParam: 'cookie',
    CookieParams: 'cookies',
    Body: 'body',
    BodyParam: 'field',
    UploadedFile: 'file',
    UploadedFiles: 'files',
    Req: 'request',
    Res: 'response',
  },
  status: 'HttpCode',
  guard: 'Authorized',
  opened: undefined,
  hidden: undefined,
  deprecated: undefined,
  prefix: 'routePrefix',
  braces: false,
};

const inversify: DecoratorPackage = {
  name: 'inversify-express-utils',
  modules: ['inversify-express-utils'],
  controllers: { controller: undefined },
  methods: {
    httpGet: 'GET',
    httpPost: 'POST',
    httpPut: 'PUT',
    httpPatch: 'PATCH',
    httpDelete: 'DELETE',
    httpHead: 'HEAD',
    all: 'ALL',
    httpMethod: '*',
  },
  inputs: {
    queryParam: 'query',
    requestParam: 'path',
    requestHeaders: 'header',
    cookies: 'cookie',
    requestBody: 'body',
    request: 'request',
    response: 'response',
    next: 'next',
  },
  status: undefined,
  guard: undefined,
  opened: undefined,
  hidden: undefined,
  deprecated: undefined,
  prefix: 'rootPath',
  braces: false,
};

const tsoa: DecoratorPackage = {
  name: 'tsoa',
  modules: ['tsoa', '@tsoa/runtime'],
  controllers: { Route: 'application/json' },
  methods: plainMethods,
  inputs: {
    Query: 'query',
    Queries: 'queries',
    Path: 'path',
    Header: 'header',
    Body: 'body',
    BodyProp: 'field',
    FormField: 'field',
    UploadedFile: 'file',
    UploadedFiles: 'files',
    Res: 'sender',
    Request: 'request',
  },
  status: 'SuccessResponse',
  guard: 'Security',
  opened: 'NoSecurity',
  hidden: 'Hidden',
  deprecated: 'Deprecated',
  prefix: undefined,
  braces: true,
};

export const decoratorPackages: readonly DecoratorPackage[] = [routingControllers, inversify, tsoa];
