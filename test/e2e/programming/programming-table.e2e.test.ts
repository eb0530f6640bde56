import { aCall, type CallBody } from '../../builders/calls.js';
import { aSubmittedDossier, aDossier } from '../../builders/dossiers.js';
import {
  aDelegate,
  aPrefecture,
  aSubmittedLine,
  decide,
  funderId,
  moreLines,
  QPV_91,
  QPV_94,
  type SubmittedLine,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly status: string;
}
interface Answer {
  readonly data: readonly Row[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean; readonly total?: number };
}

let app: TestApp;
let coordinator: Person;
let call: CallBody;
let inIvry: SubmittedLine;
let inSavigny: SubmittedLine;
let ofCaf: SubmittedLine;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  call = await aCall(app);
  inIvry = await aSubmittedLine(app, { call, qpv: QPV_94 });
  inSavigny = await aSubmittedLine(app, { call, qpv: QPV_91, funder: 'P147-91' });
  ofCaf = await aSubmittedLine(app, { call, qpv: QPV_94, funder: 'CAF94' });
  // A draft, and another call: in nobody's table of this call.
  await aDossier(app, { call, qpv: [QPV_94] });
  await aSubmittedLine(app, { qpv: QPV_94 });
});
afterAll(() => app.close());

const table = async (by: Person, query: Record<string, string> = {}): Promise<Answer> => {
  const { body } = await app.http
    .get('/v1/funding-lines')
    .query({ callId: call.id, count: 'true', ...query })
    .set(by.auth)
    .expect(200);
  return body as Answer;
};
const idsOf = async (by: Person, query: Record<string, string> = {}): Promise<string[]> => {
  const { data, page } = await table(by, query);
  expect(page.total).toBe(data.length);
  return data.map(({ id }) => id);
};
const sorted = (...lines: readonly SubmittedLine[]) => lines.map(({ id }) => id).toSorted();

test('a row is a line with its action, organisation, amounts and opinions, and no name of a person', async () => {
  const instructor = await aPerson(app, { name: 'Inès Instructrice', grants: [GRANTS.instructorOf('94041')] });
  await app.http
    .post(`/v1/funding-lines/${inIvry.id}/opinions`)
    .set(instructor.auth)
    .send({ opinion: 'reserved', proposedCents: 200_000, reason: 'Public large' })
    .expect(201);
  const { data } = await table(coordinator, { dossierId: inIvry.dossier.id });
  expect(data).toEqual([
    {
      id: inIvry.id,
      version: 2,
      status: 'instructed',
      callId: call.id,
      dossierId: inIvry.dossier.id,
      dossierNumber: inIvry.dossier.number,
      dossierTitle: 'Apprendre ensemble',
      dossierStatus: 'admissible',
      action: {
        id: inIvry.dossier.actionId,
        title: 'Ateliers de pratique du français',
        orientationCode: 'O1',
        startsOn: `${inIvry.year}-01-15`,
        endsOn: `${inIvry.year}-12-15`,
        qpv: [QPV_94],
        communes: ['94041'],
      },
      organisation: { id: inIvry.dossier.organisationId, name: inIvry.dossier.organisationName },
      funder: { id: await funderId(app, 'P147-94'), code: 'P147-94', name: expect.stringContaining('Val-de-Marne') as string },
      scheme: null,
      year: inIvry.year,
      requestedCents: 500_000,
      proposedCents: null,
      grantedCents: null,
      reservedCents: 0,
      committedCents: 0,
      envelopeId: null,
      decidedOn: null,
      decisionReference: null,
      reason: null,
      announcedAt: null,
      signatoryVerified: true,
      awaitingSecondApproval: false,
      firstApproval: null,
      opinions: [
        {
          role: 'instructor',
          opinion: 'reserved',
          proposedCents: 200_000,
          reason: 'Public large',
          givenAt: expect.stringMatching(/Z$/) as string,
        },
      ],
    },
  ]);
  const one = await app.http.get(`/v1/funding-lines/${inIvry.id}`).set(coordinator.auth).expect(200);
  expect(one.body).toEqual(data[0]);
  expect(one.headers['etag']).toBe('"2"');
  expect(JSON.stringify(one.body)).not.toContain('Inès');
});

