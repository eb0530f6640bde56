import { Text, Uuid } from '../../../platform/http/fields.js';

export class RenameRequest {
  @Text({ max: 200 }) name!: string;
}

export class DeclareRecusalRequest {
  @Uuid() organisationId!: string;
  @Text({ max: 1000, example: 'Mon conjoint en est trésorier' }) reason!: string;
}
