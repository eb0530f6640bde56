import { Webhook } from 'standardwebhooks';
import { newSecret, signedHeaders, writtenSecret } from './webhook-signature.js';

const message = { id: '0190', at: new Date(), body: '{"é":1}' };

test('the library of Standard Webhooks takes the secret as written, and the signature', () => {
  const secret = newSecret();
  expect(new Webhook(writtenSecret(secret)).verify(message.body, signedHeaders(message, [secret]))).toEqual({ é: 1 });
});

test('with two secrets in force, whoever holds either can check', () => {
  const [fresh, former, other] = [newSecret(), newSecret(), newSecret()];
  const headers = signedHeaders(message, [fresh, former]);
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  for (const secret of [fresh, former]) expect(() => new Webhook(writtenSecret(secret)).verify(message.body, headers)).not.toThrow();
  expect(() => new Webhook(writtenSecret(other)).verify(message.body, headers)).toThrow();
});

// The example of the specification's own libraries.
test('signs as the specification’s example does', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const example = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1614265330_000), body: '{"test": 2432232314}' };
  expect(signedHeaders(example, [secret])['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
