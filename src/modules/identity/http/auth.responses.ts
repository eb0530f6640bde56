import { Text, WholeNumber } from '../../../platform/http/fields.js';

export class SessionResponse {
  @Text({ max: 2000, description: 'À envoyer dans Authorization: Bearer' }) accessToken!: string;
  @WholeNumber({ min: 1, max: 86_400, description: 'Secondes pendant lesquelles accessToken est valable' }) expiresIn!: number;
  @Text({ max: 200, description: 'À échanger une seule fois contre de nouveaux jetons' }) refreshToken!: string;
}

export class MailSentResponse {
  @Text({ max: 300 }) detail!: string;
}

/** The same whether or not an account exists. */
export const MAIL_SENT: MailSentResponse = {
  detail: 'Si cette adresse peut recevoir un lien, il vient d’y être envoyé. Regardez aussi dans les courriels indésirables.',
};
