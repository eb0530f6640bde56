import type { TestApp } from '../setup/app.js';
import { aPerson, GRANTS, type Person } from './people.js';

/** A call as the API answers it. */
export interface CallBody {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly year: number;
  readonly status: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly closesAtLocal: string;
  readonly graceMinutes: number;
  readonly orientationCodes: readonly string[];
  readonly tracks: readonly { readonly code: string; readonly label: string }[];
  readonly notes: string | null;
}

export interface CallOptions {
  /** Who writes it; a new person of the coordination otherwise. */
  readonly by?: Person;
  readonly body?: Readonly<Record<string, unknown>>;
}

const DAY_MS = 86_400_000;

/** The body of a call that is open now, on the application's clock, for next year's actions. */
export function callBody(app: TestApp, over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const now = app.clock.now().getTime();
  return {
    title: 'Appel à projets annuel',
    year: app.clock.now().getUTCFullYear() + 1,
    opensAt: new Date(now - DAY_MS).toISOString(),
    closesAt: new Date(now + 30 * DAY_MS).toISOString(),
    graceMinutes: 0,
    orientationCodes: ['O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7', 'OT'],
    ...over,
  };
}

export const aCoordinator = (app: TestApp): Promise<Person> => aPerson(app, { name: 'Coordination', grants: [GRANTS.coordinator()] });

export async function aDraftCall(app: TestApp, options: CallOptions = {}): Promise<CallBody> {
  const by = options.by ?? (await aCoordinator(app));
  const { body } = await app.http.post('/v1/calls').set(by.auth).send(callBody(app, options.body)).expect(201);
  return body as CallBody;
}

/** Published: open at once unless `body` says otherwise. */
export async function aCall(app: TestApp, options: CallOptions = {}): Promise<CallBody> {
  const by = options.by ?? (await aCoordinator(app));
  const draft = await aDraftCall(app, { ...options, by });
  const { body } = await app.http.post(`/v1/calls/${draft.id}/publish`).set(by.auth).set('If-Match', `"${draft.version}"`).expect(200);
  return body as CallBody;
}
