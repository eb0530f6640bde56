import fc from 'fast-check';
import {
  assertCalendar,
  assertExtension,
  assertOpenFor,
  callStatus,
  close,
  inParis,
  lastMomentFor,
  publish,
  type CallToPublish,
} from './call.js';
import {
  CallCalendarInvalid,
  CallClosed,
  CallNotOpen,
  CallNotPublished,
  CallWithoutOrientation,
  ExtensionTooShort,
} from './call.errors.js';

const OPENS = new Date('2026-10-01T07:00:00Z');
const CLOSES = new Date('2026-10-30T11:00:00Z');
const aCall = (over: Partial<CallToPublish> = {}): CallToPublish => ({
  state: 'published',
  stage: 'none',
  opensAt: OPENS,
  closesAt: CLOSES,
  graceMinutes: 0,
  closedAt: null,
  orientationCodes: ['emploi'],
  ...over,
});
const notStarted = { startedAt: null, extensionUntil: null };
const started = { startedAt: new Date('2026-10-20T09:00:00Z'), extensionUntil: null };
const later = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

describe('publishing', () => {
  test('makes a draft published', () => {
    expect(publish(aCall({ state: 'draft' })).state).toBe('published');
  });
  test('needs a closing after the opening', () => {
    expect(() => publish(aCall({ state: 'draft', closesAt: OPENS }))).toThrow(CallCalendarInvalid);
    expect(() => assertCalendar(CLOSES, OPENS)).toThrow(expect.objectContaining({ code: 'CALL_CALENDAR_INVALID' }));
    expect(() => assertCalendar(new Date(Number.NaN), CLOSES)).toThrow(CallCalendarInvalid);
  });
  test('needs an orientation', () => {
    expect(() => publish(aCall({ state: 'draft', orientationCodes: [] }))).toThrow(CallWithoutOrientation);
  });
  test.each(['published', 'closed'] as const)('is refused when %s', (state) => {
    expect(() => publish(aCall({ state }))).toThrow(/« publier » n'est pas possible/);
  });
});

describe('status by the clock', () => {
  test.each([
    ['draft', aCall({ state: 'draft' }), OPENS],
    ['published', aCall(), later(OPENS, -1)],
    ['open', aCall(), OPENS],
    ['open', aCall(), CLOSES],
    ['closed', aCall(), later(CLOSES, 1)],
    ['closed', close(aCall(), later(OPENS, 60_000)), later(OPENS, 60_000)],
    ['in-instruction', aCall({ stage: 'in-instruction' }), later(CLOSES, 1)],
    ['open', aCall({ stage: 'in-instruction' }), CLOSES],
    ['notified', aCall({ state: 'closed', stage: 'notified', closedAt: CLOSES }), later(CLOSES, 86_400_000)],
  ] as const)('%s', (expected, call, now) => {
    expect(callStatus(call, now)).toBe(expected);
  });
});

describe('what is in time', () => {
  test.each([
    ['at the opening', aCall(), notStarted, OPENS],
    ['exactly at the closing', aCall(), notStarted, CLOSES],
    ['in the grace, once started', aCall({ graceMinutes: 30 }), started, later(CLOSES, 30 * 60_000)],
    ['in an extension', aCall(), { startedAt: null, extensionUntil: later(CLOSES, 1_000) }, later(CLOSES, 1_000)],
    ['after an early closing, with an extension', close(aCall(), OPENS), { startedAt: null, extensionUntil: CLOSES }, CLOSES],
    ['exactly when closed by hand', close(aCall(), later(OPENS, 5)), started, later(OPENS, 5)],
  ] as const)('%s', (_name, call, dossier, at) => {
    expect(() => assertOpenFor(call, dossier, at)).not.toThrow();
  });

  test.each([
    ['1 ms after the closing', CallClosed, aCall(), started, later(CLOSES, 1)],
    ['in the grace, not started', CallClosed, aCall({ graceMinutes: 30 }), notStarted, later(CLOSES, 1)],
    [
      'in the grace, started in the grace',
      CallClosed,
      aCall({ graceMinutes: 30 }),
      { startedAt: later(CLOSES, 1), extensionUntil: null },
      later(CLOSES, 2),
    ],
    [
      'in the grace, started at the very closing',
      CallClosed,
      aCall({ graceMinutes: 30 }),
      { startedAt: CLOSES, extensionUntil: null },
      later(CLOSES, 2),
    ],
    ['1 ms after the grace', CallClosed, aCall({ graceMinutes: 30 }), started, later(CLOSES, 30 * 60_000 + 1)],
    ['1 ms after the extension', CallClosed, aCall(), { startedAt: null, extensionUntil: later(CLOSES, 9) }, later(CLOSES, 10)],
    [
      '1 ms after an early closing, grace or not',
      CallClosed,
      close(aCall({ graceMinutes: 30 }), OPENS),
      { ...started, startedAt: OPENS },
      later(OPENS, 1),
    ],
    ['after the hour, though closed by hand later', CallClosed, close(aCall(), later(CLOSES, 60_000)), notStarted, later(CLOSES, 1)],
    ['before the opening', CallNotOpen, aCall(), notStarted, later(OPENS, -1)],
    ['before the opening, even with an extension', CallNotOpen, aCall(), { startedAt: null, extensionUntil: CLOSES }, later(OPENS, -1)],
    ['a draft', CallNotPublished, aCall({ state: 'draft' }), notStarted, CLOSES],
  ] as const)('not %s', (_name, refusal, call, dossier, at) => {
    expect(() => assertOpenFor(call, dossier, at)).toThrow(refusal);
  });

  test('the refusal says until when, in Paris', () => {
    expect(() => assertOpenFor(aCall(), started, later(CLOSES, 1))).toThrow(
      expect.objectContaining({
        code: 'CALL_CLOSED',
        message: expect.stringContaining('30 octobre 2026 à 12:00 (heure de Paris, UTC+1)') as string,
      }),
    );
  });

  test('an extension goes past the closing', () => {
    expect(() => assertExtension(aCall(), CLOSES)).toThrow(ExtensionTooShort);
    expect(() => assertExtension(aCall(), later(CLOSES, 1))).not.toThrow();
  });
});

describe('around the change of the clocks in Paris', () => {
  test.each([
    ['2026-10-25T00:30:00Z', '25 octobre 2026 à 02:30 (heure de Paris, UTC+2)'],
    ['2026-10-25T01:30:00Z', '25 octobre 2026 à 02:30 (heure de Paris, UTC+1)'],
    ['2027-03-28T00:59:59Z', '28 mars 2027 à 01:59:59 (heure de Paris, UTC+1)'],
    ['2027-03-28T01:00:00Z', '28 mars 2027 à 03:00 (heure de Paris, UTC+2)'],
  ])('%s is written %s', (instant, expected) => {
    expect(inParis(new Date(instant))).toBe(expected);
  });

  const changes = ['2026-10-25T01:00:00Z', '2027-03-28T01:00:00Z'].map((text) => Date.parse(text));
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -10_800_000, max: 10_800_000 }))
    .map(([at, shift]) => new Date(at + shift));

  test('the last moment is in, the next millisecond is out, and the grace lasts its minutes', () => {
    fc.assert(
      fc.property(near, fc.nat({ max: 240 }), fc.option(near), fc.boolean(), (closesAt, graceMinutes, extensionUntil, isStarted) => {
        const call = aCall({ opensAt: new Date('2026-09-01T00:00:00Z'), closesAt, graceMinutes });
        const dossier = { startedAt: isStarted ? later(closesAt, -1) : null, extensionUntil };
        const last = lastMomentFor(call, dossier);
        expect(last.getTime()).toBe(
          Math.max(closesAt.getTime() + (isStarted ? graceMinutes * 60_000 : 0), extensionUntil?.getTime() ?? Number.NEGATIVE_INFINITY),
        );
        expect(() => assertOpenFor(call, dossier, last)).not.toThrow();
        expect(() => assertOpenFor(call, dossier, later(last, 1))).toThrow(CallClosed);
      }),
    );
  });

  test('two instants of whole minutes are never written alike', () => {
    fc.assert(
      fc.property(near, near, (a, b) => {
        fc.pre(Math.floor(a.getTime() / 60_000) !== Math.floor(b.getTime() / 60_000));
        const minute = (date: Date): Date => new Date(Math.floor(date.getTime() / 60_000) * 60_000);
        expect(inParis(minute(a))).not.toBe(inParis(minute(b)));
      }),
    );
  });
});
