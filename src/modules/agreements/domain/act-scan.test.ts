import { assertScanOf, scanOf } from './act-scan.js';

const scan = { fileId: 'f', number: '2027-P147-94-0001', signatoryName: 'Mme la préfète' };
const faultsOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    const { code, fields } = error as { code: string; fields: { pointer: string }[] };
    return [code, fields.map(({ pointer }) => pointer)];
  }
};

test('a scan says its file, its number and who signed', () => {
  expect(scanOf('scan', scan)).toEqual(scan);
  expect(faultsOf(() => scanOf('scan', { number: scan.number }))).toEqual(['SCAN_INCOMPLETE', ['/fileId', '/signatoryName']]);
});

test('what is signed here has none of it', () => {
  expect(scanOf('platform', {})).toBeNull();
  expect(faultsOf(() => scanOf('platform', { signatoryName: 'Un autre' }))).toEqual(['ONLY_FOR_SCAN', ['/signatoryName']]);
});

test.each([
  ['2027-P147-94-0001', true],
  [' 2027-p147-94-0001 ', true],
  ['2027 - P147 - 94 - 0001', true],
  ['2027-P147-94-0002', false],
  ['2027-P147-94-001', false],
])('a scan that says « %s » is of the act 2027-P147-94-0001: %s', (number, is) => {
  const check = () => assertScanOf({ number: '2027-P147-94-0001' }, { ...scan, number });
  if (is) expect(check).not.toThrow();
  else expect(faultsOf(check)).toEqual(['ACT_NUMBER_MISMATCH', ['/number']]);
});
