// The surroundings of a test file under .ci/jest/runtime.cjs: Node's own globals instead of a sandbox, put back as they were after each file.
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** What Jest itself replaces on the sandbox's globals, which here are the worker's own. */
const REPLACED = [
  [globalThis, 'console'],
  [process, 'exit'],
  [process, 'getBuiltinModule'],
];

function putBackEnvironment(before) {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
}

class NativeEnvironment {
  constructor({ projectConfig }) {
    this.before = {
      env: { ...process.env },
      cwd: process.cwd(),
      exitCode: process.exitCode,
      replaced: REPLACED.map(([owner, name]) => [owner, name, Object.getOwnPropertyDescriptor(owner, name)]),
    };
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {
    this.putBack('getBuiltinModule');
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.putBack('exit');
    this.putBack('console');
    putBackEnvironment(this.before.env);
    process.chdir(this.before.cwd);
    process.exitCode = this.before.exitCode;
  }

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  putBack(wanted) {
    for (const [owner, name, descriptor] of this.before.replaced)
      if (name === wanted && descriptor) Object.defineProperty(owner, name, descriptor);
  }
}

module.exports = NativeEnvironment;
