import { Instant, Nested, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { SEVERITIES, type Severity } from '../domain/bounce.js';
import { DELIVERY_STATES, type DeliveryState } from '../domain/delivery.js';
import { KINDS } from '../domain/kinds.js';
import { masked } from '../domain/masked.js';
import { replyClass, type ReplyClass } from '../domain/proof.js';
import { BLANKED } from './notifications.responses.js';
import type { GivenProof } from '../use-cases/proof.queries.js';

export class ProofRecipient {
  @Uuid() id!: string;
  @Text({ max: 200 }) name!: string;
  @Text({ max: 260, description: 'Adresse masquée', example: 'c…@exemple.fr' }) address!: string;
}

export class ServerReply {
  @WholeNumber({ min: 200, max: 599, nullable: true, description: 'Code SMTP ; nul si aucun serveur n’a répondu' }) code!: number | null;
  @OneOf(['2', '4', '5'], { nullable: true, description: '2 : pris en charge ; 4 : pas maintenant ; 5 : refusé' })
  class!: ReplyClass | null;
}

export class ProofBounce {
  @OneOf(SEVERITIES) severity!: Severity;
  @Text({ max: 20, nullable: true, description: 'RFC 3463' }) status!: string | null;
}

export class ProofResponse {
  @Uuid() id!: string;
  @Text({ max: 100, example: 'complement-asked' }) kind!: string;
  @Text({ max: 200, description: 'Ce genre de message, en français' }) label!: string;
  @Text({ max: 200, nullable: true, description: 'Objet ; nul tant qu’il n’est pas écrit, et une fois effacé (blankedAt)' }) subject!:
    string | null;
  @Nested(() => ProofRecipient) recipient!: ProofRecipient;
  @OneOf(DELIVERY_STATES) state!: DeliveryState;
  @Instant({ description: 'Quand il a été décidé de l’envoyer' }) toldAt!: string;
  @Instant({ nullable: true, description: 'Quand un serveur l’a pris en charge' }) sentAt!: string | null;
  @Instant({ nullable: true, description: 'Quand la personne l’a marqué lu' }) readAt!: string | null;
  @Instant({ nullable: true, description: `${BLANKED} ; le reste de la preuve est gardé` }) blankedAt!: string | null;
  @Text({ max: 300, nullable: true, description: 'Identifiant du courriel (Message-ID)' }) messageId!: string | null;
  @Nested(() => ServerReply, { nullable: true, description: 'Dernière réponse ; nulle avant tout essai' }) reply!: ServerReply | null;
  @WholeNumber({ min: 0, max: 2_147_483_647, description: 'Essais, en tout' }) tries!: number;
  @Nested(() => ProofBounce, { nullable: true, description: 'Ce qui en est revenu' }) bounce!: ProofBounce | null;
}

export function toProofResponse(proof: GivenProof): ProofResponse {
  const { personId, personName, email, mailId: _mailId, replyCode, toldAt, sentAt, readAt, blankedAt, ...rest } = proof;
  return {
    ...rest,
    label: KINDS[proof.kind].label,
    recipient: { id: personId, name: personName, address: masked(email) },
    toldAt: toldAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
    blankedAt: blankedAt?.toISOString() ?? null,
    reply: proof.tries === 0 ? null : { code: replyCode, class: replyClass(replyCode) },
  };
}
