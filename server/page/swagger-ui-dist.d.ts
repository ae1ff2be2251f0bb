/** The part of `swagger-ui-dist` that is used; it comes without types. */
declare module 'swagger-ui-dist/swagger-ui-bundle.js' {
  function SwaggerUIBundle(options: {
    readonly domNode: Element;
    readonly spec: unknown;
    readonly supportedSubmitMethods: readonly string[];
    readonly validatorUrl: null;
  }): { readonly specActions: { updateSpec(json: string): void } };

  export = SwaggerUIBundle;
}
