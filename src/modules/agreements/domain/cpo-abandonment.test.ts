import { whyNothingIsLeft, type NegotiatedYear } from './cpo-abandonment.js';
import type { Standing } from './tranche.js';

const dossier = (state: string) => ({ state, number: '2027-GOSB-000012' });
const years = (...standings: Standing[]): NegotiatedYear[] =>
  standings.map((standing, index) => ({ year: 2027 + index, standing, stateName: standing === 'ended' ? 'refusée' : 'demandée' }));

test.each([
  ['admissible', years('undecided', 'undecided', 'undecided'), null],
  ['admissible', years('granted', 'undecided', 'undecided'), null],
  ['admissible', years('ended', 'undecided', 'undecided'), /^La ligne 2027 est dans l’état « refusée »/],
  ['withdrawn', years('ended', 'ended', 'ended'), /^Le dossier 2027-GOSB-000012 a été retiré/],
] as const)('of a dossier %s, the reason follows from what ended', (state, ofYears, said) => {
  const why = whyNothingIsLeft(dossier(state), ofYears);
  if (said === null) expect(why).toBeNull();
  else expect(why).toMatch(said);
});
