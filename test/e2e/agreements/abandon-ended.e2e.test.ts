import { parisDay } from '../../../src/kernel/paris-day.js';
import { AbandonEndedNegotiations } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  actOnCpo,
  aMultiYearDossier,
  anEnvelopeOf,
  aNegotiatedCpo,
  cpoFaults,
  done,
  negotiation,
  signature,
  type CpoBody,
  type MultiYearDossier,
} from '../../builders/cpos.js';
import { actOn } from '../../builders/dossiers.js';
import { aDelegate, aPrefecture, countersOf, decide, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled } from '../notifications/mail-room.js';

let app: TestApp;
let delegate: Person;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp({ works: true });
  [delegate, prefecture] = [await aDelegate(app), await aPrefecture(app)];
});
afterAll(async () => {
  expect([await ledgerFaults(app.query), await cpoFaults(app)]).toEqual([[], []]);
  await app.close();
});

const negotiated = async (dossier: MultiYearDossier, by = delegate) =>
  ((await app.http.post('/v1/cpos').set(by.auth).send(negotiation(dossier)).expect(201)).body as CpoBody).id;
const read = async (id: string, by = delegate) => (await app.http.get(`/v1/cpos/${id}`).set(by.auth).expect(200)).body as CpoBody;
const linesOf = ({ actionId }: MultiYearDossier) =>
  app.query('SELECT state, held_by_cpo AS "heldByCpo", reserved_cents AS reserved FROM funding_lines WHERE action_id = $1 ORDER BY year', [
    actionId,
  ]);
const withdraw = async (dossier: MultiYearDossier) => {
  const [row] = await app.query<{ version: number }>('SELECT version FROM dossiers WHERE id = $1', [dossier.id]);
  await actOn(app, { ...dossier, version: row?.version ?? 0 }, 'withdraw', dossier.signatory, { reason: 'Le projet est abandonné' });
};

test('the dossier is withdrawn: its CPO is abandoned by itself, with the reason, and nothing is left reserved', async () => {
  const dossier = await aMultiYearDossier(app);
  const id = await negotiated(dossier);
  const envelopeId = await anEnvelopeOf(app, dossier.years[0] ?? 0);
  const [first = ''] = dossier.lineIds;
  expect((await decide(app, delegate, first, 'propose', { amountCents: 300_000, envelopeId })).status).toBe(200);
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 300_000n });
  await withdraw(dossier);
  await settled(app);
  const today = parisDay(app.clock.now());
  expect(await read(id)).toMatchObject({
    ...{
      state: 'abandoned',
      version: 2,
      endedOn: today,
      reason: `Le dossier ${dossier.number} a été retiré : il n’y a plus rien à négocier.`,
    },
  });
  expect(await linesOf(dossier)).toEqual(dossier.years.map(() => ({ state: 'withdrawn', heldByCpo: null, reserved: 0n })));
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 0n, committed: 0n });
  expect((await auditOf(app, id)).map(({ act, actorId, actorKind }) => [act, actorId, actorKind])).toEqual([
    ['cpo.negotiated', delegate.id, 'user'],
    ['cpo.abandoned', null, 'system'],
  ]);
});

test('its first line was granted and not told: what the envelope committed goes back too', async () => {
  const { id, dossier, firstEnvelopeId } = await aNegotiatedCpo(app);
  expect(await countersOf(app, firstEnvelopeId)).toMatchObject({ committed: 300_000n });
  await withdraw(dossier);
  await settled(app);
  expect((await read(id)).state).toBe('abandoned');
  expect(await countersOf(app, firstEnvelopeId)).toMatchObject({ reserved: 0n, committed: 0n });
});

test('the State refuses its first line: the later years are anybody’s again, and another one may be negotiated', async () => {
  const dossier = await aMultiYearDossier(app);
  const id = await negotiated(dossier);
  const [first = '', second = ''] = dossier.lineIds;
  expect((await decide(app, prefecture, first, 'refuse', { reason: 'Hors contrat' })).status).toBe(200);
  await settled(app);
  const { state, reason } = await read(id);
  expect([state, reason]).toEqual(['abandoned', expect.stringMatching(`^La ligne ${dossier.years[0]} est dans l’état`)]);
  expect(await linesOf(dossier)).toMatchObject([{ state: 'refused' }, { heldByCpo: null }, { heldByCpo: null }]);
  const envelopeId = await anEnvelopeOf(app, dossier.years[1] ?? 0);
  expect((await decide(app, delegate, second, 'propose', { amountCents: 300_000, envelopeId })).status).toBe(200);
  // Reconsidered, the first year is free too, once the second one is.
  expect((await decide(app, delegate, second, 'release', { reason: 'À reprendre' })).status).toBe(200);
  expect((await decide(app, prefecture, first, 'release', { reason: 'À reprendre' })).status).toBe(200);
  expect((await read(await negotiated(dossier))).state).toBe('negotiation');
});

test('another funder records that it gives nothing', async () => {
  const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
  const dossier = await aMultiYearDossier(app, { funder: 'CD94' });
  const id = await negotiated(dossier, partner);
  const decision = {
    amountCents: 0,
    decisionReference: 'Délib. 3',
    decidedOn: parisDay(new Date()),
    reason: 'Hors cadre',
  };
  const { status } = await decide(app, partner, dossier.lineIds[0] ?? '', 'record-decision', decision);
  expect(status).toBe(200);
  await settled(app);
  expect((await read(id, partner)).state).toBe('abandoned');
});

test('told twice, or late: what stands decides', async () => {
  const again = app.app.get(AbandonEndedNegotiations);
  const dossier = await aMultiYearDossier(app);
  const id = await negotiated(dossier);
  await again.execute(dossier.lineIds);
  expect(await read(id)).toMatchObject({ state: 'negotiation', version: 1 });
  await withdraw(dossier);
  await settled(app);
  await again.execute(dossier.lineIds);
  expect(await read(id)).toMatchObject({ state: 'abandoned', version: 2 });
  expect(await auditOf(app, id)).toHaveLength(2);
});

test('a person who abandons it at the same time: once', async () => {
  const dossier = await aMultiYearDossier(app);
  const id = await negotiated(dossier);
  const [first = ''] = dossier.lineIds;
  const [, byHand] = await Promise.all([
    decide(app, prefecture, first, 'refuse', { reason: 'Hors contrat' }),
    actOnCpo(app, delegate, id, 'abandon', { reason: 'Sans suite' }),
  ]);
  expect([200, 409, 412]).toContain(byHand.status);
  await settled(app);
  expect(await read(id)).toMatchObject({ state: 'abandoned', version: 2 });
  expect((await auditOf(app, id)).filter(({ act }) => act === 'cpo.abandoned')).toHaveLength(1);
});

test('once signed it is no negotiation: the end of a line does not abandon it', async () => {
  const { id, prefecture: signer, dossier } = await aNegotiatedCpo(app);
  await done(actOnCpo(app, signer, id, 'sign', signature(app)));
  await app.app.get(AbandonEndedNegotiations).execute(dossier.lineIds);
  expect((await read(id)).state).toBe('signed');
  expect((await lineRow(app, dossier.lineIds[0] ?? '')).state).toBe('approved');
});
