// Runs before `npm start`, `npm test` and their like: installs and compiles, but only what changed since the last time.
// Node built-ins only, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const installStamp = at('node_modules', '.bievre-install');
const buildStamp = at('dist', '.bievre-build');
const lock = at('.cache', 'prepare.lock');

/** What tsconfig.build.json compiles; everything else found there (templates, fonts, reference data) is copied as it is. */
const sourceFolders = ['src', 'migrations', 'test'];
const notBuilt = (path) => path.endsWith('.test.ts') || /^test\/(e2e|integration|contract)(\/|$)/.test(path);

const say = (line) => process.stdout.write(`· ${line}\n`);
const sha256 = (...chunks) => chunks.reduce((hash, chunk) => hash.update(chunk), createHash('sha256')).digest('hex');
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function filesUnder(folder) {
  if (!existsSync(at(folder))) return [];
  return readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.startsWith('.') ? [] : [path];
  });
}

const lockfileHash = () => sha256(readFileSync(at('package-lock.json')));
const sources = () =>
  sourceFolders
    .flatMap(filesUnder)
    .filter((path) => !notBuilt(path))
    .sort();

function sourcesHash() {
  const hash = createHash('sha256').update(lockfileHash());
  for (const path of ['tsconfig.json', 'tsconfig.build.json', ...sources()]) hash.update(`\0${path}\0`).update(readFileSync(at(path)));
  return hash.digest('hex');
}

const installed = () => read(installStamp) === lockfileHash();
const built = () => read(buildStamp) === sourcesHash();

/** Whether npm's own record of what it installed already says what the lockfile asks for (someone ran `npm install` by hand). */
function alreadyInstalledByHand() {
  const record = read(at('node_modules', '.package-lock.json'));
  if (record === '') return false;
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(record).packages;
  return Object.entries(wanted).every(
    ([path, one]) => path === '' || one.optional || one.peer || present[path]?.integrity === one.integrity,
  );
}

function run(command, args, options) {
  const started = Date.now();
  const { status, error, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (error) throw error;
  return { ok: status === 0, output: stdout ?? '', seconds: ((Date.now() - started) / 1000).toFixed(1) };
}

function install() {
  if (!alreadyInstalledByHand()) {
    say('installation des dépendances (npm ci), une fois…');
    // --include=dev: under NODE_ENV=production npm would leave out the compiler and the tests' tools.
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    const viaNode = npm !== undefined && /\.[cm]?js$/.test(npm);
    const options = { stdio: ['ignore', 'ignore', 'inherit'], shell: !viaNode && process.platform === 'win32' };
    const { ok, seconds } = viaNode ? run(process.execPath, [npm, ...args], options) : run('npm', args, options);
    if (!ok)
      throw new Error("l'installation des dépendances a échoué (voir ci-dessus) ; vérifiez l'accès au registre npm, puis recommencez");
    say(`dépendances installées en ${seconds} s`);
  }
  writeFileSync(installStamp, lockfileHash());
}

/** Outputs whose source is gone would still be loaded (an old migration, an old entity): they go too. */
function removeStaleOutputs(kept) {
  const expected = new Set(
    kept.flatMap((path) => (path.endsWith('.ts') ? [path.replace(/ts$/, 'js'), path.replace(/ts$/, 'js.map')] : [path])),
  );
  for (const path of sourceFolders.flatMap((folder) => filesUnder(`dist/${folder}`))) {
    if (!expected.has(path.slice('dist/'.length))) rmSync(at(path));
  }
}

function compile() {
  const hash = sourcesHash();
  const files = sources();
  rmSync(buildStamp, { force: true });
  // Without a stamp nothing says that dist is whole, so the compiler's memory of what it wrote there is not trusted either.
  if (!existsSync(at('dist', 'src'))) rmSync(at('dist'), { recursive: true, force: true });
  const { ok, output, seconds } = run(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!ok) process.stderr.write(output);
  removeStaleOutputs(files);
  for (const path of files.filter((one) => !one.endsWith('.ts') && !one.endsWith('.mjs'))) cpSync(at(path), at('dist', path));
  // For whoever works on a half-written tree: the compiler has written its files all the same.
  if (!ok && process.env.PREPARE_DESPITE_TYPE_ERRORS !== '1') throw new Error('la compilation a échoué (voir ci-dessus)');
  if (ok) writeFileSync(buildStamp, hash);
  say(`code compilé en ${seconds} s${ok ? '' : ', malgré des erreurs de type'}`);
}

function holderIsGone() {
  const holder = Number(read(join(lock, 'pid')));
  if (holder > 0) {
    try {
      process.kill(holder, 0);
      return false;
    } catch (error) {
      return error.code === 'ESRCH';
    }
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > 10_000;
}

/** One preparation at a time; another one running is waited for, one that died is replaced. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (holderIsGone()) {
      try {
        renameSync(lock, `${lock}.${process.pid}`);
        rmSync(`${lock}.${process.pid}`, { recursive: true, force: true });
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
      continue;
    }
    if (!told) say('une autre préparation est en cours, on attend la fin…');
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`Node 20.19 ou plus récent est nécessaire ; ici, Node ${process.versions.node}`);
  if (installed() && built()) return;
  takeLock();
  try {
    if (!installed()) install();
    if (!built()) compile();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

try {
  prepare();
} catch (error) {
  process.stderr.write(`Bièvre n'a pas pu se préparer : ${error.message}\n`);
  process.exitCode = 1;
}
