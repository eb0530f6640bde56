import { Injectable } from '@nestjs/common';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MinutesContent } from '../domain/committee-minutes.js';

export interface KeptMinutes {
  readonly content: MinutesContent;
  /** Hexadecimal. */
  readonly contentHash: string;
  readonly at: Date;
}

@Injectable()
export class CommitteeMinutes {
  freeze(tx: Tx, committeeId: string, { content, contentHash }: Omit<KeptMinutes, 'at'>, closedBy: string): void {
    tx.write(
      `INSERT INTO committee_minutes (committee_id, content, content_hash, closed_by, at) VALUES ($1, $2, decode($3, 'hex'), $4, $5)`,
      [...[committeeId, toJson(content), contentHash, closedBy, tx.at]],
    );
  }

  /** Null as long as the session is not closed. */
  async find(query: Query, committeeId: string): Promise<KeptMinutes | null> {
    const [row] = await query<KeptMinutes>(
      `SELECT content, encode(content_hash, 'hex') AS "contentHash", at FROM committee_minutes WHERE committee_id = $1`,
      [committeeId],
    );
    return row ?? null;
  }
}
