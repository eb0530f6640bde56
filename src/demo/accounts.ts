/** The people of the demo year. Those of api.md come first; the others let neighbouring communes play their part. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly { role: string; scope: { kind: string; code: string } }[];
}

const grant = (role: string, kind: string, code: string) => ({ role, scope: { kind, code } });
const account = (local: string, name: string, ...grants: DemoAccount['grants']): DemoAccount => ({
  email: `${local}@demo.test`,
  name,
  grants,
});
const instructor = (slug: string, name: string, inseeCode: string) =>
  account(`instruction.${slug}`, name, grant('instructor', 'commune', inseeCode));

export const PROMISED_ACCOUNTS: readonly DemoAccount[] = [
  account('association', 'Awa Traoré'),
  account('signataire', 'Jean-Luc Morel'),
  instructor('ivry', 'Claire Nguyen', '94041'),
  account('deleguee.nord-est', 'Sophie Marchand', grant('delegate', 'sector', 'NE')),
  account('deleguee.sud', 'Nadia Benali', grant('delegate', 'sector', 'S')),
  account('prefecture.94', 'Hélène Garnier', grant('prefecture', 'department', '94')),
  account('prefecture.91', 'Marc Delattre', grant('prefecture', 'department', '91')),
  account('coordination', 'Inès Carvalho', grant('coordinator', 'contract', 'GOSB')),
  account('partenaire.cd94', 'Paul Lemaire', grant('partner', 'funder', 'CD94')),
  account('admin', 'Administration'),
];

export const OTHER_ACCOUNTS: readonly DemoAccount[] = [
  instructor('vitry', 'Karim Haddad', '94081'),
  instructor('arcueil', 'Louise Perrin', '94003'),
  instructor('gentilly', 'Thomas Roy', '94037'),
  instructor('villejuif', 'Émilie Faure', '94076'),
  instructor('athis-mons', 'Yann Le Goff', '91027'),
  instructor('viry-chatillon', 'Samira Aït', '91687'),
  account('conseil.gagarine', 'Rachid Bouzid', grant('citizens-council', 'qpv', 'gagarine')),
  account('partenaire.caf94', 'Delphine Aubry', grant('partner', 'funder', 'CAF94')),
  account('auditeur', 'Mathilde Renard', grant('auditor', 'contract', 'GOSB')),
];

export const ADMINISTRATOR = 'admin@demo.test';
