import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ApprovalRule } from '../domain/approval-rule.js';

const COLUMNS = `funder_id AS "funderId", second_approver_above_cents AS "secondApproverAboveCents", version`;

@Injectable()
export class ApprovalRuleRepository {
  async of(query: Query, funderId: string): Promise<ApprovalRule> {
    const [rule] = await query<ApprovalRule>(`SELECT ${COLUMNS} FROM approval_rules WHERE funder_id = $1`, [funderId]);
    return rule ?? { funderId, secondApproverAboveCents: null, version: 0 };
  }

  /** Everywhere the rule of that funder is seen from; nowhere for a funder other than programme 147, which has none. */
  scopesOf(query: Query, funderId: string): Promise<Scope[]> {
    return query<Scope>(
      `SELECT s.kind, s.code FROM funders f
       CROSS JOIN LATERAL (
         VALUES ('contract', 'GOSB'), ('department', f.department_code)
         UNION ALL SELECT 'sector', code FROM sectors WHERE department_code = f.department_code) AS s (kind, code)
       WHERE f.id = $1 AND f.code LIKE 'P147-%'`,
      [funderId],
    );
  }

  /** Puts an empty rule there first when there is none, so that two who set the first one queue up. */
  async lock(query: Query, funderId: string): Promise<ApprovalRule> {
    await query('INSERT INTO approval_rules (funder_id) VALUES ($1) ON CONFLICT DO NOTHING', [funderId]);
    const [rule] = await query<ApprovalRule>(`SELECT ${COLUMNS} FROM approval_rules WHERE funder_id = $1 FOR UPDATE`, [funderId]);
    if (!rule) throw new Error('the rule just put there is gone');
    return rule;
  }

  save(tx: Tx, { funderId, secondApproverAboveCents, version }: ApprovalRule, setBy: string): void {
    tx.write('UPDATE approval_rules SET second_approver_above_cents = $2, version = $3, set_by = $4, set_at = $5 WHERE funder_id = $1', [
      ...[funderId, secondApproverAboveCents, version, setBy, tx.at],
    ]);
  }
}
