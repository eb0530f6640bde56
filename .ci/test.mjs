// `npm test`: every check, then every test, each to its end; says what passed, and fails if anything did not.
// `npm test -- <words>` runs only the test files whose path holds one of the words, without the checks.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Applications come and go: with more room for what is young, Node sweeps it less often. */
const testEnv = { ...env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim() };

/** Minutes after which a step that hangs is ended, and counts as failed. */
const LIMIT_MINUTES = 30;

async function node(args, stdio, environment = env) {
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio, timeout: LIMIT_MINUTES * 60_000 });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
  const [status] = await once(child, 'close').catch((error) => [error.message]);
  if (typeof status === 'string') output.push(Buffer.from(`${status}\n`));
  return { ok: status === 0, status, output: Buffer.concat(output).toString() };
}

const verdict = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** One check: silent when it passes. */
async function check(...args) {
  const { ok, output } = await node(args, ['ignore', 'pipe', 'pipe']);
  if (!ok) process.stdout.write(output);
  return verdict(ok);
}

/** What .ci/types-and-lint.mjs exits with when only the other one of its two checks has failed. */
const ONLY_LINT_FAILED = 4;
const ONLY_TYPES_FAILED = 3;
let typesAndLint;

/** Two checks of one process, which the first asked for starts. */
async function typedCheck(otherFailed) {
  const first = typesAndLint === undefined;
  typesAndLint ??= node(['.ci/types-and-lint.mjs'], ['ignore', 'pipe', 'pipe']);
  const { ok, status, output } = await typesAndLint;
  if (!ok && first) process.stdout.write(output);
  return verdict(ok || status === otherFailed);
}

async function tests(project) {
  const report = join(reports, `${project}.json`);
  const options = ['--config', '.ci/jest.config.mjs', '--selectProjects', project, '--json', '--outputFile', report];
  // They wait for leases, locks and killed servers more than they compute.
  if (project === 'integration') options.push('--maxWorkers', '3');
  // Words may name tests of one suite only; without words, a suite that finds no test has failed.
  if (words.length > 0) options.push('--passWithNoTests');
  const { ok } = await node(['--no-warnings', module('jest/bin/jest.js'), ...options, ...words], ['ignore', 'ignore', 'inherit'], testEnv);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  // Jest can fail with every test passed: a server that would not stop, a worker that died.
  return { passed: numPassedTests, failed: ok ? failed : Math.max(failed, 1), skipped: numPendingTests };
}

const checks = [
  ['format', () => check(module('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.')],
  ['types', () => typedCheck(ONLY_LINT_FAILED)],
  ['lint', () => typedCheck(ONLY_TYPES_FAILED)],
  [
    'imports',
    () => check(module('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src', 'migrations'),
  ],
  ...(existsSync(join(root, 'dist/src/openapi.js')) ? [['openapi', () => check('dist/src/openapi.js', '--check')]] : []),
];
const suites = ['unit', 'integration', 'e2e'].map((project) => [project, () => tests(project)]);

const summary = [];

async function take([name, step]) {
  const started = Date.now();
  const { passed, failed, skipped } = await step();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${failed === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)`;
  summary.push({ line, passed, failed });
  process.stdout.write(`${line}\n`);
}

async function inTurn(steps) {
  for (const step of steps) await take(step);
}

const [unit, integration, e2e] = suites;
if (words.length > 0) await inTurn(suites);
else {
  // What only computes runs while the integration tests wait; the e2e tests, which keep every core busy, as soon as one of the two is done.
  const computing = inTurn([...checks, unit]);
  const waiting = inTurn([integration]);
  await Promise.race([computing, waiting]);
  await Promise.all([computing, waiting, inTurn([e2e])]);
}
rmSync(reports, { recursive: true, force: true });
const sum = (of) => summary.reduce((total, step) => total + step[of], 0);
process.stdout.write(`\n${summary.map(({ line }) => line).join('\n')}\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
