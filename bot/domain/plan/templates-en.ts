/**
 * Template plans in English. The drafts claim nothing about the lead that was not told, ask one thing at a time, and
 * can be sent as they stand.
 */
import type { Situation } from '../../../shared/schemas/plan.ts';
import type { TemplateContext, TemplateStep } from './template-types.ts';

type Template = (lead: TemplateContext) => readonly TemplateStep[];

export const ENGLISH_TEMPLATES: Readonly<Record<Situation, Template>> = {
  cold: (lead) => [
    step(
      0,
      'linkedin_connect',
      `Invite ${them(lead)} on LinkedIn`,
      ...invitation(lead, 'I came across your profile'),
    ),
    step(
      1,
      lead.write,
      `Send ${them(lead)} a short first ${noun(lead)}: one idea, one question`,
      `${lead.greeting}\n\nWe haven't met yet, so I'll keep this short. I believe we could make something easier for ${team(lead)}, and I'd rather ask than guess.\n\nIs this something you look after yourself, or is there a better person to talk to?`,
    ),
    step(3, 'linkedin_like', `See what ${them(lead)} shared lately and like what you honestly find good`),
    step(
      5,
      lead.write,
      `Follow up with ${them(lead)} in two sentences`,
      `${lead.greeting}\n\nI wrote a few days ago and know how full a week gets. Would a 15-minute conversation be worth it, or should I come back at a better time?`,
    ),
    lead.talk === 'call'
      ? step(
          7,
          'call',
          `Call ${them(lead)} once, at an easy hour`,
          `${lead.first === null ? 'Hello' : `Hello ${lead.first}`}, I sent you a short note the other day and thought I'd try you by phone. Do you have two minutes, or is another time better?`,
        )
      : step(
          7,
          lead.write,
          `Ask ${them(lead)} one question that takes ten seconds to answer`,
          `${lead.greeting}\n\nOne quick question, and a single word is enough as an answer: is this a topic for you this year, yes or no? Either way I'll know what to do.`,
        ),
    step(
      10,
      lead.write,
      `Offer ${them(lead)} something useful without asking for anything back`,
      `${lead.greeting}\n\nNo need to reply to this one. If it helps, I can tell you in a few lines how I would go about it in your place, no strings attached. Just say "go ahead".`,
    ),
    step(14, lead.write, `Close the loop with ${them(lead)} politely`, closing(lead)),
  ],
  warm_intro: (lead) => [
    step(
      0,
      'mutual_intro',
      `Thank the person who connected you with ${them(lead)}`,
      'Thank you for the introduction, that was kind of you. I will write today and let you know how it goes.',
    ),
    step(
      0,
      lead.write,
      `Write to ${them(lead)} while the introduction is fresh`,
      `${lead.greeting}\n\nI'm glad we were introduced. I'd like to hear what keeps ${team(lead)} busy at the moment before I talk about myself.\n\nWould a 20-minute call this week or next suit you?`,
    ),
    step(
      3,
      'meeting_request',
      `Suggest two times to ${them(lead)}`,
      `${lead.greeting}\n\nTo save us the back and forth: would a morning or a late afternoon in the next few days work for 20 minutes? Pick whatever is easy and I'll send the invitation.`,
    ),
    step(
      5,
      'linkedin_connect',
      `Connect with ${them(lead)} on LinkedIn`,
      ...invitation(lead, 'we were introduced the other day'),
    ),
    step(
      7,
      lead.talk,
      `Check with ${them(lead)} whether the timing is right`,
      `${lead.greeting}\n\nIs now a bad moment? If so, tell me which month is better and I'll come back then.`,
    ),
    step(14, lead.write, `Leave the door open for ${them(lead)}`, closing(lead)),
  ],
  after_call: (lead) => [
    step(
      0,
      lead.write,
      `Thank ${them(lead)} for the call and note what you agreed`,
      `${lead.greeting}\n\nThank you for the call, it helped me understand what matters to you. I'll send what we talked about shortly. If I should pay special attention to something, just reply with one line.`,
    ),
    step(
      1,
      lead.write,
      `Send ${them(lead)} what you promised on the call`,
      `${lead.greeting}\n\nHere is what we talked about on the call. I kept it short on purpose. Which part should we go deeper into?`,
    ),
    step(
      3,
      lead.write,
      `Ask ${them(lead)} what colleagues think`,
      `${lead.greeting}\n\nHave you had a chance to look at it? If a colleague has questions, I'm glad to answer them directly.`,
    ),
    step(
      7,
      'meeting_request',
      `Suggest the next conversation to ${them(lead)}`,
      `${lead.greeting}\n\nShall we take the next step together? Half an hour is enough. Tell me a day that suits you and who else should join.`,
    ),
    step(
      10,
      lead.talk,
      `Ask ${them(lead)} openly where things stand`,
      `${lead.greeting}\n\nIt's been a little while since our call. Where does this stand on your list: soon, later, or not at all? Any of the three is a good answer.`,
    ),
    step(14, lead.write, `Close the loop with ${them(lead)} politely`, closing(lead)),
  ],
  after_meeting: (lead) => [
    step(
      0,
      lead.write,
      `Thank ${them(lead)} for the meeting`,
      `${lead.greeting}\n\nIt was good to meet you, and thank you for your time. I'll follow up on what we talked about. If anything has come to mind since, I'd like to hear it.`,
    ),
    step(
      1,
      'linkedin_connect',
      `Connect with ${them(lead)} on LinkedIn`,
      ...invitation(lead, 'it was good to meet you'),
    ),
    step(
      3,
      lead.write,
      `Send ${them(lead)} what you talked about`,
      `${lead.greeting}\n\nHere is what we talked about when we met. What would you like to know next?`,
    ),
    step(
      5,
      'meeting_request',
      `Ask ${them(lead)} for a short call`,
      `${lead.greeting}\n\nWould you have 20 minutes for a call in the next few days? I'd like to understand what would have to be true for this to be worth your time.`,
    ),
    step(
      10,
      lead.talk,
      `Check in with ${them(lead)}`,
      `${lead.greeting}\n\nA quick check-in after our meeting: is there anything missing on my side, or is it a matter of timing?`,
    ),
    step(14, lead.write, `Close the loop with ${them(lead)} politely`, closing(lead)),
  ],
  proposal_sent: (lead) => [
    step(
      1,
      lead.write,
      `Make sure ${them(lead)} received the proposal`,
      `${lead.greeting}\n\nJust making sure the proposal reached you and opens properly. If something in it is unclear, tell me and I'll fix it the same day.`,
    ),
    step(
      3,
      lead.write,
      `Ask ${them(lead)} for the first reaction`,
      `${lead.greeting}\n\nWhat was your first reaction to the proposal: right direction, or is something off? A rough answer already helps me.`,
    ),
    step(
      5,
      'meeting_request',
      `Offer ${them(lead)} a walk through the proposal`,
      `${lead.greeting}\n\nShall we go through the proposal together? 20 minutes are enough, and anyone who takes part in the decision${lead.company === null ? '' : ` at ${lead.company}`} is welcome.`,
    ),
    step(
      7,
      lead.talk,
      `Ask ${them(lead)} what stands between the proposal and a yes`,
      `${lead.greeting}\n\nWhat would you need to feel good about a decision: a different scope, other terms, or simply time?`,
    ),
    step(
      10,
      lead.write,
      `Ask ${them(lead)} about the date of the decision`,
      `${lead.greeting}\n\nSo that I can plan properly: when do you expect to decide? I'll leave you in peace until then.`,
    ),
    step(
      14,
      lead.write,
      `Ask ${them(lead)} for a clear yes, later or no`,
      `${lead.greeting}\n\nI'd like to settle the proposal one way or the other. Is it a yes, a later, or a no? All three are fine, and I'm glad to adapt it if that helps.`,
    ),
  ],
  gone_quiet: (lead) => [
    step(
      0,
      lead.write,
      `Nudge ${them(lead)} lightly, without reproach`,
      `${lead.greeting}\n\nI suspect my last message slipped down the list, which happens to all of us. Is this still a topic for ${team(lead)}?`,
    ),
    step(
      3,
      lead.write,
      `Make it easy for ${them(lead)} to answer`,
      `${lead.greeting}\n\nA number is enough as a reply: 1 for "let's talk", 2 for "later this year", 3 for "not for us". I'll take it from there.`,
    ),
    step(
      7,
      lead.talk,
      lead.talk === 'call'
        ? `Try ${them(lead)} by phone: another channel, another chance`
        : `Ask ${them(lead)} who else could take this up`,
      lead.talk === 'call'
        ? `${lead.first === null ? 'Hello' : `Hello ${lead.first}`}, I'm not calling to push. I only want to know whether I should keep this open or come back another time.`
        : `${lead.greeting}\n\nIf this has moved to a colleague, could you point me to the right person? Then I won't bother you any further.`,
    ),
    step(10, 'linkedin_like', `See what ${them(lead)} shared lately and react to it, nothing more`),
    step(14, lead.write, `Close the loop with ${them(lead)} politely`, closing(lead)),
  ],
};

function step(
  day: number,
  action: TemplateStep['action'],
  description: string,
  ...drafts: readonly string[]
): TemplateStep {
  return { day, action, description, drafts };
}

function them(lead: TemplateContext): string {
  return lead.first ?? (lead.company === null ? 'them' : `the contact at ${lead.company}`);
}

function team(lead: TemplateContext): string {
  return lead.company === null ? 'you and your team' : `the team at ${lead.company}`;
}

function noun(lead: TemplateContext): string {
  return lead.write === 'email_outreach' ? 'email' : 'message';
}

function invitation(lead: TemplateContext, occasion: string): string[] {
  const sentence = `${occasion} and I'd be glad to be in touch.`;
  const plain = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
  return [`${lead.greeting} ${sentence} No pitch, just a hello.`, `Hello, ${sentence}`, plain];
}

function closing(lead: TemplateContext): string {
  return `${lead.greeting}\n\nI don't want to take up your time, so this is my last message for now. If the topic comes up again, one line is enough and I'm there. All the best until then.`;
}
