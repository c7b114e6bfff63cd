/** What the doors of replays and their answers say. English to Dutch. */
export const replaysInDutch: Record<string, string> = {
  'The same histories under two rule sets: what would have been different.':
    'Dezelfde reizen onder twee regelsets: wat er anders geweest zou zijn.',
  'The replay’s id: SHA-256 (hex) over all that its answer depends on.':
    'De id van de doorrekening: SHA-256 (hex) over alles waar het antwoord van afhangt.',
  'Under which name to keep the file.': 'Onder welke naam het bestand te bewaren is.',
  'Ask what another rule set would have changed': 'Vraag wat een andere regelset veranderd zou hebben',
  'The same histories under two rule sets, over a period, for a population, as known at a moment. The same question has the same id and is answered once; whoever asks it again finds it there. All that is wrong with it is told before anything runs.':
    'Dezelfde reizen onder twee regelsets, over een periode, voor een populatie, zoals bekend op een moment. Dezelfde vraag heeft dezelfde id en wordt één keer beantwoord; wie haar opnieuw stelt vindt het antwoord. Alles wat eraan mis is wordt gezegd voordat er iets gerekend wordt.',
  'Replay to make': 'Te maken doorrekening',
  'An id, or id@version.': 'Een id, of id@versie.',
  'At most 40 years later; inclusive.': 'Hoogstens 40 jaar later; tot en met.',
  'Only clients who meet all of this on one day of the period; they take part with all days of it. Left out: everybody.':
    'Alleen cliënten die op één dag van de periode aan dit alles voldoen; zij doen mee met alle dagen ervan. Weggelaten: iedereen.',
  'One parameter of the alternative and the values it is to take one after the other: a range with a step, or single values with commas between.':
    'Eén parameter van het alternatief en de waarden die hij na elkaar krijgt: een bereik met een stap, of losse waarden met komma’s ertussen.',
  'k10 when left out; none is for an auditor only.':
    'k10 indien weggelaten; none is alleen voor een auditor.',
  'Everybody, one year': 'Iedereen, één jaar',
  'One region as known then, over the lengths of a handover':
    'Eén regio zoals toen bekend, over de lengtes van een warme overdracht',
  'It has begun.': 'Zij is begonnen.',
  'The same was asked before.': 'Hetzelfde was al gevraagd.',
  'Read how far a replay is, and what it found': 'Lees hoe ver een doorrekening is, en wat zij vond',
  'Cancel a replay, or forget its answer': 'Breek een doorrekening af, of vergeet haar antwoord',
  'One that is under way ends, for all who wait for it, and is remembered as cancelled; of one that has ended nothing is left. Asking for it again computes it anew.':
    'Eén die loopt eindigt, voor ieder die erop wacht, en wordt als afgebroken onthouden; van één die klaar is blijft niets over. Opnieuw vragen rekent haar opnieuw door.',
  'It is under way no more, and its answer is forgotten.':
    'Zij loopt niet meer, en haar antwoord is vergeten.',
  'Follow a replay to its end': 'Volg een doorrekening tot haar einde',
  'How far it is, as events, whenever that changes; the last one is named after how it ended. A reader who comes back with the Last-Event-ID is told only what is new, and 204 when that was the end.':
    'Hoe ver zij is, als gebeurtenissen, zodra dat verandert; de laatste heet naar hoe het afliep. Wie terugkomt met de Last-Event-ID krijgt alleen wat nieuw is, en 204 als dat het einde was.',
  'How far it is, whenever that changes, and at last how it ended; then the stream ends. A comment every 15 seconds.':
    'Hoe ver zij is, zodra dat verandert, en ten slotte hoe het afliep; dan eindigt de stroom. Elke 15 seconden een commentaarregel.',
  'The end was told already.': 'Het einde was al gezegd.',
  'Read the days, clients and amounts of a replay':
    'Lees de dagen, cliënten en bedragen van een doorrekening',
  'A row for each cell that occurs, under both rule sets and the difference; what is about a few people is hidden, and a second cell with it where that one could be found by subtraction.':
    'Een regel voor elke cel die voorkomt, onder beide regelsets en het verschil; wat over enkele mensen gaat is verborgen, en een tweede cel erbij waar die door aftrekken te vinden was.',
  'A row for each of these together that occurs; region is the care office of the day. Left out: funder, service, kind and month.':
    'Een regel voor elke combinatie hiervan die voorkomt; region is het zorgkantoor van de dag. Weggelaten: financier, dienst, aard en maand.',
  'Years of birth, both included.': 'Geboortejaren, beide inbegrepen.',
  'Not before this year.': 'Niet voor dit jaar.',
  'Not after this year.': 'Niet na dit jaar.',
  'Whose histories are replayed: clients who meet all of it on one day of the period; nothing named: everybody.':
    'Wiens reizen doorgerekend worden: cliënten die op één dag van de periode aan alles voldoen; niets genoemd: iedereen.',
  'CBS code of the municipality.': 'CBS-code van de gemeente.',
  'Code of the care office.': 'Code van het zorgkantoor.',
  'UZOVI code of the insurer.': 'UZOVI-code van de zorgverzekeraar.',
  'Care profile (COD163).': 'Zorgprofiel (COD163).',
  'A parameter of the alternative at several values.': 'Een parameter van het alternatief op meer waarden.',
  'A parameter of the alternative at several values; null: none.':
    'Een parameter van het alternatief op meer waarden; null: geen.',
  'A value, in the parameter’s unit.': 'Een waarde, in de eenheid van de parameter.',
  'Ascending.': 'Oplopend.',
  'What was asked, with what its names and moments stand for: all that the id is made of.':
    'Wat gevraagd is, met waar de namen en momenten voor staan: alles waar de id uit bestaat.',
  'The engine that answers; another one has other ids.':
    'De rekenkern die antwoordt; een andere heeft andere id’s.',
  'SHA-256 (hex) over the log up to there.': 'SHA-256 (hex) over het logboek tot daar.',
  'k10: what is about fewer than ten clients is hidden; none: nothing is.':
    'k10: wat over minder dan tien cliënten gaat is verborgen; none: niets.',
  'Where it stands; failed and cancelled ones have no answer, and can be asked for again.':
    'Hoe het ervoor staat; mislukte en afgebroken hebben geen antwoord, en kunnen opnieuw gevraagd worden.',
  'The part of the clients that is done, from 0 to 1.':
    'Het deel van de cliënten dat gedaan is, van 0 tot 1.',
  'Why there is no answer; null unless it failed.': 'Waarom er geen antwoord is; null tenzij zij mislukte.',
  'Both rule sets mean the same: nothing can differ, unless a parameter is varied.':
    'Beide regelsets betekenen hetzelfde: niets kan verschillen, tenzij een parameter gevarieerd wordt.',
  'How far a replay is, and of what.': 'Hoe ver een doorrekening is, en waarvan.',
  'What days come to. Amounts of different bases are never added.':
    'Waar dagen op neerkomen. Bedragen met een verschillende basis worden nooit opgeteld.',
  'Days of service.': 'Dagen zorg.',
  'Days of which the rule set has no price.': 'Dagen waarvan de regelset geen prijs heeft.',
  'Cents, of what was recorded.': 'Centen, van wat vastgelegd is.',
  'Cents, of what was agreed and not recorded.': 'Centen, van wat afgesproken en niet vastgelegd is.',
  'Cents, of what is assumed: the lowest estimate.': 'Centen, van wat aangenomen is: de laagste schatting.',
  'Cents, of what is assumed: the middle estimate.': 'Centen, van wat aangenomen is: de middelste schatting.',
  'Cents, of what is assumed: the highest estimate.': 'Centen, van wat aangenomen is: de hoogste schatting.',
  'Distinct clients; rounded to tens under k10.': 'Verschillende cliënten; onder k10 afgerond op tientallen.',
  'Sums over rows; without clients, of whom one may stand in several rows.':
    'Sommen over regels; zonder cliënten, van wie er één in meer regels kan staan.',
  'Who pays.': 'Wie betaalt.',
  'The month, YYYY-MM.': 'De maand, JJJJ-MM.',
  'The care office of the day; null: unknown.': 'Het zorgkantoor van de dag; null: onbekend.',
  'AGB code of the provider; null: unknown.': 'AGB-code van de zorgaanbieder; null: onbekend.',
  'What a cell comes to under both rule sets. It has the labels that were asked for, and when suppressed nothing else.':
    'Waar een cel onder beide regelsets op neerkomt. Zij heeft de gevraagde opschriften, en onderdrukt verder niets.',
  'Hidden, because it tells something of a few people.': 'Verborgen, omdat zij iets van enkele mensen zegt.',
  'Under the baseline; null when suppressed.': 'Onder het uitgangspunt; null als zij onderdrukt is.',
  'Under the alternative; null when suppressed.': 'Onder het alternatief; null als zij onderdrukt is.',
  'The alternative less the baseline; null when suppressed.':
    'Het alternatief min het uitgangspunt; null als zij onderdrukt is.',
  'Clients for whom the days of the cell differ; null when suppressed.':
    'Cliënten voor wie de dagen van de cel verschillen; null als zij onderdrukt is.',
  'Over all rows, the suppressed included.': 'Over alle regels, de onderdrukte inbegrepen.',
  'How many rows there are.': 'Hoeveel regels er zijn.',
  'How many of them are suppressed.': 'Hoeveel daarvan onderdrukt zijn.',
  'Null where it would lay a suppressed row bare.': 'Null waar het een onderdrukte regel blootlegt.',
  'The cells of a replay as they may leave.': 'De cellen van een doorrekening zoals ze naar buiten mogen.',
  'What rows are told by.': 'Waarnaar de regels zijn uitgesplitst.',
  'In the order of the columns of a file.': 'In de volgorde van de kolommen van een bestand.',
  'By label after label.': 'Op het ene opschrift na het andere.',
  'RFC 4180 under # lines that say how it was made; with Accept-Language: nl as a Dutch spreadsheet opens it: ; between, a decimal comma, dd-mm-yyyy. Amounts in euros.':
    'RFC 4180 onder #-regels die zeggen hoe het gemaakt is; met Accept-Language: nl zoals een Nederlands rekenblad het opent: ; ertussen, een decimale komma, dd-mm-jjjj. Bedragen in euro’s.',
  'Apache Parquet; how it was made stands in the key-value metadata.':
    'Apache Parquet; hoe het gemaakt is staat in de key-value metadata.',
};
