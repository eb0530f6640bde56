import { createServer, type AddressInfo } from 'node:net';
import { openHookTarget, status, type HookTarget } from '../builders/hook-target.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../builders/people.js';
import type { TestApp } from '../setup/app.js';

/** Workers may call this machine by its address, as one's own network that is allowed, and by no name. */
export const HOOK_SETTINGS = { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_PRIVATE_HOSTS: '127.0.0.1' } as const;
const EVENT = 'dossier.submitted.v1';

export const NASTY = ['hanging', 'redirecting', 'loopback'] as const;
type EndpointName = 'honest' | (typeof NASTY)[number];

interface Endpoint {
  readonly id: string;
  readonly version: number;
}

/** Systems that are told of each submission: one that is honest, one that hangs, one that redirects, and one whose name leads inside. */
export class Hooks {
  private constructor(
    private readonly app: TestApp,
    private readonly owner: Person,
    private readonly targets: readonly HookTarget[],
    private readonly trap: Trap,
    readonly endpoints: Readonly<Record<EndpointName, Endpoint>>,
  ) {}

  static async open(app: TestApp): Promise<Hooks> {
    const owner = await aPerson(app, { name: 'Coordinatrice', grants: [GRANTS.coordinator()] });
    const trap = await Trap.open();
    const [honest, hanging, redirecting] = [await openHookTarget(), await openHookTarget(), await openHookTarget()];
    hanging.answer = () => undefined;
    redirecting.answer = status(307, { location: `http://127.0.0.1:${trap.port}/` });
    const add = async (host: string, port: number): Promise<Endpoint> => {
      const asked = { url: `http://${host}:${port}/in`, eventTypes: [EVENT] };
      const { body } = await app.http.post('/v1/webhook-endpoints').set(owner.auth).send(asked).expect(201);
      return body as Endpoint;
    };
    // Refused as soon as it is written, localhost stands for any name that leads inside once it is looked up.
    const loopback = await add('nom.exemple.test', trap.port);
    await app.query('UPDATE webhook_endpoints SET url = $2 WHERE id = $1', [loopback.id, `http://localhost:${trap.port}/in`]);
    return new Hooks(app, owner, [honest, hanging, redirecting], trap, {
      honest: await add('127.0.0.1', honest.port),
      hanging: await add('127.0.0.1', hanging.port),
      redirecting: await add('127.0.0.1', redirecting.port),
      loopback,
    });
  }

  /** `webhook-id` of what the honest system received, one a reception. */
  get received(): readonly string[] {
    return (this.targets[0]?.received ?? []).map(({ headers }) => headers['webhook-id'] ?? '');
  }

  /** Connections to where nobody should have been led. */
  get trapped(): number {
    return this.trap.connections;
  }

  /** As their owner does in the end: what waits for them would be tried for three days. */
  async disableNasty(): Promise<void> {
    for (const name of NASTY) {
      const { id, version } = this.endpoints[name];
      const disabling = this.app.http.post(`/v1/webhook-endpoints/${id}/disable`).set(await signedInNow(this.app, this.owner));
      await disabling.set('If-Match', `"${version}"`).send({}).expect(200);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.targets.map((target) => target.close()), this.trap.close()]);
  }
}

/** A service of this machine that outsiders must not reach: it counts who comes. */
class Trap {
  connections = 0;
  private readonly server = createServer((socket) => {
    this.connections++;
    socket.destroy();
  });

  static async open(): Promise<Trap> {
    const trap = new Trap();
    // Every address of this machine: the name « localhost » may be read as the one of IPv6.
    await new Promise<void>((resolve) => trap.server.listen(0, resolve));
    return trap;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
