import { faultsOf, type Answered } from './judge.mjs';

const asker = { as: 'insurer:3311', sees: ['ours'] };
const problem = (code: string): Partial<Answered> => ({
  headers: { 'content-type': 'application/problem+json' },
  text: JSON.stringify({ code, detail: 'x' }),
});

test.each<[string, Partial<Answered>, string[]]>([
  ['an answer', {}, []],
  ['one about its own', { text: '{"clientId":"Fuzzours000zq"}' }, []],
  [
    'one about another’s',
    { text: '{"clientId":"Fuzztheirs000zq"}' },
    ['tells insurer:3311 of Fuzztheirs000zq'],
  ],
  [
    'one about another’s that was asked for',
    { sent: '/v1/clients/Fuzztheirs001zq', text: '{"clientId":"Fuzztheirs001zq"}' },
    ['tells insurer:3311 of Fuzztheirs001zq'],
  ],
  [
    'a refusal that says what was asked for',
    {
      sent: '/v1/clients/Fuzztheirs001zq',
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      text: '{"code":"client-unknown","instance":"/v1/clients/Fuzztheirs001zq"}',
    },
    [],
  ],
  ['a refusal', { status: 400, ...problem('invalid-request') }, []],
  ['a refusal in other words', { status: 400, text: '<h1>400</h1>' }, ['400 is no problem+json']],
  ['a fault of ours', { status: 500, ...problem('internal-error') }, ['status 500 internal-error']],
  ['what is not ready yet', { status: 503, ...problem('position-not-reached') }, []],
  ['what cannot be', { status: 503, ...problem('audit-failed') }, ['status 503 audit-failed']],
  ['a stack trace', { text: 'x\n    at parse (a)' }, ['tells of the inside: \n    at p']],
  ['a place in the source', { text: '"dist/a.js:12"' }, ['tells of the inside: .js:12']],
  ['what was sent', { sent: 'node_modules', text: 'node_modules' }, []],
  ['a folder', { text: '"/srv/domeinbrug/data/log.db"' }, ['tells a folder of the machine']],
  ['a refusal without a word', { method: 'GET', status: 417 }, ['417 is no problem+json']],
  ['a refusal of HEAD', { method: 'HEAD', status: 404 }, []],
  ['nothing', { status: 'closed', headers: undefined }, []],
])('%s: %j has %j', (_, answered, faults) => {
  expect(
    faultsOf({
      asker,
      sent: '',
      status: 200,
      headers: {},
      text: '',
      folders: ['/srv/domeinbrug'],
      ...answered,
    }),
  ).toEqual(faults);
});
