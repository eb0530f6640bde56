import { placeOf } from './place.js';

test.each([
  ['/actions/0/description', 'Action 1, description'],
  ['/actions/1/budgets/2027', 'Action 2, budget 2027'],
  ['/actions/0/budgets/2027/charges/3', 'Action 1, budget 2027'],
  ['/actions/0/beneficiaries/total', 'Action 1, bénéficiaires'],
  ['/actions/0/whatever', 'Action 1'],
  ['/actions/2', 'Action 3'],
  ['/actions', 'Actions'],
  ['/title', 'Intitulé'],
  ['', null],
  ['/', null],
  ['/whatever', null],
  ['/constructor', null],
  ['title', null],
])('%s: %s', (pointer, place) => {
  expect(placeOf(pointer)).toBe(place);
});
