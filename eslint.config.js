import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const hostFree = ['src/**/*.ts'];

/** A call takes only as many arguments as the stack holds: fewer than there may be alerts or rows. */
const listAsArguments = {
  selector: ':matches(CallExpression, NewExpression) > SpreadElement',
  message: 'A list of any length is one argument, or is gone through.',
};

/** A text that is put in the place of another may hold `$&`, which `replace` reads as a pattern. */
const replacements = {
  selector:
    'CallExpression[callee.property.name=/^replace(All)?$/][arguments.1.type!=/^(Literal|(ArrowFunction|Function)Expression)$/]',
  message: 'Replace by a function or a literal: other texts may hold patterns such as “$&”.',
};

export default defineConfig(
  { ignores: ['dist/', 'src/bundled/', 'coverage/', 'reports/', '.stryker-tmp/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // noUncheckedIndexedAccess makes the assertion the honest way to say "checked above".
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['scripts/**/*.mjs'],
    rules: { 'no-restricted-syntax': ['error', replacements] },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', replacements, listAsArguments] },
  },
  {
    // The core runs anywhere: no host, no clock, no randomness, no locale.
    files: hostFree,
    ignores: ['src/node/**', 'src/cli/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'console', 'require', '__dirname'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is a parameter.' },
        { object: 'Math', property: 'random', message: 'Randomness is a seed.' },
      ],
      'no-restricted-syntax': [
        'error',
        replacements,
        listAsArguments,
        {
          selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale.*)$/]',
          message: 'Output is the same on every machine.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time is a parameter.',
        },
      ],
    },
  },
);
