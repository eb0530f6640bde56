import { lookup } from 'node:dns/promises';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Names into addresses, as the machine is set up to (its hosts file included). Apart, so that a test can be a name server. */
export class HostResolver {
  /** Every address of the name. @throws Error with code ENOTFOUND or EAI_AGAIN */
  resolve(hostname: string): Promise<readonly HostAddress[]> {
    return lookup(hostname, { all: true, verbatim: true });
  }
}
