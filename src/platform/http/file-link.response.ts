import { Instant, Text } from './fields.js';

export class FileLinkResponse {
  @Text({ max: 1000, description: 'Donne le contenu à qui le suit, sans connexion' }) url!: string;
  @Instant() expiresAt!: string;
}

export const toFileLinkResponse = ({ url, expiresAt }: { readonly url: string; readonly expiresAt: Date }): FileLinkResponse => ({
  url,
  expiresAt: expiresAt.toISOString(),
});
