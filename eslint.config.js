import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Forbids imports by pattern. The rule sees the specifier as it is written, so the patterns below
 * are about relative paths, which is how every import inside the project is written.
 */
function forbid(...patterns) {
  return {
    'no-restricted-imports': 'off',
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
  };
}

const packages = { regex: '^[^.]', message: 'core imports nothing but core.' };
const outsideCore = {
  regex: '(^|/)(use-cases|adapters|functions|config)(/|\\.ts$)|\\.\\./index\\.ts$',
  message: 'core imports nothing but core.',
};
const notAboveUseCases = {
  regex:
    '(^|/)(adapters|functions|config)(/|\\.ts$)|\\.\\./index\\.ts$|^(node:|@azure/|@microsoft/)',
  message: 'Use cases know core and their ports; technology belongs to adapters.',
};
const notAboveAdapters = {
  regex: '(^|/)(functions|config)(/|\\.ts$)|\\.\\./index\\.ts$|/use-cases/(?!ports)',
  message: 'Adapters know the ports they implement and core.',
};
const notBesideFunctions = {
  regex: '(^|/)(adapters|config)(/|\\.ts$)|\\.\\./index\\.ts$',
  message: 'Functions parse, call one use case and map its result.',
};
const onlyTheApi = {
  regex: '(^|/)(use-cases|adapters|functions|config)(/|\\.ts$)',
  message: 'The command line knows the HTTP API and core, nothing of the app behind it.',
};
const noDevelopmentCode = {
  regex: '(^|/)(dev|test|bench)/',
  message: 'Nothing in src imports what exists for development only.',
};

export default defineConfig(
  globalIgnores(['dist/', 'package/', 'node_modules/', 'coverage/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        // `const { claimedBy: _claimedBy, ...rest }` is how a property is left out of a copy.
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['src/**/*.ts'], rules: forbid(noDevelopmentCode) },
  { files: ['src/core/**/*.ts'], rules: forbid(packages, outsideCore, noDevelopmentCode) },
  { files: ['src/use-cases/**/*.ts'], rules: forbid(notAboveUseCases, noDevelopmentCode) },
  { files: ['src/adapters/**/*.ts'], rules: forbid(notAboveAdapters, noDevelopmentCode) },
  { files: ['src/functions/**/*.ts'], rules: forbid(notBesideFunctions, noDevelopmentCode) },
  { files: ['src/cli/**/*.ts'], rules: forbid(onlyTheApi, noDevelopmentCode) },
  { files: ['dev/**/*.ts', 'bench/**/*.ts', '*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A describe block holds a list of facts; its length says nothing about a function.
      'max-lines-per-function': 'off',
      'no-console': 'off',
    },
  },
);
