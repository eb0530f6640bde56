import { createLogger } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let lines = '';
  write(createLogger('info', { write: (line: string) => void (lines += line) }));
  return lines;
}

test.each(['password', 'token', 'refreshToken', 'authorization', 'email', 'iban'])(
  'a %s never reaches a line, at any of three depths',
  (name) => {
    const secret = { [name]: 'hush' };
    expect(logged((logger) => logger.info({ ...secret, body: secret, request: { body: secret } }, 'x'))).not.toContain('hush');
  },
);

test('of an error, the row that PostgreSQL quotes stays out', () => {
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(a@b.fr) already exists.',
    parameters: ['a@b.fr'],
  });
  const line = logged((logger) => logger.error({ err: error }, 'refused'));
  expect(line).toContain('23505');
  expect(line).not.toContain('a@b.fr');
});
