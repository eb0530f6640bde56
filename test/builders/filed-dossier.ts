import { newId } from '../../src/kernel/id.js';
import type { TestApp } from '../setup/app.js';
import { aCall } from './calls.js';
import { anOrganisation } from './organisations.js';
import { aPerson, type Person } from './people.js';

export interface FiledDossier {
  readonly id: string;
  readonly number: string;
  readonly organisationId: string;
  readonly editor: Person;
  readonly signatory: Person;
  readonly actionId: string;
  /** In the order of the lines asked for. */
  readonly lineIds: readonly string[];
}

export interface FiledDossierOptions {
  readonly callId?: string;
  /** Gagarine (Ivry-sur-Seine, 94041, sector NE of the Val-de-Marne) unless said. */
  readonly qpv?: string;
  readonly lines?: readonly { readonly funder: string; readonly requestedCents: number }[];
  readonly submittedAt?: Date;
}

/** All that an action says besides its columns: nothing. */
const CONTENT = JSON.stringify({
  ...{ secondaryOrientationCodes: [], crossCuttingTags: [], places: [], partners: [], means: null, beneficiaries: null, indicators: [] },
});

/**
 * A dossier submitted and attested, with one action in one QPV, as those who instruct it find it. Written straight to the database: without
 * budget nor history, in a tenth of the time of `aSubmittedDossier`.
 */
export async function aFiledDossier(app: TestApp, options: FiledDossierOptions = {}): Promise<FiledDossier> {
  const { qpv = 'gagarine', lines = [{ funder: 'P147-94', requestedCents: 500_000 }], submittedAt = app.clock.now() } = options;
  const callId = options.callId ?? (await aCall(app)).id;
  const editor = await aPerson(app, { name: 'Édith Éditrice' });
  const signatory = await aPerson(app, { name: 'Simon Signataire' });
  const organisation = await anOrganisation(app, { members: [{ person: editor }, { person: signatory, roles: ['signatory'] }] });
  const [id, actionId] = [newId(), newId()];
  const number = `2027-GOSB-${id.slice(-12)}`;
  await app.query(
    `INSERT INTO dossiers (id, number, call_id, organisation_id, track_code, title, state, created_by, created_at, updated_at, attested_hash, attested_by,
                           attested_at, attestation, submitted_at, submitted_by, receipt_number, implicit_rejection_on)
     VALUES ($1, $2, $3, $4, 'annual', 'Jardins partagés', 'submitted', $5, $6, $6, '\\x01', $7, $6, '{}', $6, $7, 'R-' || $2::text,
             (($6::timestamptz AT TIME ZONE 'Europe/Paris')::date + interval '2 months')::date)`,
    [id, number, callId, organisation.id, editor.id, submittedAt, signatory.id],
  );
  await app.query(
    `INSERT INTO actions (id, dossier_id, position, title, objectives, description, orientation_code, starts_on, ends_on, content)
     VALUES ($1, $2, 0, 'Un jardin au pied des tours', 'Se rencontrer', 'Des ateliers', 'O1', '2027-01-01', '2027-12-31', $3)`,
    [actionId, id, CONTENT],
  );
  await app.query(
    `INSERT INTO action_territories (action_id, kind, code, chosen)
     SELECT $1, kind, code, kind = 'qpv' FROM place_scopes WHERE place_kind = 'qpv' AND place_code = $2`,
    [actionId, qpv],
  );
  const lineIds = lines.map(() => newId());
  await app.query(
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, year, requested_cents)
     SELECT n.id, $1, $2, $3, $4, f.id, 2027, n.requested
     FROM unnest($5::uuid[], $6::text[], $7::bigint[]) AS n (id, funder, requested) JOIN funders f ON f.code = n.funder`,
    [actionId, id, callId, organisation.id, lineIds, lines.map(({ funder }) => funder), lines.map(({ requestedCents }) => requestedCents)],
  );
  await app.query(
    'INSERT INTO dossier_perimeters (dossier_id, kind, code) SELECT DISTINCT dossier_id, kind, code FROM dossier_scopes WHERE dossier_id = $1',
    [id],
  );
  return { id, number, organisationId: organisation.id, editor, signatory, actionId, lineIds };
}
