import { DispatchEvent } from '../../../src/modules/notifications/use-cases/dispatch-event.js';
import { SendMail, type DueMail } from '../../../src/modules/notifications/use-cases/send-mail.js';
import type { Happened } from '../../../src/modules/notifications/use-cases/tell-people.js';
import { SYSTEM } from '../../../src/platform/auth/system-actor.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { FolderMailer, type KeptMail } from '../../../src/platform/mail/folder-mailer.js';
import { Mailer } from '../../../src/platform/mail/mailer.js';
import type { EventType, JobMap } from '../../../src/platform/queue/index.js';
import type { TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';

export interface Told {
  readonly id: string;
  readonly kind: string;
  readonly email: string;
  readonly state: string;
}

/** Tells an event as an act does. Gives its id. */
export function tell<Type extends EventType>(app: TestApp, type: Type, payload: JobMap[Type]): Promise<string> {
  return app.app.get(UnitOfWork).run(SYSTEM, (tx) => Promise.resolve(tx.tell(type, payload)));
}

/** What follows an event, but the sending. */
export async function dispatch(app: TestApp, happened: Happened): Promise<void> {
  const failures = await app.app.get(DispatchEvent).execute([happened]);
  if (failures.size > 0) throw failures.get(happened.id);
}

/** Sends mails, together. Gives why the first of those that failed did; null when none did. */
export async function sendDue(app: TestApp, ...due: readonly DueMail[]): Promise<unknown> {
  const [failure] = (await app.app.get(SendMail).execute(due)).values();
  return failure ?? null;
}

/** The mails that wait to be sent, the oldest first. */
export function dueMails(app: TestApp): Promise<DueMail[]> {
  return app.query(
    `SELECT id, payload->>'deliveryId' AS "mailId" FROM outbox WHERE type = 'mail.due.v1' AND handled_at IS NULL ORDER BY id`,
  );
}

/** Waits until everything that was told is dealt with, what followed from it too. */
export async function settled(app: TestApp): Promise<void> {
  await waitFor('the outbox to be empty', async () => {
    const [row] = await app.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM outbox WHERE handled_at IS NULL');
    return row?.waiting === 0;
  });
}

/** Offers again at once what failed and waits for its next turn. */
export async function offerAgain(app: TestApp): Promise<void> {
  await app.query('UPDATE outbox SET available_at = now() WHERE handled_at IS NULL');
}

/** Who was told of an event. */
export function toldOf(app: TestApp, eventId: string): Promise<Told[]> {
  return app.query<Told>(
    `SELECT d.id, d.kind, u.email::text AS email, d.state FROM deliveries d JOIN users u ON u.id = d.user_id WHERE d.event_id = $1 ORDER BY u.email`,
    [eventId],
  );
}

/** The messages kept about an event: those that a person would find in their box. */
export async function keptOf(app: TestApp, eventId: string): Promise<KeptMail[]> {
  const ids = new Set((await toldOf(app, eventId)).map(({ id }) => `<${id}@bievre.test>`));
  return (await keptMails(app)).filter(({ messageId }) => ids.has(messageId));
}

export function keptMails(app: TestApp): Promise<KeptMail[]> {
  const mailer = app.app.get(Mailer);
  if (!(mailer instanceof FolderMailer)) throw new Error('this application sends its mail');
  return mailer.list();
}

/** Ordinary spaces, as a person reads. */
export const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

/** The ids of the events of that type that an act told about an object, the oldest first. */
export async function eventsOf(app: TestApp, type: EventType, field: string, id: string): Promise<string[]> {
  const rows = await app.query<{ id: string }>('SELECT id FROM outbox WHERE type = $1 AND payload ->> $2 = $3 ORDER BY id', [
    type,
    field,
    id,
  ]);
  return rows.map((row) => row.id);
}

/** What each person got of the one event of that type about an object: address and kind, all of it sent and kept. */
export async function toldAbout(app: TestApp, type: EventType, field: string, id: string): Promise<Record<string, string>> {
  await settled(app);
  const [eventId, ...others] = await eventsOf(app, type, field, id);
  if (eventId === undefined || others.length > 0) throw new Error(`${others.length + (eventId ? 1 : 0)} events ${type} of ${id}`);
  const deliveries = await toldOf(app, eventId);
  const kept = (await keptOf(app, eventId)).map(({ to }) => to).sort();
  if (kept.join() !== deliveries.map(({ email }) => email).join())
    throw new Error(`queued ${JSON.stringify(deliveries)}, kept ${kept.join()}`);
  return Object.fromEntries(deliveries.map(({ email, kind }) => [email, kind]));
}

/** The text of the messages of a kind that a person found in their box, in the order they were written. */
export async function textsTo(app: TestApp, person: { readonly id: string }, kind: string): Promise<string[]> {
  const rows = await app.query<{ id: string }>('SELECT id FROM deliveries WHERE user_id = $1 AND kind = $2 ORDER BY id', [person.id, kind]);
  const mails = await keptMails(app);
  return rows.flatMap(({ id }) => mails.filter(({ messageId }) => messageId === `<${id}@bievre.test>`).map(({ text }) => plain(text)));
}
