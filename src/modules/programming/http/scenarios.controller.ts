import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List, Read, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { AdoptScenario } from '../use-cases/adopt-scenario.js';
import { ScenarioQueries } from '../use-cases/scenario.queries.js';
import { SetScenarioAmounts } from '../use-cases/set-scenario-amounts.js';
import { SpreadRemainder } from '../use-cases/spread-remainder.js';
import { ScenarioComparisonResponse, toComparisonResponse } from './scenario-comparison.response.js';
import { ScenarioAmountsRequest, SpreadRequest } from './scenarios.requests.js';
import {
  ScenarioAmountResponse,
  ScenarioResponse,
  ScenarioTotalsResponse,
  SpreadResponse,
  toScenarioAmountResponse,
  toScenarioResponse,
  toSpreadResponse,
  toTotalsResponse,
} from './scenarios.responses.js';

const READ = { permission: 'scenario.read' } as const;
const WRITTEN = ['ACT_NOT_ALLOWED', 'SCENARIO_ALREADY_ADOPTED'] as const;
const RECUSED = { 403: ['RECUSED'] } as const;

@ApiTags('Comité de programmation')
@Controller('v1/scenarios')
export class ScenariosController {
  constructor(
    private readonly queries: ScenarioQueries,
    private readonly setScenarioAmounts: SetScenarioAmounts,
    private readonly spreadRemainder: SpreadRemainder,
    private readonly adoptScenario: AdoptScenario,
  ) {}

  @Read(':id', { summary: 'Lire un scénario', answers: ScenarioResponse, ...READ })
  get(@Id() id: string, @Me() actor: Actor): Promise<ScenarioResponse> {
    return this.queries.scenario(id, actor).then(toScenarioResponse);
  }

  @List(':id/amounts', { summary: 'Lire les montants d’un scénario, ligne par ligne', answers: ScenarioAmountResponse, ...READ })
  amounts(@Id() id: string, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ScenarioAmountResponse>> {
    return this.queries.amounts(id, page, actor).then((found) => ({ ...found, rows: found.rows.map(toScenarioAmountResponse) }));
  }

  @Replace(':id/amounts', {
    summary: 'Écrire les montants de lignes d’un scénario',
    description: 'Les autres lignes gardent le leur. Un scénario peut demander trop : ses totaux disent ce qui serait refusé.',
    permission: 'scenario.write',
    answers: ScenarioResponse,
    refusals: { ...RECUSED, 409: WRITTEN, 422: ['LINE_NOT_ON_AGENDA', 'LINE_TWICE'] },
  })
  setAmounts(
    @Id() scenarioId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ScenarioAmountsRequest,
    @Me() actor: Actor,
  ): Promise<ScenarioResponse> {
    const amounts = body.amounts.map(({ amountCents, ...amount }) => ({ ...amount, amountCents: cents(amountCents) }));
    return this.setScenarioAmounts.execute({ scenarioId, version, amounts }, actor).then(toScenarioResponse);
  }

  @Read(':id/totals', {
    summary: 'Totaliser un scénario, et dire ce qui serait refusé',
    answers: ScenarioTotalsResponse,
    ...READ,
  })
  totals(@Id() id: string, @Me() actor: Actor): Promise<ScenarioTotalsResponse> {
    return this.queries.totals(id, actor).then(toTotalsResponse);
  }

  @Read(':id/compare/:otherId', {
    summary: 'Comparer deux scénarios d’une séance',
    answers: ScenarioComparisonResponse,
    refusals: { 422: ['SCENARIO_OF_ANOTHER_COMMITTEE'] },
    ...READ,
  })
  compare(@Id() id: string, @Id('otherId') otherId: string, @Me() actor: Actor): Promise<ScenarioComparisonResponse> {
    return this.queries.compare(id, otherId, actor).then(toComparisonResponse);
  }

  @Act(':id/spread', {
    summary: 'Répartir un reste entre les lignes, au centime',
    permission: 'scenario.write',
    answers: SpreadResponse,
    refusals: { ...RECUSED, 409: [...WRITTEN, 'NOTHING_TO_SPREAD'], 422: ['SPREAD_INCOMPLETE', 'LINE_NOT_ON_AGENDA'] },
  })
  spread(
    @Id() scenarioId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { amountCents, ...body }: SpreadRequest,
    @Me() actor: Actor,
  ): Promise<SpreadResponse> {
    const amount = amountCents === undefined ? {} : { amountCents: cents(amountCents) };
    return this.spreadRemainder.execute({ scenarioId, version, ...body, ...amount }, actor).then(toSpreadResponse);
  }

  @Act(':id/adopt', {
    summary: 'Adopter un scénario, un par séance',
    permission: 'scenario.write',
    answers: ScenarioResponse,
    refusals: { 409: WRITTEN },
  })
  adopt(@Id() scenarioId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<ScenarioResponse> {
    return this.adoptScenario.execute({ scenarioId, version }, actor).then(toScenarioResponse);
  }
}
