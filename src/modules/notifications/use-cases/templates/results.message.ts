import { add, inFrench } from '../../../../kernel/money.js';
import type { DecidedLine, Results } from '../../domain/mail-data.js';
import { quotedCall } from './call-name.js';
import { facts, heading, link, list, paragraph, subheading, type Message } from './message.js';

/** The results of a call for one organisation: all its decided lines, by dossier then by action. */
export function results(data: Results): Message {
  const lines = data.dossiers.flatMap((dossier) => dossier.actions.flatMap((action) => action.lines));
  const granted = lines.flatMap((line) => (line.decision.outcome === 'granted' ? [line.decision.amountCents] : []));
  const refusedCount = lines.length - granted.length;
  return {
    subject: `Résultats de l’appel à projets ${data.call.year} pour ${data.organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Voici les décisions prises sur les demandes de votre organisation, ${data.organisation}, dans l’appel à projets ${quotedCall(data.call)}.`,
      ),
      facts({
        'Total accordé': inFrench(add(...granted)),
        'Demandes accordées': String(granted.length),
        'Demandes refusées': String(refusedCount),
        ...(data.undecidedCount === 0 ? {} : { 'Demandes encore sans décision': String(data.undecidedCount) }),
      }),
      ...data.dossiers.flatMap((dossier) => [
        heading(`Dossier ${dossier.number}, ${dossier.title}`),
        ...dossier.actions.flatMap((action) => [subheading(action.title), list(action.lines.map(said))]),
      ]),
      heading('Et maintenant ?'),
      ...next(data, granted.length > 0, refusedCount > 0),
      link('Voir mes dossiers', data.link),
    ],
    because: 'vous suivez les dossiers de cette organisation.',
  };
}

function said(line: DecidedLine): string {
  const funder = line.scheme === null ? `${line.funder}, ${line.year}` : `${line.funder} (${line.scheme}), ${line.year}`;
  const requested = inFrench(line.requestedCents);
  switch (line.decision.outcome) {
    case 'granted':
      return `${funder} : accordé, ${inFrench(line.decision.amountCents)} (demandé : ${requested})`;
    case 'refused':
      return `${funder} : refusé (demandé : ${requested}). Motif : ${line.decision.reason}`;
  }
}

function next(data: Results, someGranted: boolean, someRefused: boolean): ReturnType<typeof paragraph>[] {
  const granted = paragraph(
    'Chaque montant accordé sera confirmé par un acte (arrêté ou convention) qui vous sera notifié. Ce message ne vaut pas notification, et le versement vient après elle.',
  );
  const refused = paragraph(
    'Un refus peut être contesté dans les deux mois qui suivent sa notification : par un recours gracieux auprès du financeur, ou devant le tribunal administratif (www.telerecours.fr).',
  );
  const undecided = paragraph('Les demandes encore sans décision feront l’objet d’un autre message.');
  return [...(someGranted ? [granted] : []), ...(someRefused ? [refused] : []), ...(data.undecidedCount > 0 ? [undecided] : [])];
}
