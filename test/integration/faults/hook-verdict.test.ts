import { QUEUE_RULES } from '../../../src/platform/queue/index.js';
import { judgeHooks, type HookDeliveryFacts, type HookEvidence } from '../../faults/hook-verdict.js';
import type { Verdict } from '../../faults/verdict.js';

/** What a worker that is stopped may leave without an end. */
const AT_ONCE = QUEUE_RULES.webhooks.concurrency;
const endpoint = (id: string) => ({ id, version: 1 });
const endpoints = {
  honest: endpoint('honest'),
  hanging: endpoint('hanging'),
  redirecting: endpoint('redirecting'),
  loopback: endpoint('loopback'),
};
const told = { id: 'w', endpointId: 'honest', dossierId: 'd', state: 'delivered', attempts: 1, causes: [null] } as const;
const nasty = (endpointId: string, cause: string | null): HookDeliveryFacts => ({
  ...{ id: 'n', endpointId, dossierId: 'd', state: 'cancelled', attempts: 1, causes: [cause] },
});

interface Story {
  readonly deliveries?: readonly HookDeliveryFacts[];
  readonly received?: readonly string[];
  readonly trapped?: number;
  readonly stops?: number;
}

function faults({ deliveries = [told], received = ['w'], trapped = 0, stops = 1 }: Story): string[] {
  const verdict: Verdict = { lost: [], duplicated: [], halfDone: [] };
  const dossiers = [{ id: 'd', audits: ['dossier.submitted'] }];
  const evidence: HookEvidence = { deliveries, hooks: { endpoints, received, trapped }, dossiers, stops };
  judgeHooks(evidence, verdict);
  return Object.entries(verdict).flatMap(([kind, sentences]) => (sentences as string[]).map(() => kind));
}

test.each<[string, Story]>([
  ['once', {}],
  ['again after a worker that was stopped with it', { deliveries: [{ ...told, attempts: 2 }], received: ['w', 'w'] }],
  ['again because the answer came too late', { deliveries: [{ ...told, attempts: 2, causes: ['timeout', null] }], received: ['w', 'w'] }],
  [
    'beside targets that answer badly',
    { deliveries: [told, nasty('hanging', 'timeout'), nasty('redirecting', 'redirect'), nasty('loopback', 'address-refused')] },
  ],
])('a webhook that was received %s is nobody’s fault', (_how, story) => {
  expect(faults(story)).toEqual([]);
});

test.each<[string, string, Story]>([
  ['never received', 'lost', { received: [] }],
  ['still waiting', 'lost', { deliveries: [{ ...told, state: 'pending' }] }],
  ['never made', 'lost', { deliveries: [], received: [] }],
  ['received twice for one attempt', 'duplicated', { received: ['w', 'w'] }],
  ['begun more often than workers were stopped', 'duplicated', { deliveries: [{ ...told, attempts: 2 + AT_ONCE }], received: ['w'] }],
  ['of which nothing is known', 'halfDone', { received: ['w', 'x'] }],
  ['that followed a redirect', 'halfDone', { deliveries: [told, nasty('redirecting', null)] }],
  ['that was led inside', 'halfDone', { trapped: 1 }],
])('a webhook %s is %s', (_what, fault, story) => {
  expect(faults(story)).toEqual([fault]);
});
