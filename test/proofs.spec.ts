import { readdirSync, readFileSync } from 'node:fs';

/** Proofs take hours, so that most run seldom: at least what they take from the product is there. */
const proofs = readdirSync('test/prove').filter((name) => name.endsWith('.mjs'));
const taken = /const \{ ([^}]+) \} = await (?:lib\('([\w-]+)'\)|import\(.*`?libs\/([\w-]+)\/src\/index\.js)/g;

test.each(proofs)('%s takes from the product what is there', (name) => {
  const found = [...readFileSync(`test/prove/${name}`, 'utf8').matchAll(taken)];
  for (const [, names, some, other] of found) {
    const lib = jest.requireActual<object>(`@domeinbrug/${some ?? other}`);
    expect(Object.keys(lib)).toEqual(expect.arrayContaining(names!.split(', ')));
  }
});

test('and what they take is found in most of them', () => {
  const takers = proofs.filter((name) => readFileSync(`test/prove/${name}`, 'utf8').search(taken) >= 0);
  expect(takers.length).toBeGreaterThanOrEqual(5);
});
