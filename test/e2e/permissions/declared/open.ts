import { EVERYONE, type Case } from '../case.js';

/** Sent with words that open nothing: what answers is the operation itself, not its door. */
const open = (operation: string, given: Pick<Case, 'at' | 'body'> = {}): Case => ({ operation, open: true, allow: EVERYONE, ...given });
const PASSWORD = 'une phrase de passe';

/** The contract is public, and so is the way in. */
export const OPEN: readonly Case[] = [
  open('GET /health/live'),
  open('GET /health/ready'),
  open('GET /metrics'),
  open('GET /v1/contract'),
  open('GET /v1/orientations'),
  open('GET /v1/departments'),
  open('GET /v1/sectors'),
  open('GET /v1/communes'),
  open('GET /v1/qpv'),
  open('GET /v1/qpv/{slug}', { at: () => ['gagarine'] }),
  open('GET /v1/poverty-pockets'),
  open('GET /v1/local-priorities'),
  open('GET /v1/funders'),
  open('POST /v1/auth/login', { body: () => ({ email: 'a@exemple.test', password: PASSWORD, otp: '000000' }) }),
  open('POST /v1/auth/refresh', { body: () => ({ refreshToken: 'aucun' }) }),
  open('POST /v1/auth/logout', { body: () => ({ refreshToken: 'aucun' }) }),
  open('POST /v1/auth/register', { body: () => ({ email: 'a@exemple.test', password: PASSWORD, name: 'Une inconnue' }) }),
  open('POST /v1/auth/confirm-email', { body: () => ({ token: 'aucun' }) }),
  open('POST /v1/auth/forgot-password', { body: () => ({ email: 'personne@exemple.test' }) }),
  open('POST /v1/auth/reset-password', { body: () => ({ token: 'aucun', password: PASSWORD }) }),
  open('POST /v1/auth/accept-invitation', { body: () => ({ token: 'aucun', password: PASSWORD }) }),
];
