import type { ArgumentsHost } from '@nestjs/common';
import { createLogger } from '../observability/logger.js';
import { ProblemFilter } from './problem.filter.js';

/** The code that a caller reads. */
function answered(error: unknown): unknown {
  let body: unknown;
  const reply = { sent: false, header: () => reply, status: () => reply, send: (sent: unknown) => (body = sent) };
  const http = { getRequest: () => ({ id: 'a request', url: '/v1/me' }), getResponse: () => reply };
  new ProblemFilter(createLogger('silent')).catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return (body as { code: string }).code;
}

const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each<[string, unknown, string]>([
  ['a server that is away', coded('ECONNREFUSED', 'connect ECONNREFUSED'), 'UNAVAILABLE'],
  ['a wire that was cut', new Error('Connection terminated unexpectedly'), 'UNAVAILABLE'],
  ['a statement that took too long', coded('57014', 'canceling statement due to statement timeout'), 'UNAVAILABLE'],
  ['a value that only reads as one', coded('22P02', 'invalid input syntax for type uuid: "not connected"'), 'MALFORMED'],
  ['another error', new Error('no'), 'INTERNAL'],
])('%s', (_what, error, code) => {
  expect(answered(error)).toBe(code);
});
