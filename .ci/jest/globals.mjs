// What `import … from '@jest/globals'` gives under .ci/jest/runtime.cjs. Loaded once in each worker: it passes on to what the file under way has.
const given = () => globalThis[Symbol.for('bievre.jest-globals')];
const passed = (pick) => new Proxy(() => undefined, { get: (_, name) => pick()[name], apply: (_, self, args) => pick()(...args) });
const global = (name) => passed(() => given()[name]);

export const jest = global('jest');
export const expect = global('expect');
export const describe = global('describe');
export const test = global('test');
export const it = global('it');
export const beforeAll = global('beforeAll');
export const afterAll = global('afterAll');
export const beforeEach = global('beforeEach');
export const afterEach = global('afterEach');
