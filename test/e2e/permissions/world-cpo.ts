import type { CallBody } from '../../builders/calls.js';
import { actOnCpo, aMultiYearDossier, anEnvelopeOf, done, negotiation, signature, type MultiYearDossier } from '../../builders/cpos.js';
import type { Applicant } from '../../builders/dossiers.js';
import { decide } from '../../builders/funding.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

/** Of A, in Gagarine. */
export interface CpoWorld {
  /** Asks P147-94 for three years; nobody negotiates it. */
  readonly multiYear: MultiYearDossier;
  /** Asks the Val-de-Marne for three years. */
  readonly multiYearOfCd94: MultiYearDossier;
  readonly cpos: { readonly negotiated: string; readonly signed: string; readonly ofCd94: string };
  /** The first year of them all. */
  readonly cpoYear: number;
}

export async function buildCpos(app: TestApp, people: People, of: { call: CallBody; applicant: Applicant }): Promise<CpoWorld> {
  const [multiYear, multiYearOfCd94] = [await aMultiYearDossier(app, of), await aMultiYearDossier(app, { ...of, funder: 'CD94' })];
  const negotiate = async (dossier: MultiYearDossier, by = people.delegateNE) => {
    const { body } = await app.http.post('/v1/cpos').set(by.auth).send(negotiation(dossier)).expect(201);
    return (body as { id: string }).id;
  };
  const negotiated = await negotiate(await aMultiYearDossier(app, of));
  const ofCd94 = await negotiate(await aMultiYearDossier(app, { ...of, funder: 'CD94' }), people.cd94);
  const first = await aMultiYearDossier(app, of);
  const signed = await negotiate(first);
  const [cpoYear = 0] = first.years;
  const envelopeId = await anEnvelopeOf(app, cpoYear);
  const [line = ''] = first.lineIds;
  await decide(app, people.delegateNE, line, 'propose', { amountCents: 300_000, envelopeId });
  await decide(app, people.prefecture94, line, 'approve', { amountCents: 300_000 });
  await done(actOnCpo(app, people.prefecture94, signed, 'sign', signature(app)));
  return { multiYear, multiYearOfCd94, cpos: { negotiated, signed, ofCd94 }, cpoYear };
}
