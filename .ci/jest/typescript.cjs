// Teaches Node to load the project's TypeScript, as swc compiles it.
const module_ = require('node:module');
const { pathToFileURL } = require('node:url');
const hooks = require('./typescript-hooks.cjs');

// Node 22.15 and later run the hooks in the thread that imports; before, they run in a thread of their own.
if (typeof module_.registerHooks === 'function') module_.registerHooks(hooks);
else module_.register('./typescript-hooks.cjs', pathToFileURL(__filename));
