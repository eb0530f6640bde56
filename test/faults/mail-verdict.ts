import { groupBy } from '../../src/kernel/group-by.js';
import { MAILS_AT_ONCE } from '../../src/modules/notifications/use-cases/send-mail.js';
import type { DossierFacts, MailFacts } from './facts.js';
import type { Freeze } from './freezes.js';
import type { Arrival } from './mail-sink.js';
import type { Refusal } from './mail-trouble.js';
import type { Evidence, Verdict } from './verdict.js';

/** What a worker had begun to hand over when it was frozen arrives this soon after it goes on. */
const UNDER_WAY_MS = 5_000;

/**
 * Every message owed has arrived, or was refused for good. One that arrived again was under way in a worker that was killed or frozen, or its server
 * never said 250: all copies but the last are explained so, and no life of a worker leaves more than it sends at once.
 */
export function judgeMail(owed: readonly MailFacts[], dossiers: readonly DossierFacts[], evidence: Evidence, verdict: Verdict): void {
  const { arrivals, refusals } = evidence;
  const copies = groupBy(arrivals, ({ messageId }) => messageId);
  const unfinished: string[] = [];
  judgeReceipts(owed, dossiers, evidence, verdict);
  for (const mail of owed) {
    const { messageId, email, state } = mail;
    const what = `${mail.kind} of ${mail.dossierId} to ${email}`;
    const arrived = copies.get(messageId) ?? [];
    const refused = refusals.get(messageId);
    copies.delete(messageId);
    if (refused) judgeRefused(what, mail, refused, evidence, verdict);
    else if (state !== 'sent' || !arrived.some(({ silence }) => silence === null))
      verdict.lost.push(`${what}: ${state}, arrived ${arrived.length} times`);
    if (arrived.some(({ to }) => to.join() !== email)) verdict.duplicated.push(`${what}: went to somebody else`);
    unfinished.push(...judgeCopies(what, arrived, evidence, verdict));
  }
  for (const messageId of copies.keys()) verdict.halfDone.push(`${messageId} arrived, and nothing is known of it`);
  for (const [life, left] of groupBy(unfinished, (from) => from)) {
    // What a kill, or a freeze, can leave between the server's answer and the commit.
    const most = MAILS_AT_ONCE * (evidence.freezes.filter((freeze) => freeze.life === life).length + (evidence.killed.has(life) ? 1 : 0));
    if (left.length > most) verdict.duplicated.push(`${life} left ${left.length} messages to be sent again, where ${most} can be`);
  }
}

/** Copies after which the same message was sent once more. */
export function copiesSentAgain(arrivals: readonly Arrival[]): Arrival[] {
  return [...groupBy(arrivals, ({ messageId }) => messageId).values()].flatMap((copies) => copies.slice(0, -1));
}

/** Gives the lives whose end, or freeze, explains a copy more. */
function judgeCopies(what: string, arrived: readonly Arrival[], { killed, freezes }: Evidence, verdict: Verdict): string[] {
  const answered = arrived.filter(({ silence }) => silence === null);
  const blamed: string[] = [];
  for (const [rank, copy] of answered.slice(0, -1).entries()) {
    const next = answered[rank + 1];
    const isOnly = answered.filter(({ from }) => from === copy.from).length === 1;
    if (killed.has(copy.from) && isOnly) blamed.push(copy.from);
    else if (wasUnderWay(copy, freezes)) blamed.push(copy.from);
    // Another sent it meanwhile: the one that was frozen was past asking whether it was late.
    else if (next && next.from !== copy.from && wasUnderWay(next, freezes)) blamed.push(next.from);
    else
      verdict.duplicated.push(
        `${what}: sent again after ${copy.from}, which nothing had stopped (${answered.map(({ from }) => from).join(', ')})`,
      );
  }
  return blamed;
}

function wasUnderWay({ from, at }: Arrival, freezes: readonly Freeze[]): boolean {
  return freezes.some(({ life, since, until }) => life === from && at >= since - UNDER_WAY_MS && at <= until + UNDER_WAY_MS);
}

/** Told « later », then never: it is recorded as failed, with both answers. An answer whose worker died may not be. */
function judgeRefused(what: string, mail: MailFacts, said: readonly Refusal[], { killed, freezes }: Evidence, verdict: Verdict): void {
  const { state, answers } = mail;
  const final = said.some(({ code }) => code === 554);
  if (!final || state !== 'failed' || !answers.includes('refused 554'))
    verdict.lost.push(`${what}: ${state}, told ${said.map(({ code }) => code).join(', ')}, kept ${answers.join(', ')}`);
  const stopped = (life: string): boolean => killed.has(life) || freezes.some((freeze) => freeze.life === life);
  const [first] = said;
  if (first && !stopped(first.from) && !answers.includes('deferred 451')) verdict.halfDone.push(`${what}: its first answer is not kept`);
}

/** Who writes and who signs for the organisation are owed one receipt each, a submission. */
function judgeReceipts(owed: readonly MailFacts[], dossiers: readonly DossierFacts[], { ground }: Evidence, verdict: Verdict): void {
  const people = [ground.model.editor.email, ground.model.signatory.email].sort().join();
  const receipts = groupBy(
    owed.filter(({ kind }) => kind === 'receipt'),
    ({ dossierId }) => dossierId,
  );
  for (const { id, audits } of dossiers) {
    const told = (receipts.get(id) ?? []).map(({ email }) => email).sort();
    const should = audits.length > 0 ? people : '';
    if (told.join() !== should) verdict.lost.push(`dossier ${id}: receipts to « ${told.join()} » where « ${should} » was expected`);
  }
}
