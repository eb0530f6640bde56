import { newId } from '../../../src/kernel/id.js';
import { RemindOfPayments } from '../../../src/modules/notifications/use-cases/remind-of-payments.js';
import { aPrefecture } from '../../builders/funding.js';
import { aNotifiedLine, cancelRequest, confirmPayment, lineRow, requestPayment } from '../../builders/payments.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, textsTo } from './mail-room.js';

let app: TestApp;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2027-03-01T10:00:00Z');
  prefecture = await aPrefecture(app);
});
afterAll(() => app.close());

/** Two replicas tick at once. Gives how many messages that has made for the prefecture so far: others of the département have theirs. */
async function run(instant: string): Promise<number> {
  app.clock.freeze(instant);
  await Promise.all([1, 2].map(() => app.app.get(RemindOfPayments).execute()));
  await settled(app);
  return (await textsTo(app, prefecture, 'payments-due')).length;
}

test('who has the State’s grants paid is reminded fifteen days before the sixtieth, and on it, unless it is paid', async () => {
  const [late, paid] = [await aNotifiedLine(app, { prefecture }), await aNotifiedLine(app, { prefecture })];
  const others = [
    await aPerson(app, { grants: [GRANTS.prefectureOf('91')] }),
    await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] }),
    await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] }),
  ];
  const recused = await aPrefecture(app);
  for (const { dossier } of [late, paid]) {
    await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
      recused.id,
      dossier.organisationId,
    ]);
  }
  // A request that was cancelled is none.
  const { id } = await requestPayment(app, prefecture, late.id, 100_000);
  await cancelRequest(app, prefecture, id, (await lineRow(app, late.id)).version);
  await requestPayment(app, prefecture, paid.id, 300_000);
  // Notified on the 1st of March: the sixtieth day is the 30th of April.
  expect(await run('2027-04-14T08:00:00Z')).toBe(0);
  expect(await run('2027-04-15T04:00:00Z')).toBe(0);
  expect(await run('2027-04-15T08:00:00Z')).toBe(1);
  expect(await run('2027-04-15T20:00:00Z')).toBe(1);
  const [first] = await textsTo(app, prefecture, 'payments-due');
  expect(first).toContain('3 000,00 € au plus tard le 30 avril 2027');
  expect(first).toContain(`(dossier ${late.dossier.number}), versement à demander`);
  expect(first).toContain(`(dossier ${paid.dossier.number}), versement demandé`);
  app.clock.freeze('2027-04-20T08:00:00Z');
  const payer = { ...prefecture, auth: await signedInNow(app, prefecture) };
  const payment = { amountCents: 300_000, paidOn: '2027-04-20', reference: 'VIR-1' };
  expect((await confirmPayment(app, payer, paid.id, payment)).status).toBe(201);
  expect(await run('2027-04-30T08:00:00Z')).toBe(2);
  const [, second] = await textsTo(app, prefecture, 'payments-due');
  expect(second).toContain(late.dossier.number);
  expect(second).not.toContain(paid.dossier.number);
  expect(await run('2027-05-01T08:00:00Z')).toBe(2);
  for (const person of [...others, recused, late.dossier.editor]) expect(await textsTo(app, person, 'payments-due')).toEqual([]);
});

test('a schedule says otherwise than sixty days; a week without any clock is made up for by one message', async () => {
  const scheduled = await aNotifiedLine(app, { prefecture });
  const other = await aNotifiedLine(app, { prefecture });
  for (const [position, dueOn, cents] of [
    [0, '2027-03-20', 100_000],
    [1, '2027-10-01', 200_000],
  ] as const) {
    await app.query(
      `INSERT INTO payment_installments (id, funding_line_id, position, label, amount_cents, due_on, condition) VALUES ($1, $2, $3, 'Échéance', $4, $5, 'date')`,
      [newId(), scheduled.id, position, cents, dueOn],
    );
  }
  expect(await run('2027-03-04T08:00:00Z')).toBe(0);
  // The 5th was missed, and so was the 20th.
  expect(await run('2027-03-24T08:00:00Z')).toBe(1);
  const [text] = await textsTo(app, prefecture, 'payments-due');
  expect(text).toContain('1 000,00 € en retard depuis le 20 mars 2027');
  expect(text).not.toContain(other.dossier.number);
  expect(await run('2027-03-25T08:00:00Z')).toBe(1);
});
