/** What frameworks call the same things whose controllers are classes with decorators. */

import { namesOf, type Source } from '../../../../code/edit/source.ts';

export interface Dialect {
  readonly framework: string;
  readonly module: string;
  /** Decorators of parameters, by where these are. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values are made what the type of the parameter says. */
  readonly converts: boolean;
  /** A decorator without a name means the parameter that it stands at. */
  readonly infersNames: boolean;
  /** Paths are written `{id}`. */
  readonly braces: boolean;
  /** Bodies are types and no classes. */
  readonly isTyped: boolean;
  /** What is sent without a decorator. */
  usual(method: string): string;
  /** How a method answers 501; undefined where the file has no way for it. */
  refuses(source: Source): Refusal | undefined;
}

export interface Refusal {
  readonly text: string;
  /** What it needs imported. */
  readonly names: readonly string[];
  /** Of the method that does nothing else. */
  readonly type: string;
}

export const nest: Dialect = {
  framework: 'nest',
  module: '@nestjs/common',
  parameters: { path: 'Param', query: 'Query', header: 'Headers' },
  converts: false,
  infersNames: false,
  braces: false,
  isTyped: false,
  usual: (method) => (method === 'POST' ? '201' : '200'),
  refuses: () => ({
    text: 'throw new NotImplementedException()',
    names: ['NotImplementedException'],
    type: ': never',
  }),
};

const routingControllers: Dialect = {
  framework: 'routing-controllers',
  module: 'routing-controllers',
  parameters: { path: 'Param', query: 'QueryParam', header: 'HeaderParam', cookie: 'CookieParam' },
  converts: true,
  infersNames: false,
  braces: false,
  isTyped: false,
  usual: () => '200',
  refuses: () => ({ text: 'throw new HttpError(501)', names: ['HttpError'], type: ': never' }),
};

const tsoa: Dialect = {
  framework: 'tsoa',
  module: 'tsoa',
  parameters: { path: 'Path', query: 'Query', header: 'Header' },
  converts: true,
  infersNames: true,
  braces: true,
  isTyped: true,
  usual: () => '200',
  // Its errors are those of the project; only a controller that extends its class sets statuses.
  refuses: (source) =>
    namesOf(source, 'Controller').some((index) => source.tokens[index - 1]?.text === 'extends')
      ? { text: 'this.setStatus(501)', names: [], type: ': void' }
      : undefined,
};

export const dialects: Readonly<Record<string, Dialect>> = {
  nest,
  'routing-controllers': routingControllers,
  tsoa,
};
