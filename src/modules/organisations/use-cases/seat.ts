import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { Territory } from '../../territory/index.js';
import { UnknownCommune } from '../domain/organisation.errors.js';

/** Where an organisation is seated: it says by whose hands its people are let in. */
@Injectable()
export class Seat {
  constructor(private readonly territory: Territory) {}

  /**
   * The INSEE code given, null when it was said to be elsewhere; when nothing was said, the commune that the address ends with, if it is of
   * the territory. @throws UnknownCommune
   */
  async of(query: Query, address: string, inseeCode: string | null | undefined): Promise<string | null> {
    if (inseeCode === null) return null;
    if (inseeCode === undefined) return (await this.territory.communeNamed(query, address))?.inseeCode ?? null;
    if ((await this.territory.unknownCommunes(query, [inseeCode])).length > 0) throw new UnknownCommune();
    return inseeCode;
  }
}
