import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CreateAdministrator } from '../modules/identity/index.js';
import { OneTimeTokens } from '../platform/auth/one-time-tokens.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ADMINISTRATOR, OTHER_ACCOUNTS, PROMISED_ACCOUNTS, type DemoAccount } from './accounts.js';
import type { Hands } from './hands.js';
import { ORGANISATIONS, OWN_ORGANISATION, type DemoOrganisation } from './year.js';

interface Created {
  readonly id: string;
}

/** Opens every account by invitation, as an administrator does. */
export async function loadPeople(app: NestFastifyApplication, hands: Hands, password: string): Promise<void> {
  const administrator = await app.get(CreateAdministrator, { strict: false }).execute(ADMINISTRATOR);
  if (administrator.token !== null) await hands.anonymous('/v1/auth/accept-invitation', { token: administrator.token, password });
  for (const account of [...PROMISED_ACCOUNTS, ...OTHER_ACCOUNTS, ...bearers()]) {
    if (account.email === ADMINISTRATOR) continue;
    const { id } = await hands.post<Created>(ADMINISTRATOR, '/v1/users', account);
    await hands.anonymous('/v1/auth/accept-invitation', { token: await invitationOf(app, id), password });
  }
}

/** Where the mail would carry the token, the demo reads whose it is: the database holds the id only. */
async function invitationOf(app: NestFastifyApplication, userId: string): Promise<string> {
  const work = app.get(UnitOfWork, { strict: false });
  const [row] = await work.read<{ id: string }>(`SELECT id FROM one_time_tokens WHERE user_id = $1 AND purpose = 'invitation'`, [userId]);
  if (!row) throw new Error('an invitation leaves a token');
  return app.get(OneTimeTokens, { strict: false }).tokenOf(row.id);
}

/** The person who writes, attests and submits for an organisation other than the demo's own. */
const bearerOf = (key: string): string => `porteur.${key}@demo.test`;

function bearers(): readonly DemoAccount[] {
  return ORGANISATIONS.filter(({ key }) => key !== OWN_ORGANISATION).map(({ key, name }) => ({
    email: bearerOf(key),
    name: `Porteur ${name}`,
    grants: [],
  }));
}

/** Who writes and who signs for an organisation. */
export function membersOf(key: string): { readonly editor: string; readonly signatory: string } {
  return key === OWN_ORGANISATION
    ? { editor: 'association@demo.test', signatory: 'signataire@demo.test' }
    : { editor: bearerOf(key), signatory: bearerOf(key) };
}

/** Creates the organisations; the instructor of their commune lets their people in, and verifies who signs. Gives their ids by key. */
export async function loadOrganisations(hands: Hands): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const organisation of ORGANISATIONS) ids.set(organisation.key, await loadOrganisation(hands, organisation));
  return ids;
}

async function loadOrganisation(hands: Hands, { key, siret, name, address, instructor }: DemoOrganisation): Promise<string> {
  const { editor, signatory } = membersOf(key);
  const body = { siret, name, legalForm: 'association', address, email: `contact.${key}@demo.test` };
  const { id } = await hands.post<Created>(editor, '/v1/organisations', body);
  if (signatory !== editor)
    await hands.post(signatory, `/v1/organisations/${id}/memberships`, { roles: ['signatory'], message: 'Président' });
  const { data } = await hands.get<{ data: { id: string; version: number; user: { email: string } }[] }>(
    instructor,
    `/v1/organisations/${id}/memberships`,
  );
  for (const membership of data) {
    const roles =
      membership.user.email !== signatory
        ? ['editor', 'administrator']
        : signatory === editor
          ? ['editor', 'administrator', 'signatory']
          : ['signatory'];
    const granted = await hands.post<{ version: number }>(
      instructor,
      `/v1/memberships/${membership.id}/grant`,
      { roles },
      membership.version,
    );
    if (!roles.includes('signatory')) continue;
    const evidence = 'Procès-verbal de l’assemblée générale du 12 mars, vu en original';
    await hands.post(instructor, `/v1/memberships/${membership.id}/verify-signatory`, { evidence }, granted.version);
  }
  return id;
}
