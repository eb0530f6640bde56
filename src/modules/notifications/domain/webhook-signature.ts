import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** Of 24 to 64 (Standard Webhooks). */
const SECRET_BYTES = 32;

export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** As its owner is shown it, once. */
export function writtenSecret(secret: Buffer): string {
  return `${PREFIX}${secret.toString('base64')}`;
}

export interface SignedMessage {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/** The headers of Standard Webhooks 1.0: one signature a secret in force, so that a rotation is no break. */
export function signedHeaders({ id, at, body }: SignedMessage, secrets: readonly Buffer[]): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
