import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { CpoRenewal, TrancheToAnnounce, TrancheToConfirm } from '../domain/mail-data.js';
import { CpoFactsRepository, type CpoFacts, type TrancheFacts } from '../persistence/cpo-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

const RUNS: ReadonlySet<string> = new Set(['signed', 'active']);

/** The messages about multi-year agreements and their years. */
@Injectable()
export class CpoLetters {
  readonly readers = {
    'tranche-to-confirm': (asked) => this.toConfirm(asked),
    'tranche-to-announce': (asked) => this.toAnnounce(asked),
    'cpo-renewal': (asked) => this.renewal(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: CpoFactsRepository,
    private readonly links: Links,
  ) {}

  private async toConfirm(asked: Asked): Promise<TrancheToConfirm | null> {
    const [cpo, tranche] = await this.read(asked);
    if (!cpo || !tranche || tranche.isConfirmed) return null;
    const { year, amountCents, isReserved } = tranche;
    return { ...this.about(asked, cpo), year, amountCents, isReserved };
  }

  private async toAnnounce(asked: Asked): Promise<TrancheToAnnounce | null> {
    const [cpo, tranche] = await this.read(asked);
    if (!cpo || !tranche?.isConfirmed || tranche.isAnnounced) return null;
    const { year, amountCents } = tranche;
    return { ...this.about(asked, cpo), year, amountCents };
  }

  private async renewal(asked: Asked): Promise<CpoRenewal | null> {
    const cpo = await this.facts.cpo(asked.query, ref(asked.refs, 'cpoId'));
    return cpo && RUNS.has(cpo.state) ? this.about(asked, cpo, '/renewal') : null;
  }

  /** The CPO, null once it ended, and the year that is spoken of. */
  private async read({ query, refs }: Asked): Promise<[CpoFacts | null, TrancheFacts | null]> {
    const id = ref(refs, 'cpoId');
    const cpo = await this.facts.cpo(query, id);
    const tranche = await this.facts.tranche(query, id, ref(refs, 'year'));
    return [cpo && RUNS.has(cpo.state) ? cpo : null, tranche];
  }

  private about({ to, refs }: Asked, { state: _state, ...cpo }: CpoFacts, path = ''): CpoRenewal {
    return { ...cpo, recipientName: to.name, link: this.links.to(`/v1/cpos/${ref(refs, 'cpoId')}${path}`) };
  }
}
