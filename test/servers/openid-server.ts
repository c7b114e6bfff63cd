import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { audience } from './openid-clients.mjs';

/** An OpenID provider as its own process on this machine. */
export class OpenIdServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly issuer: string,
  ) {}

  static async start(): Promise<OpenIdServer> {
    const child = spawn(process.execPath, [resolve('test/servers/openid-provider.mjs')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let complaints = '';
    child.stderr!.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const issuer = await Promise.race([
      once(child.stdout!, 'data').then(([line]) => String(line).trim()),
      once(child, 'exit').then(() => Promise.reject(new Error(`No OpenID provider: ${complaints}`))),
    ]);
    return new OpenIdServer(child, issuer);
  }

  /** What a service has to be told to trust it. */
  settings(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: `${this.issuer}/jwks` };
  }

  /** A token by client credentials. @param client of `openid-clients.mjs` */
  async token(client: string, resource = audience): Promise<string> {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:invented`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource,
        scope: 'coverage:read events:write',
      }),
    });
    const { access_token: token, ...answer } = (await response.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`No token for ${client}: ${JSON.stringify(answer)}`);
    return token;
  }

  /** Signs with other keys from now on, and publishes the old ones no more. */
  async rotateKeys(): Promise<void> {
    this.child.send('rotate');
    await once(this.child, 'message');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }
}
