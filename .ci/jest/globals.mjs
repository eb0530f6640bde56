// What `import … from '@jest/globals'` gives under .ci/jest/runtime.cjs: that package itself refuses to be loaded by Node.
export const { jest, expect, describe, test, it, beforeAll, afterAll, beforeEach, afterEach } =
  globalThis[Symbol.for('bievre.jest-globals')];
