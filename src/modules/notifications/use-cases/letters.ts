import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { mayReceive } from '../domain/catalogue.js';
import type { Delivery } from '../domain/delivery.js';
import type { Outline } from '../domain/inbox.js';
import type { MailData, MailKind } from '../domain/mail-data.js';
import { LetterRepository, type Person } from '../persistence/letter.repository.js';
import { ActLetter } from './act.letter.js';
import { AccountLetters } from './account.letters.js';
import type { Asked } from './asked.js';
import { DossierLetters } from './dossier.letters.js';
import { ResultsLetter } from './results.letter.js';
import { outlineOf } from './templates/layout.js';
import type { Message } from './templates/message.js';
import { worded } from './templates/templates.js';

/** What is said, and to whom. */
export interface Words {
  readonly message: Message;
  readonly to: Person;
}

/** What of a delivery its words depend on. */
export type ToWrite = Pick<Delivery, 'userId' | 'kind' | 'refs'>;

type Reader<Kind extends MailKind> = (asked: Asked) => Promise<MailData[Kind] | null>;

/** Writes any message from the ids it is about, as things are now. */
@Injectable()
export class Letters {
  private readonly readers: { readonly [Kind in MailKind]: Reader<Kind> };

  constructor(
    private readonly facts: LetterRepository,
    account: AccountLetters,
    dossier: DossierLetters,
    results: ResultsLetter,
    act: ActLetter,
  ) {
    this.readers = {
      'account-confirmation': (asked) => account.confirmation(asked),
      'password-reset': (asked) => account.passwordReset(asked),
      invitation: (asked) => account.invitation(asked),
      'membership-requested': (asked) => account.membershipRequested(asked),
      'membership-granted': (asked) => account.membershipGranted(asked),
      'membership-refused': (asked) => account.membershipRefused(asked),
      'membership-ended': (asked) => account.membershipEnded(asked),
      'attestation-requested': (asked) => dossier.attestationRequested(asked),
      receipt: (asked) => dossier.receipt(asked),
      'complement-asked': (asked) => dossier.complementAsked(asked),
      'complement-answered': (asked) => dossier.complementAnswered(asked),
      admissible: (asked) => dossier.admissible(asked),
      inadmissible: (asked) => dossier.inadmissible(asked),
      'dossier-withdrawn': (asked) => dossier.withdrawn(asked),
      'closing-reminder': (asked) => dossier.closingReminder(asked),
      results: (asked) => results.results(asked),
      'act-notified': (asked) => act.notified(asked),
    };
  }

  /** In one line, for who reads it on screen. Null as below. */
  async outline(query: Query, delivery: ToWrite, now: Date): Promise<Outline | null> {
    const words = await this.words(query, delivery, now);
    return words && outlineOf(words.message);
  }

  /** Null: nobody is left to say it to, or nothing to say. */
  async words(query: Query, { userId, kind, refs }: ToWrite, now: Date): Promise<Words | null> {
    const to = await this.facts.person(query, userId);
    if (!to || !mayReceive(kind, to)) return null;
    const message = await this.message(kind, { query, to, refs, now });
    return message && { message, to };
  }

  private async message<Kind extends MailKind>(kind: Kind, asked: Asked): Promise<Message | null> {
    const data = await this.readers[kind](asked);
    return data === null ? null : worded(kind, data);
  }
}
