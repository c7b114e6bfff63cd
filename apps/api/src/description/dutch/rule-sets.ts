/** What the doors of rule sets and their answers say. */
export const ruleSetsInDutch: Record<string, string> = {
  'What If-None-Match names is still so.': 'Wat If-None-Match noemt klopt nog.',
  'Publish a rule set': 'Publiceer een regelset',
  'As a rule-set file says it, in YAML or JSON; it may be laid over another. Its own examples have to hold. What is published stays: the same rules again are known already, other rules under the same version refused.':
    'Zoals in een regelsetbestand, in YAML of JSON; hij mag over een andere heen liggen. De eigen voorbeelden moeten kloppen. Wat gepubliceerd is blijft: dezelfde regels zijn dan al bekend, andere regels onder dezelfde versie worden geweigerd.',
  'Published: it can be named in every question from now on.':
    'Gepubliceerd: vanaf nu in elke vraag te noemen.',
  'There already, with the same rules.': 'Er al, met dezelfde regels.',
  'Read what would be said of a rule set if it were published; nothing is stored':
    'Lees wat er van een regelset gezegd zou worden als hij gepubliceerd werd; er wordt niets bewaard',
  'Rule set as written': 'Regelset zoals geschreven',
  'As a rule-set file says it: docs/rules.md tells every key.':
    'Zoals in een regelsetbestand: docs/rules.md noemt elke sleutel.',
  'Lower-case words joined by hyphens.': 'Woorden in kleine letters met streepjes ertussen.',
  'Unique with the id.': 'Uniek samen met de id.',
  'The rule set that it is laid over: an id, or {id, version}.':
    'De regelset waar hij overheen ligt: een id, of {id, version}.',
  'The same in YAML.': 'Hetzelfde in YAML.',
  'Whether it came with the product, or was published here.':
    'Of hij met het product meekwam of hier gepubliceerd is.',
  'When it was published here; null for one that came with the product.':
    'Wanneer hij hier gepubliceerd is; null als hij met het product meekwam.',
  'failed: the last attempt to build failed; it is tried again every few seconds.':
    'failed: de laatste poging om op te bouwen mislukte; elke paar seconden wordt het opnieuw geprobeerd.',
  'Where the log says that it comes into force.': 'Waar het logboek zegt dat hij van kracht wordt.',
  'When that was asked for.': 'Wanneer daarom gevraagd is.',
  'Of the one in force and the one on its way there; null of every other.':
    'Van de geldende en van die onderweg daarheen; null van elke andere.',
  'What is wrong, or probably not meant.': 'Wat er mis is, of vast niet zo bedoeld.',
  'JSON pointer into the rule set.': 'JSON pointer in de regelset.',
  'What it is, for programs.': 'Wat het is, voor programma’s.',
  'What it is and what to write instead.': 'Wat het is en wat er moet staan.',
  'The line of the text.': 'De regel van de tekst.',
  'The line of the text, of a rule set.': 'De regel van de tekst, bij een regelset.',
  'What would be said of a rule set if it were published.':
    'Wat er van een regelset gezegd zou worden als hij gepubliceerd werd.',
  'Why it would be refused; none = it can be published.':
    'Waarom hij geweigerd zou worden; geen = hij kan gepubliceerd worden.',
  'What is allowed and probably not meant.': 'Wat mag en vast niet zo bedoeld is.',
  'SHA-256 (hex) of what it says; null when that cannot be read.':
    'SHA-256 (hex) van wat hij zegt; null als dat niet te lezen is.',
  'A rule set that is published, and can be named in every question.':
    'Een regelset die gepubliceerd is en in elke vraag genoemd kan worden.',
  'known: it was there with the same rules.': 'known: hij was er al met dezelfde regels.',
  'A position at which the log holds it.': 'Een plaats waarop het logboek hem heeft.',
  'Bring a rule set into force': 'Laat een regelset van kracht worden',
  'Portfolios and feeds are built under it beside those there are; until they are complete every answer is under the rule set before it. Then they take over at once, and a new feed opens with what the switch itself changed. Location tells where to look. Asked again it changes nothing.':
    'Overzichten en wijzigingen worden onder deze regelset opgebouwd naast de bestaande; tot ze compleet zijn is elk antwoord volgens de regelset ervoor. Dan nemen ze het in één keer over, en begint een nieuwe reeks wijzigingen met wat de overgang zelf veranderde. Location zegt waar te kijken. Opnieuw vragen verandert niets.',
  'It is on its way.': 'Hij is onderweg.',
  'It is in force already.': 'Hij is al van kracht.',
  'A rule set that is in force, or on its way there.':
    'Een regelset die van kracht is, of onderweg daarheen.',
  'building: every answer is still under the rule set before it.':
    'building: elk antwoord is nog volgens de regelset ervoor.',
};
