import Fastify from 'fastify';
import { jwtVerify } from 'jose';
import pg from 'pg';
import { secretFor } from './ground.js';
import { statements } from './submit-script.js';

/**
 * What a competent engineer would write without a framework: Fastify, a token check, the statements of submit.sql through pg, prepared once a
 * connection. It refuses what the guarded UPDATE refuses, without saying why.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: Number(process.env['DATABASE_POOL_SIZE']) });
const secret = secretFor('access-token');
const script = statements();
const server = Fastify();

async function submit(given: Record<string, unknown>): Promise<Record<string, unknown> | null> {
  const client = await pool.connect();
  try {
    for (const { name, text, params, kept } of script) {
      const { rows } = await client.query<Record<string, unknown>>({ name, text, values: params.map((each) => given[each]) });
      if (!kept) continue;
      if (!rows[0]) {
        await client.query('ROLLBACK');
        return null;
      }
      Object.assign(given, rows[0]);
    }
    return given;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

server.get('/health/live', () => ({ status: 'ok' }));

server.post<{ Params: { id: string } }>('/v1/dossiers/:id/submit', async (request, reply) => {
  const bearer = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const caller = await jwtVerify(bearer, secret, { issuer: 'bievre', algorithms: ['HS256'] }).catch(() => null);
  if (!caller) return reply.status(401).send({});
  const version = Number(request.headers['if-match']?.slice(1, -1));
  const submitted = await submit({ dossier: request.params.id, caller: caller.payload.sub, version });
  if (!submitted) return reply.status(409).send({});
  return { id: request.params.id, status: 'submitted', version: version + 1, receiptNumber: submitted['receipt'] };
});

await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.on('SIGTERM', () => {
  void server.close().then(() => pool.end());
});
