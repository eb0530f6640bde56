import { RemindOfReports } from '../../../src/modules/notifications/use-cases/remind-of-reports.js';
import { anApplicant } from '../../builders/dossiers.js';
import { aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { actOnReport, aGrantedAction, aSubmittedReport, later, review, type GrantedAction } from '../../builders/reporting.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { eventsOf, settled, textsTo, toldAbout } from './mail-room.js';

let app: TestApp;
let action: GrantedAction;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2026-11-20T09:00:00Z');
  action = await aGrantedAction(app, { paidCents: 100_000, state: 'partly-paid' });
  prefecture = await aPrefecture(app);
});
afterAll(() => app.close());

const tick = async (instant: string): Promise<number> => {
  app.clock.freeze(instant);
  const queued = await Promise.all([1, 2].map(() => app.app.get(RemindOfReports).execute()));
  await settled(app);
  return queued.reduce((total, count) => total + count);
};

test('what is due is told two months, one month and a week before, then once it is late; all of it in one message', async () => {
  const { organisationId, editor, signatory } = action;
  const applicant = { organisationId, organisationName: 'Les Jardins', editor, signatory };
  await aGrantedAction(app, { applicant });
  const administrator = await aPerson(app);
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_administrator) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [action.organisationId, administrator.id],
  );
  const stranger = await anApplicant(app);
  const ticks = [
    ['2028-04-30T09:00:00Z', 0],
    // A night owl's tick tells nobody.
    ['2028-05-01T04:00:00Z', 0],
    ['2028-05-01T09:00:00Z', 2],
    ['2028-05-01T10:00:00Z', 0],
    ['2028-05-31T09:00:00Z', 2],
    ['2028-06-23T09:00:00Z', 2],
    ['2028-06-30T21:59:00Z', 0],
    ['2028-07-01T09:00:00Z', 2],
    ['2028-07-08T09:00:00Z', 0],
  ] as const;
  for (const [instant, queued] of ticks) expect([instant, await tick(instant)]).toEqual([instant, queued]);
  for (const person of [action.editor, action.signatory]) {
    const texts = await textsTo(app, person, 'reports-due');
    expect(texts).toHaveLength(4);
    for (const text of texts) expect(text.match(/ : 30 juin 2028/g)).toHaveLength(2);
    expect(texts[2]).toContain('sont attendus de vous');
    expect(texts[3]).toContain('ne peut pas déposer de nouvelle demande');
  }
  for (const person of [administrator, stranger.editor, prefecture]) expect(await textsTo(app, person, 'reports-due')).toEqual([]);
});

test('nobody is reminded of a report that was submitted', async () => {
  await later(app, '2028-02-01T09:00:00Z', action.editor, action.signatory, prefecture);
  await aSubmittedReport(app, action);
  expect(await tick('2028-06-25T09:00:00Z')).toBe(0);
});

test('a report that is filed is told to those who judge it, but for who is recused', async () => {
  const recused = await aPrefecture(app);
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
    recused.id,
    action.organisationId,
  ]);
  const others = [
    await aPerson(app, { grants: [GRANTS.prefectureOf('91')] }),
    await aPerson(app, { grants: [GRANTS.coordinator(), GRANTS.auditor()] }),
    await aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] }),
  ];
  await later(app, '2028-02-01T09:00:00Z', action.editor, action.signatory, prefecture);
  const report = await aSubmittedReport(app, action);
  const told = await toldAbout(app, 'report.submitted.v1', 'reportId', report.id);
  expect(told).toMatchObject({ [prefecture.email]: 'report-submitted' });
  for (const { email } of [recused, ...others, action.editor, action.signatory]) expect(told).not.toHaveProperty([email]);
  const [text] = await textsTo(app, prefecture, 'report-submitted');
  expect(text).toContain(`http://bievre.test/v1/reports/${report.id}`);
});

test('its writers learn that it is to be amended, with why, then that it is accepted', async () => {
  await later(app, '2028-02-01T09:00:00Z', action.editor, action.signatory, prefecture);
  const report = await aSubmittedReport(app, action);
  const line = action.line['P147-94'] ?? '';
  const asked = await review(app, prefecture, report, line, 'ask-amendment', 'Expliquez le compte 64');
  const writers = (kind: string) => Object.fromEntries([action.editor, action.signatory].map(({ email }) => [email, kind]));
  expect(await toldAbout(app, 'report.amendment-asked.v1', 'reportId', report.id)).toEqual(writers('report-to-amend'));
  expect((await textsTo(app, action.editor, 'report-to-amend'))[0]).toContain('> Expliquez le compte 64');
  const again = await actOnReport(app, action.signatory, asked, 'submit', { exactness: true });
  expect(again.status).toBe(200);
  await settled(app);
  expect(await eventsOf(app, 'report.accepted.v1', 'reportId', report.id)).toEqual([]);
  await review(app, prefecture, again.body as typeof report, line);
  expect(await toldAbout(app, 'report.accepted.v1', 'reportId', report.id)).toEqual(writers('report-accepted'));
});

test('what is asked back is told to the members, with its reason and by when', async () => {
  await later(app, '2028-02-01T09:00:00Z', action.editor, action.signatory, prefecture);
  const report = await aSubmittedReport(app, action, { percent: 50 });
  const line = action.line['P147-94'] ?? '';
  const { fundingLines } = await review(app, prefecture, report, line);
  const version = fundingLines.find(({ id }) => id === line)?.version ?? 0;
  const { body, status } = await app.http
    .post(`/v1/funding-lines/${line}/repayments`)
    .set(prefecture.auth)
    .set('If-Match', `"${version}"`)
    .send({ amountCents: 40_000, reason: 'Une séance sur deux', dueOn: '2028-06-01' });
  expect([status, body]).toMatchObject([expect.any(Number), { id: expect.any(String) }]);
  expect(await toldAbout(app, 'repayment.asked.v1', 'repaymentId', (body as { id: string }).id)).toEqual(
    Object.fromEntries([action.editor, action.signatory].map(({ email }) => [email, 'repayment-asked'])),
  );
  const [text] = await textsTo(app, action.editor, 'repayment-asked');
  expect(text).toContain('Montant à reverser : 400,00 €');
  expect(text).toContain('> Une séance sur deux');
});
