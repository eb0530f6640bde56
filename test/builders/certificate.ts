import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

// DER: a tag, a length, a value.
const der = (tag: number, ...values: readonly Buffer[]): Buffer => {
  const value = Buffer.concat(values);
  const bytes = value.length.toString(16).length > 2 ? 2 : 1;
  const long = Buffer.alloc(bytes + 1);
  long.writeUInt8(0x80 | bytes);
  long.writeUIntBE(value.length, 1, bytes);
  return Buffer.concat([Buffer.of(tag), value.length < 0x80 ? Buffer.of(value.length) : long, value]);
};
const sequence = (...values: readonly Buffer[]): Buffer => der(0x30, ...values);
const bits = (value: Buffer): Buffer => der(0x03, Buffer.of(0), value);
const ascii = (tag: number, text: string): Buffer => der(tag, Buffer.from(text));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const SUBJECT_ALT_NAME = oid('551d11');

/** A certificate that signs itself, good for one name: what a test server shows, and the authority its caller trusts. */
export function aCertificate(hostname: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(oid('550403'), ascii(0x0c, hostname))));
  const names = sequence(SUBJECT_ALT_NAME, der(0x04, sequence(ascii(0x82, hostname))));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_SHA256,
    name,
    sequence(ascii(0x17, '200101000000Z'), ascii(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(names)),
  );
  const signed = sequence(content, ECDSA_SHA256, bits(sign('sha256', content, privateKey)));
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
