import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Query } from '../../../platform/database/query.js';
import { contentFromJson, type ActContent, type ActSignature } from '../domain/act-content.js';

export interface DocumentFacts {
  readonly content: ActContent;
  readonly signature: ActSignature | null;
}

export interface KeptDocument {
  readonly pdf: Buffer;
  readonly sha256: string;
}

interface FactsRow {
  readonly content: object;
  readonly signatoryName: string | null;
  readonly signedOn: string | null;
  readonly place: string | null;
  readonly beneficiarySignedOn: string | null;
}

/** The documents of acts, kept byte for byte. */
@Injectable()
export class ActDocumentRepository {
  /** @throws NotFound */
  async facts(query: Query, actId: string): Promise<DocumentFacts> {
    const [row] = await query<FactsRow>(
      `SELECT content, signatory_name AS "signatoryName", signed_on AS "signedOn", signature_place AS place, beneficiary_signed_on AS "beneficiarySignedOn"
       FROM acts WHERE id = $1`,
      [actId],
    );
    if (!row) throw new NotFound();
    const { signatoryName, signedOn, place, beneficiarySignedOn } = row;
    const signature = signatoryName === null || signedOn === null ? null : { signatoryName, signedOn, place, beneficiarySignedOn };
    return { content: contentFromJson(row.content), signature };
  }

  async find(query: Query, actId: string, factsSha256: string): Promise<KeptDocument | null> {
    const [row] = await query<KeptDocument>('SELECT pdf, pdf_sha256 AS sha256 FROM act_documents WHERE act_id = $1 AND facts_sha256 = $2', [
      actId,
      factsSha256,
    ]);
    return row ?? null;
  }

  /** The first one kept is the one: a second rendering of the same facts changes nothing. */
  async keep(query: Query, actId: string, factsSha256: string, { pdf, sha256 }: KeptDocument, at: Date): Promise<void> {
    await query(
      `INSERT INTO act_documents (act_id, facts_sha256, pdf, pdf_sha256, rendered_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [actId, factsSha256, pdf, sha256, at],
    );
  }

  /** Acts of a call and funder whose document a crash left unmade. */
  async missing(query: Query, callId: string, funderId: string): Promise<string[]> {
    const rows = await query<{ id: string }>(
      `SELECT a.id FROM acts a WHERE a.call_id = $1 AND a.funder_id = $2 AND NOT EXISTS (SELECT FROM act_documents d WHERE d.act_id = a.id) ORDER BY a.id`,
      [callId, funderId],
    );
    return rows.map(({ id }) => id);
  }
}
