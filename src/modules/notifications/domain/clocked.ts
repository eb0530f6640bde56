import type { MailKind } from './mail-data.js';

/** A message that follows from the clock and not from an event. */
export interface Clocked {
  readonly mail: MailKind;
  /** In French, for the printed catalogue: this table decides nothing, its use case does. */
  readonly when: string;
  readonly who: string;
  readonly one: string;
}

export const CLOCKED: readonly Clocked[] = [
  {
    mail: 'closing-reminder',
    when: '15 jours, 5 jours ouvrés et 1 jour avant la fermeture d’un appel',
    who: 'rédacteurs et signataires qui ont un brouillon dans cet appel',
    one: 'une personne, une fermeture et une étape, avec tous ses brouillons',
  },
  {
    mail: 'call-closing',
    when: '15 jours avant la fermeture d’un appel',
    who: 'rédacteurs et signataires des organisations qui ont déposé ces deux dernières années et n’ont rien commencé',
    one: 'une personne et une fermeture',
  },
  {
    mail: 'reports-due',
    when: '60, 30 et 7 jours avant l’échéance d’un bilan, puis au lendemain de celle-ci',
    who: 'rédacteurs et signataires de l’organisation qui le doit',
    one: 'une personne, une échéance et une étape, avec tous les bilans dus',
  },
  {
    mail: 'document-expiring',
    when: '30 jours avant qu’un document de l’organisation cesse de valoir, puis le lendemain de ce jour, s’il n’a pas été remplacé',
    who: 'rédacteurs et administrateurs de l’organisation',
    one: 'une personne, une organisation et un jour, avec tous ses documents',
  },
  {
    mail: 'call-open',
    when: 'à l’ouverture d’un appel publié avant ce jour',
    who: 'rédacteurs et signataires des organisations qui ont déposé ces deux dernières années',
    one: 'une personne et une ouverture',
  },
  {
    mail: 'dossiers-filed',
    when: 'le matin qui suit le dépôt d’un dossier',
    who: 'chef·fes de projet de ses communes, hors déport',
    one: 'une personne, un appel et un jour, avec tous les dossiers',
  },
  {
    mail: 'opinions-asked',
    when: 'le matin qui suit la recevabilité d’un dossier',
    who: 'qui décide sur ses lignes, et les conseils citoyens de ses QPV, hors déport',
    one: 'une personne, un appel et un jour, avec tous les dossiers',
  },
  {
    mail: 'opinions-given',
    when: 'le matin qui suit un avis',
    who: 'la coordination, hors déport',
    one: 'une personne, un appel et un jour, avec tous les avis',
  },
  {
    mail: 'decisions-due',
    when: '30 et 7 jours avant que le silence de l’État vaille rejet',
    who: 'les chef·fes de projet des communes tant que la recevabilité est à décider, puis qui décide pour l’État, hors déport',
    one: 'une personne, un appel et un jour, avec tous les dossiers',
  },
  {
    mail: 'implicit-rejection',
    when: 'le jour où le silence de l’État vaut rejet',
    who: 'rédacteurs et signataires de l’organisation',
    one: 'une personne et un dossier',
  },
  {
    mail: 'payments-due',
    when: '15 jours avant le dernier jour pour payer une subvention, et ce jour-là',
    who: 'qui fait payer pour le financeur, hors déport',
    one: 'une personne et un jour, avec toutes les subventions',
  },
  {
    mail: 'cpo-renewal',
    when: 'au 1er juillet de la dernière année d’une CPO',
    who: 'rédacteurs et signataires de l’organisation, et qui décide pour le financeur, hors déport',
    one: 'une personne et une CPO',
  },
  {
    mail: 'envelope-nearly-used',
    when: 'quand 90 % d’une enveloppe sont réservés, engagés ou délégués (de nouveau, après être repassée sous 85 %)',
    who: 'qui gère l’enveloppe du financeur, et les délégué·es du secteur auquel elle est déléguée',
    one: 'une personne et un franchissement',
  },
];
