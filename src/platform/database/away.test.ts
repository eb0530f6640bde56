import { saysAway } from './away.js';

const withCode = (code: string, message = 'said by the driver') => Object.assign(new Error(message), { code });

test.each<[string, unknown, boolean]>([
  ['nobody listens', withCode('ECONNREFUSED'), true],
  ['the name is not known yet', withCode('ENOTFOUND'), true],
  ['the server starts up', withCode('57P03'), true],
  ['the server was stopped', withCode('57P01'), true],
  ['no place left', withCode('53300'), true],
  ['the connection failed', withCode('08006'), true],
  ['a server that accepts and says nothing', new Error('Connection terminated due to connection timeout'), true],
  ['a pool without a free connection', new Error('timeout exceeded when trying to connect'), true],
  ['the password is wrong', withCode('28P01'), false],
  ['the database does not exist', withCode('3D000'), false],
  ['a statement took too long', withCode('57014'), false],
  ['a row is there already', withCode('23505'), false],
  ['another error', new Error('no'), false],
  ['nothing', undefined, false],
])('%s', (_what, error, expected) => {
  expect(saysAway(error)).toBe(expected);
});
