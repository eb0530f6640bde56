import { readFileSync } from 'node:fs';
import { groupBy } from '../../../src/kernel/group-by.js';
import { CATALOGUE, NOTIFIED_EVENTS, tellings, type NotifiedEvent } from '../../../src/modules/notifications/domain/catalogue.js';
import type { Refs } from '../../../src/modules/notifications/domain/delivery.js';
import { KINDS } from '../../../src/modules/notifications/domain/kinds.js';
import type { MailKind } from '../../../src/modules/notifications/domain/mail-data.js';
import { AudienceRepository } from '../../../src/modules/notifications/persistence/audience.repository.js';
import { aDocument } from '../../builders/documents.js';
import type { Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { DemoYear, inParis } from './demo-year.js';

/** Reviewed by hand, line by line: who is told, of what, when. A change of it is a change of what people receive. */
const GOLDEN = new URL('./demo-year.golden.txt', import.meta.url);

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

interface Row {
  readonly id: string;
  readonly version: number;
}

test('from the call to the overdue report, each person of the demo is told exactly what concerns them', async () => {
  const start = inParis('2027-09-15', '10:00');
  const year = await DemoYear.begin(app, start);
  const callId = (await year.hands().get<{ data: Row[] }>('coordination@demo.test', '/v1/calls')).data[0]?.id ?? '';

  // An insurance certificate that ends on the 10th of May 2028.
  const [member] = await app.query<{ id: string; organisationId: string }>(
    `SELECT u.id, m.organisation_id AS "organisationId" FROM users u JOIN memberships m ON m.user_id = u.id
     WHERE u.email = 'association@demo.test' AND m.state = 'active'`,
  );
  const document = { kind: 'insurance-certificate', validUntil: '2028-05-10' };
  await aDocument(app, member as unknown as Person, member?.organisationId ?? '', document);

  // The call closes on the 25th of October; the clocks go back on the 31st.
  await year.until(inParis('2027-12-15', '10:00'));
  let hands = year.hands();
  const call = await hands.get<Row>('coordination@demo.test', `/v1/calls/${callId}`);
  await hands.post('coordination@demo.test', `/v1/calls/${callId}/announce-results`, {}, call.version);
  await year.settle();

  // Acts of the State for the Val-de-Marne: prepared, signed a week later, notified on the leap day.
  await year.until(inParis('2028-02-01', '10:00'));
  hands = year.hands();
  const state = (await hands.get<{ id: string; code: string }[]>('prefecture.94@demo.test', '/v1/funders')).find(
    ({ code }) => code === 'P147-94',
  );
  await hands.post('prefecture.94@demo.test', '/v1/acts/prepare', { callId, funderId: state?.id });
  await year.settle();
  await year.until(inParis('2028-02-08', '10:00'));
  const acts = async () => (await year.hands().get<{ data: Row[] }>('prefecture.94@demo.test', `/v1/acts?callId=${callId}`)).data;
  hands = year.hands();
  for (const { id, version } of await acts()) {
    await hands.post(
      'prefecture.94@demo.test',
      `/v1/acts/${id}/sign`,
      { method: 'platform', signedOn: '2028-02-08', place: 'Créteil' },
      version,
    );
  }
  await year.until(inParis('2028-02-29', '10:00'));
  hands = year.hands();
  for (const { id, version } of await acts()) await hands.post('prefecture.94@demo.test', `/v1/acts/${id}/notify`, {}, version);
  await year.settle();

  // Nobody reports: the report of 2028 is due at the end of June 2029.
  await year.until(inParis('2029-07-03', '10:00'));
  expect((await year.told(start)).join('\n')).toBe(readFileSync(GOLDEN, 'utf8').trimEnd());
}, 240_000);

test('what left by mail is in the inbox too, but for what opens an account; and nothing else is', async () => {
  const inbox = await app.query<{ told: string }>(`SELECT event_id || ' ' || user_id || ' ' || kind AS told FROM inbox_messages`);
  const mails = await app.query<{ told: string; kind: MailKind; state: string }>(
    `SELECT event_id || ' ' || user_id || ' ' || kind AS told, kind, state FROM deliveries`,
  );
  const [shown, queued] = [new Set(inbox.map(({ told }) => told)), new Set(mails.map(({ told }) => told))];
  expect(shown.size).toBeGreaterThan(80);
  expect([...shown].filter((told) => !queued.has(told))).toEqual([]);
  const sent = mails.filter(({ kind, state }) => state === 'sent' && KINDS[kind].inbox);
  expect(sent.filter(({ told }) => !shown.has(told))).toEqual([]);
});

test('nobody is told twice of the same, and every mail has left', async () => {
  const twice = await app.query(`SELECT event_id, user_id FROM deliveries GROUP BY event_id, user_id, channel HAVING count(*) > 1`);
  expect(twice).toEqual([]);
  expect(await app.query(`SELECT id FROM deliveries WHERE state IN ('queued', 'failed', 'bounced')`)).toEqual([]);
});

test('the people of several events are those of each, whatever the audience', async () => {
  const audiences = app.app.get(AudienceRepository);
  const events = await app.query<{ type: NotifiedEvent; payload: Refs }>(
    'SELECT type, payload FROM outbox WHERE type = ANY ($1) ORDER BY id',
    [NOTIFIED_EVENTS],
  );
  const asked = events.flatMap(({ type, payload }) => {
    return tellings(CATALOGUE[type]).map(({ audience }) => ({ audience, refs: payload }));
  });
  const byAudience = groupBy(asked, ({ audience }) => audience);
  expect(byAudience.size).toBeGreaterThanOrEqual(6);
  for (const [audience, alike] of byAudience) {
    const refs = alike.map((each) => each.refs);
    const [together, each] = await Promise.all([
      audiences.ofEach(app.query, audience, refs),
      Promise.all(refs.map((one) => audiences.of(app.query, audience, one))),
    ]);
    expect({ audience, people: together.map((people) => [...people].sort()) }).toEqual({
      audience,
      people: each.map((people) => [...people].sort()),
    });
  }
});
