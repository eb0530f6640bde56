import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Change, Create, Read, Remove, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { showingCurrent } from '../../../platform/http/showing-current.js';
import { AddAction } from '../use-cases/add-action.js';
import { DossierQueries } from '../use-cases/dossier.queries.js';
import { EditAction } from '../use-cases/edit-action.js';
import { RemoveAction } from '../use-cases/remove-action.js';
import { RemoveBudget } from '../use-cases/remove-budget.js';
import { WriteBudget } from '../use-cases/write-budget.js';
import { ChangeActionRequest, CreateActionRequest, toActionChange, toActionContent } from './action.requests.js';
import { ActionResponse, BudgetResponse, toActionResponse, toBudgetResponse } from './action.responses.js';
import { BudgetRequest, toBudget, Year } from './budget.requests.js';

const NOT_EDITABLE = ['ACT_NOT_ALLOWED', 'CALL_NOT_OPEN', 'CALL_CLOSED'] as const;

@ApiTags('Actions et budgets')
@Controller('v1')
export class ActionsController {
  constructor(
    private readonly queries: DossierQueries,
    private readonly addAction: AddAction,
    private readonly editAction: EditAction,
    private readonly removeAction: RemoveAction,
    private readonly writeBudget: WriteBudget,
    private readonly removeBudget: RemoveBudget,
  ) {}

  @Create('dossiers/:id/actions', {
    summary: 'Ajouter une action à un dossier',
    permission: 'dossier.edit',
    answers: ActionResponse,
    refusals: { 409: [...NOT_EDITABLE, 'TOO_MANY_ACTIONS'], 422: ['ACTION_INVALID'] },
  })
  add(@Id() dossierId: string, @Body() body: CreateActionRequest, @Me() actor: Actor): Promise<ActionResponse> {
    return this.addAction.execute({ dossierId, action: toActionContent(body) }, actor).then(toActionResponse);
  }

  @Read('actions/:id', { summary: 'Lire une action et ses budgets', permission: 'dossier.read', answers: ActionResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<ActionResponse> {
    return this.queries.action(id, actor).then(toActionResponse);
  }

  @Change('actions/:id', {
    summary: 'Modifier une action',
    description: 'Toute modification annule l’attestation du dossier ; redire ce qui est déjà dit ne change rien.',
    permission: 'dossier.edit',
    answers: ActionResponse,
    refusals: { 409: [...NOT_EDITABLE, 'BUDGET_OUTSIDE_DATES'], 422: ['ACTION_INVALID'] },
  })
  change(
    @Id() actionId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ChangeActionRequest,
    @Me() actor: Actor,
  ): Promise<ActionResponse> {
    const edit = this.editAction.execute({ actionId, version, change: toActionChange(body) }, actor).then(toActionResponse);
    return showingCurrent(edit, () => this.get(actionId, actor));
  }

  @Remove('actions/:id', {
    summary: 'Supprimer une action d’un brouillon',
    permission: 'dossier.edit',
    refusals: { 409: [...NOT_EDITABLE, 'ACTION_NOT_REMOVABLE'] },
  })
  remove(@Id() actionId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<void> {
    return this.removeAction.execute({ actionId, version }, actor);
  }

  @Read('actions/:id/budgets/:year', {
    summary: 'Lire le budget d’une action pour une année',
    permission: 'dossier.read',
    answers: BudgetResponse,
  })
  budget(@Id() actionId: string, @Year() year: number, @Me() actor: Actor): Promise<BudgetResponse> {
    return this.queries.budget(actionId, year, actor).then(toBudgetResponse);
  }

  @Replace('actions/:id/budgets/:year', {
    summary: 'Écrire le budget d’une action pour une année',
    description:
      'If-Match porte la version du budget ; la première fois, il n’en faut pas. Les lignes de financement qui restent gardent leur identifiant.',
    permission: 'dossier.edit',
    answers: BudgetResponse,
    refusals: { 409: [...NOT_EDITABLE, 'LINE_IN_PROGRESS'], 422: ['BUDGET_ROWS_INVALID', 'BUDGET_YEAR_OUTSIDE_ACTION', 'UNKNOWN_FUNDER'] },
  })
  write(
    @Id() actionId: string,
    @Year() year: number,
    @IfMatch() version: ExpectedVersion,
    @Body() body: BudgetRequest,
    @Me() actor: Actor,
  ): Promise<BudgetResponse> {
    const edit = this.writeBudget.execute({ actionId, year, version, budget: toBudget(body) }, actor).then(toBudgetResponse);
    return showingCurrent(edit, () => this.budget(actionId, year, actor));
  }

  @Remove('actions/:id/budgets/:year', {
    summary: 'Supprimer le budget d’une année',
    permission: 'dossier.edit',
    refusals: { 409: [...NOT_EDITABLE, 'LINE_IN_PROGRESS'] },
  })
  drop(@Id() actionId: string, @Year() year: number, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<void> {
    return this.removeBudget.execute({ actionId, year, version }, actor);
  }
}
