import { invalidRequest, Problem, problemDetails } from './problem.js';

test('a problem has the members of RFC 9457, its code and every error', () => {
  const problem = invalidRequest([
    { pointer: '/on', code: 'invalid-day', detail: 'Write a day.' },
    { pointer: '/limit', code: 'invalid-number', detail: 'Write a number.' },
  ]);
  expect(problemDetails(problem, '/v1/clients/ABCDEFGH/coverage')).toEqual({
    type: 'https://domeinbrug.example/problems/invalid-request',
    title: 'The request cannot be understood',
    status: 400,
    detail: '2 things have to be put right; see "errors".',
    instance: '/v1/clients/ABCDEFGH/coverage',
    code: 'invalid-request',
    errors: problem.errors,
  });
});

test('a problem without errors has no such member', () => {
  expect(problemDetails(new Problem('client-unknown', 'None.'), '/')).not.toHaveProperty('errors');
});

test('figures of its own stand beside the members of every problem', () => {
  const problem = new Problem('not-ready', 'Later.', { members: { readiness: { lag: 7 } } });
  expect(problemDetails(problem, '/')).toMatchObject({ status: 503, readiness: { lag: 7 } });
});
