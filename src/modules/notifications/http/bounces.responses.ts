import { Flag, Instant, Nested, OneOf, Text, TextList, Uuid } from '../../../platform/http/fields.js';
import { BOUNCE_SOURCES, SEVERITIES, type Bounce, type BounceSource, type Severity } from '../domain/bounce.js';
import { DELIVERY_STATES, type DeliveryState } from '../domain/delivery.js';
import { masked } from '../domain/masked.js';

export class BouncedPerson {
  @Uuid() id!: string;
  @Text({ max: 200 }) name!: string;
  @Text({ max: 260, description: 'Adresse masquée', example: 'c…@exemple.fr' }) address!: string;
  @Flag({ description: 'Plusieurs courriels sont revenus pour de bon de son adresse actuelle' }) flagged!: boolean;
}

export class BounceResponse {
  @Uuid() id!: string;
  @Uuid({ description: 'Le courriel ; dans son Message-ID' }) mailId!: string;
  @Nested(() => BouncedPerson) person!: BouncedPerson;
  @TextList({ max: 100, each: 100, description: 'Genres des messages qu’il portait' }) kinds!: string[];
  @OneOf(DELIVERY_STATES) state!: DeliveryState;
  @OneOf(BOUNCE_SOURCES, { description: 'smtp : refusé sur-le-champ ; report : avis reçu ensuite' }) source!: BounceSource;
  @OneOf(SEVERITIES, { description: 'hard : ne passera jamais ; soft : abandonné par un serveur ; delay : encore essayé' })
  severity!: Severity;
  @Text({ max: 20, nullable: true, description: 'RFC 3463', example: '5.1.1' }) status!: string | null;
  @Text({ max: 300, min: 0, description: 'Ce qu’a dit le serveur, sans les adresses ; vide une fois le message effacé' })
  diagnostic!: string;
  @Instant() recordedAt!: string;
}

export function toBounceResponse(bounce: Bounce): BounceResponse {
  const { personId, personName, email, addressFlagged, recordedAt, kinds, ...rest } = bounce;
  return {
    ...rest,
    kinds: [...kinds],
    person: { id: personId, name: personName, address: masked(email), flagged: addressFlagged },
    recordedAt: recordedAt.toISOString(),
  };
}
