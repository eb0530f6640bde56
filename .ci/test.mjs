// `npm test`: every check, then every test, each to its end; says what passed, and fails if anything did not.
// `npm test -- <words>` runs only the test files whose path holds one of the words, without the checks.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const module = (path) => join(root, 'node_modules', path);
const reports = mkdtempSync(join(tmpdir(), 'bievre-reports-'));
const words = process.argv.slice(2);

/** What the application reads: settings of the person who runs the tests must not reach them. */
const SETTINGS =
  /^(HOST|PORT|PUBLIC_URL|DATA_DIR|DATABASE_.*|REDIS_URL|SMTP_URL|MAIL_[A-Z_]+|TOKEN_SECRET|DEMO_PASSWORD|LOG_LEVEL|RATE_LIMIT_.*|TRUST_PROXY|PG[A-Z]+)$/;
const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name))), NODE_ENV: 'test' };

/** Minutes after which a step that hangs is ended, and counts as failed. */
const LIMIT_MINUTES = 30;

function node(args, stdio) {
  const options = { cwd: root, env, encoding: 'utf8', stdio, timeout: LIMIT_MINUTES * 60_000, maxBuffer: 1 << 28 };
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, options);
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}` };
}

/** One check: silent when it passes. */
function check(...args) {
  const { ok, output } = node(args, ['ignore', 'pipe', 'pipe']);
  if (!ok) process.stdout.write(output);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function tests(project) {
  const report = join(reports, `${project}.json`);
  const options = ['--config', '.ci/jest.config.mjs', '--selectProjects', project, '--json', '--outputFile', report];
  // Words may name tests of one suite only; without words, a suite that finds no test has failed.
  if (words.length > 0) options.push('--passWithNoTests');
  const { ok } = node(
    ['--experimental-vm-modules', '--no-warnings', module('jest/bin/jest.js'), ...options, ...words],
    ['ignore', 'ignore', 'inherit'],
  );
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  // Jest can fail with every test passed: a server that would not stop, a worker that died.
  return { passed: numPassedTests, failed: ok ? failed : Math.max(failed, 1), skipped: numPendingTests };
}

const checks = [
  ['format', () => check(module('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.')],
  ['types', () => check(module('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit')],
  [
    'lint',
    () =>
      check(module('eslint/bin/eslint.js'), '--config', '.ci/eslint.config.mjs', '--max-warnings', '0', 'src', 'migrations', 'test', '.ci'),
  ],
  [
    'imports',
    () => check(module('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src', 'migrations'),
  ],
  ...(existsSync(join(root, 'dist/src/openapi.js')) ? [['openapi', () => check('dist/src/openapi.js', '--check')]] : []),
];
const suites = ['unit', 'integration', 'e2e'].map((project) => [project, () => tests(project)]);

const total = { passed: 0, failed: 0 };
const summary = [];
for (const [name, step] of words.length > 0 ? suites : [...checks, ...suites]) {
  const started = Date.now();
  const { passed, failed, skipped } = step();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${failed === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)`;
  summary.push(line);
  process.stdout.write(`${line}\n`);
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${summary.join('\n')}\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
