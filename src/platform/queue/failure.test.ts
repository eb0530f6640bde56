import { describeFailure } from './failure.js';

test.each([
  [new Error('550 refused <jeanne.martin@asso.example>'), 'Error: 550 refused <[address]>'],
  [Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }), 'Error ECONNREFUSED: connect refused'],
  [new Error('account FR76 3000 6000 0112 3456 7890 189 is closed'), 'Error: account [iban] is closed'],
  [new Error('account FR7630006000011234567890189 is closed'), 'Error: account [iban] is closed'],
  [new Error('GET /?token=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0'), 'Error: GET /?[secret]'],
  [new Error('no row 0193e1f0-7a3c-7d55-9e1b-0a1b2c3d4e5f'), 'Error: no row 0193e1f0-7a3c-7d55-9e1b-0a1b2c3d4e5f'],
  ['bare string with jeanne@asso.example', 'thrown value'],
])('keeps what helps and nothing personal: %s', (error, expected) => {
  expect(describeFailure(error)).toBe(expected);
});

test('is short', () => {
  expect(describeFailure(new Error('x '.repeat(1000))).length).toBeLessThanOrEqual(300);
});
