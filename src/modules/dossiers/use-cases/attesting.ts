import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { declarationsOf, type DeclarationsGiven } from '../domain/attestation.js';
import { DossierIncomplete } from '../domain/completeness.js';
import { attestedContent } from '../domain/content.js';
import { contentHash } from '../domain/content-hash.js';
import { afterAttestation } from '../domain/dossier.js';
import type { BudgetedAction } from '../domain/content.js';
import { ContentRepository } from '../persistence/content.repository.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { ContentReader } from './content.reader.js';

/** Binds the signatory's word to the content as it is: its hash, and a copy of it word for word. */
@Injectable()
export class Attesting {
  constructor(
    private readonly dossiers: DossierRepository,
    private readonly content: ContentRepository,
    private readonly reader: ContentReader,
  ) {}

  /** On a locked dossier. @throws DossierIncomplete naming what is missing. Gives the content checked. */
  async assertComplete(tx: Tx, dossier: DossierWithTerms): Promise<readonly BudgetedAction[]> {
    const actions = await this.content.actionsOf(tx.query, dossier.id);
    const missing = await this.reader.missing(tx.query, dossier, actions);
    if (missing.length > 0) throw new DossierIncomplete(missing);
    return actions;
  }

  /** On a locked dossier, whose right was asked. @throws ActNotAllowed, AttestationIncomplete, DossierIncomplete */
  async attest<D extends DossierWithTerms>(tx: Tx, dossier: D, given: DeclarationsGiven, actor: Actor): Promise<D> {
    const declarations = declarationsOf(given);
    const content = attestedContent(dossier, await this.assertComplete(tx, dossier));
    const hash = contentHash(content);
    const after = afterAttestation(dossier, { hash, by: actor.id, at: tx.at, declarations });
    await this.content.keep(tx.query, after, hash, content);
    await this.dossiers.save(tx.query, after);
    tx.audit(
      'dossier.attested',
      { type: 'dossier', id: after.id },
      { version: dossier.version },
      { version: after.version, hash, declarations },
    );
    return after;
  }
}
