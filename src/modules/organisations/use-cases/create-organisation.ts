import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { MembershipView } from '../domain/membership.view.js';
import type { LegalForm, Organisation } from '../domain/organisation.js';
import { parseRna } from '../domain/rna.js';
import { parseSiret } from '../domain/siret.js';
import { OrganisationRepository } from '../persistence/organisation.repository.js';
import { AskToJoin } from './ask-to-join.js';
import { Seat } from './seat.js';

export interface CreateOrganisationCommand {
  readonly siret: string;
  readonly rna?: string | null | undefined;
  readonly name: string;
  readonly legalForm: LegalForm;
  readonly address: string;
  readonly email: string;
  readonly phone?: string | null | undefined;
  readonly inseeCode?: string | null | undefined;
}

export interface OrganisationCreated {
  readonly organisation: Organisation;
  readonly membership: MembershipView;
}

/** Enters an organisation. Whoever does asks to be its editor and administrator, and has no right on it until someone entitled says yes. */
@Injectable()
export class CreateOrganisation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organisations: OrganisationRepository,
    private readonly askToJoin: AskToJoin,
    private readonly seat: Seat,
  ) {}

  /** @throws InvalidSiret, InvalidRna, UnknownCommune, SiretAlreadyKnown */
  execute(command: CreateOrganisationCommand, actor: Actor): Promise<OrganisationCreated> {
    const siret = parseSiret(command.siret);
    const rna = command.rna === undefined || command.rna === null ? null : parseRna(command.rna);
    return this.work.run(actor, async (tx) => {
      const { name, legalForm, address, email, phone = null } = command;
      const inseeCode = await this.seat.of(tx.query, address, command.inseeCode);
      const organisation: Organisation = { id: newId(), siret, rna, name, legalForm, address, inseeCode, email, phone, version: 1 };
      await this.organisations.add(tx.query, organisation, actor.id, tx.at);
      tx.audit('organisation.created', { type: 'organisation', id: organisation.id }, null, { siret, rna, name, legalForm, inseeCode });
      const membership = await this.askToJoin.within(tx, actor, { organisationId: organisation.id, roles: ['editor', 'administrator'] });
      return { organisation, membership };
    });
  }
}
