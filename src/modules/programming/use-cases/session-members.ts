import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { MemberUnknown, MemberWithoutName } from '../domain/committee.errors.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';

/** Someone with an account, whose name is known, or someone named. */
export interface MemberCommand {
  readonly userId?: string;
  readonly name?: string;
  readonly institution: string;
  readonly funderCode?: string;
}

@Injectable()
export class SessionMembers {
  constructor(private readonly committees: CommitteeRepository) {}

  /** @throws MemberWithoutName, MemberUnknown */
  async replace(tx: Tx, committeeId: string, members: readonly MemberCommand[]): Promise<void> {
    const names = await this.committees.namesOf(
      tx.query,
      members.flatMap(({ userId }) => userId ?? []),
    );
    const named = members.map(({ userId = null, institution, funderCode = null, ...said }, index) => {
      const known = userId === null ? undefined : names.get(userId);
      if (userId !== null && known === undefined) throw new MemberUnknown(`/members/${index}/userId`);
      const name = said.name ?? known;
      if (name === undefined) throw new MemberWithoutName(`/members/${index}`);
      return { userId, name, institution, funderCode };
    });
    await this.committees.replaceMembers(tx.query, committeeId, named);
  }
}
