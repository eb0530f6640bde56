import { EVERYONE, type Case } from '../case.js';
import type { World } from '../world.js';

const user = ({ user: { id } }: World) => [id];
const ADMINISTRATOR = ['administrator'] as const;
const aRole = { role: 'instructor', scope: { kind: 'commune', code: '94054' } };

/** Accounts and roles are the administrator's; what is one's own is one's own only. */
export const ACCOUNTS: readonly Case[] = [
  { operation: 'GET /v1/users', row: (w) => w.user.id, allow: ADMINISTRATOR, others: 'forbid' },
  {
    operation: 'POST /v1/users',
    body: () => ({ email: 'invitee@exemple.test', name: 'Une invitée', grants: [aRole] }),
    allow: ADMINISTRATOR,
    others: 'forbid',
  },
  { operation: 'GET /v1/users/{id}', at: user, allow: ADMINISTRATOR },
  { operation: 'POST /v1/users/{id}/grants', at: user, body: () => aRole, allow: ADMINISTRATOR },
  { operation: 'DELETE /v1/users/{id}/grants/{grantId}', at: (w) => [w.user.id, w.user.grantId], allow: ADMINISTRATOR },
  { operation: 'POST /v1/users/{id}/disable', at: user, allow: ADMINISTRATOR },
  { operation: 'POST /v1/users/{id}/enable', at: user, allow: ADMINISTRATOR },

  { operation: 'GET /v1/admin/dead-letters', row: (w) => w.deadLetter, allow: ADMINISTRATOR, others: 'forbid' },
  // One letter an act: the act leaves no dead letter behind.
  { operation: 'POST /v1/admin/dead-letters/{id}/replay', at: (w) => [w.replayable], allow: ADMINISTRATOR },
  {
    operation: 'POST /v1/admin/dead-letters/{id}/discard',
    at: (w) => [w.discardable],
    body: () => ({ reason: 'Inutile' }),
    allow: ADMINISTRATOR,
  },

  { operation: 'GET /v1/admin/retention-rules', allow: ADMINISTRATOR, others: 'forbid' },
  {
    operation: 'PATCH /v1/admin/retention-rules/{object}',
    at: () => ['session'],
    body: () => ({ archivedDays: 60 }),
    allow: ADMINISTRATOR,
    others: 'forbid',
  },

  { operation: 'POST /v1/admin/queues-board/session', allow: ADMINISTRATOR, others: 'forbid' },
  { operation: 'GET /v1/admin/mail-previews/{kind}', at: () => ['receipt'], allow: ADMINISTRATOR, others: 'forbid' },

  { operation: 'GET /v1/me', allow: EVERYONE },
  { operation: 'PATCH /v1/me', body: () => ({ name: 'Moi' }), allow: EVERYONE },
  { operation: 'GET /v1/me/recusals', row: (w) => w.recusal, allow: ['stranger'], others: 'blind' },
  { operation: 'POST /v1/me/recusals', body: (w) => ({ organisationId: w.open.id, reason: 'Un ami' }), allow: EVERYONE },
  { operation: 'DELETE /v1/me/recusals/{id}', at: (w) => [w.recusal], allow: ['stranger'] },
  { operation: 'POST /v1/me/memberships/{id}/leave', at: (w) => [w.strangersMembership], allow: ['stranger'] },
  { operation: 'GET /v1/me/notifications', row: (w) => w.delivery, allow: ['editorA'], others: 'blind' },
  { operation: 'GET /v1/me/notifications/unread-count', allow: EVERYONE },
  { operation: 'GET /v1/me/notifications/stream', endless: true, allow: EVERYONE },
  { operation: 'POST /v1/me/notifications/read-all', allow: EVERYONE },
  { operation: 'POST /v1/me/notifications/{id}/read', at: (w) => [w.delivery], allow: ['editorA'] },
  { operation: 'GET /v1/me/notification-preferences', allow: EVERYONE },
  { operation: 'PUT /v1/me/notification-preferences', body: () => ({ kinds: [] }), allow: EVERYONE },
  { operation: 'GET /v1/mail-bounces', allow: ADMINISTRATOR, others: 'forbid' },
  { operation: 'POST /v1/mail-bounces', body: () => 'Subject: x', type: 'message/rfc822', allow: ADMINISTRATOR, others: 'forbid' },
  { operation: 'GET /v1/operations/{id}', at: (w) => [w.operation], allow: ['coordinator'] },
  { operation: 'POST /v1/operations/{id}/cancel', at: (w) => [w.operation], allow: ['coordinator'] },
];
