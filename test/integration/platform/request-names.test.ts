import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The document knows a schema by the name of its class alone: two classes of one name would be one schema, wrong for one of them. */
test('no two classes of what goes in or out have one name', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /[\\/]http[\\/].*\.ts$/.test(file));
  const names = files.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/^export class (\w+)/gm)].map(([, name]) => name ?? ''),
  );
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
