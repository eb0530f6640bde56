import { contentHash } from '../../../src/modules/dossiers/index.js';
import { aCall, aCoordinator } from '../../builders/calls.js';
import {
  act,
  aFiledEnvelope,
  anAdoptedSession,
  anInstructedDossier,
  codeOf,
  done,
  someLines,
  type Session,
} from '../../builders/committee.js';
import { aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
let session: Session;
let lineIds: readonly string[];
let organisationId: string;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
beforeEach(async () => {
  const callId = (await aCall(app)).id;
  const [first, second] = [await someLines(app, callId, 2), await anInstructedDossier(app, { callId })];
  lineIds = [...first.lineIds, ...second.lineIds];
  ({ organisationId } = first);
  const envelopeId = await aFiledEnvelope(app);
  const [a = '', b = '', c = ''] = lineIds;
  session = await anAdoptedSession(app, { by: coordinator, callId, lineIds }, [
    { lineId: a, amountCents: 1000, envelopeId },
    { lineId: c, amountCents: 2500, envelopeId },
  ]);
  const decisions = [{ lineId: b, decision: 'adjourned', reason: 'Budget à préciser' }];
  await done(act(app, coordinator, 'put', `/v1/committees/${session.id}/decisions`, { decisions }));
});
afterAll(() => app.close());

const post = (verb: string, by = coordinator) => act(app, by, 'post', `/v1/committees/${session.id}/${verb}`);
const minutes = (by = coordinator, suffix = '') => app.http.get(`/v1/committees/${session.id}/minutes${suffix}`).set(by.auth);

async function closed(): Promise<void> {
  await done(post('apply'));
  expect(await done(post('close'))).toMatchObject({ status: 'closed', closedAt: expect.any(String) });
}

test('say who was there, what was decided and how much, and carry the hash of exactly what they say', async () => {
  expect(await codeOf(minutes().then())).toEqual([409, 'MINUTES_NOT_READY']);
  await closed();
  const { body } = await minutes().expect(200);
  expect(body.content).toMatchObject({
    session: { title: 'Comité de mars', heldOn: '2027-03-01', place: 'Orly' },
    quorum: { required: 2, present: 3, members: 3 },
    members: [{ name: 'Anne Élue', present: true }, { funderCode: 'P147-94' }, {}],
    lines: [
      { position: 1, lineId: lineIds[0], decision: 'proposed', amountCents: 1000, reason: null },
      { position: 2, lineId: lineIds[1], decision: 'adjourned', amountCents: null, reason: 'Budget à préciser' },
      { position: 3, lineId: lineIds[2], decision: 'proposed', amountCents: 2500 },
    ],
    totals: {
      decisions: { proposed: { lines: 2, amountCents: 3500 }, adjourned: { lines: 1, amountCents: 0 }, unfavourable: { lines: 0 } },
      funders: [{ name: 'P147-94', lines: 2, amountCents: 3500 }],
    },
  });
  expect(body.contentHash).toBe(contentHash(body.content as object));
  expect((await auditOf(app, session.id)).at(-1)).toMatchObject({ act: 'committee.closed', after: { contentHash: body.contentHash } });
});

test('are frozen: what happens to a line afterwards, or any hand, changes nothing of them', async () => {
  await closed();
  const { body: before } = await minutes();
  await app.query(`UPDATE funding_lines SET state = 'withdrawn', reserved_cents = 0, envelope_id = NULL WHERE id = $1`, [lineIds[1]]);
  expect((await minutes()).body).toEqual(before);
  for (const sql of [`UPDATE committee_minutes SET content = '{}'`, 'DELETE FROM committee_minutes', 'TRUNCATE committee_minutes'])
    await expect(app.query(sql)).rejects.toThrow(/append-only/);
  expect(await codeOf(post('close'))).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('are a tagged PDF that prints the hash', async () => {
  await closed();
  const { body: kept } = await minutes();
  const answer = await minutes(coordinator, '.pdf').buffer(true).expect(200).expect('content-type', 'application/pdf');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="proces-verbal-2027-03-01.pdf"');
  const pdf = (answer.body as Buffer).toString('latin1');
  expect(pdf.startsWith('%PDF-1.7')).toBe(true);
  expect(pdf).toContain('/StructTreeRoot');
  expect(pdf).toContain('/Lang (fr-FR)');
  expect(kept.contentHash).toMatch(/^[0-9a-f]{64}$/);
});

test('are the coordination’s and the auditor’s', async () => {
  await closed();
  for (const suffix of ['', '.pdf']) {
    await minutes(await aPerson(app, { grants: [GRANTS.auditor()] }), suffix).expect(200);
    expect(await codeOf(minutes(await aPrefecture(app), suffix).then())).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(minutes(await aPerson(app), suffix).then())).toEqual([404, 'NOT_FOUND']);
  }
});

test('do not show a reader the lines of an organisation they are recused from, and say how many', async () => {
  await closed();
  const recused = await aCoordinator(app);
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Y siège')`, [
    recused.id,
    organisationId,
  ]);
  const { body } = await minutes(recused).expect(200);
  expect(body.content.lines.map(({ lineId }: { lineId: string }) => lineId)).toEqual([lineIds[2]]);
  expect(body.hiddenLines).toBe(2);
});
