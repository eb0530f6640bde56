import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { CloseEnvelope } from '../use-cases/close-envelope.js';
import { DelegateCredit } from '../use-cases/delegate-credit.js';
import { OpenSubEnvelope } from '../use-cases/open-sub-envelope.js';
import { TakeCreditBack } from '../use-cases/take-credit-back.js';
import { CloseEnvelopeRequest, DelegateCreditRequest, OpenSubEnvelopeRequest, TakeCreditBackRequest } from './envelope.requests.js';
import { EnvelopeResponse, toEnvelopeResponse } from './envelope.responses.js';

/** What an envelope gives to its parts and gets back, and its end. */
@ApiTags('Financement')
@Controller('v1/envelopes')
export class SubEnvelopesController {
  constructor(
    private readonly openSubEnvelope: OpenSubEnvelope,
    private readonly delegateCredit: DelegateCredit,
    private readonly takeCreditBack: TakeCreditBack,
    private readonly closeEnvelope: CloseEnvelope,
  ) {}

  @Act(':id/sub-envelopes', {
    summary: 'Déléguer une part d’une enveloppe à une sous-enveloppe, d’un secteur ou d’une commune',
    description: 'Répond la sous-enveloppe. La version attendue (If-Match) est celle de l’enveloppe mère.',
    permission: 'envelope.delegate',
    status: 201,
    answers: EnvelopeResponse,
    refusals: {
      409: ['ENVELOPE_ALREADY_OPEN', 'ENVELOPE_CLOSED', 'ENVELOPE_EXCEEDED', 'NO_FURTHER_DELEGATION'],
      422: ['MOVEMENT_NOT_POSITIVE', 'ONE_PLACE_REQUIRED', 'UNKNOWN_REFERENCE', 'WRONG_DEPARTMENT'],
    },
  })
  open(
    @Id() envelopeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: OpenSubEnvelopeRequest,
    @Me() actor: Actor,
  ): Promise<EnvelopeResponse> {
    return this.openSubEnvelope
      .execute({ ...body, envelopeId, version, amountCents: cents(body.amountCents) }, actor)
      .then(toEnvelopeResponse);
  }

  @Act(':id/delegate', {
    summary: 'Déléguer davantage à une sous-enveloppe, depuis son enveloppe mère',
    permission: 'envelope.delegate',
    answers: EnvelopeResponse,
    refusals: { 409: ['ENVELOPE_CLOSED', 'ENVELOPE_EXCEEDED', 'NOT_A_SUB_ENVELOPE'], 422: ['MOVEMENT_NOT_POSITIVE'] },
  })
  delegate(
    @Id() envelopeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: DelegateCreditRequest,
    @Me() actor: Actor,
  ): Promise<EnvelopeResponse> {
    return this.delegateCredit.execute({ envelopeId, version, amountCents: cents(body.amountCents) }, actor).then(toEnvelopeResponse);
  }

  @Act(':id/take-back', {
    summary: 'Rendre à l’enveloppe mère ce qu’une sous-enveloppe n’utilise pas',
    permission: 'envelope.delegate',
    answers: EnvelopeResponse,
    refusals: {
      409: ['ENVELOPE_BELOW_USE', 'ENVELOPE_CLOSED', 'NOT_A_SUB_ENVELOPE'],
      422: ['MOVEMENT_NOT_POSITIVE', 'REASON_REQUIRED'],
    },
  })
  takeBack(
    @Id() envelopeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: TakeCreditBackRequest,
    @Me() actor: Actor,
  ): Promise<EnvelopeResponse> {
    const { reason, amountCents } = body;
    return this.takeCreditBack.execute({ envelopeId, version, reason, amountCents: cents(amountCents) }, actor).then(toEnvelopeResponse);
  }

  @Act(':id/close', {
    summary: 'Clore l’exercice d’une enveloppe : ce qu’elle n’a pas utilisé tombe, ou est reporté sur l’année suivante',
    description:
      'Une sous-enveloppe rend à son enveloppe mère ce qu’elle n’a pas utilisé. Une enveloppe close ne fait plus que désengager, payer et recouvrer ; ce qui en est désengagé tombe aussi.',
    permission: 'envelope.close',
    answers: EnvelopeResponse,
    refusals: {
      409: [
        ...['ENVELOPE_CLOSED', 'ENVELOPE_STILL_RESERVED', 'SUB_ENVELOPES_STILL_OPEN'],
        ...['CARRY_OVER_ABOVE_LAPSED', 'CARRY_OVER_BY_PARENT', 'NOTHING_TO_CARRY_OVER_INTO'],
      ],
      422: ['CARRY_OVER_REFERENCE_REQUIRED', 'REASON_REQUIRED'],
    },
  })
  close(
    @Id() envelopeId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: CloseEnvelopeRequest,
    @Me() actor: Actor,
  ): Promise<EnvelopeResponse> {
    const { reason, carryOverCents = 0, carryOverReference } = body;
    const carryOver = { carryOverCents: cents(carryOverCents), ...(carryOverReference === undefined ? {} : { carryOverReference }) };
    return this.closeEnvelope.execute({ envelopeId, version, reason, ...carryOver }, actor).then(toEnvelopeResponse);
  }
}
