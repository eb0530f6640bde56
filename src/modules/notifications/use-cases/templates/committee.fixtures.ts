import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function committeeFixtures({ say, to, call, organisation }: FixtureParts) {
  const session = { ...to, call, title: say('Comité de mars'), heldOn: '2027-03-01', place: say('Orly, salle du conseil') };
  return {
    'committee-convened': { ...session, quorum: 7, lineCount: 112, recusedFrom: [organisation] },
    'minutes-available': { ...session, contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', mayRead: true },
  } satisfies Partial<MailData>;
}
