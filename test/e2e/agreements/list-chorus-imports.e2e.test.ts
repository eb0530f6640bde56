import { anExtraction, aPreviewedImport, askImport, chorusCells, readImport, type ImportBody } from '../../builders/chorus.js';
import { aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
/** The oldest first. */
let imports: readonly string[];
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
  const read = async () => (await aPreviewedImport(app, prefecture, await anExtraction([aRow(), aRow()]))).id;
  imports = [await read(), await read(), (await askImport(app, prefecture, await anExtraction([aRow()]))).importId];
});
afterAll(() => app.close());

const aRow = () => chorusCells({ siret: '12345678900011', ej: '2100000000', year: 2027, amount: { n: '10' } });
interface Listed {
  readonly data: readonly ImportBody[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean; readonly total?: number };
}
const list = async (by: Person, query: Record<string, string> = {}): Promise<Listed> =>
  (await app.http.get('/v1/chorus-imports').query(query).set(by.auth).expect(200)).body as Listed;
const idsOf = ({ data }: Listed) => data.map(({ id }) => id);

test('the last one first, each as it is read by itself, with its totals', async () => {
  const listed = await list(prefecture, { count: 'true' });
  expect(idsOf(listed)).toEqual(imports.toReversed());
  expect(listed.page).toEqual({ nextCursor: null, hasMore: false, total: 3 });
  for (const each of listed.data) expect(each).toEqual(await readImport(app, prefecture, each.id));
  expect(listed.data.map(({ counts }) => counts)).toEqual([[], ...[1, 2].map(() => [{ status: 'refused', count: 2, amountCents: 2000 }])]);
});

test('by state, page after page; a cursor is of its own filters', async () => {
  expect(idsOf(await list(prefecture, { status: 'reading' }))).toEqual([imports[2]]);
  expect(idsOf(await list(prefecture, { status: 'reversed' }))).toEqual([]);
  const first = await list(prefecture, { limit: '2' });
  expect([idsOf(first), first.page.hasMore]).toEqual([[imports[2], imports[1]], true]);
  const cursor = first.page.nextCursor ?? '';
  expect(idsOf(await list(prefecture, { limit: '2', cursor }))).toEqual([imports[0]]);
  for (const wrong of [{ status: 'read' }, { limit: '101' }, { cursor, status: 'reading' }, { sort: '-id' }]) {
    expect((await app.http.get('/v1/chorus-imports').query(wrong).set(prefecture.auth)).status).toBe(400);
  }
});

test('only those that touch no département but one’s own; nobody else sees that there are any', async () => {
  const both = await aPerson(app, { grants: [GRANTS.prefectureOf('91'), GRANTS.prefectureOf('94')] });
  const { id } = await aPreviewedImport(app, both, await anExtraction([aRow()]));
  expect(idsOf(await list(both))).toEqual([id, ...imports.toReversed()]);
  expect(idsOf(await list(prefecture))).not.toContain(id);
  for (const other of [await aPrefecture(app, '91'), await aPerson(app, { grants: [GRANTS.auditor()] }), await aPerson(app)]) {
    expect(await list(other, { count: 'true' })).toEqual({ data: [], page: { nextCursor: null, hasMore: false, total: 0 } });
  }
});
