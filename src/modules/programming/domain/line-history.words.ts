/** What those who judge a line read of each act; an act that is not here is named by the state it leads to. */
const ACTS: Readonly<Record<string, string>> = {
  'dossier.submitted': 'Demande déposée',
  'dossier.withdrawn': 'Dossier retiré par la structure',
  'funding-line.proposed': 'Montant proposé',
  'funding-line.first-approved': 'Accordée une première fois : une seconde personne est attendue',
  'funding-line.approved': 'Accordée',
  'funding-line.refused': 'Refusée',
  'funding-line.released': 'Retour sur la proposition ou la décision',
  'funding-line.decision-recorded': 'Décision du financeur enregistrée',
  'funding-line.announced': 'Décision annoncée à la structure',
  'funding-line.put-on-agenda': 'Inscrite à l’ordre du jour du comité',
  'funding-line.taken-off-agenda': 'Retirée de l’ordre du jour du comité',
  'funding-line.advised': 'Avis du comité, transmis au financeur',
  'funding-line.adjourned': 'Ajournée',
  'funding-line.found-unfavourable': 'Avis défavorable du comité',
  'funding-line.held-by-cpo': 'Liée à une convention pluriannuelle (CPO)',
  'funding-line.freed-by-cpo': 'Déliée de sa convention pluriannuelle (CPO)',
  'funding-line.act-generated': 'Acte préparé',
  'funding-line.signed': 'Acte signé',
  'funding-line.notified': 'Acte notifié à la structure',
  'funding-line.amended': 'Montant changé par avenant',
  'funding-line.ej-number-set': 'Numéro d’engagement juridique (EJ) enregistré',
  'funding-line.payments-planned': 'Échéancier de versement écrit',
  'funding-line.payment-requested': 'Versement demandé',
  'funding-line.payment-request-cancelled': 'Demande de versement annulée',
  'funding-line.paid': 'Versement confirmé',
  'funding-line.payment-reversed': 'Versement annulé',
  'funding-line.report-submitted': 'Bilan déposé',
  'funding-line.report-accepted': 'Bilan accepté',
  'funding-line.amendment-asked': 'Correction du bilan demandée',
  'funding-line.repayment-asked': 'Reversement demandé',
  'funding-line.not-carried-out': 'Action déclarée non réalisée',
  'funding-line.closed': 'Ligne soldée',
  'movement.reserve': 'Réservé dans l’enveloppe',
  'movement.release': 'Réservation rendue à l’enveloppe',
  'movement.commit': 'Engagé dans l’enveloppe',
  'movement.decommit': 'Engagement rendu à l’enveloppe',
  'movement.pay': 'Paiement imputé sur l’enveloppe',
  'movement.recover': 'Paiement rendu à l’enveloppe',
};

const OPINIONS: Readonly<Record<string, string>> = {
  favourable: 'Avis favorable',
  reserved: 'Avis réservé',
  unfavourable: 'Avis défavorable',
};

const ADMISSIBILITY: Readonly<Record<string, string>> = { admissible: 'Dossier recevable', inadmissible: 'Dossier irrecevable' };

interface Said {
  readonly kind: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** @param states what each state of a line is called */
export function labelOfAct({ kind, before, after }: Said, states: Readonly<Record<string, string>>): string {
  const said = (words: Readonly<Record<string, string>>, name: string): string | undefined => {
    const value = after?.[name];
    return typeof value === 'string' ? words[value] : undefined;
  };
  const known =
    ACTS[kind] ??
    (kind === 'opinion.given' ? said(OPINIONS, 'opinion') : undefined) ??
    (kind === 'dossier.admissibility-decided' ? said(ADMISSIBILITY, 'state') : undefined);
  if (known !== undefined) return known;
  const state = after?.['state'] === before?.['state'] ? undefined : said(states, 'state');
  return state === undefined ? `Acte enregistré (${kind})` : `Ligne ${state}`;
}
