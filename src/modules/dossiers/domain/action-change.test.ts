import type { ActionContent } from './action.js';
import { changesAction } from './action-change.js';

const action: ActionContent = {
  title: 'Ateliers',
  objectives: '',
  description: '',
  orientationCode: 'O1',
  objectiveCodes: ['O1.1', 'O1.2'],
  secondaryOrientationCodes: ['O2', 'O3'],
  crossCuttingTags: [],
  qpv: ['gagarine', 'monmousseau'],
  communes: [],
  pocketId: null,
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  multiYear: false,
  renewed: false,
  places: [],
  partners: [],
  means: null,
  beneficiaries: { total: 10, byAge: { '0-11': 4, '12-17': 6 } },
  indicators: [{ label: 'Présents', type: 'count', baseline: 0, target: null }],
};

test.each([
  ['nothing', {}],
  ['the same text', { title: 'Ateliers' }],
  ['all of it again', action],
  ['the same places in another order', { qpv: ['monmousseau', 'gagarine'], objectiveCodes: ['O1.2', 'O1.1'] }],
  ['null for counts left out', { beneficiaries: { total: 10, women: null, men: null, byAge: { '12-17': 6, '0-11': 4 } } }],
] as const)('%s changes nothing', (_what, change) => {
  expect(changesAction(action, change)).toBe(false);
});

test.each([
  ['a text', { title: 'Ateliers.' }],
  ['an emptied list', { qpv: [] }],
  ['a place more', { qpv: ['gagarine', 'monmousseau', 'pierre-et-marie-curie'] }],
  ['another order where it counts', { secondaryOrientationCodes: ['O3', 'O2'] }],
  ['means given', { means: { volunteers: 2 } }],
  ['beneficiaries taken away', { beneficiaries: null }],
  ['a count that is zero', { beneficiaries: { total: 10, women: 0, byAge: { '0-11': 4, '12-17': 6 } } }],
  ['a target', { indicators: [{ label: 'Présents', type: 'count', baseline: 0, target: 3 }] }],
] as const)('%s is a change', (_what, change) => {
  expect(changesAction(action, change)).toBe(true);
});
