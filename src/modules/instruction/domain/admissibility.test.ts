import { admissibilityOf } from './admissibility.js';
import { ReasonRequired } from './reason.js';

test.each([null, undefined, '', '  '])('an admissible dossier needs no reason (%j)', (text) => {
  expect(admissibilityOf(true, text)).toEqual({ act: 'declare-admissible', reason: null });
});

test.each([null, undefined, '', ' \n '])('an inadmissible one does (%j)', (text) => {
  expect(() => admissibilityOf(false, text)).toThrow(ReasonRequired);
});

test('the reason is kept without the blanks around it', () => {
  expect(admissibilityOf(false, ' Hors du contrat. ')).toEqual({ act: 'declare-inadmissible', reason: 'Hors du contrat.' });
});
