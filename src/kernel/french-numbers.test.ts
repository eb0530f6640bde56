import { amountInWords, numberInWords } from './french-numbers.js';
import { cents } from './money.js';

test.each([
  [0n, 'zéro'],
  [1n, 'un'],
  [16n, 'seize'],
  [17n, 'dix-sept'],
  [20n, 'vingt'],
  [21n, 'vingt et un'],
  [22n, 'vingt-deux'],
  [61n, 'soixante et un'],
  [70n, 'soixante-dix'],
  [71n, 'soixante et onze'],
  [72n, 'soixante-douze'],
  [79n, 'soixante-dix-neuf'],
  [80n, 'quatre-vingts'],
  [81n, 'quatre-vingt-un'],
  [90n, 'quatre-vingt-dix'],
  [91n, 'quatre-vingt-onze'],
  [99n, 'quatre-vingt-dix-neuf'],
  [100n, 'cent'],
  [101n, 'cent un'],
  [180n, 'cent quatre-vingts'],
  [200n, 'deux cents'],
  [201n, 'deux cent un'],
  [1000n, 'mille'],
  [1001n, 'mille un'],
  [1821n, 'mille huit cent vingt et un'],
  [2000n, 'deux mille'],
  [21_000n, 'vingt et un mille'],
  [80_000n, 'quatre-vingt mille'],
  [80_080n, 'quatre-vingt mille quatre-vingts'],
  [200_000n, 'deux cent mille'],
  [200_200n, 'deux cent mille deux cents'],
  [1_000_000n, 'un million'],
  [2_000_000n, 'deux millions'],
  [80_000_000n, 'quatre-vingts millions'],
  [200_001_001n, 'deux cents millions mille un'],
  [1_000_000_000n, 'un milliard'],
  [
    999_999_999_999n,
    'neuf cent quatre-vingt-dix-neuf milliards neuf cent quatre-vingt-dix-neuf millions neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf',
  ],
])('%i is « %s »', (number, words) => {
  expect(numberInWords(number)).toBe(words);
});

test.each([
  [0n, 'zéro euro'],
  [1n, 'un centime'],
  [80n, 'quatre-vingts centimes'],
  [100n, 'un euro'],
  [101n, 'un euro et un centime'],
  [8_000n, 'quatre-vingts euros'],
  [300_050n, 'trois mille euros et cinquante centimes'],
  [2_300_000n, 'vingt-trois mille euros'],
  [100_000_000n, 'un million d’euros'],
  [200_000_000n, 'deux millions d’euros'],
  [200_000_100n, 'deux millions un euros'],
])('%i cents are « %s »', (amount, words) => {
  expect(amountInWords(cents(amount))).toBe(words);
});

test.each([-1n, 1_000_000_000_000n])('%i is not written in letters', (number) => {
  expect(() => numberInWords(number)).toThrow(RangeError);
});
