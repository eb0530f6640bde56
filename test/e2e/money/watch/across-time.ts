import type { SeenLine, Snapshot } from './snapshot.js';

/** What only two instants tell: each gives one sentence a fault. `before` is the instant before one act, `after` the one after it. */
export type Watch = (before: Snapshot, after: Snapshot) => readonly string[];

const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((each) => [each.id, each]));

/** A line is what it was asked as, from the first to the last day; a year of a CPO is the line it was negotiated as. */
const identity: Watch = (before, after) => {
  const what = ({ actionId, funderId, scheme, year, requested }: SeenLine) => JSON.stringify([actionId, funderId, scheme, year, requested]);
  const [lines, tranches] = [byId(after.lines), new Map(after.tranches.map(({ cpoId, year, lineId }) => [`${cpoId} ${year}`, lineId]))];
  return [
    ...before.lines.flatMap((line) => {
      const now = lines.get(line.id);
      return now && what(now) === what(line) ? [] : [`line ${line.id} was ${what(line)} and is ${now ? what(now) : 'gone'}`];
    }),
    ...before.tranches.flatMap(({ cpoId, year, lineId }) => {
      const now = tranches.get(`${cpoId} ${year}`);
      return now === lineId ? [] : [`the year ${year} of ${cpoId} was line ${lineId} and is ${String(now)}`];
    }),
  ];
};

/** Once notified, an amount changes by an amendment that says from what to what, and by nothing else. */
const notifiedAmounts: Watch = (before, after) => {
  const lines = byId(after.lines);
  const known = new Set(before.amendments.map(({ actId, lineId }) => `${actId} ${lineId}`));
  const fresh = after.amendments.filter(({ actId, lineId }) => !known.has(`${actId} ${lineId}`));
  return before.lines.flatMap((line) => {
    const now = lines.get(line.id);
    if (line.notifiedAt === null || !now) return [];
    if (now.notifiedAt === null) return [`line ${line.id} is no longer notified`];
    const amended = fresh.filter(({ lineId }) => lineId === line.id);
    const isSaid = amended.length === 1 && amended[0]?.from === line.granted && amended[0].to === now.granted;
    return now.granted === line.granted || isSaid
      ? []
      : [`line ${line.id}: ${line.granted} notified, ${now.granted} now, and no amendment says so`];
  });
};

/** A payment is never rewritten; reversed, it leaves its line and its envelope with as much less paid, and with nothing else moved. */
const reversals: Watch = (before, after) => {
  const payments = byId(after.payments);
  const [linesThen, linesNow] = [byId(before.lines), byId(after.lines)];
  const [envelopesThen, envelopesNow] = [byId(before.envelopes), byId(after.envelopes)];
  return before.payments.flatMap(({ id, lineId, cents, reversed }) => {
    const now = payments.get(id);
    if (!now || now.cents !== cents || now.lineId !== lineId) return [`payment ${id} of ${cents} was rewritten`];
    if (reversed) return now.reversed ? [] : [`payment ${id} lives again`];
    if (!now.reversed) return [];
    const [then, since] = [linesThen.get(lineId), linesNow.get(lineId)];
    const faults: string[] = [];
    if ((then?.paid ?? 0) - (since?.paid ?? 0) !== cents)
      faults.push(`line ${lineId}: ${then?.paid} paid, then ${since?.paid}, to reverse ${cents}`);
    if (then?.committed !== since?.committed || then?.granted !== since?.granted)
      faults.push(`line ${lineId}: its grant moved with a reversal`);
    const envelopeId = since?.envelopeId ?? null;
    if (envelopeId === null) return faults;
    const [held, holds] = [envelopesThen.get(envelopeId), envelopesNow.get(envelopeId)];
    const same = held && holds && { ...held, paid: holds.paid };
    if (!held || !holds || held.paid - holds.paid !== cents || JSON.stringify(same) !== JSON.stringify(holds)) {
      faults.push(`envelope ${envelopeId}: ${JSON.stringify(held)}, then ${JSON.stringify(holds)}, to reverse ${cents}`);
    }
    return faults;
  });
};

const HAS_GRANT: ReadonlySet<string> = new Set([
  ...['approved', 'announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend'],
  ...['justified', 'not-carried-out', 'repayment-due', 'closed'],
]);

/** By what the audit kept: a line is granted by one approval that stands, and by no more; without any, nothing is granted. */
const approvals: Watch = (_, after) =>
  after.lines.flatMap(({ id, state, approvals: live }) =>
    live === (HAS_GRANT.has(state) ? 1 : 0) ? [] : [`line ${id}, ${state}: ${live} live approvals`],
  );

/** Credit enters by the ceiling of a whole envelope, and only there: whatever else is done, the same cents are held, granted, delegated or free. */
const conservation: Watch = (before, after) => {
  const credit = ({ envelopes }: Snapshot) => envelopes.reduce((total, { ceiling, delegated }) => total + ceiling - delegated, 0);
  const entered = ({ envelopes }: Snapshot) => envelopes.reduce((total, envelope) => total + envelope.entered, 0);
  const [more, said] = [credit(after) - credit(before), entered(after) - entered(before)];
  return more === said ? [] : [`${more} more credit in all, where ${said} entered`];
};

/** A year after the first is confirmed the day its gate is open, not before: what opens it later excuses nothing. */
const gating: Watch = (before, after) => {
  const then = new Map(before.tranches.map((tranche) => [`${tranche.cpoId} ${tranche.year}`, tranche]));
  const first = new Map<string, number>();
  for (const { cpoId, year } of after.tranches) first.set(cpoId, Math.min(year, first.get(cpoId) ?? year));
  return after.tranches.flatMap(({ cpoId, year, confirmed }) => {
    const was = then.get(`${cpoId} ${year}`);
    const isNew = confirmed && was?.confirmed !== true && year !== first.get(cpoId);
    return isNew && was?.isOpen !== true ? [`the year ${year} of ${cpoId} was confirmed before its gate opened`] : [];
  });
};

/** What the snapshot of a database alone can't say. */
export const ACROSS_TIME = { identity, notifiedAmounts, reversals, approvals, conservation, gating } as const satisfies Record<
  string,
  Watch
>;
