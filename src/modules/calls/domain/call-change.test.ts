import { cents } from '../../../kernel/money.js';
import { change } from './call-change.js';
import type { Call, CallContent } from './call-content.js';
import { CallCalendarInvalid, CallFieldsFrozen, ClosingPassed, DeadlineAdvanced } from './call.errors.js';

const OPENS = new Date('2026-10-01T07:00:00Z');
const CLOSES = new Date('2026-10-30T11:00:00Z');
const LATER = new Date('2026-11-06T11:00:00Z');
const aCall = (over: Partial<Call> = {}): Call => ({
  id: 'c',
  version: 3,
  title: 'Appel 2027',
  year: 2027,
  state: 'published',
  stage: 'none',
  opensAt: OPENS,
  closesAt: CLOSES,
  graceMinutes: 0,
  closedAt: null,
  publishedAt: OPENS,
  orientationCodes: ['O1'],
  trackCodes: ['annual'],
  publicMoneyCeilingPercent: 80,
  implicitRejectionMonths: 2,
  reportGapPercent: 10,
  reportGapCents: cents(50_000),
  reportDueOn: '2028-06-30',
  notes: null,
  ...over,
});
const EVERY_FIELD: CallContent = {
  title: 'Autre',
  year: 2028,
  opensAt: new Date('2026-09-01T07:00:00Z'),
  closesAt: LATER,
  graceMinutes: 30,
  orientationCodes: ['O1', 'O5'],
  trackCodes: ['annual', 'operating'],
  publicMoneyCeilingPercent: 70,
  implicitRejectionMonths: 3,
  reportDueOn: '2028-09-30',
  reportGapPercent: 20,
  reportGapCents: cents(100_000),
  notes: 'Lisez le guide.',
};
const FIELDS = Object.keys(EVERY_FIELD) as (keyof CallContent)[];
const OPEN: readonly string[] = ['notes', 'closesAt', 'reportDueOn'];

test('a draft changes whole, as long as it closes after it opens', () => {
  const draft = aCall({ state: 'draft', publishedAt: null });
  expect(change(draft, EVERY_FIELD, OPENS)).toEqual({ ...draft, ...EVERY_FIELD });
  expect(() => change(draft, { closesAt: OPENS }, OPENS)).toThrow(CallCalendarInvalid);
});

test.each(FIELDS)('once published, %s changes only if it is one of the three', (field) => {
  const act = () => change(aCall(), { [field]: EVERY_FIELD[field] }, OPENS);
  if (OPEN.includes(field)) expect(act()[field]).toEqual(EVERY_FIELD[field]);
  else expect(act).toThrow(CallFieldsFrozen);
});

test('the refusal points at what the caller sent', () => {
  expect(() => change(aCall(), { trackCodes: ['operating'], year: 2028 }, OPENS)).toThrow(
    expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/tracks' }), expect.objectContaining({ pointer: '/year' })] }),
  );
});

test('sending back what stands changes nothing', () => {
  const call = aCall();
  expect(change(call, { title: call.title, closesAt: new Date(call.closesAt), orientationCodes: ['O1'] }, LATER)).toBe(call);
});

test.each([
  ['the closing', { closesAt: new Date(CLOSES.getTime() - 1) }],
  ['the reports’ deadline', { reportDueOn: '2028-06-29' }],
  ['the reports’ deadline, to none', { reportDueOn: null }],
])('%s is never advanced', (_name, changes) => {
  expect(() => change(aCall(), changes, OPENS)).toThrow(DeadlineAdvanced);
});

test('a reports’ deadline can be set later when there was none', () => {
  expect(change(aCall({ reportDueOn: null }), { reportDueOn: '2028-06-30' }, LATER).reportDueOn).toBe('2028-06-30');
});

test.each([
  ['by its hour', aCall(), new Date(CLOSES.getTime() + 1)],
  ['by hand', aCall({ state: 'closed', closedAt: OPENS }), OPENS],
])('a call closed %s does not open again, but its notes change', (_name, call, now) => {
  expect(() => change(call, { closesAt: LATER }, now)).toThrow(ClosingPassed);
  expect(change(call, { notes: 'Résultats en mars.' }, now).notes).toBe('Résultats en mars.');
});
