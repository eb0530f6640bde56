import { Body, Controller, Headers, Ip } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/http/operation.js';
import { LogOut } from '../use-cases/log-out.js';
import { OpenSession } from '../use-cases/open-session.js';
import { RefreshSession } from '../use-cases/refresh-session.js';
import { LoginRequest, LogoutRequest, RefreshRequest } from './auth.requests.js';
import { SessionResponse } from './auth.responses.js';
import { PasswordSignIn } from './password-sign-in.js';

const OPEN = { permission: 'public', ifMatch: false, idempotent: false } as const;

@ApiTags('Connexion')
@Controller('v1/auth')
export class SessionsController {
  constructor(
    private readonly signIn: PasswordSignIn,
    private readonly openSession: OpenSession,
    private readonly refreshSession: RefreshSession,
    private readonly logOut: LogOut,
  ) {}

  @Act('login', {
    ...OPEN,
    summary: 'Se connecter',
    description: 'Après 10 échecs en 15 minutes pour un compte, ou 50 pour une adresse réseau, il faut attendre (429, Retry-After).',
    answers: SessionResponse,
    refusals: { 401: ['BAD_CREDENTIALS'], 403: ['EMAIL_NOT_CONFIRMED', 'ACCOUNT_DISABLED'], 422: ['OTP_NOT_ENABLED'] },
  })
  login(@Body() body: LoginRequest, @Ip() address: string): Promise<SessionResponse> {
    return this.signIn.verified(body, address).then((account) => this.openSession.execute(account));
  }

  @Act('refresh', {
    ...OPEN,
    summary: 'Échanger un jeton de rafraîchissement contre de nouveaux jetons',
    description: 'Chaque jeton ne sert qu’une fois. En montrer un qui a déjà servi, même par double clic, termine la session.',
    answers: SessionResponse,
    refusals: { 401: ['REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_REUSED'] },
  })
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<SessionResponse> {
    return this.refreshSession.execute(refreshToken);
  }

  @Act('logout', { ...OPEN, status: 204, summary: 'Terminer la session', refusals: { 401: ['UNAUTHENTICATED'] } })
  logout(@Body() { refreshToken }: LogoutRequest, @Headers('authorization') authorization?: string): Promise<void> {
    return this.logOut.execute({ refreshToken, accessToken: /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] });
  }
}
