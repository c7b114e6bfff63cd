/** Sentences about who pays on which day. English to Dutch. */
export const coverageInDutch: Record<string, string> = {
  'What the asker calls the client: the id that its organisation alone was given, or the one that it asked with.':
    'Hoe de vrager de cliënt noemt: de sleutel die alleen zijn organisatie kreeg, of die waarmee hij vroeg.',
  'What was recorded later took no part.': 'Wat later is vastgelegd telt niet mee.',
  'The position of the log that knownAt stands for.': 'De positie van het logboek waar knownAt voor staat.',
  'The rule set that the answer is under.': 'De regelset waaronder het antwoord geldt.',
  'Its version.': 'De versie ervan.',
  'SHA-256 (hex) of what it says.': 'SHA-256 (hex) van wat erin staat.',
  'One event of a journey.': 'Eén gebeurtenis van een cliëntreis.',
  'The system that sent it.': 'Het systeem dat haar stuurde.',
  'Its id, unique per source.': 'De id, uniek per bron.',
  'Its type, without prefix and version.': 'Het soort, zonder voorvoegsel en versie.',
  'A value of the rule set that was read.': 'Een waarde uit de regelset die gelezen is.',
  'The parameter.': 'De parameter.',
  'Its value.': 'De waarde.',
  'The level that the value was found on.': 'Het niveau waarop de waarde gevonden is.',
  'The code on that level; null for national, and for that of another organisation.':
    'De code op dat niveau; null voor landelijk, en voor die van een andere organisatie.',
  'An event that the asker may not see whole.': 'Een gebeurtenis die de vrager niet geheel mag zien.',
  'Its type, where that tells no more than the row; else null.':
    'Het soort, waar dat niet meer zegt dan de regel; anders null.',
  'The law it fell under; null for none.': 'De wet waar zij onder viel; null voor geen.',
  'All that may be said of it.': 'Alles wat ervan gezegd mag worden.',
  'The first day of the value.': 'De eerste dag van de waarde.',
  'The events and parameters that made a row begin, end and be what it is, as far as the asker may see them.':
    'De gebeurtenissen en parameters waardoor een regel begint, eindigt en is wat hij is, voor zover de vrager ze mag zien.',
  'What made it begin.': 'Waardoor het begon.',
  'What made it end.': 'Waardoor het eindigde.',
  'The values that were read.': 'De waarden die gelezen zijn.',
  'Days on which one funder pays one service.': 'Dagen waarop één financier één soort zorg betaalt.',
  'The service.': 'De soort zorg.',
  'The first day, inclusive.': 'De eerste dag.',
  'The last day, inclusive; null: no end known.': 'De laatste dag, tot en met; null: geen einde bekend.',
  'Who pays: kind and code, such as insurer:3311.': 'Wie betaalt: soort en code, zoals insurer:3311.',
  'Percent of the service on these days.': 'Percentage van de zorg op deze dagen.',
  'The law it is paid under; null for a joint-funding pool.':
    'De wet waaruit betaald wordt; null voor een gezamenlijk budget.',
  'Regular cover, or why it is paid.': 'Gewone dekking, of waarom er betaald wordt.',
  'AGB code of the provider; null when none is known.':
    'AGB-code van de zorgaanbieder; null als die niet bekend is.',
  'table, absence-retained, joint-funding or the window’s id.':
    'table, absence-retained, joint-funding of de id van het venster.',
  'Days that another pays: by which law; to a provider also who.':
    'Dagen die een ander betaalt: uit welke wet; voor een zorgaanbieder ook wie.',
  'Who pays; null to a funder.': 'Wie betaalt; null voor een financier.',
  'The other side of a handover; else null.': 'De andere kant van een overdracht; anders null.',
  'By which rule; null to a funder.': 'Volgens welke regel; null voor een financier.',
  'Not the asker’s to see.': 'Niet voor de vrager bestemd.',
  'Nothing of it is the asker’s to see.': 'Niets hiervan is voor de vrager bestemd.',
  'Always empty.': 'Altijd leeg.',
  'Days on which a service is needed and nobody pays.': 'Dagen waarop zorg nodig is en niemand betaalt.',
  'Why nobody pays.': 'Waarom niemand betaalt.',
  'Minutes of one service, day, provider and subject; whole minutes.':
    'Minuten van één soort zorg, dag, zorgaanbieder en ontvanger; hele minuten.',
  'The day of the care.': 'De dag van de zorg.',
  'AGB code of the provider.': 'AGB-code van de zorgaanbieder.',
  'Whom they were for.': 'Voor wie ze waren.',
  'Minutes that are paid.': 'Minuten die betaald worden.',
  'Minutes over the cap of a window.': 'Minuten boven het maximum van een venster.',
  'Minutes that nobody pays.': 'Minuten die niemand betaalt.',
  'Why there are minutes that nobody pays; null when there are none.':
    'Waarom er minuten zijn die niemand betaalt; null als die er niet zijn.',
  'What contradicts something; nothing was refused for it.':
    'Wat met iets in strijd is; er is niets om geweigerd.',
  'The kind of finding.': 'Het soort bevinding.',
  'What was found, in words.': 'Wat er gevonden is, in woorden.',
  'The events concerned.': 'De gebeurtenissen waar het om gaat.',
  'Who pays for one client on each day, as far as the asker may see it.':
    'Wie op welke dag voor één cliënt betaalt, voor zover de vrager dat mag zien.',
  'Who pays; by service, first day and funder.': 'Wie betaalt; op soort zorg, eerste dag en financier.',
  'Needed days on which nobody pays; by service and first day.':
    'Dagen waarop zorg nodig is en niemand betaalt; op soort zorg en eerste dag.',
  'Recorded minutes, split by who pays them.': 'Vastgelegde minuten, verdeeld naar wie ze betaalt.',
  'What contradicts something.': 'Wat met iets in strijd is.',
  'What coverage would be; nothing was stored.': 'Wat de dekking zou zijn; er is niets bewaard.',
  'One per rule set asked, in order.': 'Eén per gevraagde regelset, in volgorde.',
  'One side of the comparison.': 'Eén kant van de vergelijking.',
  'What something costs, in whole cents.': 'Wat iets kost, in hele centen.',
  'Recorded days or minutes, the volume that was granted, or what the rule set takes a window to use.':
    'Vastgelegde dagen of minuten, de toegekende omvang, of wat een venster volgens de regelset gebruikt.',
  'The lowest estimate.': 'De laagste schatting.',
  'The middle estimate.': 'De middelste schatting.',
  'The highest estimate; the three differ only where the use is assumed.':
    'De hoogste schatting; de drie verschillen alleen waar het gebruik is aangenomen.',
  'One funder’s share of a service on these days.': 'Het aandeel van één financier in de zorg op deze dagen.',
  'Percent.': 'Percentage.',
  'One per basis, where the days are closed and the service has a price.':
    'Eén per grondslag, waar de dagen een einde hebben en de zorg een prijs.',
  'Another’s share: what kind of organisation, no more.':
    'Het aandeel van een ander: wat voor organisatie, meer niet.',
  'What kind of organisation.': 'Wat voor organisatie.',
  'Days on which the payers differ.': 'Dagen waarop de betalers verschillen.',
  'By funder; empty: nobody.': 'Op financier; leeg: niemand.',
  'How many days; null when the last is open.': 'Hoeveel dagen; null als het einde open is.',
  'Who pays what instead of whom, for one client.': 'Wie wat betaalt in plaats van wie, voor één cliënt.',
  'Through which day was compared; null: to the end.':
    'Tot en met welke dag vergeleken is; null: tot het einde.',
  'By service and first day.': 'Op soort zorg en eerste dag.',
};
