import { assertMayShowTo, assertThreadOpen, sideOf } from './dossier-message.js';
import { DossierNotFiled, NoteForStaffOnly, ThreadClosed } from './dossier-message.errors.js';

test.each([
  [['applicant'], 'organisation'],
  [['signatory'], 'organisation'],
  [['organisation-administrator'], 'organisation'],
  [['instructor', 'signatory'], 'organisation'],
  [['instructor'], 'administration'],
  [['coordinator', 'delegate'], 'administration'],
] as const)('who is %j speaks for the %s', (roles, side) => {
  expect(sideOf(new Set(roles))).toBe(side);
});

test.each([
  ['organisation', 'all', null],
  ['administration', 'all', null],
  ['administration', 'staff', null],
  ['organisation', 'staff', NoteForStaffOnly],
] as const)('the %s, to %s', (side, visibility, refusal) => {
  const post = () => {
    assertMayShowTo(side, visibility);
  };
  if (refusal) expect(post).toThrow(refusal);
  else expect(post).not.toThrow();
});

const filed = new Date('2026-11-03T09:00:00Z');

test.each([
  ['submitted', filed, null],
  ['to-complete', filed, null],
  ['admissible', filed, null],
  ['inadmissible', filed, null],
  ['withdrawn', filed, ThreadClosed],
  ['closed-out', filed, ThreadClosed],
  ['no-further-action', filed, ThreadClosed],
  ['draft', null, DossierNotFiled],
  ['awaiting-attestation', null, DossierNotFiled],
  ['withdrawn', null, ThreadClosed],
] as const)('a dossier that is %s, filed at %s', (state, submittedAt, refusal) => {
  const post = () => {
    assertThreadOpen({ state, submittedAt });
  };
  if (refusal) expect(post).toThrow(refusal);
  else expect(post).not.toThrow();
});
