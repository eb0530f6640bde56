import { cents, type Money } from '../../../src/kernel/money.js';
import { FundingLines, ledgerFaults, type FundingLine } from '../../../src/modules/funding/index.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../src/platform/database/unit-of-work.js';
import { aDossier, type DossierFixture } from '../../builders/dossiers.js';
import {
  anEnvelope,
  aPrefecture,
  aProposedLine,
  aSubmittedLine,
  countersOf,
  decide,
  funderId,
  ledgerOf,
  lineRow,
} from '../../builders/funding.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let lines: FundingLines;
beforeAll(async () => {
  app = await startApp();
  lines = app.app.get(FundingLines, { strict: false });
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const actorOf = (id: string): Actor => ({ id, kind: 'user', grants: [], recusedFrom: new Set() });
const act = <Result>(by: string, work: (tx: Tx, actor: Actor) => Promise<Result>): Promise<Result> =>
  app.app.get(UnitOfWork, { strict: false }).run(actorOf(by), (tx) => work(tx, actorOf(by)));

describe('what a budget asks', () => {
  let dossier: DossierFixture;
  beforeEach(async () => {
    dossier = await aDossier(app, { funders: [{ code: 'P147-94', cents: 500_000 }] });
  });

  async function sync(wanted: readonly { code: string; amount: number; scheme?: string }[]): Promise<readonly FundingLine[]> {
    const asked: { funderId: string; scheme: string | null; requestedCents: Money }[] = [];
    for (const { code, amount, scheme = null } of wanted)
      asked.push({ funderId: await funderId(app, code), scheme, requestedCents: cents(amount) });
    const { id: dossierId, actionId, organisationId, year, call } = dossier;
    return act(dossier.editor.id, (tx) => lines.sync(tx, { dossierId, actionId, organisationId, year, callId: call.id }, asked));
  }
  const said = (found: readonly FundingLine[]) => found.map(({ scheme, requestedCents, version }) => [scheme, requestedCents, version]);

  test('lines that stay keep their ids; the others come and go', async () => {
    const [kept] = dossier.lines;
    const more = await sync([
      { code: 'P147-94', amount: 500_000 },
      { code: 'CAF94', amount: 100_000, scheme: 'REAAP' },
      { code: 'CAF94', amount: 50_000 },
    ]);
    expect(more).toHaveLength(3);
    expect(more.find(({ id }) => id === kept?.id)).toMatchObject({ requestedCents: 500_000n, version: 1, isProgramme147: true });
    const changed = await sync([
      { code: 'P147-94', amount: 400_000 },
      { code: 'CAF94', amount: 50_000 },
    ]);
    expect(said(changed)).toEqual([
      [null, 400_000n, 2],
      [null, 50_000n, 1],
    ]);
    expect(changed.map(({ id }) => id)).toContain(kept?.id);
    expect(await lines.ofAction(app.query, dossier.actionId)).toEqual(changed);
    expect(await lines.ofDossier(app.query, dossier.id)).toEqual(changed);
    const places = await app.query('SELECT DISTINCT funding_line_id FROM funding_line_places WHERE funding_line_id = ANY ($1::uuid[])', [
      more.map(({ id }) => id),
    ]);
    expect(places).toHaveLength(2);
  });

  test('a line that someone judges neither vanishes nor changes, and nothing else of that budget is written', async () => {
    await app.query(`UPDATE funding_lines SET state = 'instructed' WHERE id = $1`, [dossier.lines[0]?.id]);
    const refused = { code: 'LINE_IN_PROGRESS', message: expect.stringContaining('préfecture du Val-de-Marne') as string };
    await expect(sync([{ code: 'CAF94', amount: 100_000 }])).rejects.toMatchObject(refused);
    await expect(sync([{ code: 'P147-94', amount: 1 }])).rejects.toMatchObject(refused);
    expect(await sync([{ code: 'P147-94', amount: 500_000 }])).toHaveLength(1);
  });
});

describe('the dossier ends', () => {
  const envelope = () => anEnvelope(app, { ceilingCents: 500_000 });

  test('withdrawn: a reservation is released, a commitment decommitted, in the name of who withdraws', async () => {
    const envelopeId = await envelope();
    const proposed = await aProposedLine(app, { envelopeId });
    const approved = await aProposedLine(app, { envelopeId, amountCents: 200_000 });
    await decide(app, await aPrefecture(app), approved.id, 'approve', { amountCents: 150_000 });
    for (const { dossier } of [proposed, approved]) {
      await act(dossier.signatory.id, (tx, actor) => lines.withdrawAll(tx, actor, dossier.id, 'L’action n’aura pas lieu'));
    }
    expect(await countersOf(app, envelopeId)).toEqual({ ceiling: 500_000n, reserved: 0n, committed: 0n });
    expect((await ledgerOf(app, envelopeId)).slice(-2)).toEqual(['release 300000', 'decommit 150000']);
    expect(await lineRow(app, approved.id)).toMatchObject({
      state: 'withdrawn',
      envelopeId: null,
      grantedCents: null,
      proposedCents: null,
      committedCents: 0n,
    });
    const [last] = await app.query<{ actorId: string; reason: string }>(
      'SELECT actor_id AS "actorId", reason FROM movements WHERE envelope_id = $1 ORDER BY position DESC LIMIT 1',
      [envelopeId],
    );
    expect(last).toEqual({ actorId: approved.dossier.signatory.id, reason: 'L’action n’aura pas lieu' });
  });

  test('withdrawn: a refusal told already stays; an act under way holds it back', async () => {
    const line = await aSubmittedLine(app);
    const withdraw = () => act(line.dossier.signatory.id, (tx, actor) => lines.withdrawAll(tx, actor, line.dossier.id, null));
    await app.query(`UPDATE funding_lines SET state = 'refusal-announced', decision_reason = 'Non', announced_at = now() WHERE id = $1`, [
      line.id,
    ]);
    expect(await withdraw()).toEqual([]);
    await app.query(`UPDATE funding_lines SET state = 'signed' WHERE id = $1`, [line.id]);
    await expect(withdraw()).rejects.toMatchObject({ code: 'ACT_NOT_ALLOWED' });
  });

  test('inadmissible: what nobody proposed or decided is set aside', async () => {
    const line = await aSubmittedLine(app, { admissible: false });
    const prefecture = await aPrefecture(app);
    await act(prefecture.id, (tx, actor) => lines.setAsideAll(tx, actor, line.dossier.id, 'Hors du contrat'));
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'set-aside', version: 2, reason: 'Hors du contrat' });
  });
});

test('a line of a draft is in nobody’s hands', async () => {
  const draft = await aDossier(app);
  const [line] = draft.lines;
  await expect(act(draft.editor.id, (tx) => lines.lockForInstruction(tx, line?.id ?? ''))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
