// Loads test files with Node's own `import` instead of Jest's sandbox. The sandbox evaluates the application and its 1,150 modules again for
// every test file; Node does it once in each worker. Tests are told apart by their data, not by their modules: each has its own database.
const { createRequire } = require('node:module');
const { join, relative } = require('node:path');
const { pathToFileURL } = require('node:url');
const { default: JestRuntime } = require('jest-runtime');

/** Where jest-circus keeps who listens to a run, across two loads of it. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');

/** Where globals.mjs finds what `@jest/globals` gives. */
const GIVEN = Symbol.for('bievre.jest-globals');

/** The registry that Jest asks for source maps: every compiled file bears its own. */
const NO_MAPS = new Map();

class NativeRuntime extends JestRuntime {
  constructor(config, environment, ...rest) {
    super(config, environment, ...rest);
    this.mocker = environment.moduleMocker;
    this.root = config.rootDir;
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    const file = join(process.env.BIEVRE_COMPILED_TESTS, relative(this.root, path)).replace(/\.ts$/, '.js');
    return import(pathToFileURL(file).href);
  }

  getSourceMaps() {
    return NO_MAPS;
  }

  /** Only jest-circus is asked for, once in each test file: its state is of one file, so it is loaded anew. */
  requireInternalModule(path) {
    delete globalThis[LISTENERS];
    delete require.cache[path];
    return createRequire(path)(path);
  }

  setGlobalsForRuntime(globals) {
    const mocks = Object.fromEntries(
      ['fn', 'spyOn', 'replaceProperty', 'clearAllMocks', 'resetAllMocks', 'restoreAllMocks'].map((name) => [
        name,
        this.mocker[name].bind(this.mocker),
      ]),
    );
    globalThis[GIVEN] = { ...globals, jest: mocks };
  }
}

module.exports = NativeRuntime;
