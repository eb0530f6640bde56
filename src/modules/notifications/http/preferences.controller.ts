import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Read, Replace } from '../../../platform/http/operation.js';
import { IfMatch, Me } from '../../../platform/http/params.js';
import { DEFAULT_HABITS } from '../domain/preferences.js';
import { ChooseNotifications } from '../use-cases/choose-notifications.js';
import { PreferencesRequest } from './preferences.requests.js';
import { PreferencesResponse, toPreferencesResponse } from './preferences.responses.js';

const REFUSALS = ['LEGAL_MESSAGE', 'TOO_LATE_IN_DIGEST', 'NOT_IN_INBOX', 'KIND_GIVEN_TWICE', 'UNKNOWN_TIME_ZONE', 'EMPTY_QUIET_HOURS'];

@ApiTags('Mes messages')
@Controller('v1/me/notification-preferences')
export class PreferencesController {
  constructor(private readonly preferences: ChooseNotifications) {}

  @Read('', { summary: 'Comment je veux être prévenu·e', permission: 'signed-in', answers: PreferencesResponse })
  read(@Me() actor: Actor): Promise<PreferencesResponse> {
    return this.preferences.read(actor).then(toPreferencesResponse);
  }

  @Replace('', {
    summary: 'Choisir comment je veux être prévenu·e',
    description:
      'Remplace tous mes choix. Les courriels qui attendent les suivent aussitôt : ils partent, attendent ou sont annulés, sauf ceux de droit. If-Match n’est pas dû la première fois.',
    permission: 'signed-in',
    answers: PreferencesResponse,
    refusals: { 422: REFUSALS },
  })
  replace(@Body() body: PreferencesRequest, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<PreferencesResponse> {
    const { timeZone = DEFAULT_HABITS.timeZone, quietHours = null, kinds } = body;
    return this.preferences.replace({ version, timeZone, quietHours, kinds }, actor).then(toPreferencesResponse);
  }
}
