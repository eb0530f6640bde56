// Who may import whom: the ten rules of the house, in its order.
// A rule names what is allowed and refuses the rest, so that a new folder is refused until someone decides where it stands.

/** From the ground up: a module may use those before it, never those after. */
const MODULES = [
  'territory',
  'identity',
  'organisations',
  'funding',
  'calls',
  'dossiers',
  'instruction',
  'programming',
  'agreements',
  'reporting',
  'tfpb',
  'observatory',
  'notifications',
];

const TEST = '\\.test\\.ts$';
/** Packages and Node's own modules, as dependency-cruiser sorts them. */
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown', 'core'];
const OWN = '^src/modules/$1';

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** What files of one layer of a module may import from src; the rest of src is refused. Packages are ruled apart. */
const layer = (name, comment, allowed) =>
  error(
    `${name}-imports`,
    comment,
    { path: `^src/modules/([^/]+)/${name}/` },
    { path: '^(src|migrations|test)/', pathNot: [...allowed.map((folder) => `${OWN}/${folder}/`), '^src/kernel/'] },
  );

const isIndex = '^src/modules/[^/]+/index\\.ts$';

module.exports = {
  forbidden: [
    // 1
    error(
      'kernel-imports-nothing',
      'kernel imports itself and node:crypto, no package.',
      { path: '^src/kernel/', pathNot: TEST },
      { pathNot: '^src/kernel/|^(node:)?crypto$' },
    ),
    error(
      'kernel-tests-stay-in-kernel',
      'tests of the kernel test the kernel.',
      { path: `^src/kernel/.*${TEST}` },
      { path: '^(src|migrations|test)/', pathNot: '^src/kernel/' },
    ),

    // 2
    layer('domain', 'domain imports its own domain and kernel.', ['domain']),
    error(
      'domain-is-pure',
      'domain takes no framework, no driver and nothing of the outside world: only hashing, calendar arithmetic and check digits.',
      { path: '^src/modules/[^/]+/domain/', pathNot: TEST },
      { dependencyTypes: NPM, pathNot: ['^(node:)?crypto$', '^node_modules/(temporal-polyfill|ibantools)/'] },
    ),

    // 3
    error(
      'use-cases-imports',
      'use-cases import their own domain and persistence, kernel, platform, and the index.ts of other modules.',
      { path: '^src/modules/([^/]+)/use-cases/', pathNot: TEST },
      { path: '^(src|migrations|test)/', pathNot: [`${OWN}/(domain|persistence|use-cases)/`, '^src/(kernel|platform)/', isIndex] },
    ),

    // 4
    error(
      'persistence-imports',
      'persistence imports its own domain, kernel and platform/database.',
      { path: '^src/modules/([^/]+)/persistence/', pathNot: TEST },
      { path: '^(src|migrations|test)/', pathNot: [`${OWN}/(domain|persistence)/`, '^src/kernel/', '^src/platform/database/'] },
    ),
    error(
      'persistence-packages',
      'of the packages, persistence takes TypeORM, the driver and what makes it injectable.',
      { path: '^src/modules/[^/]+/persistence/', pathNot: TEST },
      { dependencyTypes: NPM, path: '^node_modules/', pathNot: '^node_modules/(typeorm|pg|@types/pg|@nestjs/common|reflect-metadata)/' },
    ),

    // 5
    error(
      'http-imports',
      'http imports its own use-cases and domain types, kernel, platform/http and platform/auth; never entities.',
      { path: '^src/modules/([^/]+)/http/', pathNot: TEST },
      { path: '^(src|migrations|test)/', pathNot: [`${OWN}/(domain|use-cases|http)/`, '^src/kernel/', '^src/platform/(http|auth)/'] },
    ),
    error(
      'http-knows-no-database',
      'http takes neither TypeORM, the driver nor the queue.',
      { path: '^src/modules/[^/]+/http/' },
      { path: '^node_modules/(typeorm|pg|bullmq|ioredis|@nestjs/bullmq)/' },
    ),

    // 6
    error(
      'jobs-imports',
      'jobs import their own use-cases, kernel and platform/queue.',
      { path: '^src/modules/([^/]+)/jobs/', pathNot: TEST },
      { path: '^(src|migrations|test)/', pathNot: [`${OWN}/(use-cases|jobs)/`, '^src/kernel/', '^src/platform/queue/'] },
    ),

    // 7
    error(
      'platform-imports',
      'platform imports kernel, config and the list of migrations, never a module.',
      { path: '^src/platform/' },
      { path: '^(src|migrations|test)/', pathNot: '^(src/(platform|kernel|config)/|migrations/index[.]ts$)' },
    ),
    error(
      'config-imports',
      'config imports kernel.',
      { path: '^src/config/' },
      { path: '^(src|migrations|test)/', pathNot: '^src/(config|kernel)/' },
    ),

    // 8
    ...MODULES.map((name, position) =>
      error(
        `downwards-from-${name}`,
        `${name} uses only the modules below it; an upper one writes the fact into it, and it never asks upwards.`,
        { path: `^src/modules/${name}/` },
        { path: '^src/modules/', pathNot: `^src/modules/(${MODULES.slice(0, position + 1).join('|')})/` },
      ),
    ),
    error(
      'module-has-a-place',
      'a module stands in the order above.',
      { path: '^src/' },
      { path: '^src/modules/', pathNot: `^src/modules/(${MODULES.join('|')})/` },
    ),
    error(
      'nobody-imports-notifications',
      'notifications sits on top; only the composition knows it.',
      { path: '^src/', pathNot: '^src/(modules/notifications/|[^/]+\\.ts$|demo/)' },
      { path: '^src/modules/notifications/' },
    ),

    error(
      'layer-has-a-place',
      'code of a module stands in one of the five layers, or beside its index.ts.',
      { path: '^src/modules/[^/]+/[^/]+/', pathNot: [TEST, '^src/modules/[^/]+/(domain|use-cases|persistence|http|jobs)/'] },
      {},
    ),

    // 9
    error(
      'across-modules-by-index',
      'another module is reached by its index.ts.',
      { path: '^src/modules/([^/]+)/' },
      { path: '^src/modules/', pathNot: [`${OWN}/`, isIndex] },
    ),
    error(
      'composition-by-index',
      'so do the composition and the demo.',
      { path: '^src/([^/]+\\.ts$|demo/)' },
      { path: '^src/modules/', pathNot: isIndex },
    ),
    error(
      'entities-stay-home',
      "an entity never leaves its module's persistence and wiring.",
      { path: '^src/', pathNot: '^src/modules/[^/]+/(persistence/|use-cases/|[^/]+\\.module\\.ts$)' },
      { path: '\\.entity\\.ts$' },
    ),
    error(
      'only-composition-composes',
      'the composition (src/*.ts) and the demo are at the top: nothing below imports them.',
      { path: '^src/(kernel|config|platform|modules)/' },
      { path: '^src/([^/]+\\.ts$|demo/)' },
    ),
    error(
      'migrations-stand-alone',
      'a migration must mean the same for ever: it imports nothing that changes.',
      { path: '^migrations/' },
      { path: '^(src|test)/' },
    ),
    error('no-tests-in-src', 'what ships does not import tests.', { path: '^src/', pathNot: TEST }, { path: `^test/|${TEST}` }),

    // 10
    error('no-cycle', 'no cycle, of types either.', {}, { circular: true }),

    error('resolvable', 'everything imported exists.', {}, { couldNotResolve: true }),
    error(
      'declared',
      'what ships uses only declared dependencies.',
      { path: '^src/', pathNot: TEST },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count: they say who knows whom just as well.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
