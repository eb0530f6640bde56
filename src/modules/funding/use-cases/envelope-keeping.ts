import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import type { Permission } from '../../../platform/auth/policy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { keepersOf, UnknownFunder, type OpenedEnvelope } from '../domain/opened-envelope.js';
import { EnvelopeRepository, type EnvelopeInView } from '../persistence/envelope.repository.js';
import { Funders } from '../persistence/funder.repository.js';

/** What every act on an envelope says. */
export interface EnvelopeCommand {
  readonly envelopeId: string;
  readonly version: ExpectedVersion;
}

/** What every act of who keeps an envelope begins with: the locks, the right, the version read. */
@Injectable()
export class EnvelopeKeeping {
  constructor(
    private readonly funders: Funders,
    private readonly envelopes: EnvelopeRepository,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion */
  async begin(tx: Tx, actor: Actor, permission: Permission, command: EnvelopeCommand): Promise<OpenedEnvelope> {
    const locked = await this.envelopes.lock(tx.query, command.envelopeId);
    await this.assertKeeps(tx, actor, permission, locked);
    assertVersion(command.version, locked.envelope.version);
    return locked.envelope;
  }

  /**
   * The same, with the others that the act moves: `othersOf` names them from what never changes of the envelope.
   * @throws NotFound, Forbidden, VersionRequired, StaleVersion
   */
  async beginWith(
    tx: Tx,
    actor: Actor,
    permission: Permission,
    { envelopeId, version }: EnvelopeCommand,
    othersOf: (envelope: OpenedEnvelope) => Promise<readonly string[]> | readonly string[],
  ): Promise<{ readonly envelope: OpenedEnvelope; readonly others: ReadonlyMap<string, OpenedEnvelope> }> {
    const seen = await this.envelopes.find(tx.query, envelopeId);
    await this.assertKeeps(tx, actor, permission, seen);
    const locked = await this.envelopes.lockAll(tx.query, [envelopeId, ...(await othersOf(seen.envelope))]);
    const envelope = locked.get(envelopeId)?.envelope;
    if (!envelope) throw new NotFound();
    assertVersion(version, envelope.version);
    return { envelope, others: new Map([...locked].map(([id, other]) => [id, other.envelope])) };
  }

  private async assertKeeps(tx: Tx, actor: Actor, permission: Permission, { envelope, perimeter }: EnvelopeInView): Promise<void> {
    authorize(actor, 'envelope.read', perimeter);
    const [funder] = await this.funders.byIds(tx.query, [envelope.funderId]);
    if (!funder) throw new UnknownFunder();
    authorizeCreation(actor, permission, keepersOf(funder));
  }
}
