import { ActNotAllowed } from '../../../kernel/transitions.js';

/** States in which a line holds money that was granted and that something may still happen to. */
const GRANTED = [
  ...['approved', 'announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend'],
  ...['justified', 'not-carried-out', 'repayment-due'],
];
const TOLD = GRANTED.filter((state) => state !== 'approved');
const PAYABLE = ['notified', 'partly-paid', 'to-justify', 'report-submitted', 'to-amend', 'justified'];

/** As long as no repayment makes what is paid less than what was asked for. */
const CANCELLABLE = [...PAYABLE, 'paid', 'not-carried-out'];

/** From when on, and until when, each act on a line's payments has a meaning. */
const STATES = { 'set-ej-number': GRANTED, 'plan-payments': TOLD, 'request-payment': PAYABLE, 'cancel-request': CANCELLABLE } as const;

const WORDS: Readonly<Record<PaymentAct, string>> = {
  'set-ej-number': 'saisir le numéro d’engagement juridique',
  'plan-payments': 'prévoir les versements',
  'request-payment': 'demander un versement',
  'cancel-request': 'annuler une demande de versement',
};

export type PaymentAct = keyof typeof STATES;

export function isPayable(state: string): boolean {
  return PAYABLE.includes(state);
}

/** @param word the state, in French @throws ActNotAllowed */
export function assertActOnPayments(act: PaymentAct, state: string, word: string): void {
  if (!STATES[act].includes(state)) throw new ActNotAllowed(WORDS[act], word);
}
