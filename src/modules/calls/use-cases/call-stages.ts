import { Injectable } from '@nestjs/common';
import { next } from '../../../kernel/transitions.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { CALL_STAGE_TRANSITIONS, CALL_STAGE_WORDS, type CallStageAct } from '../domain/call.transitions.js';
import { CallRepository } from '../persistence/call.repository.js';

/** The life of a call after its closing, written by the modules that make it go on. */
@Injectable()
export class CallStages {
  constructor(private readonly calls: CallRepository) {}

  /** Within the transaction of the act that causes it, which has authorised its actor. @throws NotFound, ActNotAllowed */
  async advance(tx: Tx, callId: string, act: CallStageAct): Promise<void> {
    const { stage } = await this.calls.lock(tx.query, callId);
    const after = next(CALL_STAGE_TRANSITIONS, stage, act, CALL_STAGE_WORDS);
    if (after === stage) return;
    await this.calls.saveStage(tx.query, callId, after);
    tx.audit(`call.${act}`, { type: 'call', id: callId }, { stage }, { stage: after });
  }
}
