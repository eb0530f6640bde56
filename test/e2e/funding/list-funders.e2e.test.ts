import { Funders } from '../../../src/modules/funding/index.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

interface FunderBody {
  id: string;
  code: string;
  kind: string;
  department: string | null;
}
const list = async (query = ''): Promise<FunderBody[]> => (await app.http.get(`/v1/funders${query}`).expect(200)).body as FunderBody[];

test('45 funders with their schemes, to anyone', async () => {
  const funders = await list();
  expect(funders).toHaveLength(45);
  expect(funders.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['P147-94', 'P147-91', 'EPT', 'CD94', 'CAF94', 'COMMUNE-ivry-sur-seine']),
  );
  expect(funders.find(({ code }) => code === 'CD91')).toMatchObject({
    name: 'Département de l’Essonne',
    kind: 'department',
    department: '91',
    schemes: ['FDCS (fonctionnement, actions de proximité)', 'FDRU (30 M€, 14 NPNRU)', 'FSL'],
  });
  expect(funders.find(({ code }) => code === 'EPT')).toMatchObject({ department: null, inseeCode: null });
  expect(funders.find(({ code }) => code === 'COMMUNE-ivry-sur-seine')).toMatchObject({ inseeCode: '94041', department: '94' });
});

test('by kind and département', async () => {
  expect(await list('?kind=commune')).toHaveLength(18);
  expect((await list('?kind=state&department=91')).map(({ code }) => code)).toEqual(['P147-91', 'STATE-91']);
  expect(await list('?department=75')).toEqual([]);
});

test('an unknown kind is refused', async () => {
  const { body } = await app.http.get('/v1/funders?kind=banque').expect(400);
  expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: '/kind', code: 'UNKNOWN_VALUE' }] });
});

test('the reader tells programme 147 from the others', async () => {
  const funders = app.app.get(Funders, { strict: false });
  const named = await funders.byCodes(app.query, ['P147-94', 'STATE-94', 'inconnu']);
  expect(named.map(({ code, isProgramme147 }) => [code, isProgramme147])).toEqual([
    ['P147-94', true],
    ['STATE-94', false],
  ]);
  expect(
    await funders.byIds(
      app.query,
      named.map(({ id }) => id),
    ),
  ).toEqual(named);
  expect(await funders.byIds(app.query, [])).toEqual([]);
});
