import { OneOf, Text } from '../../../platform/http/fields.js';
import { LONGEST_MESSAGE, MESSAGE_VISIBILITIES, type MessageVisibility } from '../domain/dossier-message.js';

export class MessageBody {
  @Text({ max: LONGEST_MESSAGE, example: 'Le local est-il accessible le mercredi ?' }) text!: string;
  @OneOf(MESSAGE_VISIBILITIES, {
    optional: true,
    description:
      '`all` (par défaut) : la structure et ceux qui instruisent son dossier ; `staff` : note interne, que la structure ne voit jamais',
  })
  visibility?: MessageVisibility;
}
