import { aSubEnvelope, enterPocketLimit } from '../../builders/envelopes.js';
import { anEnvelope } from '../../builders/funding.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

/** Parts of envelopes, and the limit of poverty pockets. Ids. */
export interface Parts {
  /** Of P147-94: the North-East; the Centre. */
  readonly northEast: string;
  readonly centre: string;
  /** Of P147-94: Ivry-sur-Seine. */
  readonly ivry: string;
  /** Of the Val-de-Marne's own: Ivry-sur-Seine. */
  readonly cd94: string;
  readonly pocketLimit94: string;
}

export async function buildParts(app: TestApp, people: People): Promise<Parts> {
  const state = await anEnvelope(app, { by: people.prefecture94, programme: 'P147-02' });
  const department = await anEnvelope(app, { by: people.cd94, funder: 'CD94', programme: 'Insertion' });
  const { body: limit } = await enterPocketLimit(app, 100_000_000, { by: people.prefecture94 });
  return {
    northEast: await aSubEnvelope(app, people.prefecture94, state, { sectorCode: 'NE' }),
    centre: await aSubEnvelope(app, people.prefecture94, state, { sectorCode: 'C' }),
    ivry: await aSubEnvelope(app, people.prefecture94, state, { inseeCode: '94041' }),
    cd94: await aSubEnvelope(app, people.cd94, department, { inseeCode: '94041' }),
    pocketLimit94: (limit as { id: string }).id,
  };
}
