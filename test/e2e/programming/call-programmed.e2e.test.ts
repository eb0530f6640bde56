import { aCall, aCoordinator } from '../../builders/calls.js';
import { act, aFiledEnvelope, anAdoptedSession, codeOf, done, someLines, type Session } from '../../builders/committee.js';
import type { Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
let call: { readonly id: string; readonly version: number };
let envelopeId: string;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
beforeEach(async () => {
  envelopeId = await aFiledEnvelope(app);
  const { id } = await aCall(app);
  const { body } = await app.http.post(`/v1/calls/${id}/close`).set(coordinator.auth).set('If-Match', '"2"').expect(200);
  call = { id, version: (body as { version: number }).version };
});
afterAll(() => app.close());

const aSession = async (count = 1): Promise<Session & { readonly lineIds: readonly string[] }> => {
  const { lineIds } = await someLines(app, call.id, count);
  const amounts = lineIds.map((lineId) => ({ lineId, amountCents: 1000, envelopeId }));
  return { ...(await anAdoptedSession(app, { by: coordinator, callId: call.id, lineIds }, amounts)), lineIds };
};
const apply = ({ id }: Session) => act(app, coordinator, 'post', `/v1/committees/${id}/apply`);
const seen = async () => {
  const { body } = await app.http.get(`/v1/calls/${call.id}`).set(coordinator.auth).expect(200);
  const { status, statusLabel, version } = body as { status: string; statusLabel: string; version: number };
  return [status, statusLabel, version];
};
const stagesOf = async () => (await auditOf(app, call.id)).filter(({ act: verb }) => verb === 'call.programme');

test('the first session that is applied makes its call « programmé », and moves no version that someone decides on', async () => {
  const session = await aSession();
  expect(await seen()).toEqual(['closed', 'fermé', call.version]);
  await done(apply(session));
  expect(await seen()).toEqual(['programmed', 'programmé', call.version]);
  expect(await stagesOf()).toMatchObject([{ actorId: coordinator.id, before: { stage: 'none' }, after: { stage: 'programmed' } }]);
  expect((await app.http.get('/v1/calls?status=programmed').set(coordinator.auth).expect(200)).body).toMatchObject({
    data: [{ id: call.id }],
  });
});

test('a session that is refused leaves it as it was', async () => {
  const session = await aSession();
  await app.query(`UPDATE funding_lines SET requested_cents = 999 WHERE id = $1`, [session.lineIds[0]]);
  expect(await codeOf(apply(session))).toEqual([409, 'LINES_REFUSED']);
  expect(await seen()).toEqual(['closed', 'fermé', call.version]);
  expect(await stagesOf()).toEqual([]);
});

test('a later session takes nothing back: neither a programming, nor an announcement', async () => {
  const [first, second, third] = [await aSession(), await aSession(), await aSession()];
  await done(apply(first));
  await done(apply(second));
  expect((await seen())[0]).toBe('programmed');
  const announce = app.http.post(`/v1/calls/${call.id}/announce-results`).set(coordinator.auth).set('If-Match', `"${call.version}"`);
  await announce.send({}).expect(202);
  await done(apply(third));
  expect((await seen())[0]).toBe('notified');
  expect(await stagesOf()).toHaveLength(1);
});

test('two sessions of one call at once: both are applied, and it is programmed once', async () => {
  const sessions = [await aSession(20), await aSession(20)];
  expect((await Promise.all(sessions.map(apply))).map(({ status }) => status)).toEqual([200, 200]);
  expect((await seen())[0]).toBe('programmed');
  expect(await stagesOf()).toHaveLength(1);
});

test('a call that is closed out programmes nothing more', async () => {
  const session = await aSession();
  await app.query(`UPDATE calls SET stage = 'closed-out' WHERE id = $1`, [call.id]);
  expect(await codeOf(apply(session))).toEqual([409, 'ACT_NOT_ALLOWED']);
});
