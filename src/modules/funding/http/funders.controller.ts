import { Controller, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Cacheable } from '../../../platform/http/cacheable.js';
import { OneOf, Text, TextList, Uuid } from '../../../platform/http/fields.js';
import { Read } from '../../../platform/http/operation.js';
import { FUNDER_KINDS, type Funder, type FunderKind } from '../domain/funder.js';
import { FunderQueries } from '../use-cases/funder.queries.js';

export class FundersQuery {
  @OneOf(FUNDER_KINDS, { optional: true }) kind?: FunderKind;
  @Text({ max: 3, optional: true, description: 'Ceux qui ne financent que ce département', example: '94' }) department?: string;
}

export class FunderResponse {
  @Uuid() id!: string;
  @Text({ max: 100, example: 'P147-94' }) code!: string;
  @Text({ max: 300 }) name!: string;
  @OneOf(FUNDER_KINDS) kind!: FunderKind;
  @Text({ max: 3, nullable: true, description: 'Absent : finance dans les deux départements' }) department!: string | null;
  @Text({ max: 5, nullable: true, description: 'Code INSEE, quand c’est une commune' }) inseeCode!: string | null;
  @TextList({ max: 100, each: 300, description: 'Ses dispositifs' }) schemes!: readonly string[];
}

const toFunderResponse = ({ id, code, name, kind, departmentCode, inseeCode, schemes }: Funder): FunderResponse => ({
  id,
  code,
  name,
  kind,
  department: departmentCode,
  inseeCode,
  schemes,
});

@ApiTags('Financement')
@Controller('v1/funders')
export class FundersController {
  constructor(private readonly queries: FunderQueries) {}

  @Read('', {
    summary: 'Lister les financeurs et leurs dispositifs',
    permission: 'public',
    answers: [FunderResponse],
    refusals: { 400: ['VALIDATION_FAILED'] },
  })
  @UseInterceptors(Cacheable)
  list(@Query() filter: FundersQuery): Promise<FunderResponse[]> {
    return this.queries.list(filter).then((funders) => funders.map(toFunderResponse));
  }
}
