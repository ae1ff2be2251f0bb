/** Words of security schemes. */

import { deprecated } from './document.ts';
import { field, map, object, oneOf, text, type Kind, type ObjectWords } from './model.ts';

export const securityWords = {
  securityScheme: {
    title: 'Security Scheme Object',
    anchor: 'security-scheme-object',
    doc: 'One way to authenticate.',
    in: '',
    refs: '3',
    fields: {
      type: field(
        oneOf(
          ['apiKey', 'A key in a header, the query or a cookie.'],
          ['http', 'A scheme of HTTP such as `basic` or `bearer`.', '3'],
          ['basic', 'Name and password (RFC 7617).', '2'],
          ['oauth2', 'OAuth 2.'],
          ['openIdConnect', 'OpenID Connect, found by its well-known URL.', '3'],
          ['mutualTLS', 'A certificate of the client.', '3.1+'],
        ),
        'What sort of scheme it is.',
        { required: '' },
      ),
      description: field(text, 'What a caller has to do. CommonMark.'),
      name: field(text, 'The name of the header, query parameter or cookie that the key is in.', {
        required: '',
        when: { key: 'type', is: ['apiKey'] },
      }),
      in: field(
        oneOf(
          ['header', 'A header of the request.'],
          ['query', 'Behind the `?` of the URL.'],
          ['cookie', 'A cookie of the request.', '3'],
        ),
        'Where the key is.',
        { required: '', when: { key: 'type', is: ['apiKey'] } },
      ),
      scheme: field(
        oneOf(
          ['bearer', 'A token (RFC 6750).'],
          ['basic', 'Name and password (RFC 7617).'],
          ['digest', 'RFC 7616.'],
          ['dpop', 'A token with a proof (RFC 9449).'],
        ),
        'The scheme of the `Authorization` header, as IANA lists them.',
        { in: '3', required: '', when: { key: 'type', is: ['http'] } },
      ),
      bearerFormat: field(
        oneOf(['JWT', 'JSON Web Token (RFC 7519).'], ['opaque', 'Means something to the server only.']),
        'What the token looks like: a hint for readers.',
        { in: '3', when: { key: 'type', is: ['http'] } },
      ),
      flows: field(object('oauthFlows'), 'The flows of OAuth 2 that are possible.', {
        in: '3',
        required: '',
        when: { key: 'type', is: ['oauth2'] },
      }),
      openIdConnectUrl: field(text, 'The URL of the discovery document.', {
        in: '3',
        required: '',
        when: { key: 'type', is: ['openIdConnect'] },
      }),
      oauth2MetadataUrl: field(text, "The URL of the authorization server's metadata (RFC 8414).", {
        in: '3.2+',
        when: { key: 'type', is: ['oauth2'] },
      }),
      flow: field(
        oneOf(
          ['accessCode', 'Authorization code.'],
          ['implicit', 'Implicit.'],
          ['password', 'Name and password of the user.'],
          ['application', 'Credentials of the client.'],
        ),
        'The flow of OAuth 2.',
        { in: '2', required: '', when: { key: 'type', is: ['oauth2'] } },
      ),
      authorizationUrl: field(text, 'The URL at which a user agrees.', {
        in: '2',
        when: { key: 'flow', is: ['accessCode', 'implicit'] },
      }),
      tokenUrl: field(text, 'The URL at which tokens are issued.', {
        in: '2',
        when: { key: 'flow', is: ['accessCode', 'password', 'application'] },
      }),
      scopes: field(map(text), 'The scopes, each with what it allows.', {
        in: '2',
        when: { key: 'type', is: ['oauth2'] },
      }),
      deprecated: { ...deprecated, in: '3.2+' },
    },
  },
  oauthFlows: {
    title: 'OAuth Flows Object',
    anchor: 'oauth-flows-object',
    doc: 'The flows of OAuth 2 that are possible.',
    in: '3',
    fields: {
      authorizationCode: field(object('oauthFlow'), 'Authorization code: a user agrees in a browser.'),
      clientCredentials: field(object('oauthFlow'), 'Credentials of the client: no user takes part.'),
      password: field(object('oauthFlow'), 'Name and password of the user. No longer recommended.'),
      implicit: field(object('oauthFlow'), 'Implicit. No longer recommended.'),
      deviceAuthorization: field(object('oauthFlow'), 'For devices without a browser (RFC 8628).', {
        in: '3.2+',
      }),
    },
  },
  oauthFlow: {
    title: 'OAuth Flow Object',
    anchor: 'oauth-flow-object',
    doc: 'One flow of OAuth 2.',
    in: '3',
    fields: {
      authorizationUrl: field(
        text,
        'The URL at which a user agrees; for `implicit` and `authorizationCode`.',
      ),
      deviceAuthorizationUrl: field(text, 'The URL at which a device asks; for `deviceAuthorization`.', {
        in: '3.2+',
      }),
      tokenUrl: field(text, 'The URL at which tokens are issued; not for `implicit`.'),
      refreshUrl: field(text, 'The URL at which tokens are renewed.'),
      scopes: field(map(text), 'The scopes, each with what it allows. May be empty.', { required: '' }),
    },
  },
} as const satisfies Partial<Record<Kind, ObjectWords>>;
