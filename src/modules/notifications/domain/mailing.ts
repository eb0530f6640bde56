import { groupBy } from '../../../kernel/group-by.js';
import { inParts } from '../../../kernel/parts.js';
import { derivedId } from './derived-id.js';
import { KINDS } from './kinds.js';
import type { MailKind } from './mail-data.js';
import type { Cadence } from './preferences.js';

/** A message that may leave now. */
export interface Waiting {
  readonly id: string;
  readonly userId: string;
  readonly kind: MailKind;
  readonly cadence: Exclude<Cadence, 'off'>;
}

/** One mail, and the messages in it. */
export interface Mail {
  readonly id: string;
  readonly messages: readonly string[];
}

/** A mail of more would not be read, nor pass every server. */
const MOST_IN_A_MAIL = 200;

/**
 * One mail for all that a person has waiting for a digest, however many days it waited; one for what came of a same kind; and one each for the rest.
 * The id of a mail comes from what it holds, so that whoever sends it again sends the same.
 */
export function mailsOf(waiting: readonly Waiting[]): readonly Mail[] {
  return [...groupBy(waiting, groupOf).values()]
    .flatMap((group) => inParts(group, MOST_IN_A_MAIL))
    .map((part) => part.map(({ id }) => id))
    .map((messages) => ({ id: idOf(messages), messages }));
}

function groupOf({ id, userId, kind, cadence }: Waiting): string {
  if (cadence !== 'immediate') return `${userId} digest`;
  return KINDS[kind].grouped ? `${userId} ${kind}` : id;
}

function idOf(messages: readonly string[]): string {
  const [only, ...others] = messages;
  return only !== undefined && others.length === 0 ? only : derivedId(`mail ${messages.join(' ')}`);
}
