/** Whether a few words are a person's name, a job or a company. Judged by form and by word lists, never by a model. */

const PARTICLES = new Set(
  'van von de der den da di del della dos du la le el al bin ibn ben ter zu y e оглы кызы'.split(' '),
);

/** Words that begin sentences and greetings: capitalised, yet nobody's name. */
const NOT_NAMES = new Set(
  (
    'hi hello hey dear please call email mail write meet met meeting send ask tell remind follow thanks thank good best ' +
    'kind warm regards sincerely cheers what how when where who why can could would should do does did is are was will ' +
    'i we you he she they it the a an my our his her their this that these new old lead leads contact name company ' +
    'forwarded phoned spoke talked had got from to at on in of for with and or but not no yes ok re fw fwd sent subject date phone tel mobile website about ' +
    'today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february march april may ' +
    'june july august september october november december wants needs need want looking interested said says asked ' +
    'still just maybe also add test help pricing price prices proposal quote offer demo trial notes note mit freundlichen grüßen ' +
    'привет здравствуйте добрый доброе уважаемый уважаемая спасибо что как кто где когда можно позвонить написать ' +
    'напиши позвони напомни встретил встретила встретились познакомился познакомилась познакомились созвонились ' +
    'поговорили мы я он она они вы ты это наш наша мой моя новый новая лид лиды контакт имя компания телефон почта ' +
    'сайт хочет просит интересуется нужен нужна нужно был была сегодня завтра вчера и или но не на в с из от для по ' +
    'home network jobs messaging notifications join who when skip follow message intro re kontaktinfo ' +
    'gestern heute morgen habe hat haben treffen getroffen hallo ayer hoy hola bonjour cordialement saludos pozdrawiam ' +
    'з повагою вітаю добрий день בברכה תודה مع التحية وشكرا ' +
    'понедельник вторник среда четверг пятница суббота воскресенье уважением отправил отправила клиент тема'
  ).split(' '),
);

const TITLE_WORDS = new RegExp(
  String.raw`(?<!\p{L})(?:ceo|cto|cfo|coo|cmo|cio|cro|cpo|vp|svp|evp|founder|cofounder|owner|director|manager|head of|chief|president|officer|engineer|developer|consultant|managing partner|partner at|supervisor|sales|marketing|buyer|purchasing|procurement|analyst|designer|assistant|coordinator|specialist|executive|recruiter|advisor|adviser|architect|scientist|lead|leader|team lead|principal|secretary|freelancer|entrepreneur|investor|professor|lawyer|attorney|accountant|geschäftsführer(?:in)?|leiter(?:in)?|vertrieb\p{L}*|einkauf\p{L}*|inhaber(?:in)?|directeur|directrice|gérante?|responsable|directora|gerente|jefe|jefa|kierownik|dyrektor\p{L}*|prezes|specjalista|директор\p{L}*|менеджер\p{L}*|руководител\p{L}+|начальник\p{L}*|основател\p{L}+|сооснователь|владелец|собственник|специалист\p{L}*|инженер\p{L}*|маркетолог\p{L}*|аналитик\p{L}*|разработчик\p{L}*|консультант\p{L}*|заместитель|бухгалтер|глава|гендиректор|предприниматель|закупщик|продавец|юрист|מנכ["״]ל|מנהל\p{L}*|سمدير|مدير\p{L}*)(?!\p{L})`,
  'iu',
);

