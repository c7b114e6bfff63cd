/** Sentences about events, portfolios and rule sets. English to Dutch. */
export const answersInDutch: Record<string, string> = {
  'JSON pointer into the event.': 'JSON-pointer in de gebeurtenis.',
  'What became of one event.': 'Wat er van één gebeurtenis geworden is.',
  'What became of it.': 'Wat ervan geworden is.',
  'Where it lies in the log.': 'Waar zij in het logboek ligt.',
  'Why it was rejected.': 'Waarom zij geweigerd is.',
  'Each thing that is wrong with it.': 'Elk ding dat eraan mis is.',
  'What became of each event.': 'Wat er van elke gebeurtenis geworden is.',
  'The last position of what was sent: a read with atLeast this sees it.':
    'De laatste positie van wat gestuurd is: een vraag met atLeast ziet het.',
  'One per event, in order.': 'Eén per gebeurtenis, in volgorde.',
  'The person’s client id.': 'De cliëntsleutel van de persoon.',
  'How an event is named.': 'Hoe een gebeurtenis wordt aangeduid.',
  'When it was recorded here.': 'Wanneer zij hier is vastgelegd.',
  'Its type.': 'Het soort.',
  'When the source registered it, as it was sent.': 'Wanneer de bron het vastlegde, zoals gestuurd.',
  'By the schema at GET /v1/schemas/{type}.v1.json; without the BSN.':
    'Volgens het schema op GET /v1/schemas/{type}.v1.json; zonder het BSN.',
  'The corrections that name this event, oldest first.':
    'De correcties die deze gebeurtenis noemen, de oudste eerst.',
  'The retractions that name this event, oldest first.':
    'De intrekkingen die deze gebeurtenis noemen, de oudste eerst.',
  'Whether it takes part, itself or as corrected.': 'Of zij meetelt, zelf of zoals gecorrigeerd.',
  'Everything that was told about one client.': 'Alles wat over één cliënt gemeld is.',
  'In order of recording.': 'In volgorde van vastleggen.',
  'Clients with a row or gap.': 'Cliënten met een regel of een gat.',
  'Gaps.': 'Gaten.',
  'Per service and kind of cover.': 'Per soort zorg en aard van de dekking.',
  'The kind of cover.': 'De aard van de dekking.',
  'Days that the funder would have to pay.': 'Dagen die de financier zou moeten betalen.',
  'The law under which it would have to pay.': 'De wet waaruit hij zou moeten betalen.',
  'One client of the funder.': 'Eén cliënt van de financier.',
  'What it pays.': 'Wat hij betaalt.',
  'What nobody pays and it would have to.': 'Wat niemand betaalt en hij zou moeten betalen.',
  'A page of a funder’s clients.': 'Een bladzijde met cliënten van een financier.',
  'Each client once, in an order that stays.': 'Elke cliënt één keer, in een vaste volgorde.',
  'The after of the next page; null on the last.': 'De after van de volgende bladzijde; null op de laatste.',
  'One version of a rule set.': 'Eén versie van een regelset.',
  'What it is called.': 'Hoe hij heet.',
  'Whether it is law, a reading of it, or something else.':
    'Of het wet is, een lezing daarvan, of iets anders.',
  'When it was published; null when that is not known.':
    'Wanneer hij gepubliceerd is; null als dat niet bekend is.',
  'Where it comes from.': 'Waar hij vandaan komt.',
  'The rule set that it was laid over; null for one that stands alone.':
    'De regelset waar hij overheen gelegd is; null als hij op zichzelf staat.',
  'Its id.': 'De id ervan.',
  'Whether portfolios and feeds are under this one.':
    'Of overzichten en wijzigingen onder deze regelset vallen.',
  'The rule sets.': 'De regelsets.',
  'Each version of each, the active one marked.': 'Elke versie van elk, de geldende gemerkt.',
  'One version of a rule set whole, overlays applied, written as in its file.':
    'Eén versie van een regelset in haar geheel, met alle lagen toegepast, geschreven als in het bestand.',
  'The dated values per level, by name.': 'De gedateerde waarden per niveau, op naam.',
  'Per service, who pays in each regime.': 'Per soort zorg wie in welk regime betaalt.',
  'The windows, in the order in which they apply.': 'De vensters, in de volgorde waarin ze gelden.',
  'What a window is taken to use where nothing was recorded.':
    'Wat een venster geacht wordt te gebruiken waar niets is vastgelegd.',
  'What a service costs, dated per level.': 'Wat zorg kost, gedateerd per niveau.',
  'Where each part comes from.': 'Waar elk deel vandaan komt.',
  'Cases with the answers that should come out.': 'Voorbeelden met de antwoorden die eruit horen te komen.',
  'One row that the event made different.': 'Eén regel die de gebeurtenis anders maakte.',
  'Changed when only the end, amount or provider differs; else one row is withdrawn and another added.':
    'Changed als alleen het einde, de hoeveelheid of de zorgaanbieder verschilt; anders vervalt een regel en komt er een bij.',
  'The row before; null when it is new.': 'De regel ervoor; null als zij nieuw is.',
  'The row after; null when it is gone.': 'De regel erna; null als zij weg is.',
  'What the event changed in its client’s coverage, against what was known right before it, as far as the sender may see.':
    'Wat de gebeurtenis veranderde aan de bekostiging van haar cliënt, ten opzichte van wat vlak daarvoor bekend was, voor zover de afzender dat mag zien.',
  'When the event was recorded.': 'Wanneer de gebeurtenis is vastgelegd.',
  'When the event was recorded; null for one that is not new.':
    'Wanneer de gebeurtenis is vastgelegd; null als zij niet nieuw is.',
  'Who pays otherwise than before.': 'Wie anders betaalt dan daarvoor.',
  'Days on which nobody pays, that came, went or changed.':
    'Dagen waarop niemand betaalt, die kwamen, gingen of veranderden.',
  'Minutes that are paid otherwise than before.': 'Minuten die anders betaald worden dan daarvoor.',
  'Findings that there were not before.': 'Signalen die er eerst niet waren.',
  'Findings that there are no more.': 'Signalen die er niet meer zijn.',
  'A sentence in the language of Content-Language.': 'Een zin in de taal van Content-Language.',
  'The same in words; at least one sentence, also when nothing changed.':
    'Hetzelfde in woorden; minstens één zin, ook als er niets veranderde.',
};
