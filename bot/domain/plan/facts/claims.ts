/**
 * Sentences that claim something happened or exists: a post, a meeting, a mutual friend, an attachment, success with
 * other customers. Each is fine when the input speaks of it, and embarrassing when it does not.
 */
import type { Situation } from '../../../../shared/schemas/plan.ts';
import { numbersIn, plain, type Earlier, type Evidence } from './evidence.ts';
import { fold, sameStem, stem, wordsOf } from './fold.ts';

interface Claim {
  /** Looked for in lower case. */
  readonly claims: RegExp;
  /** What the input has to contain, in lower case. */
  readonly borneOutBy: RegExp;
  /** Situations that bear it out by themselves. */
  readonly situations?: readonly Situation[];
  /** Contact of earlier steps that bears it out. */
  readonly earlier?: keyof Earlier;
  /** In a description only drafts' claims are claims: "comment on a post" tells what to do. */
  readonly inDescriptions?: RegExp;
}

const words = (pattern: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:${pattern})(?!\p{L})`, 'u');
const NEVER = /(?!)/;

const PUBLISHED = String.raw`posts?|articles?|blogs?|podcasts?|interviews?|talks?|webinars?|newsletters?|tweets?|videos?|keynotes?|presentations?|panels?|publications?|speech|essays?|threads?`;
const PUBLISHED_RU = String.raw`пост\p{L}{0,3}|стать\p{L}+|публикаци\p{L}+|интервью|подкаст\p{L}*|выступлени\p{L}+|доклад\p{L}*|вебинар\p{L}*|видео|заметк\p{L}+|презентаци\p{L}+|блог\p{L}*|колонк\p{L}+|эфир\p{L}*`;
const EVENT = String.raw`conference|summit|expo|event|meetup|trade show|fair|workshop|dinner|festival|forum|congress|hackathon|webinar|gala|panel`;
const EVENT_RU = String.raw`конференци\p{L}+|выставк\p{L}+|форум\p{L}*|митап\p{L}*|мероприяти\p{L}+|семинар\p{L}*|саммит\p{L}*|воркшоп\p{L}*|фестивал\p{L}+|вебинар\p{L}*`;
const DOCUMENT = String.raw`white ?papers?|case stud(?:y|ies)|decks?|brochures?|one[- ]pagers?|e-?books?|reports?|slides|recordings?|templates?|checklists?|proposals?|quotes?|contracts?|pricing|price lists?|pdfs?|files?|documents?|presentations?|roadmaps?|agendas?`;
const DOCUMENT_RU = String.raw`презентаци\p{L}+|кейс\p{L}*|коммерческ\p{L}+ предложени\p{L}+|кп|прайс\p{L}*|отчет\p{L}*|документ\p{L}*|файл\p{L}*|договор\p{L}*|чек-?лист\p{L}*|шаблон\p{L}*|смет\p{L}+|брошюр\p{L}+|запис\p{L}+ (?:встречи|звонка|вебинара)`;
const NEWS = String.raw`funding|round|raise|promotion|launch(?:es)?|awards?|new role|new job|new position|acquisition|merger|ipo|expansion|announcements?|milestones?|anniversary|series [a-d]|hiring|partnership|new office|rebrand\p{L}*|growth`;
const NEWS_RU = String.raw`раунд\p{L}*|инвестици\p{L}+|повышени\p{L}+|запуск\p{L}*|наград\p{L}+|нов\p{L}+ (?:должност\p{L}+|рол\p{L}+|офис\p{L}*)|слияни\p{L}+|поглощени\p{L}+|расширени\p{L}+|юбиле\p{L}+|годовщин\p{L}+|партнерств\p{L}+|открыти\p{L}+`;
const TALKED = words(
  String.raw`spoke|spoken|talked|chatted|called|discussed|met|had (?:a|our|the) (?:\p{L}+ )?(?:call|chat|meeting|demo|conversation)|(?:after|on|during) (?:our|the|a|today's|yesterday's) (?:\p{L}+ )?(?:call|meeting|demo)|conversation|on the phone|созвон\p{L}+|поговор\p{L}+|говорил\p{L}*|обсудил\p{L}*|обсуждал\p{L}*|встретил\p{L}*|познакомил\p{L}*|виделись|общал\p{L}+|разговор\p{L}*|после (?:\p{L}+ )?(?:звонка|встречи|созвона)|демо|провел\p{L}* встречу`,
);
const AFTER_TALK: readonly Situation[] = ['after_call', 'after_meeting'];
const AFTER_CONTACT: readonly Situation[] = [...AFTER_TALK, 'proposal_sent', 'gone_quiet'];

const CLAIMS: readonly Claim[] = [
  {
    claims: words(
      String.raw`your (?:\p{L}+ ){0,3}(?:${PUBLISHED})|(?:saw|read|loved|liked|enjoyed|watched|heard|caught|noticed|across|by|following) (?:\p{L}+ ){0,4}(?:${PUBLISHED})|(?:ваш\p{L}*|твой|твою) (?:\p{L}+ ){0,3}(?:${PUBLISHED_RU})|(?:(?:про)?читал\p{L}*|прочел|прочла|увидел\p{L}*|видел\p{L}*|смотрел\p{L}*|посмотрел\p{L}*|слушал\p{L}*|послушал\p{L}*|понравил\p{L}+) (?:\p{L}+ ){0,4}(?:${PUBLISHED_RU})`,
    ),
    inDescriptions: words(
      String.raw`(?:${PUBLISHED}) (?:\p{L}+ ){0,3}(?:about|on|regarding|titled|called) (?!linkedin|their|his|her|the topic)\p{L}+|(?:${PUBLISHED_RU}) (?:\p{L}+ ){0,3}(?:о|об|про|на тему) \p{L}+`,
    ),
    borneOutBy: words(
      `${PUBLISHED}|posted|published|wrote|${PUBLISHED_RU}|опубликовал\\p{L}*|написал\\p{L}*`,
    ),
  },
  {
    claims: words(
      String.raw`(?:at|during|from|after) (?:the |your |our |last \p{L}+ |this \p{L}+ |\p{L}+ ){0,3}(?:${EVENT})|(?:на|после|с) (?:\p{L}+ ){0,2}(?:${EVENT_RU})`,
    ),
    inDescriptions: words(
      String.raw`(?:at|during|from|after) (?:the |our |last \p{L}+ ){0,2}(?:${EVENT})|(?:на|после|с) (?:\p{L}+ )?(?:${EVENT_RU})`,
    ),
    borneOutBy: words(`${EVENT}|${EVENT_RU}`),
  },
  {
    claims: words(
      String.raw`(?:great|good|nice|lovely|pleasure|enjoyed|wonderful|glad)(?: to have)?(?: (?:meeting|speaking|talking|chatting|connecting)| to (?:meet|speak|talk|chat)| talk)(?: (?:with|to))? (?:you|with you)(?! (?:soon|next|this|some|on|about))|thank you for (?:the|our|your time on the) (?:call|meeting|conversation|chat|demo)|thanks for (?:the|our|taking|your time|making time|chatting|speaking|meeting)|our (?:last |recent |earlier |previous |first |great )?(?:call|conversation|meeting|chat|discussion|demo|talk)|(?:as|like) (?:we )?(?:discussed|promised|agreed|mentioned)|when we (?:spoke|met|talked|last)|we (?:spoke|met|talked|chatted|discussed|agreed)|спасибо за (?:\p{L}+ )?(?:разговор|звонок|встречу|беседу|созвон)|как (?:мы |и )?(?:договаривались|обсуждали|обещал\p{L}*|говорили|обсудили)|мы (?:говорили|обсуждали|обсудили|встречались|виделись|созванивались|общались)|(?:после|на|во время) (?:нашей|нашего|нашем) (?:\p{L}+ )?(?:встречи|встрече|звонка|звонке|разговора|беседы)|рад\p{L}? (?:был\p{L}? )?(?:познакомиться|знакомству|встрече|пообщаться)|приятно было (?:познакомиться|пообщаться|поговорить|встретиться)|было приятно (?:познакомиться|пообщаться|поговорить|встретиться)`,
    ),
    situations: AFTER_CONTACT,
    earlier: 'talk',
    borneOutBy: TALKED,
  },
  {
    claims: words(
      String.raw`(?<!this is |will be |be )my (?:last|previous|earlier|first) (?:e-?mail|message|note|letter|call)|(?:i (?:wrote|emailed|messaged|called|sent you|reached out)(?: to)?(?: you)?) (?:last|a few|earlier|yesterday|recently|on|before)|following up on my|(?:мое|мо[ей]м?|мой|моего|моему|моем) (?:последн\p{L}+|прошл\p{L}+|предыдущ\p{L}+|перв\p{L}+)? ?(?:письм\p{L}+|сообщени\p{L}+|звонк\p{L}*)|(?:писал\p{L}?|звонил\p{L}?) вам`,
    ),
    situations: AFTER_CONTACT,
    earlier: 'message',
    borneOutBy: words(
      String.raw`wrote|written|emailed|e-mailed|messaged|sent|reached out|no (?:reply|answer|response)|replied|писал\p{L}*|написал\p{L}*|отправ\p{L}+|звонил\p{L}*|ответ\p{L}*|отвеча\p{L}+`,
    ),
  },
  {
    claims: words(
      String.raw`(?<!any )(?<!have )(?<!a )(?:mutual|common|shared) (?:friends?|contacts?|connections?|acquaintances?|colleagues?|investors?)|through (?:a|our) (?:mutual )?(?:friend|contact|connection|colleague)|(?:a|our) mutual (?:friend|contact|connection|acquaintance)|referred (?:me )?(?:to you )?by|(?:introduced|recommended|referred) (?:me |us |you )|(?:suggested|recommended) (?:that )?(?:i|we) (?:reach|contact|get|talk|write|speak)|gave me your|spoke highly|we were introduced|our introduction|for (?:the|introducing) (?:introduction|us)|(?:наш\p{L}*|общ\p{L}+) (?:общ\p{L}+ )?(?:друг\p{L}*|знаком\p{L}+|коллег\p{L}*|партнер\p{L}*)|(?:посоветовал|порекомендовал|рекомендовал)\p{L}* (?:мне |вас |обратиться|связаться|написать)|нас познакомил\p{L}*|дал\p{L}? (?:мне )?ваш|отзывал\p{L}+ о вас|по рекомендации|что познакомили`,
    ),
    inDescriptions: words(
      String.raw`(?:our|your|the) (?:mutual|common|shared) (?:friend|contact|connection|acquaintance|colleague)|наш\p{L}* общ\p{L}+ (?:друг\p{L}*|знаком\p{L}+|коллег\p{L}*)`,
    ),
    situations: ['warm_intro'],
    borneOutBy: words(
      String.raw`intro(?:duced|duction|s)?|referred|referral|recommended|recommendation|suggested|mutual|friend|gave me|знаком\p{L}*|познаком\p{L}*|порекоменд\p{L}+|рекоменд\p{L}+|посоветов\p{L}+|друг\p{L}*|свел\p{L}*`,
    ),
  },
  {
    claims: words(
      String.raw`(?<!strings )attach(?:ed|ing|ment|ments)|enclosed|(?:here is|here's|here are|find|below is|sharing|sending(?: you)?(?: over)?|put together|prepared|made|wrote) (?:\p{L}+ ){0,2}(?:${DOCUMENT})|our (?:\p{L}+ ){0,2}(?:${DOCUMENT}|customer stories|success stor(?:y|ies))|the (?:${DOCUMENT}) (?:i|we|from|about)|во вложении|вложен\p{L}*|прикрепл\p{L}+|прикладыва\p{L}+|приложил\p{L}*|приложен\p{L}+ (?:файл|документ|презентаци)\p{L}*|(?:отправляю|высылаю|направляю|делюсь|подготовил\p{L}*|вот) (?:\p{L}+ ){0,2}(?:${DOCUMENT_RU})|наш\p{L}* (?:\p{L}+ )?(?:${DOCUMENT_RU})`,
    ),
    inDescriptions: words(
      String.raw`(?:send|share|attach|forward) (?:\p{L}+ )?(?:the|our|your) (?:\p{L}+ ){0,2}(?:${DOCUMENT})|(?:отправ\p{L}+|пришлите|приложите|прикрепите|поделитесь) (?:наш\p{L}*|ваш\p{L}*) (?:\p{L}+ )?(?:${DOCUMENT_RU})`,
    ),
    borneOutBy: words(`${DOCUMENT}|offer|${DOCUMENT_RU}|предложени\\p{L}+|материал\\p{L}*`),
    situations: ['proposal_sent'],
  },
  {
    inDescriptions: words(String.raw`congrat\p{L}*|поздравьте|поздравить`),
    claims: words(
      String.raw`congrat\p{L}*|(?:i've|i have) been (?:following|watching|reading)|impressed (?:by|with)|caught my eye|впечатлил\p{L}*|впечатля\p{L}+|под впечатлением|(?:your|the|their|this) (?:recent |new |latest )?(?:${NEWS})|recent (?:\p{L}+ )?(?:${NEWS})|поздравля\p{L}+|(?:ваш\p{L}*|недавн\p{L}+) (?:\p{L}+ )?(?:${NEWS_RU})`,
    ),
    borneOutBy: words(
      `congrat\\p{L}*|${NEWS}|raised|promoted|launched|won|hired|opened|expanding|expand\\p{L}*|grow\\p{L}*|hir\\p{L}+|${NEWS_RU}|поздрав\\p{L}+|привлек\\p{L}*|открыл\\p{L}*|запустил\\p{L}*|повысил\\p{L}*|расширя\\p{L}+`,
    ),
  },
  {
    claims: words(
      String.raw`(?:we|i|we've|i've|we have|i have) (?:recently |already |just )?(?:helped|worked with|work with|saved|supported|partnered with) (?:\p{L}+ ){0,3}(?:companies|clients|teams|customers|startups|firms|businesses|leaders|others|people|brands|agencies|like)|our (?:\p{L}+ )?(?:clients|customers|users)|(?:companies|teams|clients|customers|firms) (?:like yours|similar to yours) (?:\p{L}+ )?(?:save|cut|reduce|increase|grow|use|see)|trusted by|(?:already|currently|now) (?:use|uses|trust|trusts|rely on|relies on|chose) (?:our|us)|(?:i|we)(?:'ve| have)? (?:just |recently )?(?:published|launched|released|won (?:the|an?|our|this|best))|уже (?:подключил|пользу|доверя|выбрал)\p{L}+|award-winning|industry-leading|мы (?:уже )?(?:помогли|помогаем|работаем|работали|сэкономили) (?:\p{L}+ ){0,3}(?:компани\p{L}+|клиент\p{L}+|команд\p{L}+|заказчик\p{L}+|коллег\p{L}*)|наш\p{L}* (?:\p{L}+ )?(?:клиент\p{L}*|заказчик\p{L}*)`,
    ),
    borneOutBy: words(String.raw`clients?|customers?|we (?:help|helped|work)|клиент\p{L}*|заказчик\p{L}*`),
  },
];

