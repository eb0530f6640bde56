import { createHash } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What failed sign-ins are counted on: the account named, known or not, and the address they come from. */
export function accountSubject(email: string): Buffer {
  return digest(`account ${email.toLowerCase()}`);
}

export function addressSubject(address: string): Buffer {
  return digest(`address ${address}`);
}
