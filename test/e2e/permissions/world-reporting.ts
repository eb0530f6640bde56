import { newId } from '../../../src/kernel/id.js';
import { aSubmittedDossier, type Applicant, type DossierFixture } from '../../builders/dossiers.js';
import type { CallBody } from '../../builders/calls.js';
import { anUploadedFile } from '../../builders/files.js';
import { anEnvelope } from '../../builders/funding.js';
import { putInState } from '../../builders/reporting.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

/** Of A, in Gagarine: grants of P147-94, CD94 and Ivry-sur-Seine, notified, and what hangs on them. Ids. */
export interface ReportingWorld {
  readonly grants: DossierFixture;
  readonly grantLines: { readonly p147: string; readonly cd94: string; readonly ivry: string };
  /** Submitted. */
  readonly report: string;
  readonly reportAttachment: string;
  /** Of another action, a draft. */
  readonly draftReport: string;
  /** Whose report is waited for. */
  readonly owing: DossierFixture;
  readonly repayments: { readonly p147: string; readonly cd94: string; readonly ivry: string };
  readonly dateChange: string;
  readonly block: string;
}

const FUNDERS = [
  { code: 'P147-94', cents: 500_000 },
  { code: 'CD94', cents: 200_000 },
  { code: 'COMMUNE-ivry-sur-seine', cents: 100_000 },
] as const;

export async function buildReporting(app: TestApp, people: People, of: { call: CallBody; applicant: Applicant }): Promise<ReportingWorld> {
  const granted = async (): Promise<DossierFixture> => {
    const dossier = await aSubmittedDossier(app, { ...of, qpv: ['gagarine'], funders: FUNDERS });
    for (const { id, funderCode, requestedCents } of dossier.lines) {
      const envelopeId = funderCode === 'P147-94' ? await anEnvelope(app) : null;
      await putInState(app, id, { state: 'notified', grantedCents: requestedCents, envelopeId, by: people.signatoryA.id });
    }
    return dossier;
  };
  const [grants, owing] = [await granted(), await granted()];
  const ids = grants.lines.map(({ id }) => id) as [string, string, string];
  const [p147, cd94, ivry] = ids;
  const reportOf = async ({ actionId, id, year }: DossierFixture, submitted: boolean) => {
    const reportId = newId();
    await app.query(
      `INSERT INTO reports (id, action_id, dossier_id, call_id, organisation_id, year, kind, state, content, created_by, created_at, updated_at,
         attested_hash, attested_by, attested_at, submitted_at, submitted_by)
       VALUES ($1, $2, $3, $4, $5, $6, 'final', $7, $8, $9, now(), now(), $10, $11, $12, $12, $11)`,
      [
        ...[reportId, actionId, id, of.call.id, of.applicant.organisationId, year, submitted ? 'submitted' : 'draft'],
        JSON.stringify({
          carriedOut: '',
          objectivesMet: '',
          places: [],
          startedOn: null,
          endedOn: null,
          beneficiaries: null,
          indicators: [],
          sharingRule: '',
          observations: '',
        }),
        people.editorA.id,
        submitted ? Buffer.from('01', 'hex') : null,
        submitted ? people.signatoryA.id : null,
        submitted ? app.clock.now() : null,
      ],
    );
    return reportId;
  };
  const repaymentOf = async (lineId: string) => {
    const id = newId();
    await app.query(
      `INSERT INTO repayments (id, funding_line_id, amount_cents, state, reason, due_on, asked_by, asked_at) VALUES ($1, $2, 1000, 'asked', 'x', '2028-12-31', $3, now())`,
      [id, lineId, people.prefecture94.id],
    );
    return id;
  };
  const [dateChange, block] = [newId(), newId()];
  await app.query(
    `INSERT INTO date_changes (id, action_id, dossier_id, state, from_starts_on, from_ends_on, starts_on, ends_on, reason, asked_by, asked_at)
     VALUES ($1, $2, $3, 'asked', '2027-01-15', '2027-12-15', '2027-01-15', '2028-03-31', 'Travaux', $4, now())`,
    [dateChange, owing.actionId, owing.id, people.editorA.id],
  );
  // Put and lifted: a live one would forbid A's dossiers, which other lines of the table are about.
  await app.query(
    `INSERT INTO organisation_blocks (id, organisation_id, cause, action_id, year, due_on, sentence, put_at, lifted_at)
     VALUES ($1, $2, 'report-overdue', $3, $4, '2028-06-30', 'En retard', now(), now())`,
    [block, of.applicant.organisationId, owing.actionId, owing.year],
  );
  const [report, reportAttachment] = [await reportOf(grants, true), newId()];
  const fileId = await anUploadedFile(app, people.editorA, { purpose: 'report-attachment' });
  await app.query(
    `WITH attached AS (UPDATE files SET owner_type = 'report', owner_id = $2 WHERE id = $3 RETURNING *)
     INSERT INTO report_attachments (id, report_id, file_id, label, name, sha256, added_by, added_at)
     SELECT $1, $2, id, 'Photos', name, encode(sha256, 'hex'), uploaded_by, now() FROM attached`,
    [reportAttachment, report, fileId],
  );
  return {
    grants,
    grantLines: { p147, cd94, ivry },
    ...{ report, reportAttachment },
    draftReport: await reportOf(owing, false),
    owing,
    repayments: { p147: await repaymentOf(p147), cd94: await repaymentOf(cd94), ivry: await repaymentOf(ivry) },
    dateChange,
    block,
  };
}
