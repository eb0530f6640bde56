import type { FactoryProvider } from '@nestjs/common';
import { CommitteeFactsRepository } from './persistence/committee-facts.repository.js';
import { LetterRepository } from './persistence/letter.repository.js';
import { AccountLetters } from './use-cases/account.letters.js';
import { ActLetter } from './use-cases/act.letter.js';
import { CommitteeLetters } from './use-cases/committee.letters.js';
import { DossierLetters } from './use-cases/dossier.letters.js';
import { Letters } from './use-cases/letters.js';
import { LETTER_READERS, type Readers } from './use-cases/readers.js';
import { ResultsLetter } from './use-cases/results.letter.js';

/** Every kind of message has one reader: the compiler holds it. */
const READERS: FactoryProvider<Readers> = {
  provide: LETTER_READERS,
  inject: [AccountLetters, DossierLetters, ResultsLetter, CommitteeLetters, ActLetter],
  useFactory: (
    account: AccountLetters,
    dossier: DossierLetters,
    results: ResultsLetter,
    committee: CommitteeLetters,
    act: ActLetter,
  ): Readers => ({ ...account.readers, ...dossier.readers, ...results.readers, ...committee.readers, ...act.readers }),
};

/** What messages say, and who writes them. */
export const LETTERS = [
  ...[LetterRepository, CommitteeFactsRepository],
  ...[AccountLetters, DossierLetters, ResultsLetter, CommitteeLetters, ActLetter],
  ...[READERS, Letters],
];
