import type { Query } from '../database/query.js';
import {
  isClock,
  type BundleHandler,
  type ClockType,
  type EventType,
  type Failures,
  type Job,
  type JobHandler,
  type JobType,
  type QueueName,
  type RawJob,
} from './jobs.js';

export interface Route {
  readonly queue: QueueName;
  /** How many events of the type one job may carry. */
  readonly most: number;
  readonly handle: (jobs: readonly RawJob[]) => Promise<Failures>;
}

/** What an event that is put aside for good leaves to be said, in the transaction that puts it aside. */
export type Discarding<Type extends JobType> = (query: Query, payload: Job<Type>['payload'], at: Date) => Promise<void>;

const NONE: Failures = new Map();

/** The jobs of this build do not add up: a type without handler, with two, or a handler that nothing feeds. */
export class JobsMiswired extends Error {
  override readonly name = 'JobsMiswired';
}

/** Who handles which job. Filled while the modules start, checked once before anything runs. */
export class JobRegistry {
  private readonly declared = new Set<string>();
  private readonly ignored = new Set<string>();
  private readonly routes = new Map<string, Route>();
  private readonly discardings = new Map<string, Discarding<EventType>>();

  /** Says which event types this module's acts tell. */
  declare(...types: readonly EventType[]): void {
    for (const type of types) this.declared.add(type);
  }

  /** Says that nobody follows these events, on purpose. */
  ignore(...types: readonly EventType[]): void {
    for (const type of types) {
      if (this.routes.has(type)) throw new JobsMiswired(`${type} is ignored but has a handler.`);
      this.ignored.add(type);
    }
  }

  /** @throws JobsMiswired when the type already has a handler */
  register<Type extends JobType>(type: Type, handler: JobHandler<Type>, queue: QueueName = isClock(type) ? 'clocks' : 'events'): void {
    this.add(type, {
      queue,
      most: 1,
      handle: async ([job]) => {
        await handler(job as Job<Type>);
        return NONE;
      },
    });
  }

  /** For events that come by thousands and cost less together: up to `most` in one job. @throws JobsMiswired as above */
  registerBundles<Type extends EventType>(type: Type, most: number, handler: BundleHandler<Type>, queue: QueueName = 'events'): void {
    this.add(type, { queue, most, handle: (jobs) => handler(jobs as readonly Job<Type>[]) });
  }

  /** Of a type whose events somebody or something waits for: it is told that they will not come. */
  whenDiscarded<Type extends EventType>(type: Type, discarding: Discarding<Type>): void {
    this.discardings.set(type, discarding as Discarding<EventType>);
  }

  /** Nothing is left to say of most types. */
  discarding(type: string): Discarding<EventType> | undefined {
    return this.discardings.get(type);
  }

  private add(type: string, route: Route): void {
    if (this.routes.has(type)) throw new JobsMiswired(`${type} has two handlers.`);
    if (this.ignored.has(type)) throw new JobsMiswired(`${type} has a handler but is ignored.`);
    this.routes.set(type, route);
  }

  /** Where a type goes; `undefined` for a type this build does not know. */
  route(type: string): Route | 'ignored' | undefined {
    return this.ignored.has(type) ? 'ignored' : this.routes.get(type);
  }

  /** The queues that something goes to: the others need no worker. */
  queues(): QueueName[] {
    return [...new Set([...this.routes.values()].map(({ queue }) => queue))];
  }

  /** The types that go to a queue. */
  typesOf(queue: QueueName): string[] {
    return [...this.routes].filter(([, route]) => route.queue === queue).map(([type]) => type);
  }

  /** Run at boot, when every module has registered. @throws JobsMiswired naming every type at fault */
  check(clocks: readonly ClockType[] = []): void {
    const faults = [
      ...[...this.declared].filter((type) => this.route(type) === undefined).map((type) => `${type} has no handler and is not ignored.`),
      ...[...this.routes.keys(), ...this.ignored]
        .filter((type) => !isClock(type) && !this.declared.has(type))
        .map((type) => `${type} is handled or ignored but no module declares it.`),
      ...clocks.filter((type) => !this.routes.has(type)).map((type) => `${type} is scheduled but has no handler.`),
      ...[...this.routes.keys()].filter((type) => isClock(type) && !clocks.includes(type)).map((type) => `${type} is never scheduled.`),
    ];
    if (faults.length > 0) throw new JobsMiswired(faults.join(' '));
  }
}
