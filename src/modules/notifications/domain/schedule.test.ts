import { groupDue, nextDigest, quietEnd, timingOf, type SameKind } from './schedule.js';

const PARIS = 'Europe/Paris';
const at = (instant: string): Date => new Date(instant);
const alone: SameKind = { waitingSince: null, lastLeft: null };
const pace = { settleMs: 5_000, windowMs: 600_000 };
const habits = { timeZone: PARIS, quietHours: null };
const quiet = { timeZone: PARIS, quietHours: { from: '20:00', to: '07:30' } };

describe('a digest leaves at 8:00 on the wall clock', () => {
  test.each([
    ['before it, the same day', '2027-01-13T06:59:59Z', '2027-01-13T07:00:00Z'],
    ['at it, the next day', '2027-01-13T07:00:00Z', '2027-01-14T07:00:00Z'],
    ['across the change to summer time', '2027-03-27T08:00:00Z', '2027-03-28T06:00:00Z'],
    ['across the change to winter time', '2027-10-30T08:00:00Z', '2027-10-31T07:00:00Z'],
    ['at the end of a year', '2026-12-31T12:00:00Z', '2027-01-01T07:00:00Z'],
  ])('%s', (_when, told, leaves) => {
    expect(nextDigest(at(told), PARIS, null)).toEqual(at(leaves));
  });

  test('on Mondays, for the week', () => {
    expect(nextDigest(at('2027-03-24T12:00:00Z'), PARIS, 1)).toEqual(at('2027-03-29T06:00:00Z'));
    expect(nextDigest(at('2027-03-29T05:59:00Z'), PARIS, 1)).toEqual(at('2027-03-29T06:00:00Z'));
    expect(nextDigest(at('2027-03-29T06:00:00Z'), PARIS, 1)).toEqual(at('2027-04-05T06:00:00Z'));
  });

  test('of the person’s zone', () => {
    expect(nextDigest(at('2027-01-13T03:00:00Z'), 'Indian/Reunion', null)).toEqual(at('2027-01-13T04:00:00Z'));
    expect(nextDigest(at('2027-01-13T13:00:00Z'), 'America/Guadeloupe', null)).toEqual(at('2027-01-14T12:00:00Z'));
  });
});

describe('quiet hours', () => {
  test.each([
    ['in the evening, until the next morning', '2027-01-13T19:00:00Z', '2027-01-14T06:30:00Z'],
    ['after midnight, until the morning', '2027-01-13T23:30:00Z', '2027-01-14T06:30:00Z'],
    ['over the night of the change to summer time', '2027-03-27T21:00:00Z', '2027-03-28T05:30:00Z'],
    ['over the night of the change to winter time', '2027-10-30T21:00:00Z', '2027-10-31T06:30:00Z'],
  ])('%s', (_when, told, ends) => {
    expect(quietEnd(at(told), quiet)).toEqual(at(ends));
  });

  test.each([
    ['as they end', '2027-01-14T06:30:00Z'],
    ['just before they begin', '2027-01-13T18:59:59Z'],
  ])('are over %s', (_when, told) => {
    expect(quietEnd(at(told), quiet)).toBeNull();
  });

  test('may lie within a day', () => {
    const siesta = { timeZone: PARIS, quietHours: { from: '12:00', to: '14:00' } };
    expect(quietEnd(at('2027-01-13T11:30:00Z'), siesta)).toEqual(at('2027-01-13T13:00:00Z'));
    expect(quietEnd(at('2027-01-13T13:00:00Z'), siesta)).toBeNull();
  });

  test('that end in the hour that happens twice end the second time for who is told the second time', () => {
    const short = { timeZone: PARIS, quietHours: { from: '23:00', to: '02:30' } };
    expect(quietEnd(at('2027-10-31T00:10:00Z'), short)).toEqual(at('2027-10-31T00:30:00Z'));
    expect(quietEnd(at('2027-10-31T01:10:00Z'), short)).toEqual(at('2027-10-31T01:30:00Z'));
  });

  test('that end in the hour that never happens end when it would have', () => {
    const short = { timeZone: PARIS, quietHours: { from: '23:00', to: '02:30' } };
    expect(quietEnd(at('2027-03-28T00:10:00Z'), short)?.getTime()).toBeGreaterThan(at('2027-03-28T00:10:00Z').getTime());
  });
});

