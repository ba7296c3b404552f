/** Words with a capital letter that name nobody: services, roles, the calendar, and what stands in titles. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Written with capitals wherever they stand; lower case here. */
export const PROPER_BUT_KNOWN: ReadonlySet<string> = set(
  `i linkedin telegram whatsapp zoom skype teams meet google email e-mail sms pdf crm faq fyi asap rsvp ok ps tl dr
  ceo cto cfo coo cmo cro cpo vp svp evp hr it ai ml api b2b b2c saas roi kpi q a eu uk us usa uae am pm utc gmt cet
  est pst eod eow eta nda sow rfp po poc mvp q1 q2 q3 q4 tba tbd cc bcc icp sdr bdr ae
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  january february march april may june july august september october november december
  english german russian spanish french polish hi hello dear sir madam mr mrs ms dr mx prof
  вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашим вашу вашем ваших вашими
  кп тз ндс ит ооо ип ао зао пао рф снг кпэ линкедин телеграм телеграмм ватсап вотсап зум скайп гугл`,
);

/** What English sentences, descriptions in title case and lists are made of. */
const COMMON_ENGLISH = set(
  `a about above after again against ago all along already also although always am among an and another any anyone
  anything are around as ask asking at available away back be because been before being below best better between
  both brief briefly build but by call calls can case cases chance channel chat check choose clear close closing
  cold come comment comments company complete connect connecting connection contact contacts conversation could
  course current day days decide decision demo did different direct directly do does done door down draft each
  early either else email emails end engage engagement enough even ever every everyone everything final find first
  follow following follow-up followup for fresh friend friendly from full further gentle get give go goal going
  good great greet had has have head hear hello help helpful her here him his hold honest how however i idea ideas
  if in inbox info information insight insights interest interested into intro introduce introduction invitation
  invite is it its just keep key kind know last late later lead learn least leave less let letter light like line
  list little look loop lot make many material materials may me meeting meetings message messages might mind minute
  minutes mobile moment month more morning most move much my name need network new next no none not note notes
  nothing now nudge number of off offer ok on once one only open option options or other our out outreach over own
  part people person personal personalised personalized phone plan please point polite politely possible post posts
  practical present pricing problem process product profile proposal propose prospect question questions quick
  quickly rather reach reaction read ready reason recap recent recommend reconnect relationship relevant remember
  remind reminder reply request resource respond response resume review right role same say schedule second see
  send sending share sharing she short should show simple since slot small so some someone something soon specific
  start state status stay step steps still story suggest summary support sure take talk team tell than thank thanks
  that the their them then there these they thing think this those though thought thoughts three through time times
  timing to today together tomorrow too topic touch touchpoint try two under until up update upon us use useful
  value value-add very via voice voicemail wait want warm was way we week weekend weeks welcome well were what when
  where whether which while who why will wish with within without wonder word words work working would write year
  yes yesterday yet you your`,
);

const COMMON_ENDING = /(?:ing|tion|sion|ment|ness|ally|ily|able|ible|ive|ful|less|ship|ance|ence)s?$/;

/** Whether a capital letter on the word says nothing, because the word itself is an everyday one. */
export function isEverydayWord(word: string): boolean {
  const lower = word.toLowerCase().replaceAll('’', "'");
  const base = lower.replace(/'.*$/, '');
  if (PROPER_BUT_KNOWN.has(base) || COMMON_ENGLISH.has(base)) return true;
  return base.length > 5 && COMMON_ENDING.test(base);
}

/** Who may say, send or suggest something at the beginning of a sentence without being an invented somebody. */
export const SUBJECTS: ReadonlySet<string> = set(
  `i you we they he she it someone somebody everyone everybody nobody who people others many most some
  colleague colleagues clients teams anyone this that these those what which there my your our their his her its the a
  an one both
  я ты вы мы они он она оно кто все многие некоторые никто коллега коллеги это этот эта то что который люди другие
  ваш ваша наш наша мой моя`,
);
