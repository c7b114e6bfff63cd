// A real OpenID provider on this machine, in a process of its own, for tests. What its tokens say beside what every
// token says is that of the client that asks for one: `openid-clients.mjs`.
//
//   node test/servers/openid-provider.mjs
//
// Writes its address as the first line. A message `rotate` gives it another key in place of the one it has.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { audience, clients } from './openid-clients.mjs';

const server = createServer((request, response) => answer(request, response));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
let answer = await withNewKeys();
process.on('message', async () => {
  answer = await withNewKeys();
  process.send('rotated');
});
process.on('disconnect', () => process.exit());
console.log(issuer);

async function withNewKeys() {
  const keys = await Promise.all(['ES256', 'RS256', 'PS256'].map(newKey));
  return new Provider(issuer, {
    clients: Object.keys(clients).map((name) => ({
      client_id: name,
      client_secret: 'invented',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    jwks: { keys },
    extraTokenClaims: (_context, { clientId }) => clients[clientId].claims,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource, { clientId }) => ({
          audience: resource,
          scope: 'coverage:read events:write journeys:read',
          accessTokenFormat: 'jwt',
          accessTokenTTL: clients[clientId].seconds ?? 600,
          jwt: { sign: { alg: clients[clientId].algorithm ?? 'ES256' } },
        }),
        defaultResource: () => audience,
        useGrantedResource: () => true,
      },
    },
  }).callback();
}

async function newKey(alg) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg}-${randomUUID()}` };
}
