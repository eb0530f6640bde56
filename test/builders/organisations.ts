import { randomInt } from 'node:crypto';
import { newId } from '../../src/kernel/id.js';
import type { TestApp } from '../setup/app.js';
import { aPerson, type Person } from './people.js';

export type MemberRole = 'editor' | 'signatory' | 'administrator';

export interface Member {
  readonly person: Person;
  /** Default: editor. */
  readonly roles?: readonly MemberRole[];
  /** Its signatory was seen on evidence. Default: true for a signatory. */
  readonly verified?: boolean;
}

export interface OrganisationFixture {
  readonly id: string;
  readonly siret: string;
  readonly name: string;
  readonly inseeCode: string | null;
  /** In the order of the members given. */
  readonly membershipIds: readonly string[];
}

/** A SIRET with a good key, drawn at random. */
export function aSiret(): string {
  const digits = Array.from({ length: 13 }, (_, position) => (position === 0 ? randomInt(1, 10) : randomInt(10)));
  // Of 14 digits counted from the left, Luhn doubles the first, the third…
  const sum = digits.reduce((total, digit, position) => {
    const value = position % 2 === 0 ? digit * 2 : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
}

/** An organisation of a commune (Ivry-sur-Seine unless said; null: out of the territory) with active members, written straight to the database. */
export async function anOrganisation(
  app: TestApp,
  options: { name?: string; siret?: string; inseeCode?: string | null; members?: readonly Member[] } = {},
): Promise<OrganisationFixture> {
  const id = newId();
  const { name = 'Les Jardins de la Bièvre', siret = aSiret(), inseeCode = '94041', members = [] } = options;
  const founder = await aPerson(app, { name: 'Dominique Fondateur' });
  await app.query(
    `INSERT INTO organisations (id, siret, name, legal_form, address, insee_code, email, created_by)
     VALUES ($1, $2, $3, 'association', '1 rue de la Paix', $4, $5, $6)`,
    [id, siret, name, inseeCode, `contact-${siret}@exemple.test`, founder.id],
  );
  const membershipIds: string[] = [];
  for (const member of members) membershipIds.push(await aMembership(app, id, member, founder.id));
  return { id, siret, name, inseeCode, membershipIds };
}

async function aMembership(app: TestApp, organisationId: string, member: Member, decidedBy: string): Promise<string> {
  const id = newId();
  const { person, roles = ['editor'] } = member;
  const verified = roles.includes('signatory') && (member.verified ?? true);
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor, is_signatory, is_administrator, decided_by, decided_at,
                              signatory_verified_at, signatory_verified_by, signatory_evidence)
     VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, now(), $8, $9, $10)`,
    [
      id,
      organisationId,
      person.id,
      roles.includes('editor'),
      roles.includes('signatory'),
      roles.includes('administrator'),
      decidedBy,
      verified ? new Date() : null,
      verified ? decidedBy : null,
      verified ? 'Procès-verbal de l’assemblée générale vu' : null,
    ],
  );
  return id;
}
