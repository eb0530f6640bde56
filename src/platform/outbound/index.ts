export { reachOf, type Reach } from './address.js';
export { HostResolver, type HostAddress } from './host-resolver.js';
export { OutboundHttp, type NoAnswer, type OutboundAnswer, type OutboundPost, type OutboundSettings } from './outbound-http.js';
