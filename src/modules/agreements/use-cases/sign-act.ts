import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { ZERO } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Files, type StoredFile } from '../../../platform/files/index.js';
import { advance, amendGrant, type FundingLine } from '../../funding/index.js';
import { ScanNotPdf } from '../domain/act.errors.js';
import { assertScanOf, scanOf, type Scan } from '../domain/act-scan.js';
import { sign, type Act, type SignatureMethod } from '../domain/act.js';
import { ActDocumentRepository } from '../persistence/act-document.repository.js';
import { ActRepository, type ActInHand } from '../persistence/act.repository.js';
import { ActLines } from './act-lines.js';
import { assertMayHandle, auditedAct, type ActCommand } from './act-rights.js';
import { CpoOfAct } from './cpo-of-act.js';

export interface SignActCommand extends ActCommand, Partial<Scan> {
  readonly signedOn: Day;
  readonly method: SignatureMethod;
  readonly place?: string;
  readonly beneficiarySignedOn?: Day;
}

/** The funder signs, by one of its people who may, here or on paper. It is when an amendment changes the amounts, and never before. */
@Injectable()
export class SignAct {
  constructor(
    private readonly work: UnitOfWork,
    private readonly acts: ActRepository,
    private readonly documents: ActDocumentRepository,
    private readonly lines: ActLines,
    private readonly cpoOfAct: CpoOfAct,
    private readonly files: Files,
  ) {}

  /**
   * @throws ScanIncomplete, OnlyForScan, and as `copyOf`; ActNotAllowed, DayInFuture, SignedBeforePrepared, BeneficiaryDoesNotSign; of an amendment AmountAboveRequest, AmendmentBelowPaid,
   * EnvelopeExceeded; of a CPO as `CpoSigning.carryOut`
   */
  execute(command: SignActCommand, actor: Actor): Promise<Act> {
    return this.work.run(actor, (tx) => this.within(tx, command, actor));
  }

  /** One signature within a transaction, for who signs one act and for who signs many. @throws as `execute` */
  async within(
    tx: Tx,
    { actId, version, signedOn, method, place, beneficiarySignedOn, ...said }: SignActCommand,
    actor: Actor,
  ): Promise<Act> {
    const hand = await this.acts.lock(tx.query, actId);
    assertMayHandle(hand, actor, 'act.sign', version);
    const scan = scanOf(method, said);
    const copy = scan && (await this.copyOf(tx, actor, hand.act, scan));
    const signatoryName = scan?.signatoryName ?? (await this.acts.nameOf(tx.query, actor.id));
    const signed = sign(hand.act, {
      ...{ signedOn, method, place: place ?? null, beneficiarySignedOn: beneficiarySignedOn ?? null },
      ...{ copy, signerId: actor.id, signatoryName, at: tx.at, today: parisDay(tx.at) },
    });
    await this.cpoOfAct.signed(tx, actor, signed, signedOn);
    if (hand.purpose === 'grant') await this.signLines(tx, actor, hand);
    if (hand.purpose === 'amendment') await this.amendLines(tx, actor, hand);
    this.acts.save(tx, signed);
    tx.audit('act.signed', { type: 'act', id: actId }, auditedAct(hand.act), auditedAct(signed));
    return signed;
  }

  /** @throws ActNumberMismatch, ScanNotPdf, UnknownFile, WrongPurpose, FileAlreadyUsed */
  private async copyOf(tx: Tx, actor: Actor, act: Act, scan: Scan): Promise<StoredFile> {
    assertScanOf(act, scan);
    const copy = await this.files.attach(tx, scan.fileId, { purpose: 'signed-act', ownerType: 'act', ownerId: act.id }, actor);
    if (copy.mediaType !== 'application/pdf') throw new ScanNotPdf();
    return copy;
  }

  private async signLines(tx: Tx, actor: Actor, hand: ActInHand): Promise<void> {
    const lines = await this.lines.lockMoving(tx, hand, 'act-generated');
    this.lines.move(tx, actor, lines, 'signed', (line) => advance(line, 'sign'));
  }

  private async amendLines(tx: Tx, actor: Actor, hand: ActInHand): Promise<void> {
    await this.acts.lockBeneficiary(tx.query, hand.act);
    const lines = await this.lines.lock(tx, idsOf(hand));
    const { content } = await this.documents.facts(tx.query, hand.act.id);
    const becomes = (line: FundingLine) => hand.lines.find(({ lineId }) => lineId === line.id)?.amountCents ?? ZERO;
    const changes = lines.map((line) => ({ lineId: line.id, fromCents: line.grantedCents ?? ZERO, toCents: becomes(line) }));
    this.acts.recordAmendments(tx, hand.act.id, changes);
    this.lines.move(tx, actor, lines, 'amended', (line) => amendGrant(line, becomes(line), content.reason ?? ''));
    this.acts.releaseLines(tx, hand.act.id);
  }
}

function idsOf({ lines }: ActInHand): string[] {
  return lines.map(({ lineId }) => lineId);
}
