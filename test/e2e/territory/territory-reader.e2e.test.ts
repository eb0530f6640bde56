import { Territory } from '../../../src/modules/territory/index.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let territory: Territory;
beforeAll(async () => {
  app = await startApp();
  territory = app.app.get(Territory, { strict: false });
});
afterAll(() => app.close());

test('says which codes it does not know', async () => {
  expect(await territory.qpvExist(app.query, ['gagarine', 'chaperon-vert'])).toBe(true);
  expect(await territory.qpvExist(app.query, [])).toBe(true);
  expect(await territory.unknownQpv(app.query, ['gagarine', 'nulle-part'])).toEqual(['nulle-part']);
  expect(await territory.unknownCommunes(app.query, ['75056', '94041'])).toEqual(['75056']);
  expect(await territory.orientationCodes(app.query)).toHaveLength(8);
});

test('gathers the communes of QPV and communes, each once, with the scopes that see them', async () => {
  const places = await territory.communesOf(app.query, {
    qpv: ['chaperon-vert', 'polognes-centre-ville-le-plateau-saint-martin'],
    communes: ['94003', '91326'],
  });
  expect(places.map(({ inseeCode, sectorCode, departmentCode }) => [inseeCode, sectorCode, departmentCode])).toEqual([
    ['91326', null, '91'],
    ['94003', 'NO', '94'],
    ['94037', 'NO', '94'],
    ['94044', null, '94'],
    ['94074', 'E', '94'],
    ['94078', 'E', '94'],
  ]);
  expect(await territory.communesOf(app.query, {})).toEqual([]);
});

test('finds the commune of an address', async () => {
  expect(await territory.communeNamed(app.query, '12 rue X, 94200 Ivry-sur-Seine')).toMatchObject({ inseeCode: '94041', sectorCode: 'NE' });
  expect(await territory.communeNamed(app.query, '1 rue de Paris, 75001 Paris')).toBeNull();
});

test('gives the objectives of an orientation, parents before children', async () => {
  const objectives = await territory.objectivesOf(app.query, 'O1');
  expect(objectives.slice(0, 3).map(({ code, kind }) => `${code} ${kind}`)).toEqual([
    'O1.1 strategic',
    'O1.1.a operational',
    'O1.1.b operational',
  ]);
  expect(objectives.every(({ code }) => code.startsWith('O1.'))).toBe(true);
  expect(await territory.objectivesOf(app.query, 'O9')).toEqual([]);
});

test('gives a pocket with its commune', async () => {
  const [row] = await app.query<{ id: string }>('SELECT id FROM poverty_pockets LIMIT 1');
  expect(await territory.povertyPocket(app.query, row?.id ?? '')).toMatchObject({ commune: { inseeCode: '94081', departmentCode: '94' } });
  expect(await territory.povertyPocket(app.query, '01900000-0000-7000-8000-000000000000')).toBeNull();
});
