import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test('says who I am and what I may', async () => {
  const person = await aPerson(app, { name: 'Alix Instruction', grants: [GRANTS.instructorOf('94041')] });
  const { body, headers } = await app.http.get('/v1/me').set(person.auth).expect(200);
  expect(body).toEqual({
    id: person.id,
    email: person.email,
    name: 'Alix Instruction',
    grants: [{ role: 'instructor', scope: { kind: 'commune', code: '94041' } }],
    organisations: [],
    version: 1,
  });
  expect(headers['etag']).toBe('"1"');
  await app.http.get('/v1/me').expect(401);
});

test('a name changes on the version read', async () => {
  const person = await aPerson(app);
  const rename = (version: string, name: string) => app.http.patch('/v1/me').set(person.auth).set('If-Match', version).send({ name });
  await app.http.patch('/v1/me').set(person.auth).send({ name: 'X' }).expect(428);
  expect((await rename('"1"', ' Zoé\u0301 ').expect(200)).body).toMatchObject({ name: 'Zoé\u0301'.normalize('NFC'), version: 2 });
  expect((await rename('"1"', 'Trop tard').expect(412)).body.code).toBe('STALE_VERSION');
  expect(
    (await app.http.patch('/v1/me').set(person.auth).set('If-Match', '"2"').send({ email: 'x@exemple.test' }).expect(400)).body.code,
  ).toBe('VALIDATION_FAILED');
});

test('a conflict of interest is declared, listed, taken back, and both are recorded', async () => {
  const organisation = await anOrganisation(app, { name: 'Structure amie' });
  const [person, other] = [await aPerson(app), await aPerson(app)];
  const declare = (organisationId = organisation.id) =>
    app.http.post('/v1/me/recusals').set(person.auth).send({ organisationId, reason: 'Mon conjoint en est trésorier' });
  const { body } = await declare().expect(201);
  expect(body).toMatchObject({
    organisationId: organisation.id,
    organisationName: 'Structure amie',
    reason: 'Mon conjoint en est trésorier',
  });
  expect((await declare().expect(409)).body.code).toBe('RECUSAL_ALREADY_DECLARED');
  expect((await declare('01890000-0000-7000-8000-000000000000').expect(404)).body.code).toBe('NOT_FOUND');
  expect((await app.http.get('/v1/me/recusals').set(person.auth).expect(200)).body).toEqual([body]);
  expect((await app.http.get('/v1/me/recusals').set(other.auth).expect(200)).body).toEqual([]);
  await app.http.delete(`/v1/me/recusals/${body.id}`).set(other.auth).expect(404);
  await app.http.delete(`/v1/me/recusals/${body.id}`).set(person.auth).expect(204);
  await app.http.delete(`/v1/me/recusals/${body.id}`).set(person.auth).expect(404);
  expect((await app.http.get('/v1/me/recusals').set(person.auth).expect(200)).body).toEqual([]);
  const acts = await app.query('SELECT act FROM audit WHERE object_id = $1 ORDER BY id', [body.id]);
  expect(acts).toEqual([{ act: 'recusal.declared' }, { act: 'recusal.ended' }]);
  await declare().expect(201);
});
