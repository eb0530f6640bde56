import type { DocumentBlock, FrenchDocument } from '../../../kernel/document.js';
import { dayInFrench, instantInFrench } from '../../../kernel/french-dates.js';
import { inFrench } from '../../../kernel/money.js';
import type { CommitteeDecisionKind } from './committee-decision.js';
import type { MinutesContent, MinutesLine, MinutesTotal } from './committee-minutes.js';

export const DECISION_WORDS: Readonly<Record<CommitteeDecisionKind, string>> = {
  proposed: 'Proposée',
  adjourned: 'Ajournée',
  unfavourable: 'Avis défavorable',
};

const euros = (cents: number): string => inFrench(BigInt(cents));

/** `hidden`: how many lines the reader may not see, being recused from their organisations. */
export function minutesDocument(content: MinutesContent, contentHash: string, closedAt: Date, hidden: number): FrenchDocument {
  const { session, quorum, members, recusals, lines, totals } = content;
  return {
    title: `Procès-verbal – ${session.title}`,
    language: 'fr-FR',
    author: 'EPT Grand-Orly Seine Bièvre, coordination du contrat de ville',
    createdAt: closedAt,
    footer: `${session.title} – empreinte SHA-256 ${contentHash}`,
    blocks: [
      { kind: 'heading', level: 1, text: `Procès-verbal du comité de programmation – ${session.title}` },
      {
        kind: 'facts',
        rows: [
          ['Séance du', dayInFrench(session.heldOn)],
          ...(session.place === null ? [] : [['Lieu', session.place] as const]),
          ['Appel à projets', `${session.callTitle} (${session.callYear})`],
          ['Ouverte', instantInFrench(new Date(session.openedAt))],
          ['Décisions appliquées', instantInFrench(new Date(session.appliedAt))],
          ['Close', instantInFrench(new Date(session.closedAt))],
          ['Quorum', `${quorum.present} présent(s) sur ${quorum.members}, pour un quorum de ${quorum.required}`],
          ['Scénario adopté', content.adoptedScenario ?? 'aucun'],
        ],
      },
      { kind: 'heading', level: 2, text: 'Présences' },
      {
        kind: 'table',
        caption: 'Membres de la séance',
        head: ['Membre', 'Institution', 'Présence'],
        align: ['left', 'left', 'left'],
        rows: members.map(({ name, institution, present }) => [name, institution, present ? 'présent' : 'absent']),
      },
      { kind: 'heading', level: 2, text: 'Déports' },
      recusals.length === 0
        ? { kind: 'paragraph', text: 'Aucun déport.' }
        : { kind: 'list', items: recusals.map(({ member, organisationName, reason }) => `${member} sur ${organisationName} : ${reason}`) },
      { kind: 'heading', level: 2, text: 'Décisions' },
      ...(hidden === 0
        ? []
        : [{ kind: 'paragraph' as const, text: `${hidden} ligne(s) ne vous sont pas montrées : vous êtes en déport.` }]),
      {
        kind: 'table',
        caption: 'Ordre du jour et décisions',
        head: ['N°', 'Dossier et structure', 'Financeur', 'Demandé', 'Décision', 'Montant'],
        align: ['right', 'left', 'left', 'right', 'left', 'right'],
        rows: lines.map(toRow),
      },
      { kind: 'heading', level: 2, text: 'Totaux' },
      totalsTable(
        'Par décision',
        Object.entries(totals.decisions).map(([kind, total]) => ({ ...total, name: DECISION_WORDS[kind as CommitteeDecisionKind] })),
      ),
      ...(totals.funders.length === 0 ? [] : [totalsTable('Proposé, par financeur', totals.funders)]),
      ...(totals.envelopes.length === 0 ? [] : [totalsTable('Proposé, par enveloppe', totals.envelopes)]),
      { kind: 'heading', level: 2, text: 'Intégrité' },
      { kind: 'paragraph', text: `Empreinte SHA-256 du contenu figé à la clôture : ${contentHash}` },
    ],
  };
}

function toRow({
  position,
  dossierNumber,
  organisationName,
  funderCode,
  requestedCents,
  decision,
  amountCents,
  reason,
}: MinutesLine): readonly string[] {
  const said = reason === null ? DECISION_WORDS[decision] : `${DECISION_WORDS[decision]} : ${reason}`;
  const amount = amountCents === null ? '–' : euros(amountCents);
  return [String(position), `${dossierNumber} – ${organisationName}`, funderCode, euros(requestedCents), said, amount];
}

function totalsTable(caption: string, totals: readonly MinutesTotal[]): DocumentBlock {
  return {
    kind: 'table',
    caption,
    head: ['', 'Lignes', 'Montant'],
    align: ['left', 'right', 'right'],
    rows: totals.map(({ name, lines, amountCents }) => [name, String(lines), euros(amountCents)]),
  };
}
