/**
 * Words that tell where things stand with a lead, English and Russian, as `detectSituation` writes them: lower case,
 * straight apostrophes, "not" in full, е for ё. `happened` says by itself that something is past; `named` only speaks
 * of it, and counts where nothing in the same clause lies ahead. Each stands between word boundaries.
 */
import type { Situation } from '../../../shared/schemas/plan.ts';

export interface Signs {
  readonly situation: Situation;
  readonly happened: readonly string[];
  readonly named: readonly string[];
}

/** Any few words in between. */
const UP_TO_3 = String.raw`(?:\p{L}+ ){0,3}`;
const OFFER = String.raw`(?:(?:written|new|first|revised|updated|final|commercial|price|full) )?(?:proposals?|quotes?|quotation|offers?|estimate|price list|pricing|prices|contract|agreement)`;
const OUR_OFFER = String.raw`(?:(?:our|my) ${OFFER}|the (?:\p{L}+ )?(?:proposal|quote|quotation|offer|estimate))`;
const OFFER_RU = String.raw`(?:коммерческ\p{L}+ )?(?:кп|предложени\p{L}+|смет\p{L}+|прайс\p{L}*|договор\p{L}*|оффер\p{L}*|расчет\p{L}*|счет|цены|коммерческое)`;
const OUR_OFFER_RU = String.raw`(?:наш\p{L}* |мо[йюея]\p{L}* |это )?${OFFER_RU}`;
const GATHERING = String.raw`(?:meeting|lunch|coffee|dinner|breakfast|conference|fair|trade show|show|expo|event|meetup|summit|booth|stand|party|workshop)`;
const GATHERING_RU = String.raw`(?:выставк\p{L}+|конференци\p{L}+|митап\p{L}*|мероприяти\p{L}+|форум\p{L}*|семинар\p{L}*|стенд\p{L}*|вечеринк\p{L}+)`;
/** Whoever was spoken to at a fair was met. */
const NOT_FACE_TO_FACE = String.raw`(?![^.!?\n]{0,80} (?:at|over|in) (?:the |a |our |their )?${UP_TO_3}${GATHERING}(?!\p{L}))`;
const NOT_FACE_TO_FACE_RU = String.raw`(?![^.!?\n]{0,80} (?:на|за|у) ${UP_TO_3}(?:${GATHERING_RU}|встрече|кофе|обедом|ужином)(?!\p{L}))`;

/**
 * In the order of what matters most: silence outweighs the offer that was met with it, an offer the call before it, and
 * so on.
 */
