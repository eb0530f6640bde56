import { Temporal } from 'temporal-polyfill';
import { Unprocessable } from '../../../kernel/errors.js';
import { KINDS, MAIL_KINDS, whyLegal } from './kinds.js';
import type { MailKind } from './mail-data.js';

/** How often mail of a kind leaves. A digest leaves at 8:00 in the person's zone, each day or on Mondays. */
export const CADENCES = ['immediate', 'daily', 'weekly', 'off'] as const;
export type Cadence = (typeof CADENCES)[number];
/** An inbox is there or not: what it holds is read when one likes. */
export const INBOX_CHOICES = ['immediate', 'off'] as const;
export type InboxChoice = (typeof INBOX_CHOICES)[number];

export interface Choice {
  readonly mail: Cadence;
  readonly inbox: InboxChoice;
}

/** Hours in which no mail leaves but the legal ones; on the wall clock (`HH:MM`), past midnight when `to` comes before `from`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export interface Habits {
  /** Of the IANA database: `Europe/Paris`. */
  readonly timeZone: string;
  readonly quietHours: QuietHours | null;
}

export interface Preferences extends Habits {
  /** 0: never chosen. */
  readonly version: number;
  readonly choices: ReadonlyMap<MailKind, Choice>;
}

export const DEFAULT_HABITS: Habits = { timeZone: 'Europe/Paris', quietHours: null };

/** What someone asks for a kind; what they leave out is as by default. */
export interface AskedChoice {
  readonly kind: MailKind;
  readonly mail?: Cadence | undefined;
  readonly inbox?: InboxChoice | undefined;
}

export class LegalMessage extends Unprocessable {
  constructor(kind: MailKind, why: string, pointer: string) {
    const detail = `« ${KINDS[kind].label} » ne peut être ni coupé ni retardé : ${why}.`;
    super('LEGAL_MESSAGE', detail, [{ pointer, code: 'LEGAL_MESSAGE', detail }]);
  }
}

export class TooLateInDigest extends Unprocessable {
  constructor(kind: MailKind, pointer: string) {
    const detail = `« ${KINDS[kind].label} » arriverait trop tard dans un récapitulatif : gardez-le immédiat, ou coupez-le.`;
    super('TOO_LATE_IN_DIGEST', detail, [{ pointer, code: 'TOO_LATE_IN_DIGEST', detail }]);
  }
}

export class NotInInbox extends Unprocessable {
  constructor(kind: MailKind, pointer: string) {
    const detail = `« ${KINDS[kind].label} » ne passe que par courriel : il sert quand on n’est pas encore connecté.`;
    super('NOT_IN_INBOX', detail, [{ pointer, code: 'NOT_IN_INBOX', detail }]);
  }
}

export class KindGivenTwice extends Unprocessable {
  constructor(kind: MailKind, pointer: string) {
    const detail = `« ${KINDS[kind].label} » est donné deux fois.`;
    super('KIND_GIVEN_TWICE', detail, [{ pointer, code: 'KIND_GIVEN_TWICE', detail }]);
  }
}

export class UnknownTimeZone extends Unprocessable {
  constructor() {
    const detail = 'Ce fuseau horaire n’existe pas. Donnez un nom de la base IANA, par exemple « Europe/Paris » ou « Indian/Reunion ».';
    super('UNKNOWN_TIME_ZONE', detail, [{ pointer: '/timeZone', code: 'UNKNOWN_TIME_ZONE', detail }]);
  }
}

export class EmptyQuietHours extends Unprocessable {
  constructor() {
    const detail = 'Les heures de silence commencent et finissent à la même heure. Mettez null pour n’en avoir aucune.';
    super('EMPTY_QUIET_HOURS', detail, [{ pointer: '/quietHours/to', code: 'EMPTY_QUIET_HOURS', detail }]);
  }
}

export function defaultChoice(kind: MailKind): Choice {
  return { mail: 'immediate', inbox: KINDS[kind].inbox ? 'immediate' : 'off' };
}

/** What may be chosen for mail of that kind. */
export function mailChoices(kind: MailKind): readonly Cadence[] {
  const entry = KINDS[kind];
  if (whyLegal(entry) !== null) return ['immediate'];
  return entry.weight === 'timely' ? ['immediate', 'off'] : CADENCES;
}

export function inboxChoices(kind: MailKind): readonly InboxChoice[] {
  if (!KINDS[kind].inbox) return ['off'];
  return whyLegal(KINDS[kind]) === null ? INBOX_CHOICES : ['immediate'];
}

/**
 * The choices of someone for every kind. Pointers of the refusals are into `kinds`.
 * @throws LegalMessage, TooLateInDigest, NotInInbox, KindGivenTwice
 */
export function chosen(asked: readonly AskedChoice[]): ReadonlyMap<MailKind, Choice> {
  const given = new Map<MailKind, Choice>();
  asked.forEach(({ kind, mail, inbox }, index) => {
    const pointer = `/kinds/${index}`;
    if (given.has(kind)) throw new KindGivenTwice(kind, `${pointer}/kind`);
    const usual = defaultChoice(kind);
    const choice = { mail: mail ?? usual.mail, inbox: inbox ?? usual.inbox };
    if (!mailChoices(kind).includes(choice.mail)) throw refusalOf(kind, `${pointer}/mail`);
    if (!inboxChoices(kind).includes(choice.inbox)) {
      throw KINDS[kind].inbox ? refusalOf(kind, `${pointer}/inbox`) : new NotInInbox(kind, `${pointer}/inbox`);
    }
    given.set(kind, choice);
  });
  return new Map(MAIL_KINDS.map((kind) => [kind, given.get(kind) ?? defaultChoice(kind)]));
}

function refusalOf(kind: MailKind, pointer: string): Unprocessable {
  const why = whyLegal(KINDS[kind]);
  return why === null ? new TooLateInDigest(kind, pointer) : new LegalMessage(kind, why, pointer);
}

/** @throws UnknownTimeZone, EmptyQuietHours */
export function checkHabits({ timeZone, quietHours }: Habits): void {
  if (!isTimeZone(timeZone)) throw new UnknownTimeZone();
  if (quietHours && quietHours.from === quietHours.to) throw new EmptyQuietHours();
}

/** A named zone: an offset (`+02:00`) would be wrong half of the year. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
