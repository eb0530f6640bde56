import { askingOnce, type Query } from './query.js';

test('what is asked twice is asked once, of one statement and parameters; what fails fails for all who asked', async () => {
  const asked: string[] = [];
  const query: Query = <Row>(sql: string, params: readonly unknown[] = []) => {
    asked.push(`${sql} ${JSON.stringify(params)}`);
    return sql === 'bad' ? Promise.reject(new Error('refused')) : Promise.resolve([{ n: asked.length }] as Row[]);
  };
  const once = askingOnce(query);
  const [a, b, c] = await Promise.all([once('one', ['x']), once('one', ['x']), once('one', ['y'])]);
  expect([a, b, c]).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 2 }]]);
  await expect(Promise.all([once('bad'), once('bad')])).rejects.toThrow('refused');
  expect(asked).toEqual(['one ["x"]', 'one ["y"]', 'bad []']);
});
