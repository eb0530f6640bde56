import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const get = async (path: string): Promise<unknown> => (await app.http.get(path).expect(200)).body as unknown;
interface Row {
  slug: string;
  name: string;
  code: string;
  inseeCode: string;
}
const rows = async (path: string): Promise<Row[]> => (await get(path)) as Row[];
const slugs = async (path: string): Promise<string[]> => (await rows(path)).map((row) => row.slug);

test('the contract, open to everyone and cacheable', async () => {
  const { body, headers } = await app.http.get('/v1/contract').expect(200);
  expect(body).toMatchObject({ code: 'GOSB', startYear: 2024, endYear: 2030, facts: { qpvCount: 36, communesWithQpv: 18 } });
  expect(headers['cache-control']).toBe('public, max-age=300');
});

test('the tree: 8 orientations, 26 strategic and 93 operational objectives, in order', async () => {
  const tree = (await get('/v1/orientations')) as {
    code: string;
    strategicObjectives: { code: string; relatedSchemes: string[]; operationalObjectives: { code: string }[] }[];
  }[];
  const strategic = tree.flatMap((orientation) => orientation.strategicObjectives);
  expect(tree.map((orientation) => orientation.code)).toEqual(['O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7', 'OT']);
  expect(strategic).toHaveLength(26);
  expect(strategic.flatMap((objective) => objective.operationalObjectives)).toHaveLength(93);
  expect(strategic[0]).toMatchObject({ code: 'O1.1', relatedSchemes: expect.arrayContaining(['Centres sociaux']) as string[] });
  expect(strategic[0]?.operationalObjectives.map(({ code }) => code)).toEqual(['O1.1.a', 'O1.1.b', 'O1.1.c']);
});

test('départements and sectors', async () => {
  expect(await get('/v1/departments')).toEqual([
    { code: '94', name: 'Val-de-Marne' },
    { code: '91', name: 'Essonne' },
  ]);
  const sectors = (await get('/v1/sectors')) as object[];
  expect(sectors).toHaveLength(5);
  expect(sectors).toContainEqual(expect.objectContaining({ code: 'S', departmentCode: '91', inseeCodes: ['91027', '91589', '91687'] }));
});

test('communes, filtered', async () => {
  expect(await rows('/v1/communes')).toHaveLength(25);
  expect(await rows('/v1/communes?department=91')).toHaveLength(6);
  expect((await rows('/v1/communes?sector=NE')).map((one) => one.inseeCode)).toEqual(['94041', '94081']);
  expect(await rows('/v1/communes?hasQpv=true')).toHaveLength(19);
  expect(await rows('/v1/communes?hasQpv=false&department=94')).toHaveLength(3);
  expect(await rows('/v1/communes?department=75')).toEqual([]);
});

describe('QPV', () => {
  test('36 of them, with communes, perimeters and figures for the whole', async () => {
    expect(await rows('/v1/qpv')).toHaveLength(36);
    expect(await get('/v1/qpv/chaperon-vert')).toMatchObject({
      slug: 'chaperon-vert',
      officialCode: null,
      population: 3130,
      populationYear: 2022,
      communes: [{ inseeCode: '94003' }, { inseeCode: '94037' }],
      perimeters: [{ validFrom: '2024-01-01', validUntil: null }],
      indicators: { povertyRatePct2020: 35 },
    });
    expect(await get('/v1/qpv/commune-de-paris-8-mai-1945')).toMatchObject({
      population: null,
      aliases: ['Commune De Paris - 8 Mai 1945'],
    });
  });

  test('a shared one is found from each of its communes, by code or by slug, once', async () => {
    expect(await slugs('/v1/qpv?commune=94003')).toContain('chaperon-vert');
    expect(await slugs('/v1/qpv?commune=gentilly')).toContain('chaperon-vert');
    const all = await slugs('/v1/qpv?department=94');
    expect(new Set(all).size).toBe(all.length);
    expect(all.length + (await slugs('/v1/qpv?department=91')).length).toBe(36);
    expect(await slugs('/v1/qpv?sector=E&commune=94044')).toEqual([]);
  });

  test.each([
    ['PAVE DE GRIGNON', 'pave-de-grignon'],
    ['quartier du centre', 'centre-ville-barbusse'],
    ['plateau grande borne', 'plateau-grande-borne'],
  ])('is found by the words %j', async (words, slug) => {
    expect(await slugs(`/v1/qpv?q=${encodeURIComponent(words)}`)).toEqual([slug]);
  });

  test('a % is a character like another', async () => {
    expect(await slugs('/v1/qpv?q=%25zz')).toEqual([]);
  });

  test('an unknown one is a 404 that nobody keeps', async () => {
    const { body, headers } = await app.http.get('/v1/qpv/nulle-part').expect(404);
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
    expect(headers['cache-control']).toBe('no-store');
  });
});

