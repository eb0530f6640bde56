const { existsSync, readFileSync } = require('node:fs');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const globals = pathToFileURL(join(__dirname, 'globals.mjs'));

const isTypeScript = (url) => url !== undefined && url.startsWith('file:') && /\.ts(\?|$)/.test(url);

/** Relative imports end in .js, as Node wants them; here the file is still a .ts. */
exports.resolve = function resolve(specifier, context, next) {
  if (isTypeScript(context.parentURL)) {
    // As many copies as there are test files: what it gives is of one file.
    if (specifier === '@jest/globals') return { url: `${globals.href}${new URL(context.parentURL).search}`, format: 'module', shortCircuit: true };
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const url = new URL(`${specifier.slice(0, -2)}ts`, context.parentURL);
      if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
    }
  }
  return next(specifier, context);
};

exports.load = function load(url, context, next) {
  if (!isTypeScript(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  });
  return { format: 'module', source: code, shortCircuit: true };
};
