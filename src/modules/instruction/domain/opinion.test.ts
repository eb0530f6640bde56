import fc from 'fast-check';
import { cents } from '../../../kernel/money.js';
import { judge, OPINION_ROLES, OPINIONS, speaksFor, type GivenOpinion, type Judged, type OpinionRole } from './opinion.js';
import { AmountAboveRequest, AmountWithUnfavourable, DossierNotInstructed, LineNotOpen } from './opinion.errors.js';
import { ReasonRequired } from './reason.js';

const on = (over: Partial<Judged> = {}): Judged => ({
  dossierState: 'submitted',
  lineState: 'requested',
  requestedCents: cents(500_000),
  ...over,
});
const favourable: GivenOpinion = { opinion: 'favourable', proposedCents: null, reason: null };
const reserved: GivenOpinion = { opinion: 'reserved', proposedCents: cents(300_000), reason: 'Le public visé est large.' };

describe('for whom an opinion speaks', () => {
  test.each([
    [['citizens-council', 'partner', 'delegate', 'instructor'], 'instructor'],
    [['partner', 'prefecture'], 'prefecture'],
    [['prefecture', 'delegate'], 'delegate'],
    [['citizens-council', 'partner'], 'partner'],
    [['coordinator', 'citizens-council'], 'citizens-council'],
    [['coordinator', 'auditor', 'applicant'], null],
    [[], null],
  ])('%j speaks for %s', (roles, role) => {
    expect(speaksFor(new Set(roles))).toBe(role);
  });
});

describe('the state of things', () => {
  test.each(['submitted', 'admissible'])('a dossier that is %s receives opinions', (dossierState) => {
    expect(judge(favourable, 'instructor', on({ dossierState }))).toEqual(favourable);
  });

  test.each(['draft', 'to-complete', 'inadmissible', 'withdrawn', 'closed-out'])('a dossier that is %s does not', (dossierState) => {
    expect(() => judge(favourable, 'instructor', on({ dossierState }))).toThrow(DossierNotInstructed);
  });

  test.each(['requested', 'instructed', 'proposed', 'adjourned', 'unfavourable'])('a line that is %s receives opinions', (lineState) => {
    expect(judge(favourable, 'partner', on({ lineState }))).toEqual(favourable);
  });

  test('a line that is decided does not, and the refusal is the same whichever way it went', () => {
    const sentences = ['approved', 'refused', 'announced', 'set-aside', 'withdrawn'].map((lineState) => {
      try {
        return judge(favourable, 'citizens-council', on({ lineState }));
      } catch (error) {
        expect(error).toBeInstanceOf(LineNotOpen);
        return (error as Error).message;
      }
    });
    expect(new Set(sentences).size).toBe(1);
  });
});

describe('the reason', () => {
  test.each([
    ['reserved', 'instructor'],
    ['unfavourable', 'delegate'],
    ['favourable', 'citizens-council'],
  ] as const)('is asked of a %s opinion of %s', (opinion, role) => {
    for (const reason of [null, '', '  ']) {
      expect(() => judge({ opinion, proposedCents: null, reason }, role, on())).toThrow(ReasonRequired);
    }
    expect(judge({ opinion, proposedCents: null, reason: ' Bien ancré. ' }, role, on()).reason).toBe('Bien ancré.');
  });
});

describe('the amount', () => {
  test('may be what is asked, not a cent more', () => {
    expect(judge({ ...reserved, proposedCents: cents(500_000) }, 'delegate', on()).proposedCents).toBe(500_000n);
    expect(() => judge({ ...reserved, proposedCents: cents(500_001) }, 'delegate', on())).toThrow(AmountAboveRequest);
  });

  test('does not go with an unfavourable opinion', () => {
    expect(() => judge({ ...reserved, opinion: 'unfavourable' }, 'delegate', on())).toThrow(AmountWithUnfavourable);
  });
});

test('whatever is given, what is kept is reasoned and within the request, or it is refused', () => {
  const given = fc.record({
    opinion: fc.constantFrom(...OPINIONS),
    proposedCents: fc.option(fc.bigInt({ min: 1n, max: 1_000_000n }).map(cents)),
    reason: fc.option(fc.string()),
  });
  fc.assert(
    fc.property(
      given,
      fc.constantFrom<OpinionRole>(...OPINION_ROLES),
      fc.bigInt({ min: 1n, max: 1_000_000n }),
      (opinion, role, requested) => {
        let kept: GivenOpinion;
        try {
          kept = judge(opinion, role, on({ requestedCents: cents(requested) }));
        } catch {
          return;
        }
        expect(kept.opinion === 'favourable' || (kept.reason ?? '').trim() !== '').toBe(true);
        expect(kept.proposedCents === null || (kept.proposedCents <= requested && kept.opinion !== 'unfavourable')).toBe(true);
      },
    ),
  );
});
