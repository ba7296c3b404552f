/** Which zones a country keeps; where there is one, a phone number tells the time. From IANA's zone1970 table. */

const TABLE =
  'AE:Asia/Dubai AM:Asia/Yerevan AT:Europe/Vienna AZ:Asia/Baku BA:Europe/Sarajevo BD:Asia/Dhaka BE:Europe/Brussels ' +
  'BG:Europe/Sofia BH:Asia/Bahrain BO:America/La_Paz BY:Europe/Minsk CH:Europe/Zurich CI:Africa/Abidjan ' +
  'CM:Africa/Douala CN:Asia/Shanghai CO:America/Bogota CR:America/Costa_Rica CY:Asia/Nicosia CZ:Europe/Prague ' +
  'DE:Europe/Berlin DK:Europe/Copenhagen DO:America/Santo_Domingo DZ:Africa/Algiers EE:Europe/Tallinn ' +
  'EG:Africa/Cairo ET:Africa/Addis_Ababa FI:Europe/Helsinki FR:Europe/Paris GB:Europe/London GE:Asia/Tbilisi ' +
  'GH:Africa/Accra GR:Europe/Athens GT:America/Guatemala HK:Asia/Hong_Kong HR:Europe/Zagreb HU:Europe/Budapest ' +
  'IE:Europe/Dublin IL:Asia/Jerusalem IN:Asia/Kolkata IQ:Asia/Baghdad IR:Asia/Tehran IS:Atlantic/Reykjavik ' +
  'IT:Europe/Rome JM:America/Jamaica JO:Asia/Amman JP:Asia/Tokyo KE:Africa/Nairobi KG:Asia/Bishkek KH:Asia/Phnom_Penh ' +
  'KR:Asia/Seoul KW:Asia/Kuwait KZ:Asia/Almaty LB:Asia/Beirut LK:Asia/Colombo LT:Europe/Vilnius ' +
  'LU:Europe/Luxembourg LV:Europe/Riga MA:Africa/Casablanca MD:Europe/Chisinau ME:Europe/Podgorica ' +
  'MK:Europe/Skopje MM:Asia/Yangon MT:Europe/Malta MY:Asia/Kuala_Lumpur NG:Africa/Lagos NL:Europe/Amsterdam ' +
  'NO:Europe/Oslo NP:Asia/Kathmandu OM:Asia/Muscat PA:America/Panama PE:America/Lima PH:Asia/Manila PK:Asia/Karachi ' +
  'PL:Europe/Warsaw PY:America/Asuncion QA:Asia/Qatar RO:Europe/Bucharest RS:Europe/Belgrade SA:Asia/Riyadh ' +
  'SE:Europe/Stockholm SG:Asia/Singapore SI:Europe/Ljubljana SK:Europe/Bratislava SN:Africa/Dakar TH:Asia/Bangkok ' +
  'TJ:Asia/Dushanbe TM:Asia/Ashgabat TN:Africa/Tunis TR:Europe/Istanbul TW:Asia/Taipei TZ:Africa/Dar_es_Salaam ' +
  'UA:Europe/Kyiv UG:Africa/Kampala UY:America/Montevideo UZ:Asia/Tashkent VE:America/Caracas VN:Asia/Ho_Chi_Minh ' +
  'ZA:Africa/Johannesburg ' +
  'AR:America/Argentina/Buenos_Aires,America/Argentina/Cordoba ' +
  'AU:Australia/Sydney,Australia/Melbourne,Australia/Brisbane,Australia/Adelaide,Australia/Perth,Australia/Darwin ' +
  'BR:America/Sao_Paulo,America/Manaus,America/Recife CA:America/Toronto,America/Vancouver,America/Edmonton,America/Halifax,America/Winnipeg ' +
  'CL:America/Santiago,Pacific/Easter ES:Europe/Madrid,Atlantic/Canary ID:Asia/Jakarta,Asia/Makassar ' +
  'MX:America/Mexico_City,America/Tijuana,America/Monterrey NZ:Pacific/Auckland,Pacific/Chatham ' +
  'PT:Europe/Lisbon,Atlantic/Azores ' +
  'RU:Europe/Moscow,Europe/Kaliningrad,Europe/Samara,Europe/Volgograd,Asia/Yekaterinburg,Asia/Omsk,Asia/Novosibirsk,Asia/Krasnoyarsk,Asia/Irkutsk,Asia/Vladivostok ' +
  'US:America/New_York,America/Chicago,America/Denver,America/Phoenix,America/Los_Angeles,America/Anchorage,Pacific/Honolulu';

const ZONES_OF_COUNTRY: ReadonlyMap<string, readonly string[]> = new Map(
  TABLE.split(' ').map((entry) => {
    const [country = '', zones = ''] = entry.split(':');
    return [country, zones.split(',')] as const;
  }),
);

const COUNTRY_OF_ZONE: ReadonlyMap<string, string> = new Map(
  [...ZONES_OF_COUNTRY].flatMap(([country, zones]) => zones.map((zone) => [zone, country] as const)),
);

/** Where nearly everybody lives in one of a country's zones, a guess is worth making. */
const MAINLY_ONE_ZONE: ReadonlySet<string> = new Set(['ES', 'PT', 'NZ', 'AR', 'CL']);

/** The zone of a country (ISO 3166 alpha-2) that has one, or nearly; null for the others and unknown codes. */
export function zoneOfCountry(country: string): string | null {
  const zones = ZONES_OF_COUNTRY.get(country) ?? [];
  return zones.length === 1 || MAINLY_ONE_ZONE.has(country) ? (zones[0] ?? null) : null;
}

/** The country of a zone, null when the table does not know it. */
export function countryOfZone(zone: string): string | null {
  return COUNTRY_OF_ZONE.get(zone) ?? null;
}
