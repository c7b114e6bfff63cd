/**
 * Every way in which an answer can be an error: the `code` that programs read, its HTTP status, and the title
 * that stays the same, in English and in Dutch (`dutch`). What went wrong this time stands in `detail` and `errors`.
 */
export const problemCodes = {
  'invalid-request': {
    status: 400,
    title: 'The request cannot be understood',
    dutch: 'De vraag is niet te begrijpen',
  },
  'malformed-body': {
    status: 400,
    title: 'The body is not well-formed JSON',
    dutch: 'De inhoud is geen welgevormde JSON',
  },
  'invalid-event': { status: 400, title: 'The event is not valid', dutch: 'De gebeurtenis is niet geldig' },
  'bsn-invalid': {
    status: 400,
    title: 'The citizen service number is not valid',
    dutch: 'Het burgerservicenummer is niet geldig',
  },
  'reason-missing': {
    status: 400,
    title: 'A reason is needed',
    dutch: 'Er is een reden nodig',
  },
  'invalid-rule-set': {
    status: 400,
    title: 'The rule set is not valid',
    dutch: 'De regelset is niet geldig',
  },
  'token-missing': { status: 401, title: 'A token is needed', dutch: 'Er is een token nodig' },
  'token-invalid': { status: 401, title: 'The token is not valid', dutch: 'Het token is niet geldig' },
  'scope-missing': {
    status: 403,
    title: 'The token does not allow this',
    dutch: 'Het token staat dit niet toe',
  },
  'purpose-not-allowed': {
    status: 403,
    title: 'Not for this purpose',
    dutch: 'Niet voor dit doel',
  },
  'source-foreign': {
    status: 403,
    title: 'The source belongs to another organisation',
    dutch: 'De bron is van een andere organisatie',
  },
  'type-not-allowed': {
    status: 403,
    title: 'This organisation may not send events of this type',
    dutch: 'Deze organisatie mag dit soort gebeurtenis niet sturen',
  },
  'not-your-funder': {
    status: 403,
    title: 'The clients of another funder',
    dutch: 'De cliënten van een andere financier',
  },
  'not-your-provider': {
    status: 403,
    title: 'The clients of another provider',
    dutch: 'De cliënten van een andere zorgaanbieder',
  },
  'privacy-for-auditors': {
    status: 403,
    title: 'Only an auditor may see what privacy hides',
    dutch: 'Alleen een auditor mag zien wat de privacy verbergt',
  },
  'supplier-not-mandated': {
    status: 403,
    title: 'The supplier may not act for this organisation',
    dutch: 'De leverancier mag niet voor deze organisatie optreden',
  },
  'not-local': { status: 403, title: 'Only for the machine itself', dutch: 'Alleen voor de machine zelf' },
  'no-such-path': { status: 404, title: 'There is nothing at this address', dutch: 'Op dit adres is niets' },
  'client-unknown': { status: 404, title: 'No such client', dutch: 'Deze cliënt is niet bekend' },
  'funder-unknown': { status: 404, title: 'No such funder', dutch: 'Deze financier is niet bekend' },
  'provider-unknown': {
    status: 404,
    title: 'No such provider',
    dutch: 'Deze zorgaanbieder is niet bekend',
  },
  'rule-set-unknown': { status: 404, title: 'No such rule set', dutch: 'Deze regelset is niet bekend' },
  'schema-unknown': {
    status: 404,
    title: 'No such event type',
    dutch: 'Dit soort gebeurtenis is niet bekend',
  },
  'closing-unknown': { status: 404, title: 'No such closing', dutch: 'Deze afsluiting is niet bekend' },
  'replay-unknown': { status: 404, title: 'No such replay', dutch: 'Deze doorrekening is niet bekend' },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take this method',
    dutch: 'Dit adres kent deze methode niet',
  },
  'request-timeout': {
    status: 408,
    title: 'The request came in too slowly',
    dutch: 'De vraag kwam te langzaam binnen',
  },
  'content-differs': {
    status: 409,
    title: 'The event is known with other content',
    dutch: 'De gebeurtenis is bekend met een andere inhoud',
  },
  'client-erased': {
    status: 410,
    title: 'This client was erased',
    dutch: 'Deze cliënt is gewist',
  },
  'client-held': {
    status: 409,
    title: 'This client may not be erased for now',
    dutch: 'Deze cliënt mag nu niet worden gewist',
  },
  'version-exists': {
    status: 409,
    title: 'This version of the rule set exists with other rules',
    dutch: 'Deze versie van de regelset bestaat al met andere regels',
  },
  'activation-running': {
    status: 409,
    title: 'Another rule set is on its way into force',
    dutch: 'Een andere regelset is al op weg om van kracht te worden',
  },
  'closing-differs': {
    status: 409,
    title: 'The name is that of another closing',
    dutch: 'De naam is die van een andere afsluiting',
  },
  'not-finished': {
    status: 409,
    title: 'The replay has not ended yet',
    dutch: 'De doorrekening is nog niet klaar',
  },
  'replay-failed': {
    status: 409,
    title: 'The replay ended without an answer',
    dutch: 'De doorrekening eindigde zonder antwoord',
  },
  'replay-cancelled': {
    status: 410,
    title: 'The replay was cancelled',
    dutch: 'De doorrekening is afgebroken',
  },
  'feed-replaced': {
    status: 410,
    title: 'This feed has ended and another has begun',
    dutch: 'Deze reeks is afgesloten en een andere is begonnen',
  },
  'too-large': { status: 413, title: 'The request is too large', dutch: 'De vraag is te groot' },
  'too-deep': { status: 413, title: 'The body is nested too deeply', dutch: 'De inhoud is te diep genest' },
  'address-too-long': { status: 414, title: 'The address is too long', dutch: 'Het adres is te lang' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a kind that is not read here',
    dutch: 'Dit soort inhoud wordt hier niet gelezen',
  },
  'too-many-requests': {
    status: 429,
    title: 'This organisation asks too often',
    dutch: 'Deze organisatie vraagt te vaak',
  },
  'too-many-at-once': {
    status: 429,
    title: 'This organisation asks too much at once',
    dutch: 'Deze organisatie vraagt te veel tegelijk',
  },
  'too-many-streams': {
    status: 429,
    title: 'This organisation follows too many live streams',
    dutch: 'Deze organisatie volgt te veel doorlopende reeksen',
  },
  'headers-too-large': { status: 431, title: 'The headers are too large', dutch: 'De headers zijn te groot' },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    dutch: 'Er ging bij ons iets mis',
  },
  'log-busy': { status: 503, title: 'Too many events at once', dutch: 'Te veel gebeurtenissen tegelijk' },
  'log-failed': {
    status: 503,
    title: 'The event log cannot be written',
    dutch: 'Het logboek van gebeurtenissen is niet te schrijven',
  },
  'log-unreachable': {
    status: 503,
    title: 'The event log does not answer',
    dutch: 'Het logboek van gebeurtenissen antwoordt niet',
  },
  'audit-failed': {
    status: 503,
    title: 'The audit trail cannot be written',
    dutch: 'De logging van inzage is niet te schrijven',
  },
  'keys-unreachable': {
    status: 503,
    title: 'The keys of the authorisation server cannot be had',
    dutch: 'De sleutels van de autorisatieserver zijn niet op te halen',
  },
  'replays-busy': {
    status: 503,
    title: 'Too many replays at once',
    dutch: 'Te veel doorrekeningen tegelijk',
  },
  'position-not-reached': { status: 503, title: 'Not that far yet', dutch: 'Nog niet zo ver' },
  'not-ready': { status: 503, title: 'The service is not ready', dutch: 'De dienst is niet gereed' },
  'views-not-ready': {
    status: 503,
    title: 'The read models are not ready',
    dutch: 'De leesmodellen zijn nog niet klaar',
  },
  'shutting-down': { status: 503, title: 'The service is stopping', dutch: 'De dienst stopt' },
} as const satisfies Record<string, { status: number; title: string; dutch: string }>;

export type ProblemCode = keyof typeof problemCodes;
