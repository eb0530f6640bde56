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
