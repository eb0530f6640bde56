import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Programs that a person runs in a terminal: what they print is their answer. */
const entryPoints = ['src/{main,boot,worker,openapi,migrate,admin-create,ledger-check}.ts', 'test/bench/**'];

export default defineConfig(
  { basePath: root, linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    basePath: root,
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: root } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'A late import hides a dependency, often a cycle.' },
        { selector: "CallExpression[callee.name='forwardRef']", message: 'A cycle is to be cut, not hidden.' },
        { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Only src/config reads the environment.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      // A Nest module is an empty class under a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // The compiler says it, for less (noUnusedLocals, noUnusedParameters).
      '@typescript-eslint/no-unused-vars': 'off',
      // Money is a bigint under a brand, which this rule does not see through.
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allow: [{ name: ['bigint'], from: 'lib' }] }],
    },
  },
  { basePath: root, files: entryPoints, rules: { 'no-console': 'off' } },
  { basePath: root, files: ['src/config/**/*.ts', 'test/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    basePath: root,
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      // Answers over HTTP and rows read back come untyped; a test that reads them wrong fails.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  { basePath: root, files: ['**/*.{mjs,cjs,js}'], rules: { eqeqeq: 'error', 'no-unused-vars': 'error', 'no-undef': 'off' } },
);
