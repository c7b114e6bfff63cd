/** Sentences about the service, header fields, problems and its own state. English to Dutch. */
export const commonInDutch: Record<string, string> = {
  Domeinbrug: 'Domeinbrug',
  'Events about a client go in; who pays for which care on each day comes out, with the reason. Days are YYYY-MM-DD and inclusive; moments are RFC 3339 in UTC. Errors are problem details (RFC 9457).':
    'Gebeurtenissen over een cliënt gaan erin; wie op welke dag welke zorg betaalt komt eruit, met de reden. Dagen zijn JJJJ-MM-DD, tot en met; momenten zijn RFC 3339 in UTC. Fouten zijn problem details (RFC 9457).',
  'What senders tell: one event or a batch.': 'Wat afzenders melden: een gebeurtenis of een reeks.',
  'One client: the journey, who pays on each day, and why.':
    'Eén cliënt: de reis, wie op welke dag betaalt, en waarom.',
  'The clients of a municipality, insurer or care office.':
    'De cliënten van een gemeente, zorgverzekeraar of zorgkantoor.',
  'The clients of a care provider.': 'De cliënten van een zorgaanbieder.',
  'The rules that coverage is determined by.': 'De regels waarmee de dekking wordt bepaald.',
  'For who runs the service.': 'Voor wie de dienst beheert.',
  'What this is and how it is spoken to.': 'Wat dit is en hoe het wordt aangesproken.',
  'A JWT of your authorisation server as Authorization: Bearer, with one organisation, a purpose and scopes.':
    'Een JWT van uw autorisatieserver als Authorization: Bearer, met één organisatie, een doel en scopes.',
  'Of an auditor: why it looks. It stands in the audit trail.':
    'Van een controleur: waarom. Het staat in de logging van inzage.',
  'Send events from systems of one’s own.': 'Gebeurtenissen sturen uit eigen systemen.',
  'Read the events of clients, and preview.': 'De gebeurtenissen van cliënten lezen, en vooruitkijken.',
  'Read who pays for clients.': 'Lezen wie voor cliënten betaalt.',
  'Freeze an answer under a name.': 'Een antwoord onder een naam vastzetten.',
  'Publish and activate rule sets.': 'Regelsets publiceren en laten gelden.',
  'Start replays.': 'Doorrekeningen starten.',
  'Read what replays found.': 'Lezen wat doorrekeningen vonden.',
  'See every client, logged.': 'Elke cliënt zien, wat wordt vastgelegd.',
  'The client, by the id that an answer gave to the asker’s organisation. That of another organisation is nobody’s.':
    'De cliënt, met de sleutel die een antwoord de organisatie van de vrager gaf. Die van een andere organisatie is van niemand.',
  'Who pays: kind and code, such as insurer:3311, municipality:0363 or care-office:5515.':
    'Wie betaalt: soort en code, zoals insurer:3311, municipality:0363 of care-office:5515.',
  'The provider’s AGB code.': 'De AGB-code van de zorgaanbieder.',
  'The rule set’s id.': 'De id van de regelset.',
  'One version of the rule set.': 'Eén versie van de regelset.',
  'The closing’s id: SHA-256 (hex) of its content.': 'De id van de afsluiting: SHA-256 (hex) van de inhoud.',
  'An event type without prefix, then .v1.json.': 'Een soort gebeurtenis zonder voorvoegsel, dan .v1.json.',
  'The version of this interface.': 'De versie van dit koppelvlak.',
  'Whether the answer may be kept; nothing about a client may.':
    'Of het antwoord bewaard mag worden; niets over een cliënt mag dat.',
  'The language of the sentences: nl when Accept-Language asks for it, else en.':
    'De taal van de zinnen: nl als Accept-Language daarom vraagt, anders en.',
  'The header fields of the request that the answer depends on.':
    'De headers van de vraag waar het antwoord van afhangt.',
  'The address of the next page; absent on the last.':
    'Het adres van de volgende bladzijde; afwezig op de laatste.',
  'Where what was made can be read.': 'Waar te lezen is wat er gemaakt is.',
  'Changes whenever the content does.': 'Verandert zodra de inhoud verandert.',
  'After how many seconds to ask again.': 'Na hoeveel seconden opnieuw gevraagd kan worden.',
  'What kind of token is needed, and what was wrong with the one sent.':
    'Wat voor token er nodig is, en wat er mis was met het gestuurde.',
  'A page of any origin may read this.': 'Een pagina van elke herkomst mag dit lezen.',
  'Why what was asked cannot be given (RFC 9457).':
    'Waarom het gevraagde niet gegeven kan worden (RFC 9457).',
  'Names the kind of problem.': 'Benoemt het soort probleem.',
  'The kind of problem in words; nl or en, by Accept-Language.':
    'Het soort probleem in woorden; nl of en, naar Accept-Language.',
  'The HTTP status.': 'De HTTP-status.',
  'What was wrong this time, and what to do.': 'Wat er deze keer mis was, en wat te doen.',
  'The path that was asked for.': 'Het pad dat gevraagd werd.',
  'The kind of problem, for programs.': 'Het soort probleem, voor programma’s.',
  'Of a client that was merged into another: the id under which the person is read.':
    'Van een cliënt die met een andere is samengevoegd: de id waaronder de persoon gelezen wordt.',
  'Of a feed that another has replaced: the cursor in front of the first entry of that one.':
    'Van een reeks die door een andere is vervangen: de cursor vóór de eerste melding van die andere.',
  'Each thing that is wrong, where more than one can be.':
    'Elk ding dat mis is, waar dat er meer kunnen zijn.',
  'JSON pointer into the body, or into the query string read as an object.':
    'JSON-pointer in de inhoud, of in de zoekvraag gelezen als object.',
  'What is wrong there, for programs.': 'Wat daar mis is, voor programma’s.',
  'What is wrong there and what to write instead.': 'Wat daar mis is en wat er moet staan.',
  'One thing that is wrong, and where.': 'Eén ding dat mis is, en waar.',
  'Figures in the Prometheus text format.': 'Cijfers in de tekstvorm van Prometheus.',
  'A page in HTML.': 'Een pagina in HTML.',
  'OpenAPI 3.1.': 'OpenAPI 3.1.',
  'JSON Schema 2020-12.': 'JSON Schema 2020-12.',
  'The process answers.': 'Het proces antwoordt.',
  'It does.': 'Dat doet het.',
  'Where the stores stand.': 'Hoe de opslag ervoor staat.',
  'Whether questions can be answered.': 'Of vragen beantwoord kunnen worden.',
  'failed: the last event could not be recorded.':
    'failed: de laatste gebeurtenis kon niet worden vastgelegd.',
  'Where the read models stand.': 'Hoe de leesmodellen ervoor staan.',
  'What the read models lack.': 'Wat de leesmodellen missen.',
  'Events not yet taken in.': 'Gebeurtenissen die nog niet verwerkt zijn.',
  'Age of the oldest of them in milliseconds.': 'De leeftijd van de oudste daarvan in milliseconden.',
  'Clients whose last events could not be taken in.':
    'Cliënten van wie de laatste gebeurtenissen niet verwerkt konden worden.',
  'How far the read models are.': 'Hoe ver de leesmodellen zijn.',
  'How far the log is.': 'Hoe ver het logboek is.',
};
