import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));

const common = {
  rootDir,
  testEnvironment: '<rootDir>/.ci/jest/environment.cjs',
  runtime: '<rootDir>/.ci/jest/runtime.cjs',
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.data/', '<rootDir>/\\.cache/'],
  // Nothing goes through Jest's transforms: .ci/jest/compile.mjs compiles what Node loads.
  transform: {},
};

// Jest runs the global setup of a project only when it has a test of it to run: unit tests alone never wait for PostgreSQL.
const withDatabase = {
  globalSetup: '<rootDir>/test/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.mjs',
};

export default {
  rootDir,
  maxWorkers: 2,
  testSequencer: '<rootDir>/.ci/jest/sequencer.cjs',
  // Long enough to start a server on a busy machine. Jest knows only one for all projects.
  testTimeout: 60_000,
  // Applications that were closed are not all freed: a worker past this size is replaced between two files.
  workerIdleMemoryLimit: '1200MB',
  projects: [
    { ...common, globalSetup: '<rootDir>/.ci/jest/compile.mjs', displayName: 'unit', testMatch: ['<rootDir>/src/**/*.test.ts'] },
    { ...common, ...withDatabase, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...common, ...withDatabase, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e.test.ts'] },
  ],
};
