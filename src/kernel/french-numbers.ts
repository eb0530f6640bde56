import type { Money } from './money.js';

const UNITS = [
  ...[
    'zéro',
    'un',
    'deux',
    'trois',
    'quatre',
    'cinq',
    'six',
    'sept',
    'huit',
    'neuf',
    'dix',
    'onze',
    'douze',
    'treize',
    'quatorze',
    'quinze',
  ],
  ...['seize', 'dix-sept', 'dix-huit', 'dix-neuf'],
];
const TENS = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante', 'soixante', 'quatre-vingt', 'quatre-vingt'];

/** A whole number in letters, 0 to 999 999 999 999, in the spelling of deeds: `1 821` → « mille huit cent vingt et un ». @throws RangeError */
export function numberInWords(number: bigint): string {
  if (number < 0n || number > 999_999_999_999n) throw new RangeError(`${number} is not written in letters here.`);
  if (number === 0n) return 'zéro';
  const groups = [
    { value: number / 1_000_000_000n, noun: 'milliard' },
    { value: (number / 1_000_000n) % 1000n, noun: 'million' },
  ];
  const thousands = Number((number / 1000n) % 1000n);
  const rest = Number(number % 1000n);
  return [
    ...groups.flatMap(({ value, noun }) => (value === 0n ? [] : [`${hundreds(Number(value), true)} ${noun}${value > 1n ? 's' : ''}`])),
    // « mille » is a numeral, not a noun: it takes no « un », and what comes before it no plural.
    ...(thousands === 0 ? [] : [thousands === 1 ? 'mille' : `${hundreds(thousands, false)} mille`]),
    ...(rest === 0 ? [] : [hundreds(rest, true)]),
  ].join(' ');
}

/** An amount in letters: `2 350 050` cents → « vingt-trois mille cinq cents euros et cinquante centimes ». @throws RangeError */
export function amountInWords(amount: Money): string {
  const [euros, cents] = [amount / 100n, amount % 100n];
  const inCents = `${numberInWords(cents)} centime${cents > 1n ? 's' : ''}`;
  if (euros === 0n && cents > 0n) return inCents;
  // A million is a noun: one million « d’euros ».
  const of = euros > 0n && euros % 1_000_000n === 0n ? ' d’' : ' ';
  const inEuros = `${numberInWords(euros)}${of}euro${euros > 1n ? 's' : ''}`;
  return cents === 0n ? inEuros : `${inEuros} et ${inCents}`;
}

/** 1 to 999. `last`: nothing but a noun follows, so that « cents » and « quatre-vingts » keep their plural. */
function hundreds(number: number, last: boolean): string {
  const [count, rest] = [Math.floor(number / 100), number % 100];
  const tail = rest === 0 ? [] : [tens(rest, last)];
  if (count === 0) return tail.join('');
  const head = count === 1 ? ['cent'] : [UNITS[count] ?? '', rest === 0 && last ? 'cents' : 'cent'];
  return [...head, ...tail].join(' ');
}

/** 1 to 99. */
function tens(number: number, last: boolean): string {
  if (number < 20) return UNITS[number] ?? '';
  const ten = Math.floor(number / 10);
  // Seventy and ninety count on from sixty and eighty.
  const unit = number - (ten === 7 || ten === 9 ? ten - 1 : ten) * 10;
  const name = TENS[ten] ?? '';
  if (unit === 0) return ten === 8 && last ? `${name}s` : name;
  if ((unit === 1 || unit === 11) && ten < 8) return `${name} et ${UNITS[unit] ?? ''}`;
  return `${name}-${UNITS[unit] ?? ''}`;
}
