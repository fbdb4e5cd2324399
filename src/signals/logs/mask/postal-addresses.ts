/** Whether a text is a postal address, by its form alone: keys such as `address` and `location` hold sockets, files and racks too. */

/** `ul. Polna 63, 10115 Berlin`, `Calle Mayor 5, 28013 Madrid`: street and number, then postcode and town. */
const NUMBER_LAST = /^(?=\p{L}|\d+\.)[\p{L}\d .'’/-]{3,60} \d{1,4} ?[a-zA-Z]?(?:[/-]\d{1,4})?,? (?:[\p{L} .'’-]{2,40}, ?)?(?:[A-Z]{1,2}-)?\d{2,5}(?:[ -]\d{2,4})?(?: [A-Z]{2})? \p{Lu}[\p{L} .'’-]{1,40}(?:,.{2,40})?$/u;
/** `12 Acacia Avenue, London SW1A 1AA`, `221B Baker Street`: number first, then a street by its kind. */
const NUMBER_FIRST =
  /^\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})? (?:\p{Lu}[\p{L}.'’-]{0,24} ){1,4}?(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Crescent|Close|Highway|Hwy|Parkway|Pkwy|Circle|Row|Gardens|Grove|Hill)\b\.?(?:,? .{2,100})?$/u;
/** `123 rue de Rivoli, 75001 Paris`. */
const ROMANCE = /^\d{1,4}(?: ?(?:bis|ter|[a-z]))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|quai|via|viale|piazza|allée|impasse|route) [\p{L} .'’-]{2,60}(?:,? .{2,80})?$/iu;
/** `Rua das Flores 12`, `Hauptstraße 12`, `Via Roma 3`: the street's kind and a number. */
const STREET_KIND = /^(?:(?:rua|rue|calle|c\/|avenida|av\.|via|viale|piazza|plaza|ul\.|ulica|al\.|os\.|pl\.) ?[\p{L}\d .'’-]{2,60}|[\p{L} .'’-]{0,40}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|laan|straat|gade|vej|gatan|vägen|katu|tie|utca|út)),? (?:n[º°o]\.? ?)?\d{1,4} ?[a-zA-Z]?(?:,? .{2,80})?$/iu;
/** Province or city, then city, county or district, as postal addresses of the Republic of Korea begin. */
const KOREAN = /^[가-힣]{1,6}(?:시|도) [가-힣]{1,6}(?:시|군|구) /;

export const isPostalAddress = (value: string): boolean =>
  value.length >= 8 && value.length <= 200 && !/[={}<>@|]|:\/\//.test(value) && (KOREAN.test(value) || NUMBER_LAST.test(value) || NUMBER_FIRST.test(value) || ROMANCE.test(value) || STREET_KIND.test(value));
