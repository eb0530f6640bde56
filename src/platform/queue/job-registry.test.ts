import { JobRegistry } from './job-registry.js';
import type { EventType } from './jobs.js';

const event = (name: string) => name as EventType;
const nothing = () => Promise.resolve();

test.each<[string, (registry: JobRegistry) => void, RegExp]>([
  ['a declared event without handler', (r) => r.declare(event('a.v1')), /a\.v1 has no handler and is not ignored/],
  ['a handler that nothing feeds', (r) => r.register(event('a.v1'), nothing), /a\.v1 is handled or ignored but no module declares it/],
  ['an ignored event that nobody declares', (r) => r.ignore(event('a.v1')), /a\.v1 is handled or ignored/],
  ['a clock handler that never ticks', (r) => r.register('clock.a', nothing), /clock\.a is never scheduled/],
])('refuses to boot on %s', (_name, wire, message) => {
  const registry = new JobRegistry();
  wire(registry);
  expect(() => registry.check()).toThrow(message);
});

test('names every fault at once', () => {
  const registry = new JobRegistry();
  registry.declare(event('a.v1'), event('b.v1'));
  expect(() => registry.check(['clock.c'])).toThrow(/a\.v1 .* b\.v1 .* clock\.c is scheduled but has no handler/);
});

test('refuses a second handler, and a handler for an ignored event, in either order', () => {
  const registry = new JobRegistry();
  registry.register(event('a.v1'), nothing);
  expect(() => registry.register(event('a.v1'), nothing)).toThrow('a.v1 has two handlers.');
  expect(() => registry.ignore(event('a.v1'))).toThrow('a.v1 is ignored but has a handler.');
  registry.ignore(event('b.v1'));
  expect(() => registry.register(event('b.v1'), nothing)).toThrow('b.v1 has a handler but is ignored.');
});

test('routes events and clocks to their queues', () => {
  const registry = new JobRegistry();
  registry.declare(event('a.v1'), event('b.v1'), event('c.v1'));
  registry.register(event('a.v1'), nothing);
  registry.register(event('b.v1'), nothing, 'mail');
  registry.ignore(event('c.v1'));
  registry.register('clock.d', nothing);
  registry.check(['clock.d']);
  expect(['a.v1', 'b.v1', 'clock.d'].map((type) => registry.route(type))).toMatchObject([
    { queue: 'events' },
    { queue: 'mail' },
    { queue: 'clocks' },
  ]);
  expect(registry.queues()).toEqual(['events', 'mail', 'clocks']);
  expect(registry.typesOf('mail')).toEqual(['b.v1']);
  expect(registry.typesOf('exports')).toEqual([]);
  expect(registry.route('c.v1')).toBe('ignored');
  expect(registry.route('z.v1')).toBeUndefined();
});
