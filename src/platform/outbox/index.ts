export { DeadLetters } from './dead-letters.js';
export { DeliveryFailed, outboxDelivery, type DeliverySettings } from './outbox.delivery.js';
export { OutboxModule, type OutboxModuleSettings } from './outbox.module.js';
export { OutboxRelay, type OutboxDatabase, type RelaySettings } from './outbox.relay.js';
export {
  claim,
  claimAll,
  markAllHandled,
  markHandled,
  outboxHealth,
  pruneHandled,
  type OutboxHealth,
  type OutboxRow,
} from './outbox.store.js';
export { QueueRuntime, type RuntimeSettings } from './queue-runtime.js';
