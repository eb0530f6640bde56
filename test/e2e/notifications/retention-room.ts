import { RetainMessages, type MessagesRetained } from '../../../src/modules/notifications/use-cases/retain-messages.js';
import { signedInNow, type Person } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';

export const NOTHING: MessagesRetained = { forgotten: 0, blanked: 0, removed: 0 };

/** A message as its reader finds it again. */
export interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly subject: string | null;
  readonly summary: string | null;
  readonly blankedAt: string | null;
}

/** The clock ticks at that instant, on two replicas at once. Gives what both did. */
export async function retain(app: TestApp, instant: string): Promise<MessagesRetained> {
  app.clock.freeze(instant);
  const retention = app.app.get(RetainMessages, { strict: false });
  const [one, other] = await Promise.all([retention.execute(), retention.execute()]);
  return { forgotten: one.forgotten + other.forgotten, blanked: one.blanked + other.blanked, removed: one.removed + other.removed };
}

/** Whatever the clock says. */
export async function messagesOf(app: TestApp, person: Person): Promise<Listed[]> {
  const { body } = await app.http
    .get('/v1/me/notifications?limit=100')
    .set(await signedInNow(app, person))
    .expect(200);
  return (body as { data: Listed[] }).data;
}
