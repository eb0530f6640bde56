import type { Role } from './actor.js';

const MEMBERS = ['applicant', 'signatory', 'organisation-administrator'] as const;
const STAFF = ['instructor', 'delegate', 'prefecture', 'coordinator', 'partner', 'auditor'] as const;

/**
 * Which role may do which act, on an object whose perimeter holds the role's scope. This table is the whole policy: operations name one of its
 * lines, acts ask `Authorizer` for it, and the tests walk it. Nothing here depends on a state: states are the rules' business.
 */
export const POLICY = {
  'call.read-draft': ['coordinator', 'auditor'],
  'call.read-extensions': [...MEMBERS, 'coordinator', 'auditor'],
  'call.write': ['coordinator'],
  'call.announce-results': ['coordinator'],

  'organisation.read': [...MEMBERS, ...STAFF],
  'organisation.update': ['applicant', 'organisation-administrator'],
  // What it gives once for all its dossiers: read by those who read one of them.
  'organisation-document.read': [...MEMBERS, ...STAFF],
  'organisation-document.add': ['applicant', 'organisation-administrator'],
  'membership.read': [...MEMBERS, 'instructor', 'delegate', 'prefecture', 'coordinator', 'auditor'],
  'membership.grant': ['organisation-administrator', 'instructor', 'coordinator'],
  'signatory.verify': ['instructor', 'delegate', 'prefecture', 'coordinator'],

  'dossier.create': ['applicant', 'signatory'],
  'dossier.read-draft': [...MEMBERS],
  'dossier.read': [...MEMBERS, ...STAFF, 'citizens-council'],
  // A citizens' council reads the actions of its QPV, not all that the organisation filed.
  'dossier.read-file': [...MEMBERS, ...STAFF],
  'dossier.edit': ['applicant', 'signatory'],
  'dossier.request-attestation': ['applicant', 'signatory'],
  'dossier.attest': ['signatory'],
  'dossier.submit': ['signatory'],
  'dossier.withdraw': ['applicant', 'signatory'],
  // Asked besides the line above: what the organisation filed is its word, and only who gives it takes it back.
  'dossier.withdraw-submitted': ['signatory'],
  'complement.read': [...MEMBERS, ...STAFF],
  'complement.request': ['instructor', 'delegate', 'prefecture'],
  'complement.answer': ['applicant', 'signatory'],
  'dossier.decide-admissibility': ['instructor'],
  // The thread of a dossier, between its organisation and those who instruct it. Who judges a file in conflict reads it as its applicant does.
  'dossier-message.read': [...MEMBERS, ...STAFF],
  'dossier-message.read-notes': [...STAFF],
  'dossier-message.post': [...MEMBERS, 'instructor', 'delegate', 'prefecture', 'coordinator', 'partner'],

  'funding-line.read': [...STAFF],
  // A citizens' council reads only what it said itself.
  'opinion.read': [...STAFF, 'citizens-council'],
  'opinion.give': ['instructor', 'delegate', 'prefecture', 'partner', 'citizens-council'],
  'funding-line.propose': ['delegate', 'prefecture'],
  'funding-line.approve': ['delegate', 'prefecture'],
  'funding-line.refuse': ['delegate', 'prefecture'],
  // The State on programme 147, any other funder on its own lines.
  'funding-line.release': ['delegate', 'prefecture', 'partner', 'instructor'],
  'funding-line.record-decision': ['partner', 'instructor'],

  'envelope.open': ['prefecture', 'partner', 'instructor'],
  'envelope.read': ['prefecture', 'delegate', 'coordinator', 'partner', 'instructor', 'auditor'],
  // envelopes: their parts, their end, and what poverty pockets may take
  'envelope.delegate': ['prefecture', 'partner', 'instructor'],
  'envelope.close': ['prefecture', 'partner', 'instructor'],
  'pocket-limit.enter': ['prefecture'],
  'pocket-limit.read': ['prefecture', 'delegate', 'coordinator', 'auditor'],
  'signature-delegation.grant': ['prefecture'],
  'signature-delegation.read': ['prefecture', 'delegate', 'coordinator', 'auditor'],

  // Acts. Of programme 147 by its prefecture, of any other funder by its own people; the beneficiary reads what was notified to it.
  'act.read': [...MEMBERS, ...STAFF],
  'act.read-prepared': [...STAFF],
  'act.prepare': ['prefecture', 'partner', 'instructor'],
  'act.sign': ['prefecture', 'partner', 'instructor'],
  'act.notify': ['prefecture', 'partner', 'instructor'],
  'act.void': ['prefecture', 'partner', 'instructor'],
  'act.amend': ['prefecture', 'partner', 'instructor'],
  'public-money.read': [...MEMBERS, ...STAFF],
  // CPO. Unsigned, it is known to who decides; signed, to the organisation too. The State acts on programme 147, any other funder on its own.
  'cpo.read': [...STAFF],
  'cpo.read-signed': [...MEMBERS, ...STAFF],
  'cpo.negotiate': ['delegate', 'prefecture', 'partner', 'instructor'],
  'cpo.sign': ['prefecture', 'partner', 'instructor'],
  'cpo.reserve': ['delegate', 'prefecture', 'partner', 'instructor'],
  'cpo.confirm': ['delegate', 'prefecture', 'partner', 'instructor'],
  'cpo.announce': ['coordinator', 'delegate', 'prefecture', 'partner', 'instructor'],
  'cpo.amend': ['prefecture', 'partner', 'instructor'],
  'cpo.terminate': ['prefecture', 'partner', 'instructor'],
  'cpo.end': ['prefecture', 'partner', 'instructor'],
  'cpo.read-share': ['delegate', 'prefecture', 'coordinator', 'auditor'],
  // Reporting: reports, repayments, and what an overdue report forbids. A funder's own people judge and ask back on its own lines.
  'report.read': [...MEMBERS, ...STAFF],
  'report.write': ['applicant', 'signatory'],
  'report.submit': ['signatory'],
  'report.review': ['delegate', 'prefecture', 'partner', 'instructor'],
  'report.read-due': [...STAFF],
  'date-change.ask': ['applicant', 'signatory'],
  'date-change.decide': ['delegate', 'prefecture', 'partner', 'instructor'],
  'funding-line.declare-not-carried-out': ['signatory', 'delegate', 'prefecture', 'partner', 'instructor'],
  'funding-line.close': ['delegate', 'prefecture', 'partner', 'instructor'],
  'repayment.read': [...MEMBERS, ...STAFF],
  'repayment.ask': ['delegate', 'prefecture', 'partner', 'instructor'],
  'organisation-block.lift': ['delegate', 'prefecture', 'partner', 'instructor'],
  // Approval: the second approver, and the life of a line as its own people and its judges read it.
  'approval-rule.set': ['prefecture'],
  'approval-rule.read': ['prefecture', 'delegate', 'coordinator', 'auditor'],
  'funding-line.read-history': [...MEMBERS, ...STAFF],
  // Committee. A session is known to all the staff, its lines as far as their perimeter goes; scenarios and minutes are the contract's.
  'committee.read': [...STAFF],
  'committee.read-draft': ['coordinator', 'auditor'],
  'committee.read-minutes': ['coordinator', 'auditor'],
  'committee.write': ['coordinator'],
  'committee.apply': ['coordinator'],
  'scenario.read': ['coordinator', 'auditor'],
  'scenario.write': ['coordinator'],
  // Payments: the State on programme 147, any other funder on its own lines.
  'payment.read': [...MEMBERS, ...STAFF],
  'payment.order': ['prefecture', 'partner', 'instructor'],
  'payment.confirm': ['prefecture', 'partner', 'instructor'],
  'chorus-import.manage': ['prefecture'],

  // Webhooks: whoever connects another system to this one; each their own, within what they may read.
  'webhook.manage': ['coordinator', 'administrator'],
  // Notifications: what was sent about a dossier, proved to who instructs it; and mail that comes back.
  'delivery.read': ['instructor', 'delegate', 'prefecture', 'coordinator', 'auditor'],
  'mail.administer': ['administrator'],

  'user.manage': ['administrator'],
  // How long what tells of people is kept.
  'retention.manage': ['administrator'],
  // Work in the background that was given up, and the board of the queues.
  'dead-letter.manage': ['administrator'],
  'queue.watch': ['administrator'],
  'mail.preview': ['administrator'],
  'audit.read': ['auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof POLICY;

/** What an operation may declare: a line of the policy, or openness said out loud. */
export type DeclaredPermission = Permission | 'public' | 'signed-in';
