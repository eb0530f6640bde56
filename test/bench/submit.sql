-- The submission of one dossier, as small as it can honestly be: what the benches compare the product with, through a bare Fastify handler
-- (baseline-server.ts) and through pgbench. One guarded UPDATE locks the dossier and checks all that the act relies on: its state, the
-- version that was read, the attestation, the call still open, the caller an active signatory of the organisation. It draws the receipt
-- number and computes the date of implicit rejection. Then the audit row and the outbox row, in the same transaction. \gset keeps what the
-- UPDATE returns; when it returns nothing, the act is refused.
-- :dossier and :caller are ids, :version is the number in If-Match.
BEGIN;
UPDATE dossiers d
SET state = 'submitted', version = d.version + 1, updated_at = now(), submitted_at = now(), submitted_by = :caller::uuid,
    receipt_number = 'R-' || c.year || '-' || lpad(nextval('receipt_numbers')::text, 6, '0'),
    implicit_rejection_on = (now() AT TIME ZONE 'Europe/Paris' + make_interval(months => c.implicit_rejection_months))::date
FROM calls c
WHERE d.id = :dossier::uuid AND c.id = d.call_id
  AND d.state IN ('draft', 'awaiting-attestation') AND d.version = :version::int AND d.attested_hash IS NOT NULL
  AND c.published_at IS NOT NULL AND c.closed_at IS NULL AND now() BETWEEN c.opens_at AND c.closes_at
  AND EXISTS (SELECT FROM memberships m
              WHERE m.organisation_id = d.organisation_id AND m.user_id = :caller::uuid AND m.state = 'active' AND m.is_signatory)
RETURNING d.receipt_number AS receipt \gset
INSERT INTO audit (id, actor_id, actor_kind, act, object_type, object_id, before, after)
VALUES (uuidv7(), :caller::uuid, 'user', 'dossier.submitted', 'dossier', :dossier,
        jsonb_build_object('version', :version::int),
        jsonb_build_object('state', 'submitted', 'version', :version::int + 1, 'receiptNumber', :receipt::text));
INSERT INTO outbox (id, type, payload) VALUES (uuidv7(), 'dossier.submitted.v1', jsonb_build_object('dossierId', :dossier::text));
COMMIT;