const HEARSAY =
  /(?<!\p{L})(?:i|we)(?:'ve| have)? (?:also )?(?:saw|noticed|heard|read|see|learned|understand|came across)(?: (?:that|about|from))?(?= )|(?<!\p{L})you(?:'ve)? (?:mentioned|told (?:me|us)|said|asked|shared|promised|explained)(?= )|(?<!\p{L})вы (?:упом\p{L}+|говорили|расск\p{L}+|сказали|просили|обещали|спрашивали)(?!\p{L})|(?<!\p{L})(?:увидел|заметил|слышал|услышал|прочитал|узнал|вижу)\p{L}*,? (?:что|о|об|про)(?!\p{L})/u;
const PROFILE = /profile|page|профил|страниц/;
/** Shorter words carry no fact. */
const FACT_WORD = 4;

/** Whether a sentence claims something that neither the input nor an earlier step bears out. */
export function hasForeignClaim(
  sentence: string,
  field: 'description' | 'draft',
  evidence: Evidence,
  earlier: Earlier,
): boolean {
  const text = plain(sentence);
  const { situation } = evidence.facts;
  const isBare = CLAIMS.some((claim) => {
    const pattern = field === 'draft' ? claim.claims : (claim.inDescriptions ?? NEVER);
    if (!pattern.test(text)) return false;
    if (claim.situations?.includes(situation) === true) return false;
    if (claim.earlier !== undefined && earlier[claim.earlier]) return false;
    return !claim.borneOutBy.test(evidence.plain);
  });
  return isBare || (field === 'draft' && isForeignHearsay(text, evidence));
}

/** "I saw that you …": something of what follows must have been told, beyond the lead's own name. */
function isForeignHearsay(text: string, { stems, identity, numbers }: Evidence): boolean {
  const match = HEARSAY.exec(text);
  if (match === null) return false;
  const rest = text.slice(match.index + match[0].length);
  // A number that was told proves as much as a word, and it is the same in every language.
  if (PROFILE.test(rest) || numbersIn(rest).some((number) => numbers.has(number))) return false;
  const facts = wordsOf(rest).filter(({ word }) => word.length >= FACT_WORD && !identity.has(fold(word)));
  if (facts.length === 0) return false;
  return !facts.some(({ word }) =>
    stems.some((known) => known.length >= FACT_WORD && sameStem(known, stem(word))),
  );
}
