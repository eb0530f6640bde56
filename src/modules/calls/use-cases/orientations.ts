import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Territory } from '../../territory/index.js';
import { UnknownOrientation } from '../domain/call.errors.js';

@Injectable()
export class Orientations {
  constructor(private readonly territory: Territory) {}

  /** The codes as the contract orders them. @throws UnknownOrientation */
  async inOrder(tx: Tx, codes: readonly string[]): Promise<string[]> {
    const known = await this.territory.orientationCodes(tx.query);
    const unknown = codes.filter((code) => !known.includes(code));
    if (unknown.length > 0) throw new UnknownOrientation(unknown);
    return known.filter((code) => codes.includes(code));
  }
}
