import type { MailData } from '../../domain/mail-data.js';
import { accountFixtures } from './account.fixtures.js';
import { actFixtures } from './act.fixtures.js';
import { committeeFixtures } from './committee.fixtures.js';
import { dossierFixtures } from './dossier.fixtures.js';
import { documentFixtures } from './document.fixtures.js';
import { dossierMessageFixtures } from './dossier-message.fixtures.js';
import { paymentFixtures } from './payment.fixtures.js';
import { cpoFixtures } from './cpo.fixtures.js';
import { reportFixtures } from './report.fixtures.js';
import { silenceFixtures } from './silence.fixtures.js';
import { steeringFixtures } from './steering.fixtures.js';
import { retentionFixtures } from './retention.fixtures.js';
import { webhookFixtures } from './webhook.fixtures.js';
import { fixtureParts, type Say } from './fixture-parts.js';

const asMadeUp: Say = (madeUp) => madeUp;

/** Made-up data for each kind of message, to look at it and to test it. `say` chooses its free texts. */
export function fixtures(link: string, say: Say = asMadeUp): MailData {
  const parts = fixtureParts(say, link);
  return {
    ...accountFixtures(parts),
    ...dossierFixtures(parts),
    ...dossierMessageFixtures(parts),
    ...documentFixtures(parts),
    ...committeeFixtures(parts),
    ...actFixtures(parts),
    ...paymentFixtures(parts),
    ...reportFixtures(parts),
    ...cpoFixtures(parts),
    ...steeringFixtures(parts),
    ...silenceFixtures(parts),
    ...webhookFixtures(parts),
    ...retentionFixtures(parts),
  };
}
