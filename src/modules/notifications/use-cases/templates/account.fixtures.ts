import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function accountFixtures({ say, to, organisation }: FixtureParts) {
  const oneTime = (path: string) => ({
    ...to,
    code: 'A1B2C3',
    operation: `POST https://bievre.test/v1/auth/${path}`,
    expiresAt: new Date('2027-01-16T09:30:00Z'),
  });
  return {
    'account-confirmation': oneTime('confirm-email'),
    'password-reset': oneTime('reset-password'),
    invitation: {
      ...oneTime('accept-invitation'),
      invitedBy: say('Ada Martin'),
      purposes: [say('instruire les dossiers (Ivry-sur-Seine)')],
    },
    'membership-requested': {
      ...to,
      requesterName: say('Zoé Petit'),
      requesterEmail: 'zoe@exemple.test',
      message: say('Je rédige les dossiers de l’association depuis janvier.'),
      organisation,
      role: 'signature',
    },
    'membership-granted': { ...to, organisation, role: 'signature' },
    'membership-refused': { ...to, organisation, reason: say('Cette personne nous est inconnue.') },
    'membership-ended': { ...to, organisation, reason: say('Fin du mandat.') },
  } satisfies Partial<MailData>;
}
