import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Funder } from '../domain/funder.js';
import { Funders, type FunderFilter } from '../persistence/funder.repository.js';

@Injectable()
export class FunderQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly funders: Funders,
  ) {}

  list(filter: FunderFilter): Promise<Funder[]> {
    return this.funders.find(this.work.read, filter);
  }
}
