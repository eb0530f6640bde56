import { Unprocessable } from '../../../kernel/errors.js';

export class ReasonRequired extends Unprocessable {
  constructor(sentence: string) {
    super('REASON_REQUIRED', sentence, [{ pointer: '/reason', code: 'REASON_REQUIRED', detail: sentence }]);
  }
}

/** A text that says something; null when there is none. */
export function reasonIn(text: string | null | undefined): string | null {
  const reason = (text ?? '').trim();
  return reason === '' ? null : reason;
}
