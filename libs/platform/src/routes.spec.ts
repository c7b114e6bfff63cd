import { allowedMethods } from './routes.js';

const routes = [
  { method: 'GET', pattern: '/v1/clients/:clientId/coverage' },
  { method: 'HEAD', pattern: '/v1/clients/:clientId/coverage' },
  { method: 'POST', pattern: '/v1/clients/_search' },
  { method: 'GET', pattern: '*' },
];

test.each([
  ['/v1/clients/A1/coverage', ['GET', 'HEAD']],
  ['/v1/clients/_search', ['POST']],
  ['/v1/clients/A1/coverage/', []],
  ['/v1/clients//coverage', []],
  ['/elsewhere', []],
])('%s takes %p', (path, methods) => {
  expect(allowedMethods(routes, path)).toEqual(methods);
});
