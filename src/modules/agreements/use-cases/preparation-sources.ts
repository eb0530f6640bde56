import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Calls } from '../../calls/index.js';
import { Funders } from '../../funding/index.js';
import type { WaitingDecisions } from './act-preparation.js';

/** What a preparation reads once: neither changes while it lasts. */
@Injectable()
export class PreparationSources {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: Calls,
    private readonly funders: Funders,
  ) {}

  async of(callId: string, funderId: string): Promise<Pick<WaitingDecisions, 'callTitle' | 'funder'>> {
    const [call, [funder]] = await Promise.all([this.calls.byId(this.work.read, callId), this.funders.byIds(this.work.read, [funderId])]);
    if (!call || !funder) throw new Error('a preparation is asked for a call and a funder that exist');
    return { callTitle: call.title, funder };
  }
}
