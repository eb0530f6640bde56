import type { Audience } from './catalogue.js';

/** Who is told, as the printed catalogue says it. */
export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  'account-holder': 'la personne dont c’est le compte, confirmé ou non',
  'membership-deciders':
    'les administrateurs de l’organisation ; à défaut, les chef·fes de projet de sa commune ; à défaut, la coordination ; jamais qui demande',
  'membership-requester': 'qui a demandé',
  signatories: 'les signataires de l’organisation',
  'dossier-team': 'rédacteurs et signataires de l’organisation, et qui a déposé',
  'dossier-instructors': 'les chef·fes de projet des communes du dossier, une fois déposé, hors déport',
  'dossier-judges':
    'les chef·fes de projet des communes du dossier, une fois déposé, hors déport, qui a proposé ou décidé sur ses lignes, et les partenaires des financeurs sollicités',
  'complement-asker': 'qui a demandé le complément ; à défaut, les chef·fes de projet des communes du dossier',
  'message-readers':
    'l’autre partie : rédacteurs et signataires de l’organisation, ou chef·fes de projet des communes du dossier (à défaut, la coordination) ; et qui a écrit dans le fil, hors déport ; d’une note interne, ceux qui instruisent seulement ; jamais son auteur',
  'organisation-members': 'les membres de l’organisation',
  'payment-told': 'les membres de l’organisation à qui ce versement avait été annoncé',
  'organisation-writers': 'rédacteurs et signataires de l’organisation',
  'committee-members': 'les membres du comité qui ont un compte',
  'act-signers': 'qui signe les actes du financeur, hors déport',
  'report-judges': 'qui examine le bilan pour un des financeurs, hors déport',
  'tranche-confirmers': 'qui peut confirmer la tranche, hors déport et hors qui a réservé les crédits',
  coordination: 'la coordination',
  'endpoint-owner': 'la personne dont c’est le point de réception',
  'call-followers': 'rédacteurs et signataires des organisations qui ont déposé ces deux dernières années',
};
