import type { Chance } from './random.js';

/** What a mail server does wrong with a message that it has whole: breaks the connection, or says nothing for longer than its client waits. */
export type Silence = 'cut' | 'stalled';
type Fate = 'taken' | 'later' | 'cut-untaken' | Silence;

/** How often each trouble came. */
export interface MailTroubles {
  /** 421 to a connection. */
  busy: number;
  /** 450 to a recipient, 451 to a message. */
  later: number;
  cut: number;
  stalled: number;
  /** Messages refused for good, after they had been told to come later. */
  refused: number;
}

/** Answer to a message refused for good. */
export interface Refusal {
  readonly code: 451 | 554;
  readonly from: string;
}

const SHARE = { busy: 0.05, rcpt: 0.02, later: 0.02, cutTaken: 0.02, cutUntaken: 0.02, stalled: 0.01, doomed: 0.02 };
/** Each comes on this occasion at the latest: in a short pass, chance alone might spare them all. A stall, which is rationed, may never come. */
const AT_LATEST = { busy: 2, rcpt: 1, later: 2, cutTaken: 2, cutUntaken: 2, stalled: Infinity, doomed: 3 } as const satisfies Record<
  keyof typeof SHARE,
  number
>;

/** The moods of a mail server: small shares of everything that goes wrong, until it is calm again. */
export class MailMoods {
  readonly troubles: MailTroubles = { busy: 0, later: 0, cut: 0, stalled: 0, refused: 0 };
  /** What each message that is refused for good was answered. */
  readonly refusals = new Map<string, Refusal[]>();
  private readonly seen = new Set<string>();
  /** How often each could have come. */
  private readonly occasions = new Map<keyof typeof SHARE, number>();
  private calm = false;

  constructor(
    private readonly chance: Chance,
    /** Each takes fifteen seconds. */
    private readonly mostStalls: number,
  ) {}

  /** From now on nothing goes wrong, but what was refused stays so. */
  calmDown(): void {
    this.calm = true;
  }

  isBusy(): boolean {
    return this.happens('busy', 'busy');
  }

  recipientLater(): boolean {
    return this.happens('rcpt', 'later');
  }

  /** Of a message read whole. `null`: it is for `refuse` to answer. */
  fateOf(messageId: string): Fate | null {
    const isNew = !this.seen.has(messageId);
    this.seen.add(messageId);
    if (this.refusals.has(messageId)) return null;
    if (isNew && this.happens('doomed', 'refused')) {
      this.refusals.set(messageId, []);
      return null;
    }
    if (this.happens('later', 'later')) return 'later';
    if (this.happens('cutTaken', 'cut')) return 'cut';
    if (this.happens('cutUntaken', 'cut')) return 'cut-untaken';
    return this.troubles.stalled < this.mostStalls && this.happens('stalled', 'stalled') ? 'stalled' : 'taken';
  }

  /** « Later » first, then never. */
  refuse(messageId: string, from: string): Refusal {
    const said = this.refusals.get(messageId) ?? [];
    const refusal = { code: said.length === 0 ? 451 : 554, from } as const;
    this.refusals.set(messageId, [...said, refusal]);
    return refusal;
  }

  private happens(what: keyof typeof SHARE, counted: keyof MailTroubles): boolean {
    if (this.calm) return false;
    const occasion = (this.occasions.get(what) ?? 0) + 1;
    this.occasions.set(what, occasion);
    if (this.chance.next() >= SHARE[what] && occasion !== AT_LATEST[what]) return false;
    this.troubles[counted]++;
    return true;
  }
}
