import { Controller, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { Cacheable } from '../../../platform/http/cacheable.js';
import { List, Read, type OperationOptions } from '../../../platform/http/operation.js';
import { Paging } from '../../../platform/http/params.js';
import { TerritoryQueries } from '../use-cases/territory.queries.js';
import { ContractResponse, toContractResponse } from './contract.response.js';
import { CommunesQuery, LocalPrioritiesQuery, PovertyPocketsQuery, QpvQuery } from './territory.requests.js';
import {
  CommuneResponse,
  DepartmentResponse,
  LocalPriorityResponse,
  OrientationResponse,
  PovertyPocketResponse,
  QpvResponse,
  SectorResponse,
} from './territory.responses.js';

const PUBLIC = { permission: 'public' } as const;
const FILTERED = { permission: 'public', refusals: { 400: ['VALIDATION_FAILED'] } } as const satisfies Omit<OperationOptions, 'summary'>;
const ONE = { permission: 'public', refusals: { 404: ['NOT_FOUND'] } } as const satisfies Omit<OperationOptions, 'summary'>;

@ApiTags('Territoire')
@UseInterceptors(Cacheable)
@Controller('v1')
export class TerritoryController {
  constructor(private readonly queries: TerritoryQueries) {}

  @Read('contract', { summary: 'Lire le contrat de ville', answers: ContractResponse, ...ONE })
  contract(): Promise<ContractResponse> {
    return this.queries.contract().then(toContractResponse);
  }

  @Read('orientations', { summary: 'Lire les orientations et leurs objectifs', answers: [OrientationResponse], ...PUBLIC })
  orientations(): Promise<OrientationResponse[]> {
    return this.queries.orientations();
  }

  @Read('departments', { summary: 'Lister les départements', answers: [DepartmentResponse], ...PUBLIC })
  departments(): Promise<DepartmentResponse[]> {
    return this.queries.departments();
  }

  @Read('sectors', { summary: 'Lister les secteurs des délégués', answers: [SectorResponse], ...PUBLIC })
  sectors(): Promise<SectorResponse[]> {
    return this.queries.sectors();
  }

  @Read('communes', { summary: 'Lister les communes', answers: [CommuneResponse], ...FILTERED })
  communes(@Query() filter: CommunesQuery): Promise<CommuneResponse[]> {
    return this.queries.communes(filter);
  }

  @Read('qpv', { summary: 'Lister les quartiers prioritaires', answers: [QpvResponse], ...FILTERED })
  qpv(@Query() filter: QpvQuery): Promise<QpvResponse[]> {
    return this.queries.qpv(filter);
  }

  @Read('qpv/:slug', { summary: 'Lire un quartier prioritaire', answers: QpvResponse, ...ONE })
  oneQpv(@Param('slug') slug: string): Promise<QpvResponse> {
    return this.queries.oneQpv(slug);
  }

  @Read('poverty-pockets', { summary: 'Lister les poches de pauvreté nommées', answers: [PovertyPocketResponse], ...FILTERED })
  povertyPockets(@Query() filter: PovertyPocketsQuery): Promise<PovertyPocketResponse[]> {
    return this.queries.povertyPockets(filter.commune);
  }

  @List('local-priorities', { summary: 'Lister les priorités locales', answers: LocalPriorityResponse, ...PUBLIC })
  localPriorities(@Query() filter: LocalPrioritiesQuery, @Paging() page: PageRequest): Promise<Page<LocalPriorityResponse>> {
    return this.queries.priorities(filter, page);
  }
}
