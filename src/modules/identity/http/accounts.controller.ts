import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/http/operation.js';
import { AcceptInvitation } from '../use-cases/accept-invitation.js';
import { ConfirmEmail } from '../use-cases/confirm-email.js';
import { ForgotPassword } from '../use-cases/forgot-password.js';
import { Register } from '../use-cases/register.js';
import { ResetPassword } from '../use-cases/reset-password.js';
import {
  AcceptInvitationRequest,
  ConfirmEmailRequest,
  ForgotPasswordRequest,
  RegisterRequest,
  ResetPasswordRequest,
} from './auth.requests.js';
import { MAIL_SENT, MailSentResponse } from './auth.responses.js';

const OPEN = { permission: 'public', ifMatch: false, idempotent: false } as const;
const BY_TOKEN = { ...OPEN, status: 204, refusals: { 409: ['TOKEN_NO_LONGER_VALID'], 422: ['TOKEN_INVALID'] } };

@ApiTags('Connexion')
@Controller('v1/auth')
export class AccountsController {
  constructor(
    private readonly registration: Register,
    private readonly confirmation: ConfirmEmail,
    private readonly forgotten: ForgotPassword,
    private readonly reset: ResetPassword,
    private readonly invitation: AcceptInvitation,
  ) {}

  @Act('register', {
    ...OPEN,
    status: 202,
    summary: 'Ouvrir un compte',
    description:
      'Le compte ne donne aucun droit, et n’est utilisable qu’une fois l’adresse confirmée. La réponse est la même si l’adresse est connue.',
    answers: MailSentResponse,
  })
  register(@Body() body: RegisterRequest): Promise<MailSentResponse> {
    return this.registration.execute(body).then(() => MAIL_SENT);
  }

  @Act('confirm-email', { ...BY_TOKEN, summary: 'Confirmer son adresse électronique' })
  confirmEmail(@Body() { token }: ConfirmEmailRequest): Promise<void> {
    return this.confirmation.execute(token);
  }

  @Act('forgot-password', { ...OPEN, status: 202, summary: 'Demander un nouveau mot de passe', answers: MailSentResponse })
  forgotPassword(@Body() { email }: ForgotPasswordRequest): Promise<MailSentResponse> {
    return this.forgotten.execute(email).then(() => MAIL_SENT);
  }

  @Act('reset-password', { ...BY_TOKEN, summary: 'Choisir un nouveau mot de passe', description: 'Termine toutes les sessions du compte.' })
  resetPassword(@Body() body: ResetPasswordRequest): Promise<void> {
    return this.reset.execute(body);
  }

  @Act('accept-invitation', { ...BY_TOKEN, summary: 'Accepter une invitation' })
  acceptInvitation(@Body() body: AcceptInvitationRequest): Promise<void> {
    return this.invitation.execute(body);
  }
}
