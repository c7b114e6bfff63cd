import { languageOf } from './language.js';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['nl', 'nl'],
  ['NL-be', 'nl'],
  ['nl-NL,nl;q=0.9,en;q=0.8', 'nl'],
  ['en,nl', 'en'],
  ['nl;q=0.3, en;q=0.7', 'en'],
  ['de, nl;q=0.5', 'nl'],
  ['nl;q=0', 'en'],
  ['nl;q=x', 'en'],
  ['*', 'en'],
  ['fr', 'en'],
])('%p asks for %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
