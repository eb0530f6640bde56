import { Injectable } from '@nestjs/common';
import { Forbidden } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, refuseRecused } from '../../../platform/auth/authorizer.js';
import { rolesOver } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, type LineInHand } from '../../funding/index.js';
import { judge, judgedFrom, seenFrom, speaksFor, type GivenOpinion, type OpinionRole, type PlacesOfLine } from '../domain/opinion.js';
import { OpinionRepository, type Opinion } from '../persistence/opinion.repository.js';

export interface GiveOpinionCommand extends GivenOpinion {
  readonly lineId: string;
}

export interface OpinionOutcome extends Opinion {
  readonly lineVersion: number;
}

/** What someone of the instruction thinks of a line. Moves the line only: nothing that its applicant can see. */
@Injectable()
export class GiveOpinion {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly opinions: OpinionRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, DossierNotInstructed, LineNotOpen, ReasonRequired, AmountWithUnfavourable, AmountAboveRequest */
  execute({ lineId, ...given }: GiveOpinionCommand, actor: Actor): Promise<OpinionOutcome> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.lines.lockForInstruction(tx, lineId);
      const role = roleOf(actor, inHand, await this.opinions.instructedLine(tx.query, lineId));
      const { line } = inHand;
      refuseRecused(actor, line.organisationId);
      const judged = { dossierState: inHand.dossier.state, lineState: line.state, requestedCents: line.requestedCents };
      const opinion = judge(given, role, judged);
      const after = this.lines.markInstructed(tx, line);
      const { id, replacedId } = await this.opinions.replace(tx.query, { ...opinion, lineId, role, authorId: actor.id, givenAt: tx.at });
      const recorded = { state: after.state, version: after.version, opinionId: id, role, ...opinion };
      tx.audit(
        'opinion.given',
        { type: 'funding-line', id: lineId },
        { state: line.state, version: line.version, opinionId: replacedId },
        recorded,
      );
      return { ...(await this.opinions.get(tx.query, id)), lineVersion: after.version };
    });
  }
}

/** For whom the actor speaks on this line. @throws NotFound, Forbidden */
function roleOf(actor: Actor, { perimeter, funder }: LineInHand, places: PlacesOfLine): OpinionRole {
  const seen = seenFrom(perimeter, places);
  authorize(actor, 'opinion.give', seen, 'dossier.read');
  const role = speaksFor(rolesOver(actor, judgedFrom(seen, places, funder)));
  if (role === null) throw new Forbidden();
  return role;
}
