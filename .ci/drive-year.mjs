// Drives the README's tour, block by block, against a running `npm start`, then checks what it left and what each role must not do.
// usage: node .ci/drive-year.mjs http://127.0.0.1:3000   (DEMO_PASSWORD in the environment)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const api = process.argv[2] ?? 'http://127.0.0.1:3000';
const demoPassword = process.env.DEMO_PASSWORD;
const root = fileURLToPath(new URL('..', import.meta.url));
let passed = 0;
let failed = 0;

function check(what, ok, seen) {
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? 'ok     ' : 'FAILED '} ${what}${ok ? '' : ` — ${JSON.stringify(seen)}`}`);
}

/** The shell blocks of the tour, in order, as a newcomer would paste them. */
function tour() {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const section = /\n## A dossier's year[^\n]*\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]);
}

const REMEMBERED = [
  'T',
  'P',
  'IVRY',
  'NE',
  'P94',
  'EPT',
  'ORG',
  'CALL',
  'DOSSIER',
  'ACTION',
  'LINE',
  'CITYLINE',
  'ENVELOPE',
  'TREASURER',
  'PRESIDENT',
  'YEAR',
  'CPO',
  'ACT',
  'IMPORT',
  'REPORT',
  'COMMITTEE',
];

function runTour() {
  const folder = mkdtempSync(join(tmpdir(), 'bievre-tour-'));
  const script = [
    'set -euo pipefail',
    ...tour(),
    `printf '\\nREMEMBERED\\n'`,
    ...REMEMBERED.map((name) => `printf '%s\\n' "$${name}"`),
  ].join('\n');
  const run = spawnSync('bash', ['-c', script], {
    cwd: folder,
    env: { ...process.env, API: api, BIEVRE: root },
    encoding: 'utf8',
    timeout: 300_000,
  });
  rmSync(folder, { recursive: true });
  const [said, values = ''] = run.stdout.split('\nREMEMBERED\n');
  check('the README tour runs to its end', run.status === 0, [said.slice(-1500), run.stderr.slice(-1500)]);
  if (run.status !== 0) return null;
  const list = values.split('\n');
  return { said, ...Object.fromEntries(REMEMBERED.map((name, index) => [name, list[index]])) };
}

async function call(token, path, { method = 'GET', body, version } = {}) {
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const answer = await fetch(`${api}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
}

async function login(email) {
  const { body } = await call(null, '/v1/auth/login', { method: 'POST', body: { email, password: demoPassword } });
  return body.accessToken;
}

async function refused(what, status, token, path, options) {
  const answer = await call(token, path, options);
  check(`${what}: ${status}`, answer.status === status, [answer.status, answer.body.code]);
}

async function checkOutcome({ T, P94, DOSSIER, ENVELOPE, LINE, TREASURER, PRESIDENT }) {
  const movements = (await call(P94, `/v1/envelopes/${ENVELOPE}/movements?limit=100`)).body.data.filter(
    (one) => one.fundingLineId === LINE,
  );
  const sum = (kind) => movements.filter((one) => one.kind === kind).reduce((total, one) => total + one.aeCents, 0);
  check(
    'the envelope is debited exactly once',
    sum('commit') === 600_000 && sum('decommit') === 0 && sum('reserve') === sum('release'),
    movements,
  );
  const { actions } = (await call(T, `/v1/dossiers/${DOSSIER}`)).body;
  const lines = actions.flatMap((action) => action.budgets).flatMap((budget) => budget.fundingLines);
  check(
    'the association reads its two grants',
    lines
      .flatMap((one) => one.grantedCents ?? [])
      .sort()
      .join() === '250000,600000',
    lines,
  );
  for (const to of [TREASURER, PRESIDENT]) {
    const mails = (await call(null, `/dev/mailbox?to=${encodeURIComponent(to)}`)).body;
    const results = mails.filter((one) => one.subject.includes('ésultats'));
    check(
      `one results mail to ${to.split('.')[0]}`,
      results.length === 1,
      mails.map((one) => one.subject),
    );
  }
  // Acts notified together leave together, a little later.
  let mine;
  for (let tries = 0; tries === 0 || (tries < 60 && mine.some((one) => one.state === 'queued')); tries++) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 1000));
    mine = (await call(T, '/v1/me/notifications')).body.data;
  }
  check(
    'everything sent is listed as sent',
    mine.length > 0 && mine.every((one) => one.state === 'sent'),
    mine.map((one) => [one.kind, one.state]),
  );
}

