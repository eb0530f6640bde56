/** Accounts of the project's budget (Cerfa 12156*06, section 6; sub-accounts of the chart of accounts of associations, ANC 2018-06). */
export const CHARGE_ACCOUNTS = {
  '60': 'Achats',
  '601': 'Achats de matières premières',
  '602': 'Achats stockés, autres approvisionnements',
  '604': "Achats d'études et de prestations de services",
  '605': 'Achats de matériel, équipements et travaux',
  '606': 'Achats non stockés de matières et fournitures',
  '607': 'Achats de marchandises',
  '61': 'Services extérieurs',
  '611': 'Sous-traitance générale',
  '613': 'Locations',
  '615': 'Entretien et réparation',
  '616': 'Assurance',
  '618': 'Documentation',
  '62': 'Autres services extérieurs',
  '621': "Personnel extérieur à l'organisme",
  '622': 'Rémunérations intermédiaires et honoraires',
  '623': 'Publicité, publication',
  '624': 'Transports',
  '625': 'Déplacements, missions',
  '626': 'Frais postaux et de télécommunications',
  '627': 'Services bancaires',
  '628': 'Services extérieurs divers',
  '63': 'Impôts et taxes',
  '631': 'Impôts et taxes sur rémunération (administration des impôts)',
  '633': 'Impôts et taxes sur rémunération (autres organismes)',
  '635': 'Autres impôts et taxes (administration des impôts)',
  '637': 'Autres impôts et taxes (autres organismes)',
  '64': 'Charges de personnel',
  '641': 'Rémunération des personnels',
  '645': 'Charges sociales',
  '647': 'Autres charges sociales',
  '648': 'Autres charges de personnel',
  '65': 'Autres charges de gestion courante',
  '66': 'Charges financières',
  '67': 'Charges exceptionnelles',
  '68': 'Dotations aux amortissements, provisions et engagements',
  '69': 'Impôt sur les bénéfices ; participation des salariés',
  'indirect-fixed': 'Charges indirectes : charges fixes de fonctionnement',
  'indirect-financial': 'Charges indirectes : frais financiers',
  'indirect-other': 'Charges indirectes : autres',
  '86': 'Emplois des contributions volontaires en nature',
  '860': 'Secours en nature',
  '861': 'Mise à disposition gratuite de biens et services',
  '862': 'Prestations',
  '864': 'Personnel bénévole',
} as const;

export const PRODUCT_ACCOUNTS = {
  '70': 'Vente de produits finis, de marchandises, prestations de services',
  '706': 'Prestations de services',
  '707': 'Ventes de marchandises',
  '708': 'Produits des activités annexes',
  '73': 'Concours publics',
  '74': "Subventions d'exploitation",
  '75': 'Autres produits de gestion courante',
  '754': 'Ressources liées à la générosité du public',
  '755': "Contributions financières d'autres organismes",
  '756': 'Cotisations',
  '758': 'Dons manuels, mécénat',
  '76': 'Produits financiers',
  '77': 'Produits exceptionnels',
  '78': 'Reprises sur amortissements, dépréciations et provisions',
  '79': 'Transfert de charges',
  own: 'Ressources propres affectées au projet',
  '87': 'Contributions volontaires en nature',
  '870': 'Dons en nature',
  '871': 'Prestations en nature',
  '875': 'Bénévolat',
} as const;

export type ChargeAccount = keyof typeof CHARGE_ACCOUNTS;
export type ProductAccount = keyof typeof PRODUCT_ACCOUNTS;

export function isChargeAccount(account: string): account is ChargeAccount {
  return Object.hasOwn(CHARGE_ACCOUNTS, account);
}

export function isProductAccount(account: string): account is ProductAccount {
  return Object.hasOwn(PRODUCT_ACCOUNTS, account);
}

/** Contributions in kind (86 and 87): shown under the total, and counted in no amount of money. */
export function isVoluntary(account: string): boolean {
  return account.startsWith('86') || account.startsWith('87');
}

/** The French label of an account of either side; the account itself when unknown. */
export function accountLabel(account: string): string {
  if (isChargeAccount(account)) return CHARGE_ACCOUNTS[account];
  return isProductAccount(account) ? PRODUCT_ACCOUNTS[account] : account;
}