test('the two pockets that the contract names', async () => {
  const pockets = (await get('/v1/poverty-pockets?commune=vitry-sur-seine')) as object[];
  expect(pockets).toHaveLength(2);
  expect(pockets[0]).toMatchObject({ name: '15 Barbusse – Château', commune: { inseeCode: '94081' } });
  expect(await get('/v1/poverty-pockets?commune=94041')).toEqual([]);
});

describe('local priorities', () => {
  interface Priorities {
    data: { code: string; qpvSlug: string | null; inseeCodes: string[]; orientationCode: string }[];
    page: { nextCursor: string | null; hasMore: boolean; total?: number };
  }
  const page = async (query: string): Promise<Priorities> => (await get(`/v1/local-priorities?${query}`)) as Priorities;

  test('534, page after page, none twice', async () => {
    const codes: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { data, page: info }: Priorities = await page(`limit=100${cursor === '' ? '' : `&cursor=${cursor}`}&count=true`);
      expect(info.total).toBe(534);
      codes.push(...data.map(({ code }) => code));
      cursor = info.nextCursor;
    }
    expect(codes).toHaveLength(534);
    expect(new Set(codes).size).toBe(534);
  });

  test('those of a QPV include those of its whole commune', async () => {
    const { data } = await page('qpv=gagarine&limit=100');
    const [own, wide] = [data.filter((one) => one.qpvSlug === 'gagarine'), data.filter((one) => one.qpvSlug === null)];
    expect(own.length + wide.length).toBe(data.length);
    expect(wide.length).toBeGreaterThan(0);
    expect(wide.every((one) => one.inseeCodes.includes('94041'))).toBe(true);
  });

  test('by commune and orientation', async () => {
    const byCode = await page('commune=94041&orientation=O5&limit=100&count=true');
    const bySlug = await page('commune=ivry-sur-seine&orientation=O5&limit=100&count=true');
    expect(byCode).toEqual(bySlug);
    expect(byCode.page.total).toBe(byCode.data.length);
    expect(byCode.data.every((one) => one.orientationCode === 'O5' && one.inseeCodes.includes('94041'))).toBe(true);
  });

  test('a cursor does not pass from one filter to another', async () => {
    const { page: info } = await page('commune=94041&limit=1');
    const { body } = await app.http.get(`/v1/local-priorities?commune=94081&limit=1&cursor=${info.nextCursor ?? ''}`).expect(400);
    expect(body).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

test.each([
  ['/v1/communes?hasQpv=peut-etre', 'NOT_A_BOOLEAN'],
  ['/v1/communes?ville=ivry', 'UNKNOWN_FIELD'],
  ['/v1/qpv?q=%00', 'NOT_A_TEXT'],
  [`/v1/qpv?q=${'x'.repeat(201)}`, 'TOO_LONG'],
  ['/v1/qpv?commune=94041&commune=94081', 'NOT_A_TEXT'],
])('%s is refused and says why', async (path, code) => {
  const { body } = await app.http.get(path).expect(400);
  expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ code }] });
});

test('a NUL in a slug is bad input, not an error of ours', async () => {
  const { status } = await app.http.get('/v1/qpv/%00');
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});
