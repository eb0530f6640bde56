import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Perimeter } from '../../../platform/auth/perimeter.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { afterAct, isPrivate, type Dossier, type InstructionAct } from '../domain/dossier.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { PerimeterRepository } from '../persistence/perimeter.repository.js';

/** A dossier as acts answer it. */
export type DossierView = DossierWithTerms;

/** A dossier with the terms of its call, and everywhere it is seen from: its organisation only as long as it was never submitted. */
export type FiledDossier = DossierWithTerms & { readonly perimeter: Perimeter };

export interface InstructionPatch {
  readonly admissibilityReason?: string | null;
  readonly admissibilityBy?: string;
  readonly implicitRejectionOn?: Day;
}

/** The dossier as the modules above read it and move it. */
@Injectable()
export class DossierFile {
  constructor(
    private readonly dossiers: DossierRepository,
    private readonly perimeters: PerimeterRepository,
  ) {}

  /** Locks it until the transaction ends: lock it before its actions, lines or complement requests. @throws NotFound */
  async lock(tx: Tx, id: string): Promise<FiledDossier> {
    return filed(this.dossiers.lock(tx.query, id), this.perimeters.of(tx.query, id));
  }

  /** @throws NotFound */
  async read(query: Query, id: string): Promise<FiledDossier> {
    return filed(this.dossiers.get(query, id), this.perimeters.of(query, id));
  }

  /** From where it is seen now. @throws NotFound */
  async perimeterOf(query: Query, id: string): Promise<Perimeter> {
    return (await this.read(query, id)).perimeter;
  }

  /**
   * Does an act of the instruction: it is visible to the applicant, and moves the version. The caller authorises, audits and tells.
   * Admissibility acts are stamped with `tx.at`. @throws ActNotAllowed, NotAttested (`complete` and `declare-admissible` rely on the content)
   */
  async move<D extends Dossier>(tx: Tx, dossier: D, act: InstructionAct, patch: InstructionPatch, actor: Actor): Promise<D> {
    const decides = act === 'declare-admissible' || act === 'declare-inadmissible';
    const stamped = decides ? { admissibilityBy: actor.id, admissibilityAt: tx.at } : {};
    const after = { ...afterAct(dossier, act, tx.at), ...stamped, ...patch };
    await this.dossiers.save(tx.query, after);
    return after;
  }
}

/** Both are asked for at once. As long as it was never submitted, its organisation alone sees it. */
async function filed(asked: Promise<DossierWithTerms>, stored: Promise<Perimeter>): Promise<FiledDossier> {
  const [dossier, perimeter] = await Promise.all([asked, stored]);
  return { ...dossier, perimeter: isPrivate(dossier) ? [{ kind: 'organisation', code: dossier.organisationId }] : perimeter };
}
