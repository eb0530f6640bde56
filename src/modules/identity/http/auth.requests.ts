import { Email, Password, Text } from '../../../platform/http/fields.js';

export class LoginRequest {
  @Email({ example: 'claude@exemple.fr' }) email!: string;
  @Password({ min: 1 }) password!: string;
  @Text({ max: 20, optional: true, description: 'Code à usage unique ; pas encore en service' }) otp?: string;
}

export class RefreshRequest {
  @Text({ max: 200 }) refreshToken!: string;
}

export class LogoutRequest {
  @Text({ max: 200, optional: true, description: 'À défaut, l’en-tête Authorization dit quelle session finir' }) refreshToken?: string;
}

export class RegisterRequest {
  @Email({ example: 'claude@exemple.fr' }) email!: string;
  @Password({ description: 'Au moins 12 caractères, gardés à la lettre' }) password!: string;
  @Text({ max: 200, example: 'Claude Martin' }) name!: string;
}

export class ConfirmEmailRequest {
  @Text({ max: 200, description: 'Le code reçu par courriel' }) token!: string;
}

export class ForgotPasswordRequest {
  @Email() email!: string;
}

export class ResetPasswordRequest {
  @Text({ max: 200, description: 'Le code reçu par courriel' }) token!: string;
  @Password({ description: 'Au moins 12 caractères, gardés à la lettre' }) password!: string;
}

export class AcceptInvitationRequest {
  @Text({ max: 200, description: 'Le code reçu par courriel' }) token!: string;
  @Password({ description: 'Au moins 12 caractères, gardés à la lettre' }) password!: string;
  @Text({ max: 200, optional: true, description: 'À la place du nom donné dans l’invitation' }) name?: string;
}
