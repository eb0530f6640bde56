import { newId } from '../../../src/kernel/id.js';
import { WEBHOOK_EVENTS } from '../../../src/modules/notifications/domain/webhook-events.js';
import { aCall, aDraftCall } from '../../builders/calls.js';
import { aDraftSession } from '../../builders/committee.js';
import { aNotifiedLine, requestPayment } from '../../builders/payments.js';
import { aFiledDossier } from '../../builders/filed-dossier.js';
import { aMessage } from '../../builders/messages.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aGrantedAction, aReport, aSubmittedReport } from '../../builders/reporting.js';
import type { TestApp } from '../../setup/app.js';
import { anEndpoint, clearHooks, dispatched, startHookApp } from './hook-room.js';

/** Nobody is called here: what matters is who would be. */
const PORT = 9;
let app: TestApp;
let coordinator: Person;
let recused: Person;
let administrator: Person;
let names: Map<string, string>;
beforeAll(async () => {
  app = await startHookApp();
});
beforeEach(async () => {
  await clearHooks(app);
  coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  recused = await aPerson(app, { grants: [GRANTS.coordinator()] });
  administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
  names = new Map();
  for (const [name, person] of Object.entries({ coordinator, recused, administrator })) {
    names.set((await anEndpoint(app, person, PORT, { eventTypes: WEBHOOK_EVENTS })).id, name);
  }
});
afterAll(() => app.close());

const recuse = (organisationId: string) =>
  app.http.post('/v1/me/recusals').set(recused.auth).send({ organisationId, reason: 'Ma sœur' }).expect(201);

/** Whose endpoints this event is for, and what would leave. */
async function toldOf(type: Parameters<typeof dispatched>[1], refs: Parameters<typeof dispatched>[2]) {
  const eventId = await dispatched(app, type, refs);
  const rows = await app.query<{ endpoint: string; data: unknown }>(
    'SELECT endpoint_id AS endpoint, data FROM webhook_deliveries WHERE event_id = $1',
    [eventId],
  );
  return { who: rows.map(({ endpoint }) => names.get(endpoint)).sort(), data: rows[0]?.data };
}

test('a published call is told to whoever may have endpoints, a draft to nobody', async () => {
  const [published, draft] = [await aCall(app), await aDraftCall(app)];
  expect((await toldOf('call.published.v1', { callId: published.id })).who).toEqual(['administrator', 'coordinator', 'recused']);
  expect((await toldOf('call.published.v1', { callId: draft.id })).who).toEqual([]);
});

test('a session is the staff’s, once it is convened', async () => {
  const [convened, draft] = [await aDraftSession(app, { by: coordinator }), await aDraftSession(app, { by: coordinator })];
  await app.query(`UPDATE committees SET state = 'convened', convened_at = now() WHERE id = $1`, [convened.id]);
  expect((await toldOf('committee.convened.v1', { committeeId: convened.id })).who).toEqual(['coordinator', 'recused']);
  expect((await toldOf('committee.convened.v1', { committeeId: draft.id })).who).toEqual([]);
});

test('payments asked for and made: never to who is recused, nor to an administrator', async () => {
  const line = await aNotifiedLine(app);
  const { organisationId } = line.dossier;
  await recuse(organisationId);
  const { id: requestId } = await requestPayment(app, line.prefecture, line.id, 100_000);
  expect(await toldOf('payment.requested.v1', { requestId, organisationId })).toEqual({
    who: ['coordinator'],
    data: { requestId, organisationId },
  });
  expect((await toldOf('payment.request-cancelled.v1', { requestId, organisationId })).who).toEqual(['coordinator']);
  const paymentId = newId();
  await app.query(
    `INSERT INTO payments (id, funding_line_id, amount_cents, paid_on, reference, source, confirmed_by, confirmed_at)
     VALUES ($1, $2, 1000, '2027-03-01', 'VIR', 'hand', $3, now())`,
    [paymentId, line.id, line.prefecture.id],
  );
  expect((await toldOf('payments.made.v1', { organisationId, paymentIds: [paymentId] })).who).toEqual(['coordinator']);
  // Of several, one that may not be read is enough.
  expect((await toldOf('payments.made.v1', { organisationId, paymentIds: [paymentId, newId()] })).who).toEqual([]);
});

test('a report is its organisation’s until it is filed, and its repayment goes the same way', async () => {
  const action = await aGrantedAction(app);
  await recuse(action.organisationId);
  const draft = await aReport(app, action);
  expect((await toldOf('report.submitted.v1', { reportId: draft.id })).who).toEqual([]);
  const other = await aGrantedAction(app);
  await recuse(other.organisationId);
  const filed = await aSubmittedReport(app, other);
  expect((await toldOf('report.submitted.v1', { reportId: filed.id })).who).toEqual(['coordinator']);
  expect((await toldOf('report.accepted.v1', { reportId: filed.id, organisationId: other.organisationId })).who).toEqual(['coordinator']);
});

test('a message of a dossier, which may be a note: to who may read notes, and not to who is recused', async () => {
  const dossier = await aFiledDossier(app);
  const messageId = await aMessage(app, coordinator, dossier.id, 'Entre nous.', 'staff');
  expect(await toldOf('dossier.message-posted.v1', { dossierId: dossier.id, messageId })).toEqual({
    who: ['coordinator', 'recused'],
    data: { dossierId: dossier.id, messageId },
  });
  await recuse(dossier.organisationId);
  expect((await toldOf('dossier.message-posted.v1', { dossierId: dossier.id, messageId })).who).toEqual(['coordinator']);
  // An administrator who is a member of the organisation reads its messages, and no note.
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [dossier.organisationId, administrator.id],
  );
  expect((await toldOf('dossier.message-posted.v1', { dossierId: dossier.id, messageId })).who).toEqual(['coordinator']);
});
