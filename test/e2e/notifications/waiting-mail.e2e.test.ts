import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { aCallRow, aComplementRow, aDossierRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { keptMails, plain, tell } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true, env: { MAIL_GROUPING_SECONDS: '1' } });
});
afterAll(() => app.close());

test('mail that waits for others of its kind leaves by itself, as one', async () => {
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const editor = await aPerson(app);
  const { id: organisationId } = await anOrganisation(app, { members: [{ person: editor }] });
  const callId = await aCallRow(app);
  for (let count = 0; count < 3; count++) {
    const { id: dossierId } = await aDossierRow(
      app,
      { callId, organisationId },
      { state: 'submitted', submittedBy: editor.id, communes: ['94041'] },
    );
    const complementRequestId = await aComplementRow(app, dossierId, instructor.id, true);
    await tell(app, 'complement.answered.v1', { dossierId, complementRequestId });
  }
  const box = async () => (await keptMails(app)).filter(({ to }) => to === instructor.email);
  const [mail] = await waitFor('the mail', async () => {
    const mails = await box();
    return mails.length > 0 && mails;
  });
  expect(plain(mail?.subject ?? '')).toBe('Complément reçu : 3 messages');
  expect(await app.query(`SELECT DISTINCT state FROM deliveries WHERE user_id = $1`, [instructor.id])).toEqual([{ state: 'sent' }]);
  expect(await box()).toHaveLength(1);
}, 40_000);
