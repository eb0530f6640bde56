// `npm run typecheck`, then `npm run lint`, on one TypeScript program: most of what the typed rules of ESLint ask of it, the types just answered.
// Ends with 0, or 3 when a type is wrong, 4 when a rule is broken, 5 for both; anything else is a crash.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WRONG_TYPES = 3;
const BROKEN_RULES = 4;
const BOTH = 5;

function createProgram() {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => report([diagnostic]) };
  const { options, fileNames, errors } = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), { noEmit: true }, host);
  return ts.createProgram({
    rootNames: fileNames,
    options,
    configFileParsingDiagnostics: errors,
    // ESLint climbs the tree: it needs each node to know its parent.
    host: ts.createCompilerHost(options, true),
  });
}

function report(diagnostics) {
  const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
  process.stdout.write(ts.formatDiagnostics(diagnostics, host));
}

async function lint(program) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: join(root, '.ci/eslint.config.mjs'),
    overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { programs: [program] } } },
  });
  const results = await eslint.lintFiles(['src', 'migrations', 'test', '.ci']);
  process.stdout.write(await (await eslint.loadFormatter('stylish')).format(results));
  return results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
}

const program = createProgram();
const diagnostics = ts.getPreEmitDiagnostics(program);
report(diagnostics);
const typed = diagnostics.length === 0;
const linted = await lint(program);
if (!typed || !linted) process.exitCode = typed ? BROKEN_RULES : linted ? WRONG_TYPES : BOTH;
