import type { Day } from '../../../kernel/day.js';
import { dayInFrench } from '../../../kernel/french-dates.js';

/** What an organisation is told when it can't ask again: which report, since when, and who can lift the block. */
export function overdueSentence(late: {
  readonly year: number;
  readonly actionTitle: string;
  readonly dossierNumber: string;
  readonly dueOn: Day;
  readonly funders: readonly string[];
}): string {
  const funders = [...new Set(late.funders)].sort((a, b) => a.localeCompare(b, 'fr'));
  const who = funders.length > 1 ? `à l’un de ses financeurs (${funders.join(' ; ')})` : `à son financeur (${funders.join('')})`;
  return (
    `Le bilan ${late.year} de l’action « ${late.actionTitle} » (dossier ${late.dossierNumber}) était attendu le ${dayInFrench(late.dueOn)} : ` +
    `déposez-le, ou demandez ${who} de lever ce blocage.`
  ).slice(0, 2000);
}
