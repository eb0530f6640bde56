import { Webhook } from 'standardwebhooks';
import { openHookTarget, status } from '../../builders/hook-target.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { waitFor } from '../../setup/wait-for.js';
import { anEndpoint, aSeenDossier, logOf, startHookApp } from './hook-room.js';
import { keptOf, settled, tell } from './mail-room.js';

test('from the event to the target through relay, queue and clock, beside the messages to people; a failure is tried again by itself', async () => {
  const app = await startHookApp({ works: true });
  const target = await openHookTarget();
  try {
    const owner = await aPerson(app, { grants: [GRANTS.coordinator()] });
    const { id, secret } = await anEndpoint(app, owner, target.port);
    const { id: dossierId } = await aSeenDossier(app);
    target.answer = (response, request) => {
      status(target.received.length === 1 ? 500 : 204)(response, request);
    };
    const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
    await waitFor('the message to arrive twice', () => target.received.length === 2, 30_000);
    await settled(app);
    const [first, second] = target.received;
    if (!first || !second) throw new Error('nothing arrived');
    expect(new Webhook(secret).verify(second.body, second.headers)).toMatchObject({ type: 'dossier.submitted.v1', data: { dossierId } });
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(await logOf(app, owner, id)).toMatchObject([{ state: 'delivered', attempts: [{ statusCode: 500 }, { statusCode: 204 }] }]);
    expect(await keptOf(app, eventId)).toHaveLength(1);
  } finally {
    await target.close();
    await app.close();
  }
});
