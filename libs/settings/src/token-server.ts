import { secondsOf } from './setting.js';

export interface TokenServer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** How long fetched keys are trusted, in seconds. */
  keysSeconds: number;
}

const tokenSettings = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] as const;

/** All three or none; in production development tokens are refused, so that a server must be named. */
export function tokenServerOf(
  environment: Record<string, string | undefined>,
  note: (variable: string, detail: string) => void,
): TokenServer | null {
  const isProduction = environment['NODE_ENV'] === 'production';
  const given = tokenSettings.map((name) => environment[name]?.trim() ?? '');
  const [issuer = '', audience = '', jwksUrl = ''] = given;
  if (given.every((value) => value === '') && !isProduction) return null;
  tokenSettings.forEach((name, index) => {
    if (given[index] !== '') return;
    note(
      name,
      `Name the authorisation server whose tokens are taken: ${tokenSettings.join(', ')} belong together.`,
    );
  });
  if (jwksUrl !== '' && !isKeyAddress(jwksUrl, isProduction)) {
    note('OIDC_JWKS_URL', 'Write the https address at which the server publishes its keys.');
  }
  const keysSeconds = secondsOf(environment['OIDC_JWKS_SECONDS']?.trim() || '300', (detail) =>
    note('OIDC_JWKS_SECONDS', detail),
  );
  return { issuer, audience, jwksUrl, keysSeconds };
}

/** Whoever can change the keys on their way can be anybody: in production they come by TLS or from this machine. */
function isKeyAddress(text: string, isProduction: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && (isHere || !isProduction));
}
