import tseslint from 'typescript-eslint';

/**
 * Ambient time, randomness, timers and I/O belong to the real adapters (`src/adapters`, `src/cli`) alone:
 * the same engine runs in threads on real ports and in one thread on seeded ones.
 */
const AMBIENT_GLOBALS = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'fetch',
  'process',
  'console',
];
const AMBIENT_MODULES = [
  'fs',
  'fs/promises',
  'net',
  'dgram',
  'http',
  'https',
  'tls',
  'child_process',
  'worker_threads',
  'timers',
  'timers/promises',
  'crypto',
  'os',
  'process',
  'perf_hooks',
  'cluster',
  'dns',
  'readline',
];

const NOTHING_AMBIENT = {
  'no-restricted-globals': [
    'error',
    ...['Date', ...AMBIENT_GLOBALS].map((name) => ({
      name,
      message: 'Ambient time, randomness, timers and I/O live in src/adapters; take a port.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Take a Random port.' },
    { object: 'Atomics', property: 'wait', message: 'Never block a loop.' },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: AMBIENT_MODULES.flatMap((name) => [name, `node:${name}`]).map((name) => ({
        name,
        message: 'I/O lives in src/adapters.',
      })),
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'coverage/**',
      'dist/**',
      'src/wire/generated/**',
      'node_modules/**',
      'test/boundaries/planted/**',
    ],
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'loadtest/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/adapters/**', 'src/cli/**', 'src/web/page/**'],
    rules: NOTHING_AMBIENT,
  },
  {
    // A seed is a run: what a simulation is made of takes nothing from the machine, save where seeds are handed out.
    files: ['test/sim/**/*.ts', 'test/simulator/*.ts'],
    ignores: [
      'test/**/*.test.ts',
      'test/sim/main.ts',
      'test/sim/seed-range.ts',
      'test/sim/seed-worker.ts',
      'test/sim/kept-seeds.ts',
    ],
    rules: NOTHING_AMBIENT,
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['test', 'describe', 'it', 'suite', 'before', 'after', 'beforeEach', 'afterEach'],
            },
          ],
        },
      ],
    },
  },
);