describe('messages of one kind wait for each other', () => {
  const now = at('2027-01-13T10:00:00Z');
  const ago = (ms: number): Date => new Date(now.getTime() - ms);

  test('as long as they keep coming', () => {
    expect(groupDue(now, alone, pace)).toEqual(at('2027-01-13T10:00:05Z'));
    expect(groupDue(now, { waitingSince: ago(4_000), lastLeft: null }, pace)).toEqual(at('2027-01-13T10:00:05Z'));
  });

  test('never longer than the window', () => {
    expect(groupDue(now, { waitingSince: ago(598_000), lastLeft: null }, pace)).toEqual(at('2027-01-13T10:00:02Z'));
    expect(groupDue(now, { waitingSince: ago(700_000), lastLeft: null }, pace)).toEqual(now);
  });

  test('until the window of the last mail is over', () => {
    expect(groupDue(now, { waitingSince: null, lastLeft: ago(60_000) }, pace)).toEqual(at('2027-01-13T10:09:00Z'));
  });

  test('not at all without a pace', () => {
    expect(groupDue(now, { waitingSince: ago(4_000), lastLeft: ago(60_000) }, { settleMs: 0, windowMs: 600_000 })).toEqual(now);
  });
});

describe('a message leaves', () => {
  const night = at('2027-01-13T22:00:00Z');

  test('at once when it is legal, whatever was chosen and at any hour', () => {
    for (const cadence of ['immediate', 'daily', 'weekly', 'off'] as const) {
      expect(timingOf('results', cadence, quiet, night, alone, pace)).toEqual({ cadence: 'immediate', dueAt: night });
    }
  });

  test('with those of its kind within the minute when it is legal and told by acts done on many files', () => {
    const came = (ms: number): SameKind => ({ waitingSince: new Date(night.getTime() - ms), lastLeft: new Date(night.getTime() - 90_000) });
    const dueIn = (same: SameKind): number | undefined => {
      const due = timingOf('admissible', 'off', quiet, night, same, pace)?.dueAt.getTime();
      return due === undefined ? undefined : due - night.getTime();
    };
    expect([dueIn(alone), dueIn(came(10_000)), dueIn(came(58_000)), dueIn(came(70_000))]).toEqual([5_000, 5_000, 2_000, 0]);
  });

  test('in the morning when it is not and hours are quiet', () => {
    expect(timingOf('membership-granted', 'immediate', quiet, night, alone, pace)?.dueAt).toEqual(at('2027-01-14T06:30:00Z'));
    expect(timingOf('complement-answered', 'immediate', quiet, night, alone, pace)?.dueAt).toEqual(at('2027-01-14T06:30:00Z'));
  });

  test('at once when nothing holds it', () => {
    expect(timingOf('membership-granted', 'immediate', habits, night, alone, pace)).toEqual({ cadence: 'immediate', dueAt: night });
  });

  test('in its digest, once hours are no longer quiet', () => {
    expect(timingOf('membership-granted', 'daily', quiet, night, alone, pace)).toEqual({
      cadence: 'daily',
      dueAt: at('2027-01-14T07:00:00Z'),
    });
    const late = { timeZone: PARIS, quietHours: { from: '20:00', to: '09:00' } };
    expect(timingOf('membership-granted', 'weekly', late, night, alone, pace)?.dueAt).toEqual(at('2027-01-18T08:00:00Z'));
  });

  describe('after its reader chose anew, as if they had chosen so before it was told', () => {
    const told = at('2027-01-13T14:00:00Z');
    const dueAt = (...[chosen, own, now]: [Parameters<typeof timingOf>[1], typeof quiet | typeof habits, string]): Date | undefined =>
      timingOf('membership-granted', chosen, own, told, alone, pace, at(now))?.dueAt;

    test('now, when it would have left', () => {
      expect(dueAt('immediate', habits, '2027-01-13T15:00:00Z')).toEqual(at('2027-01-13T15:00:00Z'));
      expect(dueAt('daily', habits, '2027-01-14T09:00:00Z')).toEqual(at('2027-01-14T09:00:00Z'));
    });

    test('but in hours that are quiet now', () => {
      expect(dueAt('immediate', quiet, '2027-01-13T22:00:00Z')).toEqual(at('2027-01-14T06:30:00Z'));
    });

    test('with its digest, as often as they choose', () => {
      for (const now of ['2027-01-13T14:30:00Z', '2027-01-14T06:59:00Z']) {
        expect(dueAt('daily', habits, now)).toEqual(at('2027-01-14T07:00:00Z'));
        expect(dueAt('weekly', habits, now)).toEqual(at('2027-01-18T07:00:00Z'));
      }
    });
  });

  test('never when it is off', () => {
    expect(timingOf('membership-granted', 'off', habits, night, alone, pace)).toBeNull();
  });
});
