/** Sentences about doors and what may be asked of them. English to Dutch. */
export const doorsInDutch: Record<string, string> = {
  'CloudEvents 1.0 in structured, batch or binary mode. The same source and id with the same content is known already; with other content it is refused (409). A batch is no transaction: each event has a result. With echo=effect each result also says what the event changed in who pays, against what was known right before it.':
    'CloudEvents 1.0, gestructureerd, als reeks of binair. Dezelfde source en id met dezelfde inhoud is al bekend; met een andere inhoud wordt de gebeurtenis geweigerd (409). Een reeks is geen transactie: elke gebeurtenis heeft een eigen uitkomst. Met echo=effect zegt elke uitkomst ook wat de gebeurtenis veranderde aan wie betaalt, ten opzichte van wat vlak daarvoor bekend was.',
  'effect: each result also says what the event changed in who pays, in words and as data; for at most 100 events, with a token that may read coverage.':
    'effect: elke uitkomst zegt ook wat de gebeurtenis veranderde aan wie betaalt, in woorden en als gegevens; voor hoogstens 100 gebeurtenissen, met een token dat coverage mag lezen.',
  CloudEvent: 'CloudEvent, een gebeurtenis',
  'Unique per source.': 'Uniek per bron.',
  'urn:nld:<agb, gemeentecode, uzovi, zorgkantoor or oin>:<code>:systeem:<name>, of the sender.':
    'urn:nld:<agb, gemeentecode, uzovi, zorgkantoor of oin>:<code>:systeem:<naam>, van de afzender.',
  'When the source registered it.': 'Wanneer de bron het vastlegde.',
  'By the schema at GET /v1/schemas/{type}.v1.json; the client as clientId or as bsn.':
    'Volgens het schema op GET /v1/schemas/{type}.v1.json; de cliënt als clientId of als bsn.',
  'Batch of CloudEvents': 'Reeks van CloudEvents',
  'Data of a CloudEvent': 'De data van een CloudEvent',
  'The data of one event, with its attributes as header fields ce-id, ce-source and so on.':
    'De data van één gebeurtenis, met de attributen als headers ce-id, ce-source enzovoort.',
  'One event': 'Eén gebeurtenis',
  'A batch': 'Een reeks',
  'Binary mode: the data, with the attributes in header fields':
    'Binair: de data, met de attributen in headers',
  'Known already; or a batch that could be read, with one result per event.':
    'Al bekend; of een reeks die te lezen was, met een uitkomst per gebeurtenis.',
  'Recorded.': 'Vastgelegd.',
  'Send one event or a batch': 'Stuur een gebeurtenis of een reeks',
  'The citizen service number.': 'Het burgerservicenummer.',
  'What was asked.': 'Wat gevraagd is.',
  'Find the client id of a person': 'Zoek de cliëntsleutel van een persoon',
  'As known at this moment; left out: as known now.':
    'Zoals bekend op dit moment; weggelaten: zoals nu bekend.',
  'As known at this position of the log, instead of a moment.':
    'Zoals bekend op deze positie van het logboek, in plaats van een moment.',
  'Wait until this position has been written, as answered to a POST.':
    'Wacht tot deze positie geschreven is, zoals het antwoord op een POST die gaf.',
  'Wait until this position has been taken in, as answered to a POST.':
    'Wacht tot deze positie verwerkt is, zoals het antwoord op een POST die gaf.',
  'The events known at the moment asked about.':
    'De gebeurtenissen die op het gevraagde moment bekend waren.',
  'Read a journey: every event, oldest first, corrections marked':
    'Lees een cliëntreis: alle gebeurtenissen, de oudste eerst, met de correcties',
  'Computed from the events known at the moment asked about, under the rule set asked for. A funder sees its own days; of other payers on those days the service, law, kind, days and share.':
    'Berekend uit de gebeurtenissen die op het gevraagde moment bekend waren, onder de gevraagde regelset. Een financier ziet de eigen dagen; van andere betalers op die dagen de soort zorg, wet, aard, dagen en het aandeel.',
  'Only this day; not together with firstDay or lastDay.':
    'Alleen deze dag; niet samen met firstDay of lastDay.',
  'From this day on.': 'Vanaf deze dag.',
  'Through this day.': 'Tot en met deze dag.',
  'Under this rule set; left out: the active one.': 'Onder deze regelset; weggelaten: de geldende.',
  'Only these services.': 'Alleen deze soorten zorg.',
  'Cover, gaps, minutes and findings, cut to what was asked.':
    'Dekking, gaten, minuten en bevindingen, voor zover gevraagd.',
  'Read who pays on each day, and why': 'Lees wie op welke dag betaalt, en waarom',
  'One timeline per rule set.': 'Een tijdlijn per regelset.',
  'What coverage would be if these events were true; nothing is stored':
    'Wat de dekking zou zijn als deze gebeurtenissen waar waren; er wordt niets bewaard',
  'What was known before; together with toKnownAt.': 'Wat eerst bekend was; samen met toKnownAt.',
  'What was known after; together with fromKnownAt.': 'Wat later bekend was; samen met fromKnownAt.',
  'The rules before; together with toRuleSet.': 'De regels vooraf; samen met toRuleSet.',
  'The rules after; together with fromRuleSet.': 'De regels achteraf; samen met fromRuleSet.',
  'Through this day; left out: the day before the later moment, between rule sets without end.':
    'Tot en met deze dag; weggelaten: de dag voor het latere moment, tussen regelsets zonder einde.',
  'Days on which the funders or their shares differ.':
    'Dagen waarop de financiers of hun aandelen verschillen.',
  'Read who pays what instead of whom, between two moments of knowledge or two rule sets':
    'Lees wie wat betaalt in plaats van wie, tussen twee momenten van kennis of twee regelsets',
  'Only rows of these kinds, and then no gaps.': 'Alleen regels van deze aard, en dan geen gaten.',
  'At most so many clients on a page; 100 when left out.':
    'Hoogstens zoveel cliënten op een bladzijde; 100 indien weggelaten.',
  'From the Link of the page before.': 'Uit de Link van de vorige bladzijde.',
  'A page of clients; Link rel="next" leads to the next.':
    'Een bladzijde met cliënten; Link rel="next" leidt naar de volgende.',
  'List the rule sets': 'Lees welke regelsets er zijn',
  'Everything the hash is over, with provenance and examples.':
    'Alles waar de hash over gaat, met herkomst en voorbeelden.',
  'Read one version of a rule set, overlays applied':
    'Lees één versie van een regelset, met alle lagen toegepast',
  'This service, outside its versions': 'Deze dienst, buiten zijn versies',
  'This service, version 1 of its interface': 'Deze dienst, versie 1 van zijn koppelvlak',
  'Whether the process answers': 'Of het proces antwoordt',
  'Ready.': 'Gereed.',
  'Whether the stores are reachable and the read models close behind the log':
    'Of de opslag bereikbaar is en de leesmodellen dicht achter het logboek staan',
  'Figures in the Prometheus text format; only for this machine unless METRICS_PUBLIC=1':
    'Cijfers in de tekstvorm van Prometheus; alleen voor deze machine, tenzij METRICS_PUBLIC=1',
  'What this is, for who opens the address in a browser':
    'Wat dit is, voor wie het adres in een browser opent',
  'The description of this interface': 'De beschrijving van dit koppelvlak',
  'The JSON Schema of one event type’s data, {type}.v1.json':
    'Het JSON Schema van de data van één soort gebeurtenis, {type}.v1.json',
};
