import type { DossierFacts, MailFacts } from './facts.js';
import { groupBy } from './group.js';
import type { Arrival } from './mail-sink.js';
import type { Evidence, Verdict } from './verdict.js';

/** Messages that one worker sends at once: what a kill can leave between the server's answer and the commit. */
const AT_ONCE = 5;

/**
 * Every message owed has arrived. One that arrived again was under way in a worker that was killed: each life of a worker sends a message once at
 * most, all copies but the last come from lives that were killed, and no life leaves more than it sends at once.
 */
export function judgeMail(owed: readonly MailFacts[], dossiers: readonly DossierFacts[], evidence: Evidence, verdict: Verdict): void {
  const copies = groupBy(evidence.arrivals, ({ messageId }) => messageId);
  judgeReceipts(owed, dossiers, evidence, verdict);
  for (const { messageId, email, state, kind, dossierId } of owed) {
    const what = `${kind} of ${dossierId} to ${email}`;
    const arrived = copies.get(messageId) ?? [];
    copies.delete(messageId);
    if (state !== 'sent' || arrived.length === 0) verdict.lost.push(`${what}: ${state}, arrived ${arrived.length} times`);
    if (arrived.some(({ to }) => to.join() !== email)) verdict.duplicated.push(`${what}: went to somebody else`);
    judgeCopies(what, arrived, evidence.killed, verdict);
  }
  for (const messageId of copies.keys()) verdict.halfDone.push(`${messageId} arrived, and nothing is known of it`);
  for (const [life, unfinished] of groupBy(copiesSentAgain(evidence.arrivals), ({ from }) => from)) {
    if (unfinished.length > AT_ONCE) verdict.duplicated.push(`${life} left ${unfinished.length} messages to be sent again`);
  }
}

/** Copies after which the same message was sent once more. */
export function copiesSentAgain(arrivals: readonly Arrival[]): Arrival[] {
  return [...groupBy(arrivals, ({ messageId }) => messageId).values()].flatMap((copies) => copies.slice(0, -1));
}

function judgeCopies(what: string, arrived: readonly Arrival[], killed: ReadonlySet<string>, verdict: Verdict): void {
  const senders = arrived.map(({ from }) => from);
  if (new Set(senders).size < senders.length) verdict.duplicated.push(`${what}: sent twice by one worker (${senders.join(', ')})`);
  const alive = senders.slice(0, -1).filter((sender) => !killed.has(sender));
  if (alive.length > 0) verdict.duplicated.push(`${what}: sent again after ${alive.join(', ')}, which nobody killed`);
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
