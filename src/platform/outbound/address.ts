import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses outside link-local from which a cloud answers its own machines, with what they should not tell. */
const METADATA = new Set(['168.63.129.16', 'fd00:ec2::254']);
/** What IANA has given out for the whole Internet; the rest of IPv6 is local, a relay into IPv4, or nothing yet. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Never let in, even from a host that the configuration lists: they lead to the machine's own metadata, or to many machines at once. */
const NEVER = new Set(['linkLocal', 'multicast', 'broadcast', 'unspecified']);

/** `public`: anybody's on the Internet. `private`: this machine or its network. `never`: metadata, multicast, no address at all. */
export type Reach = 'public' | 'private' | 'never';

/** Whether an address may be called by somebody else's wish. An IPv4 address written inside an IPv6 one is judged as what it is. */
export function reachOf(address: string): Reach {
  // A zone (fe80::1%eth0) is only of link-local addresses; ipaddr.js takes old forms (127.1) that isIP refuses.
  if (isIP(address) === 0 || address.includes('%')) return 'never';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (NEVER.has(range) || METADATA.has(parsed.toString())) return 'never';
  if (range !== 'unicast') return 'private';
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6) ? 'public' : 'private';
}
