import type { CallCalendar } from './call.js';
import { CallNotPublished, ExtensionShortened, ExtensionTooShort } from './call.errors.js';
import { assertGrantable, type Extension } from './extension.js';

const CLOSES = new Date('2026-10-30T11:00:00Z');
const later = (minutes: number): Date => new Date(CLOSES.getTime() + minutes * 60_000);
const call: CallCalendar = {
  state: 'published',
  stage: 'none',
  opensAt: new Date('2026-10-01T07:00:00Z'),
  closesAt: CLOSES,
  graceMinutes: 0,
  closedAt: null,
};
const granted: Extension = { id: 'e', organisationId: 'o', until: later(60), reason: 'Panne', grantedAt: CLOSES };

test('goes past the closing, then past the former one', () => {
  expect(() => assertGrantable(call, null, later(1))).not.toThrow();
  expect(() => assertGrantable(call, granted, later(61))).not.toThrow();
});

test.each([
  ['a draft', CallNotPublished, { ...call, state: 'draft' as const }, null, later(1)],
  ['the closing itself', ExtensionTooShort, call, null, CLOSES],
  ['the same extension again', ExtensionShortened, call, granted, later(60)],
])('is refused for %s', (_name, refusal, of, previous, until) => {
  expect(() => assertGrantable(of, previous, until)).toThrow(refusal);
});
