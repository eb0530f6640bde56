import { jest } from '@jest/globals';
import type { Socket } from 'node:net';
import pg from 'pg';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { anEnvelope, aPrefecture, aProposedLine, aSubmittedLine, decide, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let partner: Person;
/** How many statements are still heard before the connection dies. */
let heard = Number.POSITIVE_INFINITY;

interface Connected {
  readonly connection: { readonly stream: Socket };
}

beforeAll(async () => {
  app = await startApp();
  [prefecture, partner] = [await aPrefecture(app), await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] })];
  const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown;
  jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: unknown, ...given: unknown[]) {
    if (heard === 0) (this as Connected).connection.stream.destroy();
    heard -= 1;
    return Reflect.apply(query, this, given) as never;
  });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const DECIDED = { amountCents: 100_000, decisionReference: 'CP 2027-3', decidedOn: '2026-11-02' };

/** What each act starts from, and how it is asked for. */
const ACTS: Readonly<Record<string, () => Promise<{ lineId: string; by: Person; verb: string; body: object }>>> = {
  propose: async () => {
    const [{ id }, envelopeId] = [await aSubmittedLine(app), await anEnvelope(app)];
    return { lineId: id, by: prefecture, verb: 'propose', body: { amountCents: 100_000, envelopeId } };
  },
  approve: async () => ({ lineId: (await aProposedLine(app)).id, by: prefecture, verb: 'approve', body: { amountCents: 400_000 } }),
  refuse: async () => ({ lineId: (await aProposedLine(app)).id, by: prefecture, verb: 'refuse', body: { reason: 'Hors priorités' } }),
  release: async () => ({ lineId: (await aProposedLine(app)).id, by: prefecture, verb: 'release', body: { reason: 'À revoir' } }),
  'record a decision': async () => ({
    lineId: (await aSubmittedLine(app, { funder: 'CD94' })).id,
    by: partner,
    verb: 'record-decision',
    body: { ...DECIDED, envelopeId: await anEnvelope(app, { funder: 'CD94' }) },
  }),
};

/** Everything that an act on a line leaves. */
async function traces(lineId: string): Promise<object> {
  const [movements, audits] = [
    await app.query('SELECT kind, ae_cents FROM movements WHERE funding_line_id = $1 ORDER BY position', [lineId]),
    await app.query('SELECT act FROM audit WHERE object_id = $1 ORDER BY id', [lineId]),
  ];
  return { line: await lineRow(app, lineId), movements, audits };
}

test.each(Object.keys(ACTS))(
  '%s: a connection that dies before any of its statements leaves nothing, and the act can be done again',
  async (name) => {
    const { lineId, by, verb, body } = await ACTS[name]!();
    const before = await traces(lineId);
    const { version } = await lineRow(app, lineId);
    let crashes = 0;
    for (;;) {
      heard = crashes;
      const answer = await decide(app, by, lineId, verb, body, version);
      heard = Number.POSITIVE_INFINITY;
      if (answer.status === 200) break;
      expect([answer.status, answer.body.code]).toEqual([503, 'UNAVAILABLE']);
      expect(await traces(lineId)).toEqual(before);
      expect(await ledgerFaults(app.query)).toEqual([]);
      crashes += 1;
    }
    // Who asks, the line and what is read for it, then the line, its envelope, what the act leaves, and COMMIT.
    expect(crashes).toBeGreaterThanOrEqual(6);
    expect((await traces(lineId)) as { audits: unknown[] }).toMatchObject({ line: { version: version + 1 } });
    expect(await ledgerFaults(app.query)).toEqual([]);
  },
);