test('by every filter, alone and together', async () => {
  expect(await idsOf(coordinator)).toEqual(sorted(inIvry, inSavigny, ofCaf));
  expect(await idsOf(coordinator, { commune: '94041' })).toEqual(sorted(inIvry, ofCaf));
  expect(await idsOf(coordinator, { commune: '91589' })).toEqual(sorted(inSavigny));
  expect(await idsOf(coordinator, { qpv: QPV_94 })).toEqual(sorted(inIvry, ofCaf));
  expect(await idsOf(coordinator, { sector: 'S' })).toEqual(sorted(inSavigny));
  expect(await idsOf(coordinator, { sector: 'NE', qpv: QPV_94, commune: '94041' })).toEqual(sorted(inIvry, ofCaf));
  expect(await idsOf(coordinator, { sector: 'S', qpv: QPV_94 })).toEqual([]);
  expect(await idsOf(coordinator, { funderId: await funderId(app, 'CAF94') })).toEqual(sorted(ofCaf));
  expect(await idsOf(coordinator, { organisationId: inSavigny.dossier.organisationId })).toEqual(sorted(inSavigny));
  expect(await idsOf(coordinator, { dossierId: ofCaf.dossier.id, commune: '94041' })).toEqual(sorted(ofCaf));
  expect(await idsOf(coordinator, { orientation: 'O1', commune: '94041' })).toEqual(sorted(inIvry, ofCaf));
  expect(await idsOf(coordinator, { orientation: 'O2' })).toEqual([]);
  expect(await idsOf(coordinator, { status: 'refused' })).toEqual([]);
  await decide(app, await aPrefecture(app, '91'), inSavigny.id, 'refuse', { reason: 'Hors délai' });
  expect(await idsOf(coordinator, { status: 'refused', commune: '91589' })).toEqual(sorted(inSavigny));
});

test('by a part of a name, a number or a title, whatever its case and its accents', async () => {
  await app.query('UPDATE organisations SET name = $2 WHERE id = $1', [inSavigny.dossier.organisationId, 'Les Étoiles de 100 % Savigny_']);
  await app.query('UPDATE actions SET title = $2 WHERE id = $1', [ofCaf.dossier.actionId, 'Forêt comestible']);
  for (const q of ['etoiles', 'LES ÉTOILES', '100 %', 'savigny_'])
    expect([q, await idsOf(coordinator, { q })]).toEqual([q, sorted(inSavigny)]);
  expect(await idsOf(coordinator, { q: 'foret' })).toEqual(sorted(ofCaf));
  expect(await idsOf(coordinator, { q: inIvry.dossier.number.toLowerCase() })).toEqual(sorted(inIvry));
  expect(await idsOf(coordinator, { q: 'etoiles', commune: '94041' })).toEqual([]);
  expect(await idsOf(coordinator, { q: '%' })).toEqual(sorted(inSavigny));
  expect(await idsOf(await aPrefecture(app), { q: 'etoiles' })).toEqual([]);
});

test('without naming a call', async () => {
  const { body } = await app.http.get('/v1/funding-lines').query({ commune: '94041', qpv: QPV_94 }).set(coordinator.auth).expect(200);
  expect((body as Answer).data).toHaveLength(3);
});

test('each sees the lines of its perimeter, in the list, in the count and one by one', async () => {
  const seen: readonly (readonly [string, Person, readonly SubmittedLine[]])[] = [
    ['auditor', await aPerson(app, { grants: [GRANTS.auditor()] }), [inIvry, inSavigny, ofCaf]],
    ['instructor of Ivry', await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), [inIvry, ofCaf]],
    ['delegate NE', await aDelegate(app, 'NE'), [inIvry, ofCaf]],
    ['delegate S', await aDelegate(app, 'S'), [inSavigny]],
    ['prefecture 91', await aPrefecture(app, '91'), [inSavigny]],
    ['partner CAF', await aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] }), [ofCaf]],
    ['applicant', inIvry.dossier.editor, []],
    ['nobody', await aPerson(app), []],
  ];
  for (const [who, by, lines] of seen) {
    expect([who, await idsOf(by)]).toEqual([who, sorted(...lines)]);
    for (const line of [inIvry, inSavigny, ofCaf]) {
      const { status } = await app.http.get(`/v1/funding-lines/${line.id}`).set(by.auth);
      expect([who, status]).toEqual([who, lines.includes(line) ? 200 : 404]);
    }
  }
});