export const SIGNS: readonly Signs[] = [
  {
    situation: 'gone_quiet',
    happened: [
      String.raw`(?:gone|went|going|goes) (?:all |very |completely )?(?:quiet|silent|dark|cold)|(?:is|been) (?:\p{L}+ ){0,2}(?:silent|quiet)|(?:radio|total|complete) silence|silence (?:since|for|ever since)`,
      String.raw`ghost(?:ed|ing|s)|(?:vanished|disappeared|unresponsive|off the radar|left (?:me |us )?on read)`,
      String.raw`no (?:\p{L}+ )?(?:reply|replies|answers?|response|reaction|feedback|word|news|sign of life)|never (?:replied|answered|responded|wrote back|called back|got back|came back)`,
      String.raw`not (?:\p{L}+ )?(?:reply|replied|replying|answer\p{L}*|respond\p{L}*|react\p{L}*|heard|hear(?:ing)?|picked up|pick(?:ing)? up)`,
      String.raw`not (?:call(?:ed|ing)?|get(?:ting)?|got(?:ten)?|come|came|coming|written|write|writing|been) (?:to )?(?:me |us )?(?:back|in touch)`,
      String.raw`stopped (?:answering|replying|responding|writing|calling)|ignor(?:es|ed|ing) (?:me|us|my|our|all|every|e-?mails?|calls|messages)`,
      String.raw`(?:nothing|not a word) (?:since|from|back)|(?:still )?waiting for (?:\p{L}+ )?(?:reply|answer|response) (?:since|for)|(?:went|left|remain\p{L}*) unanswered|unanswered`,
      String.raw`не (?:отвеча\p{L}+|ответил\p{L}*|реагиру\p{L}+|отреагировал\p{L}*|перезвонил\p{L}*|перезванива\p{L}+|объявлял\p{L}+|откликается)|не (?:берет|берут|взял\p{L}*|снимает) трубку|не (?:выходит|выходят|вышл\p{L}*) на связь`,
      String.raw`пропал\p{L}*|замолчал\p{L}*|замолк\p{L}*|молчит|молчат|исчез(?:л\p{L})?|слил(?:ся|ась|ись)|заглохл\p{L}*|игнорит|игнорят|игнориру\p{L}+|тишина|ни слуху`,
      String.raw`без ответа|ответа (?:\p{L}+ )?нет|нет (?:\p{L}+ )?ответа|ни ответа|ни слова|ответа (?:так и )?не (?:было|получил\p{L}*|дожда\p{L}+)|жд(?:у|ем) ответа (?:уже|с|втор\p{L}+|трет\p{L}+)|перестал\p{L}* (?:отвечать|писать|выходить)|(?:больше|давно) не пишет|в прочитанных`,
    ],
    named: [],
  },
  {
    situation: 'proposal_sent',
    happened: [
      String.raw`(?:sent|emailed|e-mailed|mailed|submitted|forwarded|shared|delivered|gave|handed|made)(?! (?:me|us) ) ${UP_TO_3}${OFFER}`,
      String.raw`${OFFER} (?:is |was |has been |were )?(?:sent|out|submitted|delivered)|${OFFER} (?:is |was |are |has been )?(?:still |now )?(?:with (?:her|him|them|their|the|legal|procurement)|under review|on (?:her|his|their) (?:desk|table)|being (?:reviewed|discussed|considered))`,
      String.raw`(?:got|received|has|have|read|liked?|opened|saw|seen) (?:already )?${OUR_OFFER}|quoted (?:her|him|them|[$€£]?\d)`,
      String.raw`(?:thinks|thinking|considers|considering|reviews|reviewing|looks|looking|reads|reading|studies|studying|discusses|discussing|compares|comparing|evaluates|evaluating|checking|negotiating|mulling) (?:it )?(?:at |over |about |through )?(?:with \p{L}+ )?${OUR_OFFER}`,
      String.raw`(?:wants|needs|has|asked for|will|'ll) (?:(?:some |more )?time )?(?:to )?(?:think|decide|consider|discuss|review|read|look|study) (?:it )?(?:at |over |about |through |on )?${OUR_OFFER}`,
      String.raw`(?:отправил|отправлял|выслал|послал|скинул|сбросил|направил|передал|дал|сделал|выставил|показал|озвучил)\p{L}* (?:\p{L}+ ){0,3}${OFFER_RU}|(?:отправлен|выслан|послан|направлен|передан)\p{L}* (?:\p{L}+ ){0,2}${OFFER_RU}`,
      String.raw`${OFFER_RU} (?:уже |вчера |сегодня |\p{L}+ )?(?:отправ(?:или|ил|ила|лено|лена|лен)|выслал\p{L}*|послал\p{L}*|ушло|ушла|ушел|у (?:нее|него|них|клиента)|на (?:согласовании|рассмотрении|подписи|столе|проверке))`,
      String.raw`(?:получил|прочитал|посмотрел|открыл|видел)\p{L}* (?:наш\p{L}* |мо[йюея]\p{L}* )${OFFER_RU}|получил\p{L}* ${OFFER_RU}`,
      String.raw`(?:изучает|изучают|рассматривает|рассматривают|обсуждает|обсуждают|согласовывает|согласовывают|читает|сравнивает|сравнивают|смотрит|смотрят|думает|думают)(?: над| о)? (?:с \p{L}+ )?${OUR_OFFER_RU}|(?:жд(?:у|ем) решения|подума\p{L}+) (?:по|над) ${OUR_OFFER_RU}`,
    ],
    named: [],
  },
  {
    situation: 'after_call',
    happened: [
      String.raw`had (?:a|an|our|the|another) (?:\p{L}+ ){0,2}(?:call|chat|demo)${NOT_FACE_TO_FACE}|(?:spoke|talked|chatted)${NOT_FACE_TO_FACE}`,
      String.raw`(?:phoned|rang)|(?:i|we|she|he|they) (?:just |already )?called|called (?:her|him|them|me|us|today|yesterday|in|this morning|back)|got off (?:the phone|a call)`,
      String.raw`(?:call|demo) (?:\p{L}+ ){0,3}(?:went|was)|(?:gave|showed) (?:her|him|them) (?:a|the) demo|(?:good|great|nice|long|short|quick|productive|first) (?:call|chat|conversation) (?:with|today|yesterday|this|on|last)`,
      String.raw`(?:asked|said|says|told|agreed|discussed|mentioned|promised) (?:\p{L}+ ){0,4}(?:on|over|by) (?:the |a |our )?(?:phone|zoom|teams|call|video)`,
      String.raw`созвонил\p{L}+|созванивал\p{L}+|(?:поговорил|разговаривал|пообщал|общал|говорил)(?:а|и|ся|ась|ись)?${NOT_FACE_TO_FACE_RU}`,
      String.raw`(?:по)?звонил\p{L}*|дозвонил\p{L}+|перезвонил\p{L}*|(?:был|прошел|провели) (?:\p{L}+ ){0,2}(?:звонок|созвон)|(?:звонок|созвон|демо) (?:прошел|прошло|был\p{L}*)|(?:провели|показал\p{L}*|было) (?:\p{L}+ )?демо|обсудил\p{L}* (?:\p{L}+ ){0,3}(?:по телефону|в зуме|по зуму|на созвоне|в скайпе)|по телефону (?:\p{L}+ )?(?:обсудил|сказал|попросил|договорил)\p{L}*`,
    ],
    named: [
      String.raw`(?:after|on|from|during) (?:our|the|a|today's|yesterday's|this morning's|last week's) (?:\p{L}+ )?(?:call|demo)|(?:our|video|zoom|phone) call (?:today|yesterday|last|this morning|on \p{L}+)`,
      String.raw`после (?:\p{L}+ )?(?:звонка|созвона|разговора|демо)|на (?:\p{L}+ )?созвоне`,
    ],
  },
  {
    situation: 'after_meeting',
    happened: [
      String.raw`met(?! (?:the |our |all |their |his |her |every )?(?:requirement|target|deadline|expectation|criteria|goal|need|standard)s?)`,
      String.raw`had (?:a |an |our |the )?(?:\p{L}+ ){0,2}(?:meeting|coffee|lunch|dinner|breakfast|beer)|(?:meeting|lunch|coffee|dinner) (?:\p{L}+ ){0,3}(?:went|was)|(?:good|great|nice) meeting (?:with|you|her|him|them|today|yesterday)`,
      String.raw`(?:ran|bumped) into|saw (?:her|him|them) (?:at|in)|sat next to|(?:visited|came (?:by|to)|stopped (?:by|at)|dropped by|was at|were at) (?:us|me|(?:our|my|their|her|his) (?:\p{L}+ )?(?:booth|stand|office|showroom|factory|warehouse))`,
      String.raw`(?:gave|handed) (?:me|us) (?:her|his|their|a) (?:\p{L}+ )?card|(?:got|took|have) (?:her|his|their) (?:business )?card|(?:exchanged|swapped) (?:\p{L}+ )?(?:cards|contacts|numbers)`,
      String.raw`(?:spoke|talked|chatted) (?:to|with)`,
      String.raw`познакомил(?:ись|ся|ась)|встретил(?:ись|ся|ась|и)?|встречал(?:ись|ся|ась)|(?:у|по)?видел(?:ись|ся|ась)|пересекл(?:ись|ась)|пересекся`,
      String.raw`(?:был[аи]?|прошла|провели|состоялась) (?:\p{L}+ )?встреч[ау]|встреча (?:прошла|была|состоялась)|(?:вы)?пили кофе|(?:по)?обедали|(?:по)?ужинали|(?:приезжал|приходил|заезжал|заходил|подходил|подошл)\p{L}* (?:к нам|ко мне|к \p{L}+ стенду|в (?:наш )?офис|на стенд)|был[аи]? (?:у них|у нее|у него|у нас) (?:в офисе|на складе|на производстве|в гостях)`,
      String.raw`обменял(?:ись|ся|ась) (?:визит\p{L}+|контакт\p{L}+|телефон\p{L}+)|(?:дал|взял|оставил|вручил)\p{L}* (?:\p{L}+ )?визит\p{L}+|(?:поговорил|разговаривал|пообщал|общал|говорил)(?:а|и|ся|ась|ись)?`,
    ],
    named: [
      String.raw`(?:after|at|from) (?:our|the|a|last week's|yesterday's) (?:\p{L}+ )?${GATHERING}`,
      String.raw`после (?:\p{L}+ )?(?:встречи|выставки|конференции)|на (?:\p{L}+ )?${GATHERING_RU}`,
    ],
  },
  {
    situation: 'warm_intro',
    happened: [
      String.raw`introduced (?:me|us|by|her|him|them)|(?:made|did) (?:\p{L}+ ){0,2}(?:intro|introduction)|put (?:us|me|her|him) in (?:touch|contact)|connected (?:us|me)`,
      String.raw`referred (?:by|from|me|us|her|him|them)|(?:came|come|comes|got|is|was|as) (?:\p{L}+ ){0,3}referral|warm referral|referral (?:from|by|via)|recommended (?:by|her|him|them|me|us|that|i|we|contacting|talking|writing)|recommendation (?:from|of|by)|on \p{L}+(?:'s)? recommendation|vouched for`,
      String.raw`(?:gave|passed|sent) (?:me|us) (?:her|his|their) (?:\p{L}+ )?(?:contacts?|number|e-?mail|details|name)|got (?:her|his|their|the) (?:contacts?|number|e-?mail|name) (?:from|through|via)|suggested (?:that )?(?:i|we) (?:should )?(?:contact|reach out to|get in touch with)`,
      String.raw`friends? of|mutual (?:friend|contact|acquaintance|connection)s?|comes (?:from|through|via) (?:a|my|our)|came (?:through|via)|used to work with|is (?:a )?(?:friends|friend) with`,
      String.raw`познакомил(?:а|и)? (?:меня|нас)|(?:меня|нас) (?:\p{L}+ )?(?:познакомил|свел|представил)(?:а|и)?|свел(?:а|и)? (?:меня|нас)|представил(?:а|и)? (?:меня|нас)`,
      String.raw`(?:порекомендовал|рекомендовал|посоветовал)\p{L}*|по (?:\p{L}+ )?(?:рекомендации|совету|наводке)|(?:дал|скинул|передал|прислал)\p{L}* (?:(?:мне |нам )?(?:ее |его |их )(?:номер|телефон|почту)|(?:мне |нам )(?:номер|телефон)|(?:\p{L}+ ){0,2}контакт\p{L}*)|контакт\p{L}* (?:от|дал\p{L}*|передал\p{L}*|скинул\p{L}*)`,
      String.raw`общ(?:ий|ая|его|их|ие|ую) (?:знаком|друг|друз|приятел)\p{L}*|через (?:друз\p{L}+|друга|подругу|знаком\p{L}+|коллег\p{L}+|общ\p{L}+)|(?:знаком(?:ый|ая)|друг|подруга|приятель|бывш\p{L}+ коллега|коллега) (?:моего|моей|нашего|нашей)|приш(?:ел|ла|ли) (?:к нам |ко мне )?от|сарафан\p{L}*|замолвил\p{L}*`,
    ],
    named: [String.raw`(?:intro|introduction) (?:from|by|via|through)`],
  },
];
