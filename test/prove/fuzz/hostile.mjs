/** Texts that break what does not expect them: in addresses, header fields and bodies. */
const texts = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '9007199254740993',
  '-0',
  '0x10',
  '١٢٣',
  '2024-02-30',
  '2024-01-01',
  '0000-00-00',
  '9999-12-31',
  '-000001-01-01',
  '+275760-09-13',
  '2024-03-10T22:59:60Z',
  '2024-03-10T22:59:59+99:99',
  '1970-01-01T00:00:00.000000000Z',
  "' OR '1'='1",
  "'; DROP TABLE rows; --",
  '" --',
  '%00',
  '\u0000',
  '\uD800',
  '\uFEFF',
  '\u202E',
  '🩺'.repeat(40),
  '../../../../etc/passwd',
  '..%2f..%2fkeys%2fpseudonym.key',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'a,b,,c,',
  'x'.repeat(300),
  'x'.repeat(5_000),
  '(a+)+$',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
  '*',
  '?a=b&a=c',
  '#',
  'insurer:3311,insurer:3311',
  'urn:nld:agb:65656055:systeem:test',
  'application/json; charset=utf-16',
];

const values = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 53,
  Number.MIN_VALUE,
  [],
  {},
  [[]],
  [null],
  { length: 1_000_000 },
  { toString: 1, valueOf: 1 },
  { then: 1 },
  { '': '' },
];

export function hostileText(chance) {
  if (chance.percent(15)) return noise(chance, 1 + chance.number(40));
  return chance.of(texts);
}

export function hostileValue(chance) {
  return chance.any(
    () => hostileText(chance),
    () => chance.of(values),
    () => Array.from({ length: chance.number(1_200) }, () => 1),
    () => nested(chance.number(60)),
  );
}

/** Any characters, surrogates without their half among them. */
export function noise(chance, length) {
  return String.fromCharCode(...Array.from({ length }, () => chance.number(0x1_0000)));
}

function nested(depth) {
  let value = {};
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
