import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/auth/actor.js';
import { Create, Read } from '../../../platform/http/operation.js';
import { Id, Me } from '../../../platform/http/params.js';
import { CreateScenario } from '../use-cases/create-scenario.js';
import { ScenarioQueries } from '../use-cases/scenario.queries.js';
import { CreateScenarioRequest } from './scenarios.requests.js';
import { ScenarioResponse, toScenarioResponse } from './scenarios.responses.js';

@ApiTags('Comité de programmation')
@Controller('v1/committees')
export class CommitteeScenariosController {
  constructor(
    private readonly createScenario: CreateScenario,
    private readonly queries: ScenarioQueries,
  ) {}

  @Create(':id/scenarios', {
    summary: 'Commencer un scénario, vide ou repris d’un autre',
    permission: 'scenario.write',
    answers: ScenarioResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'SCENARIO_NAME_TAKEN'], 422: ['SCENARIO_OF_ANOTHER_COMMITTEE'] },
  })
  create(@Id() committeeId: string, @Body() body: CreateScenarioRequest, @Me() actor: Actor): Promise<ScenarioResponse> {
    return this.createScenario.execute({ committeeId, ...body }, actor).then(toScenarioResponse);
  }

  @Read(':id/scenarios', { summary: 'Lister les scénarios d’une séance', permission: 'scenario.read', answers: [ScenarioResponse] })
  list(@Id() committeeId: string, @Me() actor: Actor): Promise<ScenarioResponse[]> {
    return this.queries.ofCommittee(committeeId, actor).then((rows) => rows.map(toScenarioResponse));
  }
}
