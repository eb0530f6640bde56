import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { ContractRow } from '../domain/reference.contract.js';
import type { DepartmentRow } from '../domain/reference.places.js';
import type {
  Commune,
  CommuneFilter,
  LocalPriority,
  LocalPriorityFilter,
  Orientation,
  PovertyPocket,
  Qpv,
  QpvFilter,
  Sector,
} from '../domain/territory.js';
import { LocalPriorityRepository } from '../persistence/local-priority.repository.js';
import { NomenclatureRepository } from '../persistence/nomenclature.repository.js';
import { QpvRepository } from '../persistence/qpv.repository.js';

/** The readings of the reference data: public, nobody signs in for them. */
@Injectable()
export class TerritoryQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly nomenclatures: NomenclatureRepository,
    private readonly qpvs: QpvRepository,
    private readonly localPriorities: LocalPriorityRepository,
  ) {}

  /** @throws NotFound before the reference data is loaded */
  async contract(): Promise<ContractRow> {
    const contract = await this.nomenclatures.contract(this.work.read);
    if (!contract) throw new NotFound();
    return contract;
  }

  departments(): Promise<DepartmentRow[]> {
    return this.nomenclatures.departments(this.work.read);
  }

  sectors(): Promise<Sector[]> {
    return this.nomenclatures.sectors(this.work.read);
  }

  communes(filter: CommuneFilter): Promise<Commune[]> {
    return this.nomenclatures.communes(this.work.read, filter);
  }

  orientations(): Promise<Orientation[]> {
    return this.nomenclatures.orientations(this.work.read);
  }

  povertyPockets(commune?: string): Promise<PovertyPocket[]> {
    return this.nomenclatures.povertyPockets(this.work.read, commune);
  }

  qpv(filter: QpvFilter): Promise<Qpv[]> {
    return this.qpvs.find(this.work.read, filter);
  }

  /** @throws NotFound */
  async oneQpv(slug: string): Promise<Qpv> {
    const qpv = await this.qpvs.bySlug(this.work.read, slug);
    if (!qpv) throw new NotFound();
    return qpv;
  }

  priorities(filter: LocalPriorityFilter, page: PageRequest): Promise<Page<LocalPriority>> {
    return this.localPriorities.page(this.work.read, filter, page);
  }
}
