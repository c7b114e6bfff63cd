/** What somebody sees who opens the address of the service in a browser. */
/** @param banner that nobody in here is real */
export function frontPage(banner: Record<'en' | 'nl', string> | null): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Domeinbrug</title></head>
<body>
<h1>Domeinbrug</h1>
${banner === null ? '' : `<p><strong lang="nl">${banner.nl}</strong></p>\n<p><strong>${banner.en}</strong></p>\n`}<p>Who pays for a client's care on each day: Wmo, Zvw and Wlz on one dated timeline, with the reason.</p>
<ul>
<li><a href="/v1/openapi.json">The interface, described in OpenAPI</a></li>
<li><a href="/v1/schemas/client-registered.v1.json">The schema of an event, such as client-registered</a></li>
<li><a href="/health/ready">Whether the service is ready</a></li>
</ul>
<p>Every other address needs a token. On your own machine: <code>npm run domeinbrug -- token --as provider:65656055</code></p>
</body>
</html>
`;
}
