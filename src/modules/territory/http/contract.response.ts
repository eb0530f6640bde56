import { ApiProperty } from '@nestjs/swagger';
import type { ContractRow } from '../domain/reference.contract.js';
import { NestedList, Text, TextList, WholeNumber } from '../../../platform/http/fields.js';

const TEXT = { max: 2000 } as const;

export class SignatoryResponse {
  @Text(TEXT) name!: string;
  @Text(TEXT) kind!: string;
}

export class EngagementResponse {
  @Text(TEXT) signatory!: string;
  @TextList({ max: 100, each: 2000 }) facts!: readonly string[];
}

export class PillarResponse {
  @Text(TEXT) theme!: string;
  @TextList({ max: 20, each: 10 }) orientationCodes!: readonly string[];
}

export class ContractRuleResponse {
  @Text(TEXT) topic!: string;
  @Text(TEXT) rule!: string;
}

export class ContractActorResponse {
  @Text(TEXT) role!: string;
  @Text(TEXT) who!: string;
  @Text(TEXT) does!: string;
}

export class ContractResponse {
  @Text({ max: 20, example: 'GOSB' }) code!: string;
  @Text(TEXT) name!: string;
  @Text(TEXT) territory!: string;
  @WholeNumber({ min: 2000, max: 2200 }) startYear!: number;
  @WholeNumber({ min: 2000, max: 2200 }) endYear!: number;
  @Text({ ...TEXT, description: 'Date du document d’où viennent ces données' }) documentDate!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'Chiffres du contrat' })
  facts!: Readonly<Record<string, number>>;
  @NestedList(() => SignatoryResponse, { max: 100 }) signatories!: readonly SignatoryResponse[];
  @Text({ ...TEXT, nullable: true }) signatoriesNote!: string | null;
  @NestedList(() => EngagementResponse, { max: 100 }) engagements!: readonly EngagementResponse[];
  @NestedList(() => PillarResponse, { max: 20 }) pillars!: readonly PillarResponse[];
  @NestedList(() => ContractRuleResponse, { max: 200 }) rules!: readonly ContractRuleResponse[];
  @NestedList(() => ContractActorResponse, { max: 100 }) actors!: readonly ContractActorResponse[];
}

export function toContractResponse({ content, ...contract }: ContractRow): ContractResponse {
  return { ...contract, ...content };
}
