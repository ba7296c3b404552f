/** Where things stand with a lead, guessed from the words used about it. Chooses the template plan. */

import type { Situation } from '../../../shared/schemas/plan.ts';

/**
 * In the order of what matters most: silence outweighs the offer that was met with it, an offer the call before it, and
 * so on. Future calls and meetings ("call tomorrow") deliberately do not match.
 */
const SIGNS: readonly (readonly [Situation, RegExp])[] = [
  [
    'gone_quiet',
    sign(
      String.raw`gone (?:quiet|silent|dark|cold)|went (?:quiet|silent|dark|cold)|ghost(?:ed|ing)|no (?:reply|replies|answer|response)|never (?:replied|answered)|(?:not|\p{L}+n[’']t) (?:reply|replied|replying|answer\p{L}*|respond\p{L}*|heard back)|stopped (?:answering|replying|responding)|не (?:отвеча\p{L}+|ответил\p{L}*)|пропал\p{L}*|замолчал\p{L}*|молчит|молчат|без ответа|тишина`,
    ),
  ],
  [
    'proposal_sent',
    sign(
      String.raw`sent (?:\p{L}+ ){0,3}(?:proposals?|quotes?|offers?|quotation|pricing|contract)|(?:proposal|quote|offer|contract) (?:is |was |has been )?(?:sent|out)|отправ\p{L}+ (?:\p{L}+ ){0,2}(?:кп|предложение|смету|прайс|договор|оффер)|(?:кп|предложение|смета|договор) отправ\p{L}+|выслал\p{L}* (?:\p{L}+ ){0,2}(?:кп|предложение|смету|прайс|договор)`,
    ),
  ],
  [
    'after_call',
    sign(
      String.raw`had (?:a|our|the) (?:\p{L}+ )?(?:call|chat)|(?:after|on) (?:our|the|a|today[’']s|yesterday[’']s) call|spoke (?:to|with)|we spoke|talked (?:to|with)|we talked|on the phone|call(?:ed)? (?:today|yesterday)|созвонил\p{L}+|поговорил\p{L}*|говорил\p{L}* (?:с|по)|после (?:\p{L}+ )?(?:звонка|созвона)|по телефону обсудил\p{L}*`,
    ),
  ],
  [
    'after_meeting',
    sign(
      String.raw`met|(?:after|at) (?:our|the|a) (?:\p{L}+ )?(?:meeting|lunch|coffee|conference|fair|expo|event|meetup)|познакомил(?:ись|ся|ась)|встретил(?:ись|ся|ась)|виделись|после (?:\p{L}+ )?встречи|на (?:\p{L}+ )?(?:выставке|конференции|митапе|мероприятии|форуме)`,
    ),
  ],
  [
    'warm_intro',
    sign(
      String.raw`introduced (?:me|us|by)|intro (?:from|by|via|through)|introduction (?:from|by|via|through)|referred (?:by|from)|referral|recommended by|friend of|познакомил(?:а|и)? (?:меня|нас)|(?:меня|нас) (?:познакомил|свел)(?:а|и)?|порекомендовал\p{L}*|посоветовал\p{L}*|по рекомендации|свел(?:а|и)? (?:меня|нас)|общ(?:ий|ая|его) знаком\p{L}+`,
    ),
  ],
];

/** The situation the text speaks of, `cold` when it says nothing. */
export function detectSituation(text: string): Situation {
  const plain = text.toLowerCase().replaceAll('ё', 'е');
  return SIGNS.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'cold';
}

function sign(alternatives: string): RegExp {
  return new RegExp(String.raw`(?<!\p{L})(?:${alternatives})(?!\p{L})`, 'u');
}
