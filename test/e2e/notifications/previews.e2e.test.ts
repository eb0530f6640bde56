import { MAIL_KINDS } from '../../../src/modules/notifications/domain/kinds.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let administrator: Person;
beforeAll(async () => {
  app = await startApp();
  administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
});
afterAll(() => app.close());

const preview = (kind: string, by: Person | null = administrator) =>
  app.http.get(`/v1/admin/mail-previews/${kind}`).set(by === null ? {} : by.auth);

test.each(MAIL_KINDS)('an administrator sees %s in its two twins, which run nothing', async (kind) => {
  const html = await preview(kind).expect(200);
  expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(html.headers['content-security-policy']).toContain("default-src 'none'");
  expect(html.text).toContain('Bonjour Camille Durand,');
  const text = await preview(`${kind}?format=text`).expect(200);
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text.text).toMatch(/^Bonjour Camille Durand,\n/);
  expect(text.text).toContain('http://bievre.test/docs');
});

test('nothing is sent or kept, and what does not exist is said', async () => {
  expect(await app.query('SELECT 1 FROM deliveries')).toEqual([]);
  for (const unknown of ['nothing', 'constructor', '__proto__']) {
    expect((await preview(unknown)).status).toBe(404);
  }
  expect((await preview('receipt?format=pdf')).status).toBe(400);
  expect((await preview('receipt', null)).status).toBe(401);
  const coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  expect((await preview('receipt', coordinator)).status).toBe(403);
});
