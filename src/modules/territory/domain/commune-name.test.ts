import fc from 'fast-check';
import { communeEnding } from './commune-name.js';

const COMMUNES = [
  { name: 'Ivry-sur-Seine', departmentCode: '94' },
  { name: "L'Haÿ-les-Roses", departmentCode: '94' },
  { name: 'Le Kremlin-Bicêtre', departmentCode: '94' },
  { name: 'Orly', departmentCode: '94' },
  { name: 'Fresnes', departmentCode: '94' },
  { name: 'Villeneuve-Saint-Georges', departmentCode: '94' },
  { name: 'Villeneuve-le-Roi', departmentCode: '94' },
  { name: 'Viry-Châtillon', departmentCode: '91' },
];

test.each([
  ['12 rue Robespierre, 94200 Ivry-sur-Seine', 'Ivry-sur-Seine'],
  ['12 RUE ROBESPIERRE 94200 IVRY SUR SEINE', 'Ivry-sur-Seine'],
  ['12 rue Robespierre\n94205 Ivry-sur-Seine Cedex', 'Ivry-sur-Seine'],
  ['94205 IVRY-SUR-SEINE CEDEX 2, France', 'Ivry-sur-Seine'],
  ['1 place de la Mairie, 94240 L’Haÿ-les-Roses', "L'Haÿ-les-Roses"],
  ['94240 L HAY LES ROSES', "L'Haÿ-les-Roses"],
  ['94270 le kremlin bicetre', 'Le Kremlin-Bicêtre'],
  ['94190 Villeneuve St Georges', 'Villeneuve-Saint-Georges'],
  ['3 rue Foch - 91170 Viry-Chatillon', 'Viry-Châtillon'],
  ['Orly', 'Orly'],
  ['3 place Gaston Viens, Orly', 'Orly'],
])('%j is in %s', (address, name) => {
  expect(communeEnding(address, COMMUNES)?.name).toBe(name);
});

test.each([
  ['a street named after a commune', '12 avenue d’Orly'],
  ['another commune that ends alike', '94000 Grand-Orly'],
  ['a commune of the same name elsewhere', '41700 Fresnes'],
  ['a commune in the middle only', '2 rue d’Ivry-sur-Seine, 75013 Paris'],
  ['nothing', ''],
])('finds no commune in %s', (_case, address) => {
  expect(communeEnding(address, COMMUNES)).toBeNull();
});

test('any text is read without harm, and a known commune after its postcode is always found', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...COMMUNES), (street, commune) => {
      expect(communeEnding(`${street} ${commune.departmentCode}999 ${commune.name}`, COMMUNES)).toBe(commune);
    }),
  );
});
