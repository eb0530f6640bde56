import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { jwtVerify } from 'jose';
import pg from 'pg';
import { secretFor, ROOT } from './ground.js';
import { tableQuery } from './table-query.js';

/**
 * What a competent engineer would write without a framework: Fastify, a token check, the SQL through pg with named statements. It refuses
 * what the database refuses and nothing more.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 32 });
const secret = secretFor('access-token');
const server = Fastify();

async function caller(authorization: string | undefined): Promise<string> {
  const { payload } = await jwtVerify((authorization ?? '').slice(7), secret, { issuer: 'bievre', algorithms: ['HS256'] });
  return payload.sub ?? '';
}

/** The statements of submit.sql between BEGIN and COMMIT; `:name` becomes a parameter. */
const statements = readFileSync(join(ROOT, 'test', 'bench', 'submit.sql'), 'utf8')
  .replace(/^(--|\\).*$/gm, '')
  .split(';')
  .map((text) => text.trim())
  .filter((text) => text !== '' && !/^(BEGIN|COMMIT)$/i.test(text))
  .map((text, index) => {
    const names: string[] = [];
    const parametrised = text.replace(/'?:(\w+)'?(?!:)/g, (_whole, name: string) => {
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    });
    return { name: `submit-${index}`, text: parametrised, names };
  });

server.get('/ready', () => 'ok');

server.post<{ Params: { id: string } }>('/submit/:id', async (request, reply) => {
  const values: Record<string, string> = { dossier: request.params.id, caller: await caller(request.headers.authorization) };
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    let found = 0;
    for (const { name, text, names } of statements) {
      const { rowCount } = await client.query({ name, text, values: names.map((each) => values[each]) });
      found = Math.max(found, rowCount ?? 0);
    }
    await client.query('COMMIT');
    if (found === 0) return await reply.status(409).send({});
    return { id: request.params.id, status: 'submitted' };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
});

server.get('/table', async (request) => {
  await caller(request.headers.authorization);
  const { text, values } = tableQuery();
  const { rows } = await pool.query({ name: 'table', text, values });
  return { data: rows };
});

await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.on('SIGTERM', () => {
  void server.close().then(() => pool.end());
});