async function checkMoney({ T, P94, EPT, LINE, CPO, IMPORT, REPORT, COMMITTEE }) {
  const line = (await call(EPT, `/v1/funding-lines/${LINE}`)).body;
  check('the line is justified, and paid once', line.status === 'justified', line);
  const payments = (await call(T, `/v1/funding-lines/${LINE}/payments`)).body;
  check('the association sees what was paid, to the cent', payments.paidCents === 600_000, payments);
  const { tranches } = (await call(P94, `/v1/cpos/${CPO}`)).body;
  check(
    'the second year is confirmed, the third is not',
    tranches.map((one) => one.state).join() === 'confirmed,confirmed,unfunded',
    tranches,
  );
  const applied = await call(P94, `${IMPORT}/confirm`, { method: 'POST', body: {}, version: (await call(P94, IMPORT)).body.version });
  check('an extraction is not applied twice', applied.status === 409, applied);
  const minutes = (await call(EPT, `/v1/committees/${COMMITTEE}/minutes`)).body;
  check('the minutes carry their hash', /^[0-9a-f]{64}$/.test(minutes.contentHash ?? minutes.sha256 ?? ''), minutes);
  await refused('an accepted report is not written again', 409, T, `/v1/reports/${REPORT}`, {
    method: 'PATCH',
    body: { carriedOut: 'Autre chose' },
    version: (await call(T, `/v1/reports/${REPORT}`)).body.version,
  });
  const ledger = spawnSync('npm', ['run', '-s', 'ledger:check'], { cwd: root, encoding: 'utf8', timeout: 120_000 });
  const invariants = ledger.stdout.split('\n').filter((one) => one.startsWith('{'));
  check(`the ledger holds (${invariants.length} invariants)`, ledger.status === 0 && invariants.length >= 40, [
    ledger.status,
    ledger.stdout.slice(-600),
    ledger.stderr.slice(-600),
  ]);
}

async function checkWalls({ T, P, IVRY, NE, EPT, P94, ORG, DOSSIER, LINE, ENVELOPE, CPO, ACT, REPORT, COMMITTEE }) {
  const other = await login('association@demo.test');
  const south = await login('deleguee.sud@demo.test');
  const p91 = await login('prefecture.91@demo.test');
  const cd94 = await login('partenaire.cd94@demo.test');
  const admin = await login('admin@demo.test');
  await refused('nobody reads a dossier without signing in', 401, null, `/v1/dossiers/${DOSSIER}`);
  await refused('another association does not know the dossier', 404, other, `/v1/dossiers/${DOSSIER}`);
  await refused('the delegate of the South does not see an Ivry line', 404, south, `/v1/funding-lines/${LINE}`);
  await refused('the préfecture of 91 does not see the envelope of 94', 404, p91, `/v1/envelopes/${ENVELOPE}`);
  await refused('a partner who is not asked for money does not see the dossier', 404, cd94, `/v1/dossiers/${DOSSIER}`);
  await refused('an administrator reads no dossier', 404, admin, `/v1/dossiers/${DOSSIER}`);
  const version = (await call(EPT, `/v1/funding-lines/${LINE}`)).body.version;
  await refused('the coordinator decides nothing on programme 147', 403, EPT, `/v1/funding-lines/${LINE}/approve`, {
    method: 'POST',
    body: { amountCents: 1 },
    version,
  });
  await refused('the association decides nothing', 404, T, `/v1/funding-lines/${LINE}/approve`, {
    method: 'POST',
    body: { amountCents: 1 },
    version,
  });
  await refused('an announced line is not proposed again', 409, NE, `/v1/funding-lines/${LINE}/propose`, {
    method: 'POST',
    body: { amountCents: 1, envelopeId: ENVELOPE },
    version,
  });
  await refused('without a version, 428', 428, P94, `/v1/funding-lines/${LINE}/approve`, { method: 'POST', body: { amountCents: 1 } });
  await refused('on an old version, 412', 412, P94, `/v1/funding-lines/${LINE}/approve`, {
    method: 'POST',
    body: { amountCents: 1 },
    version: 1,
  });
  await refused('another association does not know the agreement', 404, other, `/v1/cpos/${CPO}`);
  await refused('another association does not read the act', 404, other, `/v1/acts/${ACT}/document`);
  await refused('another association does not read the report', 404, other, `/v1/reports/${REPORT}`);
  await refused('the association does not know the committee', 404, T, `/v1/committees/${COMMITTEE}`);
  await refused('the préfecture of 91 does not pay a line of 94', 404, p91, `/v1/funding-lines/${LINE}/payments`, {
    method: 'POST',
    body: { amountCents: 1, paidOn: '2026-01-01', reference: 'X' },
    version: 1,
  });
  await refused('the coordinator does not pay', 403, EPT, `/v1/funding-lines/${LINE}/payments`, {
    method: 'POST',
    body: { amountCents: 1, paidOn: '2026-01-01', reference: 'X' },
    version: 1,
  });
  await refused('an unknown field is refused', 400, T, '/v1/organisations', { method: 'POST', body: { siret: '1', nope: true } });
  await refused('the president does not manage accounts', 403, P, '/v1/users');
  await refused('the city does not write the association’s page', 403, IVRY, `/v1/organisations/${ORG}`, {
    method: 'PATCH',
    body: { name: 'X' },
    version: 1,
  });
}

const left = runTour();
if (left) {
  await checkOutcome(left);
  await checkMoney(left);
  await checkWalls(left);
}
console.log(JSON.stringify({ passed, failed }));
process.exitCode = failed === 0 ? 0 : 1;
