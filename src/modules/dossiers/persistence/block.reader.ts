import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

/** Whether the organisation of a dossier may ask for money. */
@Injectable()
export class BlockReader {
  /** The sentence of the first block that holds; null when none does. */
  async ofDossier(query: Query, dossierId: string): Promise<string | null> {
    const [row] = await query<{ sentence: string }>('SELECT sentence FROM dossier_blocks WHERE dossier_id = $1 ORDER BY id LIMIT 1', [
      dossierId,
    ]);
    return row?.sentence ?? null;
  }
}
