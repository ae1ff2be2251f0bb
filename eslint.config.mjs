import tseslint from 'typescript-eslint';

const noModuleLet = {
  'no-restricted-syntax': [
    'error',
    { selector: 'Program > VariableDeclaration[kind=let]', message: 'Module-level state has no owner.' },
    {
      selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind=let]',
      message: 'Module-level state has no owner.',
    },
    { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  ],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'test/fixtures/**'] },
  {
    files: ['client/src/**/*.ts', 'server/src/**/*.ts', 'server/page/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      ...noModuleLet,
    },
  },
  { files: ['server/src/**/*.ts'], rules: { 'no-console': 'error' } },
  // node:test's `test` returns a promise that the runner itself awaits.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off' } },
);
