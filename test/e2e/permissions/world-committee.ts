import { aConvenedSession, aDraftSession, aScenario } from '../../builders/committee.js';
import type { Person } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';

/** A session convened on one line with a scenario, and one in preparation. Ids. */
export interface CommitteeWorld {
  readonly committee: string;
  readonly draftCommittee: string;
  readonly scenario: string;
}

export async function buildCommittees(app: TestApp, by: Person, callId: string, lineId: string): Promise<CommitteeWorld> {
  const { id: committee } = await aConvenedSession(app, { by, callId, lineIds: [lineId] });
  return {
    committee,
    draftCommittee: (await aDraftSession(app, { by, callId })).id,
    scenario: await aScenario(app, by, committee),
  };
}
