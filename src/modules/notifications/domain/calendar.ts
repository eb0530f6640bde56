import { type Day, plusDays } from '../../../kernel/day.js';
import { instantInFrench } from '../../../kernel/french-dates.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { CalendarEvent } from './icalendar.js';

/** What a deadline is, as one person sees it. */
interface About {
  /** The same however the deadline moves. */
  readonly key: string;
  /** Of the call, the dossier, the action or the session. */
  readonly title: string;
  readonly year: number | null;
  /** Whose dossier it is about; null when it is everyone's. */
  readonly organisation: string | null;
  /** Numbers of dossiers, as people say them. */
  readonly reference: string | null;
  readonly place: string | null;
}

export type DeadlineKind =
  'call-opening' | 'call-closing' | 'complement-due' | 'report-due' | 'committee-session' | 'implicit-rejection' | 'payment-due';

/** An instant to the minute, or a whole day of Paris. */
export type Deadline = About & { readonly kind: DeadlineKind } & (
    { readonly at: Date; readonly onDay: null } | { readonly at: null; readonly onDay: Day }
  );

/** Days that a deadline stays in the calendar once it is past. */
const KEPT_DAYS = 30;

interface Words {
  readonly summary: (about: About) => string;
  readonly description: (about: About, at: Date | null) => string;
}

const WORDS: Readonly<Record<DeadlineKind, Words>> = {
  'call-opening': {
    summary: ({ title }) => `Ouverture : ${title}`,
    description: ({ title, year }, at) => `L’appel à projets « ${title} » (${year ?? ''}) ouvre le ${when(at)}.`,
  },
  'call-closing': {
    summary: ({ title }) => `Clôture : ${title}`,
    description: ({ title, year, organisation, reference }, at) =>
      organisation === null
        ? `L’appel à projets « ${title} » (${year ?? ''}) ferme le ${when(at)}.`
        : `${organisation} a un dossier en cours (${reference ?? ''}). Déposez-le avant le ${when(at)}.`,
  },
  'complement-due': {
    summary: ({ reference }) => `Complément à fournir : dossier ${reference ?? ''}`,
    description: ({ title, organisation }) => `« ${title} », ${organisation ?? ''}. Dernier jour pour répondre.`,
  },
  'report-due': {
    summary: ({ title, year }) => `Bilan ${year ?? ''} à remettre : ${title}`,
    description: ({ organisation, reference }) =>
      `${organisation ?? ''}, dossier ${reference ?? ''}. Un bilan en retard empêche de déposer.`,
  },
  'committee-session': {
    summary: ({ title }) => `Comité de programmation : ${title}`,
    description: () => 'Vous en êtes membre.',
  },
  'implicit-rejection': {
    summary: ({ reference }) => `Rejet implicite : dossier ${reference ?? ''}`,
    description: ({ title, organisation }) =>
      `« ${title} », ${organisation ?? ''}. Sans décision notifiée ce jour, le silence vaut rejet ; il n’empêche pas de décider ensuite.`,
  },
  'payment-due': {
    summary: ({ organisation, reference }) => `Paiement au plus tard : ${organisation ?? ''}, dossier ${reference ?? ''}`,
    description: ({ title, year }) => `« ${title} », ${year ?? ''}. Dernier jour pour payer.`,
  },
};

/** The first day of Paris whose deadlines the calendar still shows. */
export function shownFrom(now: Date): Day {
  return plusDays(parisDay(now), -KEPT_DAYS);
}

/** @param host what makes the event's id one in the world */
export function eventOf(deadline: Deadline, host: string): CalendarEvent {
  const { kind, key, place, at, onDay } = deadline;
  const words = WORDS[kind];
  return {
    uid: `${kind}/${key}@${host}`,
    summary: words.summary(deadline),
    description: words.description(deadline, at),
    location: place,
    ...(at === null ? { day: onDay, at: null } : { day: null, at }),
  };
}

const when = (at: Date | null): string => (at === null ? '' : instantInFrench(at));
