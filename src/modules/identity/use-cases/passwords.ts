import { Injectable } from '@nestjs/common';
import { argon2id, hash, verify } from 'argon2';

/** OWASP's least for argon2id: 19 MiB of memory, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const base64 = (length: number) => Buffer.alloc(length).toString('base64').replaceAll('=', '');

/** A hash that no password has, at the cost of a real one. */
const NOBODYS = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${base64(16)}$${base64(32)}`;

@Injectable()
export class Passwords {
  hash(password: string): Promise<string> {
    return hash(password, { ...COST, type: argon2id });
  }

  /** Takes as long whether or not there is a hash to compare with: the time says nothing of which accounts exist. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const matches = await verify(stored ?? NOBODYS, password);
    return stored !== null && matches;
  }
}