/** Legal forms: wherever they stand, it is a company. */
const LEGAL_FORM =
  /(?<!\p{L})(?:gmbh|mbh|kg|ohg|ag|ltd|limited|llc|llp|inc|corp|corporation|plc|s\.a\.?|s\.?r\.?l|s\.?r\.?o|sarl|sas|b\.?v|n\.?v|oy|oyj|a\/s|aps|asa|pty|pte|kft|d\.?o\.?o|sp\.? z ?o\.?o|ооо|оао|зао|пао|ао|ип|тоо|בע["״]מ|شركة|тов)(?!\p{L})|株式会社|有限会社|合同会社/iu;

/** Words companies end in ("Baltic Freight"), which inside a job ("Head of Logistics") mean something else. */
const COMPANY_ENDING =
  /(?<!\p{L})(?:co|company|group|holdings?|labs?|technologies|technology|solutions|systems|logistics|consulting|freight|analytics|robotics|foods|software|agency|ventures|capital|bank|university|institute|industries|health|partners|группа|холдинг|завод|банк|агентство|студия|компания|фирма)\.?["»”]?$/iu;

const HIGH_TITLE =
  /(?<!\p{L})(?:head|chief|director|manager|vp|svp|president|officer|lead|founder|ceo|cto|cfo|coo|cmo|engineer|руководитель|директор|начальник|менеджер)(?!\p{L})/iu;

const ADDRESS =
  /(?<!\p{L})(?:street|st|str|straße|strasse|road|rd|avenue|ave|blvd|suite|floor|ul|ulica|ул|улица|проспект|пр-т|переулок|дом|офис)(?!\p{L})|\d{5}/iu;

const NAME_WORD = /^\p{Lu}[\p{L}\p{M}’'`-]*\.?$/u;
const ACRONYM_CREDENTIAL = /^(?:phd|mba|md|cpa|msc|bsc|jr|sr|ii|iii)\.?$/i;
const CASELESS = /^\p{Lo}[\p{Lo}\p{M}’'״"-]*$/u;
const MAX_NAME_WORDS = 5;
const MAX_TITLE_WORDS = 9;
const MAX_COMPANY_WORDS = 6;
/** Longer than any of the three is in life; the stored columns hold 200. Code units. */
const MAX_LENGTH = 120;

/**
 * `strong`: two or more capitalised words. `weak`: one word, or a script without capitals, which needs something beside
 * it (a job, a company, a contact) to be believed. Null: not a name.
 */
export function nameStrength(words: string): 'strong' | 'weak' | null {
  const parts = words.split(/\s+/).filter((part) => part !== '' && !ACRONYM_CREDENTIAL.test(part));
  if (parts.length === 0 || parts.length > MAX_NAME_WORDS || words.length > MAX_LENGTH || /\d/.test(words))
    return null;
  if (parts.some((part) => NOT_NAMES.has(part.toLowerCase().replace(/\.$/, '')))) return null;
  if (isTitle(words) || isCompanyBySuffix(words)) return null;
  if (parts.every((part) => CASELESS.test(part))) return 'weak';
  const proper = parts.filter((part) => NAME_WORD.test(part));
  const allFit = parts.every((part) => NAME_WORD.test(part) || PARTICLES.has(part.toLowerCase()));
  if (!allFit || proper.length === 0 || !NAME_WORD.test(parts.at(-1) ?? '')) return null;
  return proper.length >= 2 ? 'strong' : 'weak';
}

/** Two or three plain lower-case words that would be a name if they had capitals: "anna kowalska". */
export function isLowerCaseName(words: string): boolean {
  const parts = words.split(/\s+/);
  const plain = parts.every((part) => /^\p{Ll}{2,}(?:-\p{Ll}+)?$/u.test(part) && !NOT_NAMES.has(part));
  return plain && (parts.length === 2 || parts.length === 3) && !isTitle(words);
}

/** "Call John" is John: capitalised words that begin sentences are taken off the front of a name. */
export function withoutSentenceWords(words: string): string {
  const parts = words.split(/\s+/);
  const first = parts.findIndex((part) => !NOT_NAMES.has(part.toLowerCase()));
  return first < 0 ? '' : parts.slice(first).join(' ');
}

/** Whether the words name a job and not a company. */
export function isTitle(words: string): boolean {
  if (/^partner$/i.test(words)) return true;
  if (!TITLE_WORDS.test(words) || LEGAL_FORM.test(words) || words.length > MAX_LENGTH) return false;
  // "Sales Partners" is a firm, "Head of Analytics" and "VP Technology" are jobs.
  const endsLikeFirm = COMPANY_ENDING.test(words) && !HIGH_TITLE.test(words);
  return !endsLikeFirm && words.split(/\s+/).length <= MAX_TITLE_WORDS;
}

/** Whether the words carry a legal form or end in a word that only companies end in. */
export function isCompanyBySuffix(words: string): boolean {
  return LEGAL_FORM.test(words) || COMPANY_ENDING.test(words) || /^(?:компания|фирма|группа)\s/iu.test(words);
}

/** Whether the words can be a company when they stand where one is expected. */
export function mayBeCompany(words: string): boolean {
  const parts = words.split(/\s+/);
  if (parts.length > MAX_COMPANY_WORDS || words.length > MAX_LENGTH || !/\p{L}/u.test(words)) return false;
  // "T" and "M" stand before numbers on cards.
  if (ADDRESS.test(words) || /^\P{L}*\p{L}\P{L}*$/u.test(words)) return false;
  if (isCompanyBySuffix(words)) return true;
  const first = parts[0] ?? '';
  if (NOT_NAMES.has(first.toLowerCase()) || !/^[\p{Lu}\p{Lo}\d«"“]/u.test(first)) return false;
  const capital = parts.filter((part) => /^[\p{Lu}\p{Lo}\d«"“&(]/u.test(part)).length;
  return capital * 2 >= parts.length;
}

/** "ANNA KOWALSKA" and "anna kowalska" as people write names: first letters large. Mixed case is left alone. */
export function withNameCase(name: string): string {
  if (name !== name.toUpperCase() && name !== name.toLowerCase()) return name;
  if (name.length <= 3) return name;
  // A letter after "O'" and "D'" begins a name, one after "Anna'" does not.
  const first = /(?<![\p{L}\p{M}’'])\p{Ll}|(?<=(?<![\p{L}\p{M}])[od][’'])\p{Ll}/gu;
  return name.toLowerCase().replace(first, (letter) => letter.toUpperCase());
}
