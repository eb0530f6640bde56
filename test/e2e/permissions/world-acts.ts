import { anAnnouncedLine, aNotifiedAct, aPreparedAct, onAct, signature } from '../../builders/acts.js';
import type { CallBody } from '../../builders/calls.js';
import type { Applicant } from '../../builders/dossiers.js';
import { anUploadedFile } from '../../builders/files.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

/** Acts of A, each of a dossier of its own in Gagarine that asks its funder only. */
export interface Acts {
  readonly prepared: string;
  readonly notified: string;
  readonly ofCd94: string;
  /** Of programme 147, signed on paper and not notified. */
  readonly onPaper: string;
}

export async function buildActs(app: TestApp, people: People, of: { call: CallBody; applicant: Applicant }): Promise<{ acts: Acts }> {
  const line = (funder: string) => anAnnouncedLine(app, { ...of, funder, envelopeId: null });
  const notified = await aNotifiedAct(app, people.prefecture94, await line('P147-94'));
  const prepared = await aPreparedAct(app, people.prefecture94, await line('P147-94'));
  const ofCd94 = await line('CD94').then((announced) => aPreparedAct(app, people.cd94, announced, 'CD94'));
  const onPaper = await aPreparedAct(app, people.prefecture94, await line('P147-94'));
  const copy = {
    method: 'scan',
    fileId: await anUploadedFile(app, people.prefecture94),
    number: onPaper.number,
    signatoryName: 'Mme la préfète',
  };
  await onAct(app, people.prefecture94, onPaper.id, 'sign', signature(app, copy)).then(({ status, body }) => {
    if (status !== 200) throw new Error(`not signed: ${JSON.stringify(body)}`);
  });
  return { acts: { prepared: prepared.id, notified: notified.id, ofCd94: ofCd94.id, onPaper: onPaper.id } };
}
