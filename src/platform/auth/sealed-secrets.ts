import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** First byte of what is sealed, should the way of sealing ever change. */
const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed was cut, moved to another object, or sealed under another TOKEN_SECRET. */
export class Unsealable extends Error {
  override readonly name = 'Unsealable';
}

/**
 * Secrets that must be read again, so that no hash will do (they sign, or they are shown masked): AES-256-GCM under a key that HKDF-SHA256
 * derives from the installation's own. `context` names the object and the field, and is authenticated: a secret copied to another row does not
 * open there. Layout: format (1 byte), nonce (12), tag (16), ciphertext.
 */
export class SealedSecrets {
  private readonly key: Buffer;

  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'bievre/sealed-secrets/v1', 32));
  }

  seal(secret: Buffer, context: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Unsealable */
  open(sealed: Buffer, context: string): Buffer {
    const [format, iv, tag] = [sealed[0], sealed.subarray(1, 1 + IV_BYTES), sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)];
    if (format !== FORMAT || tag.length !== TAG_BYTES) throw new Unsealable('unknown format');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
      return Buffer.concat([decipher.setAuthTag(tag).update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      throw new Unsealable('not sealed here, or for something else');
    }
  }
}
