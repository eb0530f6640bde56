import fc from 'fast-check';
import { AbandonEndedNegotiations, KeepCpos } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  acceptReport,
  actOnCpo,
  anEnvelopeOf,
  aNegotiatedCpo,
  cpoFaults,
  negotiation,
  signature,
  type NegotiatedCpo,
} from '../../builders/cpos.js';
import { aDelegate, aPrefecture, decide } from '../../builders/funding.js';
import type { Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** What may happen to a CPO, in any order, by whom it should and by whom it should not. */
type Step =
  | { readonly act: 'sign' | 'abandon' | 'terminate' | 'end'; readonly by: number }
  | { readonly act: 'reserve' | 'confirm' | 'announce'; readonly by: number; readonly rank: number }
  | { readonly act: 'amend' | 'change'; readonly by: number; readonly rank: number; readonly amountCents: number }
  | { readonly act: 'propose' | 'approve' | 'refuse' | 'release'; readonly by: number; readonly rank: number; readonly amountCents: number }
  | { readonly act: 'report'; readonly rank: number }
  | { readonly act: 'open'; readonly rank: number; readonly ceilingCents: number }
  | { readonly act: 'clock' | 'told' };

const by = fc.nat(2);
const rank = fc.integer({ min: 0, max: 2 });
const amountCents = fc.constantFrom(1, 100_000, 300_000, 500_000, 500_001);
const ceilingCents = fc.constantFrom(300_000, 500_000, 2_000_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('sign' as const), by }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('abandon' as const, 'terminate' as const, 'end' as const), by }) },
  { weight: 20, arbitrary: fc.record({ act: fc.constantFrom('reserve' as const, 'confirm' as const, 'announce' as const), by, rank }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('amend' as const, 'change' as const), by, rank, amountCents }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constantFrom('propose' as const, 'approve' as const, 'refuse' as const, 'release' as const),
      by,
      rank,
      amountCents,
    }),
  },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('report' as const), rank }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('open' as const), rank, ceilingCents }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('clock' as const, 'told' as const) }) },
);

/** Half of the sequences begin under way, or the later acts would hardly be reached. */
const UNDER_WAY: readonly Step[] = [
  { act: 'sign', by: 0 },
  { act: 'open', rank: 1, ceilingCents: 2_000_000 },
  { act: 'reserve', by: 0, rank: 1 },
  { act: 'amend', by: 0, rank: 1, amountCents: 100_000 },
  { act: 'report', rank: 0 },
  { act: 'confirm', by: 1, rank: 1 },
];

async function take(one: Step, { id, dossier }: NegotiatedCpo, people: readonly Person[], envelopes: Map<number, string>): Promise<number> {
  const person = people['by' in one ? one.by : 0];
  const year = 'rank' in one ? (dossier.years[one.rank] ?? 0) : 0;
  const line = 'rank' in one ? (dossier.lineIds[one.rank] ?? '') : '';
  if (!person) throw new Error('nobody acts');
  const act = async (name: string, body: object = {}) => (await actOnCpo(app, person, id, name, body)).status;
  switch (one.act) {
    case 'sign':
      return act('sign', signature(app));
    case 'abandon':
      return act('abandon', { reason: 'Sans suite' });
    case 'terminate':
      return act('terminate', { reason: 'Résiliation', effectiveOn: `${dossier.years[0]}-12-31` });
    case 'end':
      return act('end');
    case 'reserve':
    case 'confirm':
    case 'announce':
      return act(`tranches/${year}/${one.act}`);
    case 'amend':
      return act('amend', { tranches: [{ year, amountCents: one.amountCents }], reason: 'Avenant' });
    case 'change': {
      const { tranches } = negotiation(
        dossier,
        dossier.years.map((each) => (each === year ? one.amountCents : 300_000)),
      );
      const [row] = await app.query<{ version: number }>('SELECT version FROM cpos WHERE id = $1', [id]);
      return (await app.http.put(`/v1/cpos/${id}`).set(person.auth).set('If-Match', `"${row?.version}"`).send({ tranches })).status;
    }
    case 'propose':
      return (await decide(app, person, line, 'propose', { amountCents: one.amountCents, envelopeId: envelopes.get(year) ?? id })).status;
    case 'approve':
      return (await decide(app, person, line, 'approve', { amountCents: one.amountCents })).status;
    case 'refuse':
    case 'release':
      return (await decide(app, person, line, one.act, { reason: 'Un motif' })).status;
    case 'report':
      await acceptReport(app, dossier.actionId, year);
      return 200;
    case 'open':
      if (!envelopes.has(year)) envelopes.set(year, await anEnvelopeOf(app, year, { ceilingCents: one.ceilingCents }));
      return 200;
    case 'told':
      await app.app.get(AbandonEndedNegotiations).execute(dossier.lineIds);
      return 200;
    case 'clock':
      await app.app.get(KeepCpos).execute();
      return 200;
  }
}

test('whatever is done to a CPO, in any order, its years and the ledger say the same', async () => {
  const people = [await aPrefecture(app), await aPrefecture(app), await aDelegate(app)];
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), fc.boolean(), async (steps, begun) => {
      const cpo = await aNegotiatedCpo(app);
      const envelopes = new Map([[cpo.dossier.years[0] ?? 0, cpo.firstEnvelopeId]]);
      const all = [...(begun ? UNDER_WAY : []), ...steps, { act: 'terminate', by: 0 } as const];
      for (const one of all) {
        const status = await take(one, cpo, people, envelopes);
        if (one.act === 'sign' && status === 200 && begun) await activateNow(cpo.id);
        if (status === 200) reached.add(one.act);
        expect([one, status < 500]).toEqual([one, true]);
        expect([one, await cpoFaults(app), await ledgerFaults(app.query)]).toEqual([one, [], []]);
      }
    }),
    { numRuns: 16, verbose: 1 },
  );
  for (const act of ['sign', 'reserve', 'amend', 'confirm', 'terminate']) expect(reached).toContain(act);
});

/** As the clock does on the first of January, without moving everybody's. */
async function activateNow(id: string): Promise<void> {
  await app.query(`UPDATE cpos SET state = 'active', version = version + 1 WHERE id = $1 AND state = 'signed'`, [id]);
}
