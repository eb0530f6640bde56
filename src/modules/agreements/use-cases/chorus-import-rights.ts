import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import type { ChorusImport } from '../domain/chorus-import.js';

/** The départements that someone answers for as their prefecture. */
export function departmentsOf(actor: Actor): readonly string[] {
  const codes = actor.grants
    .filter(({ role, scope }) => role === 'prefecture' && scope.kind === 'department')
    .map(({ scope }) => scope.code);
  return [...new Set(codes)].sort();
}

/** An import is its prefecture's: who answers for every département that it touches. @throws NotFound */
export function assertMayImport(actor: Actor, { departmentCodes }: ChorusImport): void {
  for (const code of departmentCodes) authorize(actor, 'chorus-import.manage', [{ kind: 'department', code }]);
}

/** What the audit keeps of an import before and after an act. */
export function auditedImport({ state, version, failure, reversalReason }: ChorusImport): object {
  return { state, version, failure, reversalReason };
}

/** What a job remembers of who asked for it: it works in their name, with none of their rights, and never on their own organisations' lines. */
export interface AskedParameters {
  readonly recusedFrom: readonly string[];
}

export const askedBy = (id: string, { recusedFrom }: AskedParameters): Actor => ({
  ...{ id, kind: 'user', grants: [] },
  recusedFrom: new Set(recusedFrom),
});
