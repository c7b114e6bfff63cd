import { Problem } from '@domeinbrug/problems';
import { deepestBody, parseJsonBody } from './json-body.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

function refusal(text: string): string {
  try {
    return JSON.stringify(parseJsonBody(text));
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

test.each([
  ['{"a":[1,"b",null]}', '{"a":[1,"b",null]}'],
  [
    `{"a":"${'['.repeat(100)}\\"${'{'.repeat(100)}\\\\"}`,
    `{"a":"${'['.repeat(100)}\\"${'{'.repeat(100)}\\\\"}`,
  ],
  [nested(deepestBody), nested(deepestBody)],
  [JSON.stringify(Array.from({ length: 1_000 }, () => [[{}]])), expect.stringMatching(/^\[\[\[\{\}/)],
  [nested(deepestBody + 1), 'too-deep'],
  ['{"a":'.repeat(deepestBody + 1), 'too-deep'],
  ['['.repeat(1_000_000), 'too-deep'],
  ['{"a":1', 'malformed-body'],
  ['', 'malformed-body'],
  ['{"a":{"__proto__":{"kind":"auditor"}}}', 'malformed-body'],
  ['{"a":{"\\u005f_proto__":{"kind":"auditor"}}}', 'malformed-body'],
  ['{"constructor":{"prototype":{"kind":"auditor"}}}', 'malformed-body'],
])('%.60s is %.40s', (text, expected) => {
  expect(refusal(text)).toEqual(expected);
});
