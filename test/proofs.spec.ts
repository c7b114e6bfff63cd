import { readdirSync, readFileSync } from 'node:fs';

/** Proofs take hours, so that most run seldom: at least what they take from the product is there. */
const proofs = readdirSync('test/prove', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => ({ name, text: readFileSync(`test/prove/${name}`, 'utf8') }))
  .filter(({ text }) => /['`/]libs\/|await lib\(/.test(text));

/** `const { a, b } = await lib('access')`, or of any file of the build. */
const taken =
  /const \{ ([^}]+) \} = await \w+\((?:pathToFileURL\(join\(product, )?['`](?:libs\/)?([\w-]+)(?:\/src\/([\w/-]+)\.js)?['`]/g;

test.each(proofs)('$name takes from the product what is there', ({ text }) => {
  const found = [...text.matchAll(taken)];
  expect(found.length).toBeGreaterThan(0);
  for (const [, names, lib, file = 'index'] of found) {
    const there = jest.requireActual<object>(`../libs/${lib}/src/${file}.ts`);
    expect(Object.keys(there)).toEqual(expect.arrayContaining(names!.split(', ')));
  }
});

test('which are most of them', () => expect(proofs.length).toBeGreaterThanOrEqual(6));
