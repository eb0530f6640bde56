import { groupBy } from '../../src/kernel/group-by.js';
import { ledgerFaults } from '../../src/modules/funding/index.js';
import type { TestApp } from '../setup/app.js';
import type { Acknowledged } from './clients.js';
import { countKeys, readDossiers, readLines, readMails, type DossierFacts, type LineFacts } from './facts.js';
import type { Freeze } from './freezes.js';
import type { Ground, Item } from './ground.js';
import { judgeHooks, readDeliveries, type HookFigures } from './hook-verdict.js';
import type { Hooks } from './hooks.js';
import type { Arrival } from './mail-sink.js';
import type { Refusal } from './mail-trouble.js';
import { judgeMail } from './mail-verdict.js';
import type { Poison } from './poison.js';

/** Sentences, one a fault; all empty when nothing went wrong. */
export interface Verdict {
  /** Acknowledged, or due, and not there. */
  readonly lost: string[];
  /** Done or sent more often than it may be. */
  readonly duplicated: string[];
  /** A state, a record, an event or an amount without the others. */
  readonly halfDone: string[];
}

export interface Evidence {
  readonly ground: Ground;
  readonly items: readonly Item[];
  readonly acknowledged: readonly Acknowledged[];
  readonly arrivals: readonly Arrival[];
  /** What messages refused for good were answered. */
  readonly refusals: ReadonlyMap<string, readonly Refusal[]>;
  /** Names of the lives that were killed. */
  readonly killed: ReadonlySet<string>;
  readonly freezes: readonly Freeze[];
  readonly poison: Poison;
  readonly hooks: Hooks;
}

/** What each act leaves: the record, and the state. The order is the one in which a dossier, or a line, goes through them. */
const ON_DOSSIER = {
  submit: { audit: 'dossier.submitted', told: 'dossier.submitted.v1', state: 'submitted' },
  admissibility: { audit: 'dossier.admissibility-decided', told: 'dossier.admissibility-decided.v1', state: 'admissible' },
} as const;
const ON_LINE = {
  propose: { audit: 'funding-line.proposed', state: 'proposed' },
  approve: { audit: 'funding-line.approved', state: 'approved' },
  'record-decision': { audit: 'funding-line.decision-recorded', state: 'approved' },
} as const;

export interface Judgement {
  readonly verdict: Verdict;
  readonly webhooks: HookFigures;
}

/** Compares what people were told with what the database, the ledger, the mail server and the systems that are told hold. */
export async function judge(app: TestApp, evidence: Evidence): Promise<Judgement> {
  const { items, acknowledged, ground } = evidence;
  const verdict: Verdict = { lost: [], duplicated: [], halfDone: [] };
  const said = groupBy(acknowledged, ({ objectId }) => objectId);
  const dossiers = await readDossiers(
    app,
    items.map(({ dossierId }) => dossierId),
  );
  for (const dossier of dossiers) judgeDossier(dossier, said.get(dossier.id) ?? [], ground.model.version, verdict);
  const lines = await readLines(
    app,
    items.flatMap(({ stateLineId, partnerLineId }) => [stateLineId, partnerLineId]),
  );
  for (const line of lines) judgeLine(line, said.get(line.id) ?? [], verdict);

  const recorded = [...dossiers, ...lines].reduce((total, { audits }) => total + audits.length, 0);
  const keys = await countKeys(app);
  if (keys !== recorded) verdict.halfDone.push(`${recorded} acts were recorded, and ${keys} keys kept`);
  for (const { object, id, counter, counted, explained } of await ledgerFaults(app.query))
    verdict.halfDone.push(`${object} ${id}: ${counter} is ${counted}, the ledger says ${explained}`);
  judgeMail(await readMails(app), dossiers, evidence, verdict);
  await evidence.poison.judge(verdict);
  const stops = [...evidence.killed].filter((life) => life.startsWith('worker')).length + evidence.freezes.length;
  const webhooks = judgeHooks({ deliveries: await readDeliveries(app), hooks: evidence.hooks, dossiers, stops }, verdict);
  return { verdict, webhooks };
}

function judgeDossier(dossier: DossierFacts, said: readonly Acknowledged[], version: number, verdict: Verdict): void {
  const { id, audits, told, state, receiptNumber } = dossier;
  const rules = Object.values(ON_DOSSIER);
  judgeActs(
    `dossier ${id}`,
    audits,
    said.map(({ act }) => (ON_DOSSIER as Record<string, { audit: string }>)[act]?.audit ?? act),
    verdict,
  );
  const done = rules.slice(0, audits.length);
  const should = {
    audits: done.map(({ audit }) => audit),
    told: done.map((rule) => rule.told),
    state: done.at(-1)?.state ?? 'draft',
    version: version + audits.length,
    numbered: audits.length > 0,
  };
  compare(`dossier ${id}`, { audits, told, state, version: dossier.version, numbered: receiptNumber !== null }, should, verdict);
  for (const { act, body } of said) {
    if (act === 'submit' && body['receiptNumber'] !== receiptNumber)
      verdict.lost.push(`dossier ${id}: receipt ${String(body['receiptNumber'])} was given, ${receiptNumber} is kept`);
  }
}

function judgeLine(line: LineFacts, said: readonly Acknowledged[], verdict: Verdict): void {
  const { id, audits, state, version, movements, proposedCents, grantedCents } = line;
  judgeActs(
    `line ${id}`,
    audits,
    said.map(({ act }) => (ON_LINE as Record<string, { audit: string }>)[act]?.audit ?? act),
    verdict,
  );
  const rules = Object.values(ON_LINE).filter(({ audit }) => audits.includes(audit));
  const moves: Readonly<Record<string, string[]>> = {
    [ON_LINE.propose.audit]: [`reserve ${proposedCents}`],
    [ON_LINE.approve.audit]: [`release ${proposedCents}`, `commit ${grantedCents}`],
    [ON_LINE['record-decision'].audit]: [`commit ${grantedCents}`],
  };
  const should = {
    audits: rules.map(({ audit }) => audit),
    state: rules.at(-1)?.state ?? 'requested',
    version: 1 + audits.length,
    movements: rules.flatMap(({ audit }) => moves[audit] ?? []),
  };
  compare(`line ${id}`, { audits, state, version, movements }, should, verdict);
  for (const { act, body } of said) {
    const [amount, kept] = act === 'propose' ? [body['proposedCents'], proposedCents] : [body['grantedCents'], grantedCents];
    if (String(amount) !== String(kept)) verdict.lost.push(`line ${id}: ${act} answered ${String(amount)}, ${kept} is kept`);
  }
}

/** Each act that someone was told of is recorded once, and no other: the clients ask until they are answered. */
function judgeActs(what: string, recorded: readonly string[], said: readonly string[], verdict: Verdict): void {
  for (const act of said) if (!recorded.includes(act)) verdict.lost.push(`${what}: ${act} was acknowledged, and is not recorded`);
  for (const act of new Set(recorded)) {
    const times = recorded.filter((one) => one === act).length;
    if (times > 1) verdict.duplicated.push(`${what}: ${act} is recorded ${times} times`);
    if (!said.includes(act)) verdict.halfDone.push(`${what}: ${act} is recorded, and nobody was told`);
  }
}

function compare(what: string, is: object, should: object, verdict: Verdict): void {
  const [found, expected] = [JSON.stringify(is), JSON.stringify(should)];
  if (found !== expected) verdict.halfDone.push(`${what}: ${found} where ${expected} was expected`);
}
