import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

// Sources and ESM-only packages are turned into CommonJS for tests; the list of the latter is read
// from the lock file, so a new ESM dependency needs no edit here.
const lock = JSON.parse(readFileSync(new URL('./package-lock.json', import.meta.url), 'utf8'));
const esmPackages = Object.keys(lock.packages)
  .filter((path) => path.includes('node_modules/') && isEsm(path))
  .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));

function isEsm(path) {
  try {
    return (
      JSON.parse(readFileSync(new URL(`./${path}/package.json`, import.meta.url), 'utf8')).type === 'module'
    );
  } catch {
    return false; // an optional package of another platform is not installed
  }
}

// This package offers its one file to `import` alone.
const importOnly = { '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js' };

const shared = {
  testEnvironment: 'node',
  // Looked up in a test's own world they are slow, and the engine asks for them all the time.
  sandboxInjectedGlobals: ['Array', 'Infinity', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(${esmPackages.join('|')})/)`],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
};

export default {
  // Suites that start a service wait most of the time: on two processors, two of them at once.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // A service takes seconds to start where others share the processors.
  testTimeout: 40_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '/node_modules/', '/dist/'],
      moduleNameMapper: {
        ...importOnly,
        '^@domeinbrug/(.*)$': '<rootDir>/libs/$1/src/index.ts',
        '^(\\.{1,2}/.*)\\.js$': '$1',
      },
    },
    {
      // Tests with threads, processes or real stores run the built product, as a user does.
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.int.spec.ts'],
      moduleNameMapper: {
        ...importOnly,
        '^@domeinbrug/(.*)$': '<rootDir>/dist/libs/$1/src/index.js',
        '^(\\.{1,2}/.*)\\.js$': '$1',
      },
    },
  ],
};
