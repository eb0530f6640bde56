import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function dossierMessageFixtures({ say, to, dossier }: FixtureParts) {
  return {
    'dossier-message': {
      ...{ ...to, dossier, author: say('Inès Instructrice'), isFromStaff: true, isNote: false, isToStaff: false },
      text: say('Le local est-il accessible le mercredi ?\nSi oui, dites-le dans la description.'),
      postedAt: new Date('2027-02-10T09:30:00Z'),
    },
  } satisfies Partial<MailData>;
}
