import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { newId } from '../../../src/kernel/id.js';
import type { FileStorage } from '../../../src/platform/files/file-storage.js';
import { FolderStorage } from '../../../src/platform/files/folder-storage.js';
import { S3Storage } from '../../../src/platform/files/s3-storage.js';
import { anUploadedFile } from '../../builders/files.js';
import { aPerson } from '../../builders/people.js';
import { startApp } from '../../setup/app.js';
import { S3StandIn } from './s3-stand-in.js';

const KEYS = { AWS_ACCESS_KEY_ID: 'a-key', AWS_SECRET_ACCESS_KEY: 'a-secret' };
const s3 = new S3StandIn();
let endpoint: string;
let folder: string;
const before = { ...process.env };
beforeAll(async () => {
  Object.assign(process.env, KEYS);
  endpoint = await s3.start();
  folder = await mkdtemp(join(tmpdir(), 'bievre-storage-'));
});
afterAll(async () => {
  for (const name of Object.keys(KEYS)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

const all = async (storage: FileStorage): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id, storedAt } of storage.list()) {
    expect(Math.abs(Date.now() - storedAt.getTime())).toBeLessThan(60_000);
    ids.push(id);
  }
  return ids.sort();
};

describe.each([
  ['a folder', () => new FolderStorage(join(folder, 'kept'))],
  ['a bucket', () => new S3Storage({ bucket: 'bievre', endpoint, region: 'fr-par' })],
])('%s', (_what, make) => {
  test('gives back what it took, to the byte, lists it, and forgets it', async () => {
    const storage = make();
    const content = Buffer.alloc(300_000, 'contenu ');
    const ids = [newId(), newId(), newId()].sort();
    for (const id of ids) {
      const path = join(folder, `incoming-${id}`);
      await writeFile(path, content);
      await storage.put(id, path, content.length);
    }
    expect(content.equals(await buffer(await storage.open(ids[0]!)))).toBe(true);
    s3.pageSize = 2;
    expect(await all(storage)).toEqual(ids);
    await storage.remove(ids[0]!);
    await storage.remove(ids[0]!);
    expect(await all(storage)).toEqual(ids.slice(1));
    await expect(storage.open(ids[0]!)).rejects.toThrow();
  });
});

test('a bucket is asked with signed requests, under one host, and asked again when it stumbles', async () => {
  const storage = new S3Storage({ bucket: 'bievre', endpoint, region: 'fr-par' });
  s3.asked.length = 0;
  s3.broken = 1;
  const id = newId();
  await storage.remove(id);
  expect(s3.asked).toEqual([
    { method: 'DELETE', path: `/bievre/files/${id}`, signed: true },
    { method: 'DELETE', path: `/bievre/files/${id}`, signed: true },
  ]);
});

test('named by the environment, the bucket takes what people upload and gives it by their links', async () => {
  const app = await startApp({ env: { FILES_S3_BUCKET: 'bievre', FILES_S3_ENDPOINT: endpoint, FILES_S3_REGION: 'fr-par' } });
  try {
    const someone = await aPerson(app);
    const id = await anUploadedFile(app, someone);
    expect(s3.objects.has(`files/${id}`)).toBe(true);
    const { body } = await app.http.post(`/v1/files/${id}/links`).set(someone.auth).expect(201);
    const { status, headers } = await app.http.get((body as { url: string }).url.replace('http://bievre.test', ''));
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
  } finally {
    await app.close();
  }
});
