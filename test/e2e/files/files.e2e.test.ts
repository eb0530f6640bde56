import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../../../src/kernel/id.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Files, type FileOwner } from '../../../src/platform/files/index.js';
import { PurgeFiles } from '../../../src/platform/files/purge-files.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { A_PDF, anUploadedFile, upload, XLSX } from '../../builders/files.js';
import { aPerson, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { waitFor } from '../../setup/wait-for.js';
import { startApp, type TestApp } from '../../setup/app.js';

const MIB = 1024 * 1024;
let app: TestApp;
let someone: Person;
let another: Person;
beforeAll(async () => {
  app = await startApp();
  [someone, another] = [await aPerson(app), await aPerson(app)];
});
afterAll(() => app.close());

/** Everything of files on the disk: being received, and kept. */
async function onDisk(): Promise<string[]> {
  const folder = join(app.ground.environment.dataDir, 'files');
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}
const rows = async (): Promise<number> => (await app.query('SELECT 1 FROM files')).length;
const actor = (person: Person): Actor => ({ id: person.id, kind: 'user', grants: [], recusedFrom: new Set() });
const linkOf = async (id: string): Promise<string> => {
  const { body } = await app.http.post(`/v1/files/${id}/links`).set(someone.auth).expect(201);
  return (body as { url: string }).url.replace('http://bievre.test', '');
};

test('what is sent is kept to the byte, named, measured and hashed', async () => {
  const answer = await upload(app, someone, { name: ' Été/signé\u202e.pdf ' });
  expect(answer.status).toBe(201);
  const { id } = answer.body as { id: string };
  expect(answer.body).toEqual({
    id,
    name: 'Été signé .pdf',
    mediaType: 'application/pdf',
    sizeBytes: A_PDF.length,
    sha256: createHash('sha256').update(A_PDF).digest('hex'),
    purpose: 'signed-act',
    createdAt: expect.any(String),
  });
  expect(answer.headers['location']).toBe(`/v1/files/${id}`);
  expect((await app.http.get(`/v1/files/${id}`).set(someone.auth).expect(200)).body).toEqual(answer.body);
  expect(await auditOf(app, id)).toMatchObject([{ act: 'file.uploaded', actorId: someone.id }]);

  const content = await app.http
    .get(await linkOf(id))
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
  expect(A_PDF.equals(content.body as Buffer)).toBe(true);
  expect(content.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(A_PDF.length),
    'content-disposition': `attachment; filename="Ete signe .pdf"; filename*=UTF-8''%C3%89t%C3%A9%20sign%C3%A9%20.pdf`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});

describe('refused, and nothing is left of it', () => {
  test.each([
    ['a page that says it is a PDF', { content: Buffer.from('<html>') }, 422, 'FILE_NOT_OF_ITS_TYPE'],
    ['a program that begins late', { content: Buffer.concat([Buffer.alloc(200), A_PDF]) }, 422, 'FILE_NOT_OF_ITS_TYPE'],
    ['nothing', { content: Buffer.alloc(0) }, 422, 'FILE_EMPTY'],
    ['a type that this purpose has no use for', { type: XLSX }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a page', { type: 'text/html' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['JSON', { type: 'application/json', content: Buffer.from('{}') }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a name with a NUL', { name: 'a\u0000.pdf' }, 400, 'VALIDATION_FAILED'],
    ['a name of dots', { name: '...' }, 422, 'FILE_NAME_UNUSABLE'],
    ['an unknown purpose', { purpose: 'avatar' }, 400, 'VALIDATION_FAILED'],
    ['more than 20 MiB', { content: Buffer.concat([A_PDF, Buffer.alloc(20 * MIB)]) }, 413, 'TOO_LARGE'],
  ])('%s', async (_what, given, status, code) => {
    const before = [await rows(), (await onDisk()).length];
    const answer = await upload(app, someone, given);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect([await rows(), (await onDisk()).length]).toEqual(before);
  });

  test('the last byte allowed is, and a report asks for less than a signed act', async () => {
    const tenMib = Buffer.concat([A_PDF, Buffer.alloc(10 * MIB - A_PDF.length)]);
    const taken = await upload(app, someone, { purpose: 'report-attachment', content: tenMib });
    // Received in many pieces: all of them are hashed.
    const sha256 = createHash('sha256').update(tenMib).digest('hex');
    expect([taken.status, taken.body]).toMatchObject([201, { sizeBytes: tenMib.length, sha256 }]);
    const more = await upload(app, someone, { purpose: 'report-attachment', content: Buffer.concat([tenMib, Buffer.from('x')]) });
    expect([more.status, more.body.code]).toEqual([413, 'TOO_LARGE']);
  });

  test('without signing in', async () => {
    const answer = await app.http.post('/v1/files?purpose=signed-act&name=a.pdf').set('Content-Type', 'application/pdf').send(A_PDF);
    expect(answer.status).toBe(401);
  });

  test('more than is said in advance, in pieces, without a length', async () => {
    const before = [await rows(), (await onDisk()).length];
    const socket = raw('Transfer-Encoding: chunked');
    const answer = answerOf(socket);
    await inPieces(socket, A_PDF);
    for (let sent = 0; sent < 21 && !socket.destroyed; sent++) await inPieces(socket, Buffer.alloc(MIB));
    socket.end('0\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1.1 413 .*"code":"TOO_LARGE"/s);
    expect([await rows(), (await onDisk()).length]).toEqual(before);
  });

  test('a connection that breaks on the way', async () => {
    const before = [await rows(), (await onDisk()).length];
    const socket = raw(`Content-Length: ${5 * MIB}`);
    socket.write(A_PDF);
    await waitFor('the file to begin', async () => (await onDisk()).length > before[1]!);
    socket.destroy();
    await waitFor('it to be removed', async () => (await onDisk()).length === before[1]);
    expect(await rows()).toBe(before[0]);
  });
});

test('a file is sent to one address only: elsewhere it is 415 as before', async () => {
  const answer = await app.http.patch('/v1/me').set(someone.auth).set('Content-Type', 'application/pdf').send(A_PDF);
  expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});

test('nobody else knows of it', async () => {
  const id = await anUploadedFile(app, someone);
  for (const path of [`/v1/files/${id}`, `/v1/files/${newId()}`]) {
    expect((await app.http.get(path).set(another.auth)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  }
  expect((await app.http.post(`/v1/files/${id}/links`).set(another.auth)).status).toBe(404);
});

describe('a link', () => {
  // To the millisecond, see file-links.test.ts: here a slow machine may take a second to answer.
  test('opens, and no more after five minutes', async () => {
    const link = await linkOf(await anUploadedFile(app, someone));
    const { clock } = app;
    const issued = clock.now().getTime();
    clock.set(new Date(issued + 240_000));
    expect((await app.http.get(link)).status).toBe(200);
    clock.set(new Date(issued + 301_000));
    expect((await app.http.get(link)).body).toMatchObject({ status: 403, code: 'LINK_EXPIRED' });
    clock.set(new Date());
  });

  test.each([
    ['to another file', (link: string, other: string) => link.replace(/files\/[0-9a-f-]+/, `files/${other}`)],
    ['that lasts longer', (link: string) => link.replace(/expires=\d+/, 'expires=9999999999')],
    ['signed by nobody', (link: string) => link.replace(/signature=.*/, `signature=${'A'.repeat(43)}`)],
    ['cut short', (link: string) => link.slice(0, -3)],
  ])('%s opens nothing', async (_what, change) => {
    const [id, other] = [await anUploadedFile(app, someone), await anUploadedFile(app, someone)];
    expect((await app.http.get(change(await linkOf(id), other))).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('without its signature is mis-written', async () => {
    expect((await app.http.get(`/v1/files/${newId()}/content`)).status).toBe(400);
  });
});

describe('attached to what it is for', () => {
  const owner = (over: Partial<FileOwner> = {}): FileOwner => ({ purpose: 'signed-act', ownerType: 'act', ownerId: newId(), ...over });
  const attach = (id: string, by: Person = someone, to: FileOwner = owner()) =>
    app.app.get(UnitOfWork).run(actor(by), (tx) => app.app.get(Files).attach(tx, id, to, actor(by)));

  test('once, by who sent it, for what it was sent for', async () => {
    const id = await anUploadedFile(app, someone);
    await expect(attach(id, another)).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
    await expect(attach(newId())).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
    await expect(attach(id, someone, owner({ purpose: 'report-attachment' }))).rejects.toMatchObject({ code: 'FILE_OF_ANOTHER_PURPOSE' });
    expect(await attach(id)).toMatchObject({ id, name: 'Convention signée.pdf' });
    await expect(attach(id)).rejects.toMatchObject({ code: 'FILE_ALREADY_USED' });
  });

  test('two at once: one of them has it', async () => {
    const id = await anUploadedFile(app, someone);
    const outcomes = await Promise.allSettled([attach(id), attach(id), attach(id)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('it never changes nor goes away, not even by the database', async () => {
    const id = await anUploadedFile(app, someone);
    await attach(id);
    await expect(app.query('DELETE FROM files WHERE id = $1', [id])).rejects.toThrow(/append-only/);
    await expect(app.query(`UPDATE files SET name = 'x' WHERE id = $1`, [id])).rejects.toThrow(/append-only/);
  });

  test('is read as a file of the machine, gone afterwards', async () => {
    const id = await anUploadedFile(app, someone);
    const before = (await onDisk()).length;
    const size = await app.app.get(Files).onDisk(id, (path) => readFile(path));
    expect(A_PDF.equals(size)).toBe(true);
    expect(await onDisk()).toHaveLength(before);
  });

  test('after a day, what nobody attached goes; what was, and what is younger, stays; a content without its file goes', async () => {
    const [kept, left] = [await anUploadedFile(app, someone), await anUploadedFile(app, someone)];
    const lost = await anUploadedFile(app, someone);
    await attach(kept);
    await app.query('DELETE FROM files WHERE id = $1', [lost]);
    const purge = async (hours: number): Promise<string[]> => {
      app.clock.set(new Date(Date.now() + hours * 3_600_000));
      await app.app.get(PurgeFiles).execute();
      app.clock.set(new Date());
      return onDisk();
    };
    expect(await purge(23.9)).toEqual(expect.arrayContaining([kept, left, lost]));
    const after = await purge(24.1);
    expect(after).toContain(kept);
    expect(after).not.toContain(left);
    expect(after).not.toContain(lost);
    expect((await app.http.get(`/v1/files/${left}`).set(someone.auth)).status).toBe(404);
    expect((await app.http.get(await linkOf(kept))).status).toBe(200);
  });
});

/** A connection of one's own, that has sent its headers. */
function raw(length: string): Socket {
  const { port } = app.app.getHttpServer().address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  const headers = [`Host: x`, `Authorization: Bearer ${someone.token}`, 'Content-Type: application/pdf', length, 'Connection: close'];
  socket.write(`POST /v1/files?purpose=signed-act&name=a.pdf HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  socket.on('error', () => undefined);
  return socket;
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.on('close', () => resolve(said));
  });
}

async function inPieces(socket: Socket, content: Buffer): Promise<void> {
  socket.write(`${content.length.toString(16)}\r\n`);
  socket.write(content);
  socket.write('\r\n');
  await wait(1);
}
