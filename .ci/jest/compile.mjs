// Compiles the sources and their tests for .ci/jest/runtime.cjs: under .cache, file by file, only what changed since the last time.
// Not dist, which is what the types allow and holds no test: a half-written tree can be tested too.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync, version } from '@swc/core';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const globals = new URL('./globals.mjs', import.meta.url).href;
const recipe = createHash('sha256')
  .update(version)
  .update(root)
  .update(readFileSync(fileURLToPath(import.meta.url)));

/** Named after how it is compiled: nothing of another recipe is ever taken from it. */
const compiledRoot = join(root, '.cache', 'jest', recipe.digest('hex').slice(0, 12));

const FOLDERS = ['src', 'migrations', 'test'];

function filesUnder(folder, extension) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name));
}

function compile(source) {
  const { code } = transformSync(readFileSync(source, 'utf8'), {
    filename: source,
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
  // Files are read beside the source; and @jest/globals itself refuses to be loaded by Node.
  return code
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(source).href))
    .replaceAll(/from (['"])@jest\/globals\1/g, `from ${JSON.stringify(globals)}`);
}

/** A file that cannot be compiled fails the tests that load it, and no other. */
function compileOrThrowLater(source) {
  try {
    return compile(source);
  } catch (error) {
    return `throw new SyntaxError(${JSON.stringify(error.message)});`;
  }
}

/** What is compiled bears the time of its source: any other time, later or earlier, is of another text. */
function refresh(source, compiled) {
  const { mtimeMs } = statSync(source);
  const present = statSync(compiled, { throwIfNoEntry: false });
  if (present && Math.abs(present.mtimeMs - mtimeMs) < 1) return;
  mkdirSync(dirname(compiled), { recursive: true });
  // Another run may be loading it: it finds the old one or the new one, never a half.
  const draft = `${compiled}.${process.pid}`;
  writeFileSync(draft, compileOrThrowLater(source));
  utimesSync(draft, mtimeMs / 1000, mtimeMs / 1000);
  renameSync(draft, compiled);
}

const compiledOf = (source) => join(compiledRoot, relative(root, source)).replace(/\.ts$/, '.js');

/** Jest's global setup of a project whose tests need nothing else. */
export default function compileAll() {
  const sources = FOLDERS.flatMap((folder) => filesUnder(join(root, folder), '.ts'));
  for (const source of sources) refresh(source, compiledOf(source));
  const wanted = new Set(sources.map(compiledOf));
  mkdirSync(compiledRoot, { recursive: true });
  for (const file of filesUnder(compiledRoot, '.js')) if (!wanted.has(file)) rmSync(file, { force: true });
  // For the runtime, in the workers.
  process.env.BIEVRE_COMPILED_TESTS = compiledRoot;
}
