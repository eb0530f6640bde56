import type { IncomingMessage } from 'node:http';
import { openApiDocument } from '../../../src/platform/http/openapi.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { expectedOf, type Case, type Outcome } from './case.js';
import { DECLARED } from './declared.js';
import { PERSONAS, type Persona } from './personas.js';
import { buildWorld, type World } from './world.js';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp();
  world = await buildWorld(app);
});
afterAll(() => app.close());

const methodOf = (operation: string) => operation.slice(0, operation.indexOf(' ')).toLowerCase();
const nameOf = ({ operation, on }: Case) => (on === undefined ? operation : `${operation} · ${on}`);

function pathOf({ operation, at, query, row }: Case): string {
  const values = [...(at?.(world) ?? [])];
  const template = operation.slice(operation.indexOf(' ') + 1);
  if (template.split('{').length - 1 !== values.length) throw new Error(`${operation} is given ${values.length} parameters`);
  const path = template.replace(/\{\w+\}/g, () => String(values.shift()));
  const parameters = new URLSearchParams({ ...query?.(world), ...(row === undefined ? {} : { limit: '100' }) }).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Hears a problem to its end, a stream no further than its headers. */
function leavingAtOnce(answer: unknown, done: (error: Error | null, body: unknown) => void): void {
  const response = answer as IncomingMessage;
  if (response.headers['content-type']?.startsWith('text/event-stream') === true) {
    done(null, {});
    response.destroy();
    return;
  }
  let text = '';
  response.on('data', (chunk: Buffer) => (text += chunk.toString()));
  response.on('end', () => {
    done(null, JSON.parse(text));
  });
}

async function ask(declared: Case, persona: Persona): Promise<Answer> {
  const method = methodOf(declared.operation) as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const request = app.http[method](pathOf(declared));
  if (persona !== 'anonymous') void request.set(world.people[persona].auth);
  if (declared.type !== undefined) void request.set('Content-Type', declared.type);
  if (declared.endless) void request.buffer(true).parse(leavingAtOnce);
  return declared.body ? request.send(declared.body(world)) : request;
}

function outcomeOf({ status, body }: Answer, row: string | undefined): Outcome {
  const { code = '' } = body as { code?: string };
  if (status === 401 && code === 'UNAUTHENTICATED') return 'sign in';
  if (status === 403) return 'forbid';
  if (status === 404) return 'hide';
  // A body or an address that is wrong would say nothing of who may.
  if ([400, 405, 413, 415, 429].includes(status) || status >= 500) return `${status} ${code}`;
  if (row === undefined || status !== 200) return 'allow';
  const { data = body } = body as { data?: unknown };
  return (data as { id: string }[]).some(({ id }) => id === row) ? 'allow' : 'blind';
}

async function outcomesOf(declared: Case): Promise<Record<Persona, Outcome>> {
  const row = declared.row?.(world);
  const outcomes = await Promise.all(PERSONAS.map(async (one) => [one, outcomeOf(await ask(declared, one), row)] as const));
  return Object.fromEntries(outcomes) as Record<Persona, Outcome>;
}

test('every operation of the document is declared, and no other', () => {
  const { paths } = openApiDocument(app.app);
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const declared = [...new Set(DECLARED.map(({ operation }) => operation))];
  expect({
    undeclared: documented.filter((one) => !declared.includes(one)),
    unknown: declared.filter((one) => !documented.includes(one)),
  }).toEqual({ undeclared: [], unknown: [] });
});

test.each(DECLARED.map((declared) => [nameOf(declared), declared] as const))('%s', async (_name, declared) => {
  expect(await outcomesOf(declared)).toEqual(expectedOf(declared));
});
