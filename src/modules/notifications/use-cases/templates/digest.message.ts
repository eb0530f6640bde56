import type { Outline } from '../../domain/inbox.js';
import { heading, link, outlines, paragraph, subheading, type Message, type MessageBlock } from './message.js';

export interface DigestItem extends Outline {
  /** What its kind is called. */
  readonly label: string;
}

export interface Digest {
  readonly recipientName: string;
  /** Why they come together: chosen by the person, or so many of one kind at once. */
  readonly because: 'chosen' | 'same-kind';
  /** Two or more, as they came. */
  readonly items: readonly DigestItem[];
  /** Where everything is listed. */
  readonly link: string;
}

/** Several messages in one: each in a line, under what it is. */
export function digest({ recipientName, because, items, link: url }: Digest): Message {
  const labels = [...new Set(items.map(({ label }) => label))];
  const [only, ...others] = labels;
  return {
    subject:
      only !== undefined && others.length === 0 ? `${only} : ${items.length} messages` : `Votre récapitulatif : ${items.length} messages`,
    recipientName,
    blocks: [
      paragraph(
        because === 'chosen'
          ? `Voici les ${items.length} messages arrivés pour vous depuis votre dernier récapitulatif.`
          : `Voici ${items.length} messages de même nature, arrivés pour vous en peu de temps.`,
      ),
      ...labels.flatMap((label) => [heading(label), outlines(items.filter((item) => item.label === label))]),
      link('Voir tous mes messages', url),
    ],
    because:
      because === 'chosen'
        ? 'vous avez choisi de recevoir un récapitulatif plutôt qu’un courriel à chaque fois.'
        : 'ces messages vous concernent ; ils sont groupés pour ne pas vous en envoyer un chacun.',
  };
}

/** Several messages of one kind in full, one after the other: a right or a time limit hangs on each. */
export function bundle(label: string, messages: readonly Message[]): Message {
  const [first] = messages;
  if (!first) throw new Error('A bundle holds messages.');
  return {
    subject: `${label} : ${messages.length} messages`,
    recipientName: first.recipientName,
    blocks: [
      paragraph(`Ce courriel réunit ${messages.length} messages, chacun en entier. Lisez-les tous : ils ne portent pas sur la même chose.`),
      ...messages.flatMap(({ subject, blocks }) => [heading(subject), ...blocks.map(oneLower)]),
    ],
    because: first.because,
  };
}

function oneLower(block: MessageBlock): MessageBlock {
  return block.kind === 'heading' ? subheading(block.text) : block;
}
