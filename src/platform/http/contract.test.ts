import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';

/** The committed document; that it says what the code says is a check of its own (`npm run openapi -- --check`). */
interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly 'x-permission'?: string;
  readonly responses: Record<string, { content?: Record<string, { schema?: object }>; description: string }>;
}
const document = JSON.parse(readFileSync(new URL('../../../test/contract/openapi.json', import.meta.url), 'utf8')) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);

test('an independent validator finds it valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(document);
  expect(result).toMatchObject({ valid: true });
  expect(document.openapi).toMatch(/^3\.1\./);
});

test('operation ids are unique', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(operations)('$name has a summary, a permission, a typed answer and its error codes', ({ operation }) => {
  expect(operation.summary).toMatch(/\S/);
  expect(operation['x-permission']).toMatch(/\S/);
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  expect(successes).toHaveLength(1);
  for (const [status, { content }] of successes) {
    if (status === '204') expect(content).toBeUndefined();
    else
      expect(
        Object.values(content ?? {}).every(({ schema }) => schema !== undefined && Object.keys(schema).length > 0) && content,
      ).toBeTruthy();
  }
  const refusals = Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status));
  expect(refusals.length).toBeGreaterThan(0);
  for (const [, { content }] of refusals)
    expect(JSON.stringify(content?.['application/problem+json']?.schema)).toMatch(/"enum":\["[A-Z_0-9]+"/);
});

/** Paths and methods that clients rely on, as promised to them: they never go within /v1. */
test.each([
  'POST /v1/auth/login',
  'POST /v1/auth/refresh',
  'POST /v1/auth/logout',
  'GET /v1/me',
  'GET /v1/contract',
  'GET /v1/orientations',
  'GET /v1/communes',
  'GET /v1/qpv',
  'GET /v1/local-priorities',
  'GET /v1/funders',
  'POST /v1/organisations',
  'GET /v1/organisations/{id}',
  'POST /v1/calls',
  'GET /v1/calls',
  'POST /v1/calls/{id}/publish',
  'POST /v1/calls/{id}/close',
  'POST /v1/calls/{id}/announce-results',
  'POST /v1/dossiers',
  'GET /v1/dossiers',
  'GET /v1/dossiers/{id}',
  'PATCH /v1/dossiers/{id}',
  'POST /v1/dossiers/{id}/actions',
  'PATCH /v1/actions/{id}',
  'PUT /v1/actions/{id}/budgets/{year}',
  'POST /v1/dossiers/{id}/request-attestation',
  'POST /v1/dossiers/{id}/attest',
  'POST /v1/dossiers/{id}/submit',
  'POST /v1/dossiers/{id}/withdraw',
  'GET /v1/dossiers/{id}/receipt',
  'POST /v1/dossiers/{id}/complement-requests',
  'POST /v1/dossiers/{id}/complements',
  'POST /v1/dossiers/{id}/admissibility',
  'POST /v1/funding-lines/{id}/opinions',
  'POST /v1/funding-lines/{id}/propose',
  'POST /v1/funding-lines/{id}/approve',
  'POST /v1/funding-lines/{id}/refuse',
  'POST /v1/funding-lines/{id}/record-decision',
  'GET /v1/funding-lines',
  'POST /v1/envelopes',
  'GET /v1/envelopes/{id}',
  'GET /v1/envelopes/{id}/movements',
  'GET /v1/me/notifications',
])('%s is there', (promised) => {
  expect(operations.map(({ name }) => name)).toContain(promised);
});
