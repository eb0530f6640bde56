import fc from 'fast-check';
import { BievreError } from '../../../kernel/errors.js';
import { cents } from '../../../kernel/money.js';
import { applyAll, available, EMPTY_ENVELOPE, type Envelope, type Movement } from './envelope.js';
import { assertDelegable, assertFedByItself, delegate, parentOf, placeOf, takeBack } from './sub-envelope.js';

const opened = (ceiling: number, ...movements: Movement[]): Envelope =>
  applyAll(EMPTY_ENVELOPE, [{ kind: 'open', aeCents: cents(ceiling), cpCents: cents(ceiling) }, ...movements]);
const reserve = (amount: number): Movement => ({ kind: 'reserve', amountCents: cents(amount) });
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

test('the first delegation opens the sub-envelope, the next ones increase it', () => {
  const first = delegate(opened(1_000), EMPTY_ENVELOPE, cents(300));
  expect([first.ofParent.kind, first.ofChild.kind]).toEqual(['delegate', 'open']);
  expect(first.parent).toMatchObject({ delegatedCents: 300n, ceilingAeCents: 1_000n });
  expect(first.child).toMatchObject({ ceilingAeCents: 300n, ceilingCpCents: 300n, version: 1 });
  const second = delegate(first.parent, first.child, cents(700));
  expect(second.ofChild.kind).toBe('increase');
  expect(available(second.parent)).toBe(0n);
  expect(available(second.child)).toBe(1_000n);
});

test('what comes back is free again, down to what the sub-envelope uses', () => {
  const { parent, child } = delegate(opened(1_000), EMPTY_ENVELOPE, cents(300));
  const using = { ...child, ...applyAll(child, [reserve(200)]) };
  const back = takeBack(parent, using, cents(100));
  expect(back.parent).toMatchObject({ delegatedCents: 200n });
  expect(back.child).toMatchObject({ ceilingAeCents: 200n, reservedCents: 200n });
  expect(() => takeBack(parent, using, cents(101))).toThrow(refusal('ENVELOPE_BELOW_USE'));
});

test.each([
  ['ENVELOPE_EXCEEDED', () => delegate(opened(1_000), EMPTY_ENVELOPE, cents(1_001))],
  ['MOVEMENT_NOT_POSITIVE', () => delegate(opened(1_000), EMPTY_ENVELOPE, cents(0))],
  ['MOVEMENT_NOT_POSITIVE', () => takeBack(opened(1_000), opened(10), cents(-1))],
  ['ENVELOPE_CLOSED', () => delegate({ ...opened(1_000), closedAt: new Date() }, EMPTY_ENVELOPE, cents(1))],
  ['ENVELOPE_CLOSED', () => takeBack(opened(1_000), { ...opened(10), closedAt: new Date() }, cents(1))],
  ['ONE_PLACE_REQUIRED', () => placeOf({})],
  ['ONE_PLACE_REQUIRED', () => placeOf({ sectorCode: 'NE', inseeCode: '94041' })],
  ['NO_FURTHER_DELEGATION', () => assertDelegable({ parentId: 'p', departmentCode: '94' }, { kind: 'sector', code: 'NE' }, '94')],
  ['UNKNOWN_REFERENCE', () => assertDelegable({ parentId: null, departmentCode: '94' }, { kind: 'sector', code: 'X' }, undefined)],
  ['WRONG_DEPARTMENT', () => assertDelegable({ parentId: null, departmentCode: '94' }, { kind: 'commune', code: '91589' }, '91')],
  ['NOT_A_SUB_ENVELOPE', () => parentOf({ parentId: null })],
  ['FED_BY_ITS_PARENT', () => assertFedByItself({ parentId: 'p' })],
])('refuses with %s', (code, act) => {
  expect(act).toThrow(refusal(code));
});

test('a place of its own département, or of any when it has none', () => {
  expect(() => assertDelegable({ parentId: null, departmentCode: '94' }, { kind: 'sector', code: 'NE' }, '94')).not.toThrow();
  expect(() => assertDelegable({ parentId: null, departmentCode: null }, { kind: 'commune', code: '91589' }, '91')).not.toThrow();
  expect(placeOf({ sectorCode: 'NE' })).toEqual({ kind: 'sector', code: 'NE' });
  expect(placeOf({ inseeCode: '94041' })).toEqual({ kind: 'commune', code: '94041' });
});

test('in whatever order credit goes down, is used and comes back, none is made and none is lost', () => {
  const step = fc.record({
    act: fc.constantFrom('delegate', 'take-back', 'reserve', 'reserve-above'),
    child: fc.nat({ max: 2 }),
    amount: fc.bigInt({ min: -2n, max: 600n }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let parent = opened(2_000);
      const children: Envelope[] = [EMPTY_ENVELOPE, EMPTY_ENVELOPE, EMPTY_ENVELOPE];
      for (const { act, child: rank, amount } of steps) {
        const child = children[rank] ?? EMPTY_ENVELOPE;
        const held: Movement = { kind: 'reserve', amountCents: cents(amount) };
        try {
          if (act === 'reserve') children[rank] = applyAll(child, [held]);
          else if (act === 'reserve-above') parent = applyAll(parent, [held]);
          else ({ parent, child: children[rank] } = (act === 'delegate' ? delegate : takeBack)(parent, child, cents(amount)));
        } catch (refused) {
          expect(refused).toBeInstanceOf(BievreError);
        }
        const total = children.reduce((sum, { ceilingAeCents }) => sum + ceilingAeCents, 0n);
        expect(total).toBe(parent.delegatedCents);
        expect(children.every((each) => available(each) >= 0n) && available(parent) >= 0n).toBe(true);
        expect(parent.ceilingAeCents).toBe(2_000n);
      }
    }),
    { numRuns: 200 },
  );
});