test('page by page, in the order of ids, whatever the filter', async () => {
  const here = await aCall(app);
  const first = await aSubmittedLine(app, { call: here, qpv: QPV_94 });
  const all = [first.id, ...(await moreLines(app, first, 9))].toSorted();
  for (const filter of [{}, { commune: '94041' }, { status: 'requested', sector: 'NE' }] as Record<string, string>[]) {
    const read: string[] = [];
    let cursor: string | null = null;
    do {
      const answer: Answer = await table(coordinator, { callId: here.id, limit: '4', ...filter, ...(cursor === null ? {} : { cursor }) });
      read.push(...answer.data.map(({ id }) => id));
      expect(answer.page.total).toBe(10);
      cursor = answer.page.nextCursor;
    } while (cursor !== null);
    expect(read).toEqual(all);
  }
  const { body } = await app.http.get('/v1/funding-lines').query({ callId: here.id, limit: '4' }).set(coordinator.auth);
  const moved = await app.http
    .get('/v1/funding-lines')
    .query({ callId: call.id, limit: '4', cursor: (body as Answer).page.nextCursor })
    .set(coordinator.auth);
  expect(moved.body).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
});

test.each(['requestedCents', '-requestedCents'])('page by page by %s, equal amounts by id', async (sort) => {
  const here = await aCall(app);
  const first = await aSubmittedLine(app, { call: here, qpv: QPV_94 });
  const ids = [first.id, ...(await moreLines(app, first, 6))];
  await app.query(`UPDATE funding_lines SET requested_cents = 1000 + 100 * (abs(hashtext(id::text)) % 3) WHERE call_id = $1`, [here.id]);
  for (const filter of [{}, { commune: '94041' }] as Record<string, string>[]) {
    const read: (Row & { requestedCents: number })[] = [];
    let cursor: string | null = null;
    do {
      const answer: Answer = await table(coordinator, {
        callId: here.id,
        limit: '2',
        sort,
        ...filter,
        ...(cursor === null ? {} : { cursor }),
      });
      read.push(...(answer.data as (Row & { requestedCents: number })[]));
      cursor = answer.page.nextCursor;
    } while (cursor !== null);
    const key = ({ requestedCents, id }: { requestedCents: number; id: string }) => `${requestedCents} ${id}`;
    const rising = read.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    expect(read).toEqual(sort.startsWith('-') ? rising.toReversed() : rising);
    expect(read.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  }
});

test('the places of a line follow those of its action', async () => {
  const dossier = await aSubmittedDossier(app, { call, qpv: [QPV_94] });
  const [line] = dossier.lines;
  const places = () =>
    app.query<{ place: string }>(`SELECT kind || ' ' || code AS place FROM funding_line_places WHERE funding_line_id = $1 ORDER BY 1`, [
      line?.id,
    ]);
  expect((await places()).map(({ place }) => place)).toEqual(['commune 94041', 'department 94', `qpv ${QPV_94}`, 'sector NE']);
  await app.query('DELETE FROM action_territories WHERE action_id = $1', [dossier.actionId]);
  expect(await places()).toEqual([]);
  await app.query(`INSERT INTO action_territories (action_id, kind, code, chosen) VALUES ($1, 'commune', '94081', true)`, [
    dossier.actionId,
  ]);
  expect((await places()).map(({ place }) => place)).toEqual(['commune 94081']);
  expect(await idsOf(coordinator, { commune: '94081' })).toEqual([line?.id]);
});

test.each([
  ['an unknown state', { status: 'en cours' }],
  ['a call that is no id', { callId: 'tout' }],
  ['an unknown filter', { couleur: 'bleu' }],
  ['too many rows', { limit: '1000' }],
])('refused: %s', async (_what, query) => {
  const { body } = await app.http.get('/v1/funding-lines').query(query).set(coordinator.auth).expect(400);
  expect(body).toMatchObject({ code: 'VALIDATION_FAILED' });
});
