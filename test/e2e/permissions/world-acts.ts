import { anAnnouncedLine, aNotifiedAct, aPreparedAct } from '../../builders/acts.js';
import type { CallBody } from '../../builders/calls.js';
import type { Applicant } from '../../builders/dossiers.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

/** Acts of A, each of a dossier of its own in Gagarine that asks its funder only. */
export interface Acts {
  readonly prepared: string;
  readonly notified: string;
  readonly ofCd94: string;
}

export async function buildActs(app: TestApp, people: People, of: { call: CallBody; applicant: Applicant }): Promise<{ acts: Acts }> {
  const line = (funder: string) => anAnnouncedLine(app, { ...of, funder, envelopeId: null });
  const notified = await aNotifiedAct(app, people.prefecture94, await line('P147-94'));
  const prepared = await aPreparedAct(app, people.prefecture94, await line('P147-94'));
  const ofCd94 = await line('CD94').then((announced) => aPreparedAct(app, people.cd94, announced, 'CD94'));
  return { acts: { prepared: prepared.id, notified: notified.id, ofCd94: ofCd94.id } };
}
