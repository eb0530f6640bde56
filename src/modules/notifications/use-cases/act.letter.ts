import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { ActNotified, TrancheNotified } from '../domain/mail-data.js';
import { LetterRepository } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';

/** A signed act reached its beneficiary: where to read it, and by when it is paid. */
@Injectable()
export class ActLetter {
  constructor(
    private readonly facts: LetterRepository,
    private readonly links: Links,
  ) {}

  async notified({ query, to, refs }: Asked): Promise<ActNotified | null> {
    const id = ref(refs, 'actId');
    const act = await this.facts.act(query, id);
    return act && { ...act, recipientName: to.name, link: this.links.to(`/v1/acts/${id}`) };
  }

  /** The same of a later year of an agreement over several years: which, and the report that it follows. */
  async tranche(asked: Asked): Promise<TrancheNotified | null> {
    const act = await this.notified(asked);
    const tranches = await this.facts.tranches(asked.query, ref(asked.refs, 'actId'));
    if (act === null || tranches.length === 0) return null;
    return {
      ...act,
      tranches: tranches.map(({ reportAcceptedAt, ...tranche }) => ({ ...tranche, reportAcceptedOn: parisDay(reportAcceptedAt) })),
    };
  }
}
