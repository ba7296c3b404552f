/**
 * What Telegram turns into something to tap without being asked: commands, mentions, hashtags, links and e-mail addresses.
 * A plain reading of its rules; a link without "https://" is taken for one only under the top-level domains people type.
 */
import { end, sorted, type TextEntity } from './entities.ts';

const TOP_LEVEL = (
  'com org net io dev app co me ai info biz eu de at ch fr es it nl be pl cz se no fi dk uk us ca br mx jp in cn ru ua kz tr ' +
  'pt gr hu ro ie au nz online shop site store tech cloud xyz gov edu int md bar рф'
).split(' ');

const LABEL = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?`;
const PATH = String.raw`[/?#][^\s<>"«»]*`;
const WITH_PROTOCOL = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:https?|ftp)://(?:[^\s/@<>"]+@)?(?:${LABEL}\.)+\p{L}{2,}(?::\d{1,5})?(?:${PATH})?`,
  'giu',
);
const NUMERIC =
  /(?<![\p{L}\p{N}_./@#])(?:https?:\/\/)?(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?:[/?#][^\s<>"«»]*)?(?![\p{L}\p{N}_])/giu;
const BARE = new RegExp(
  String.raw`(?<![\p{L}\p{N}_./@#])(?:${LABEL}\.)+(?:${TOP_LEVEL.join('|')})(?![\p{L}\p{N}_@-])(?::\d{1,5})?(?:${PATH})?`,
  'giu',
);
const EMAIL =
  /(?<![\p{L}\p{N}_.+-])(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8}(?![\p{L}\p{N}_])/giu;
const COMMAND = /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/giu;
const MENTION = /(?<![\p{L}\p{N}_])@[a-z0-9_]{4,32}(?![\p{L}\p{N}_])/giu;
const HASHTAG = /(?<![\p{L}\p{N}_·])#(?=[\p{N}_·]*\p{L})[\p{L}\p{N}_·]{1,256}(?![\p{L}\p{N}_·]*#)/gu;

const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Cuts a bracket that was opened before the link, and the punctuation of the sentence around it. */
function trimLink(link: string): string {
  const open: string[] = [];
  let length = link.length;
  for (const [index, sign] of [...link.matchAll(/[()[\]{}]/g)].map(
    (match) => [match.index, match[0]] as const,
  )) {
    const opener = CLOSERS[sign];
    if (opener === undefined) open.push(sign);
    else if (open.pop() !== opener) {
      length = index;
      break;
    }
  }
  return link.slice(0, length).replace(/[.:;,('?!`]+$/u, '');
}

function find(text: string, pattern: RegExp, type: string, trim = (found: string) => found): TextEntity[] {
  return [...text.matchAll(pattern)].map((match) => ({
    type,
    offset: match.index,
    length: trim(match[0]).length,
  }));
}

/** @returns entities in order, none touching another's text; earlier kinds win over later ones */
export function detectEntities(text: string): TextEntity[] {
  const candidates = [
    ...find(text, WITH_PROTOCOL, 'url', trimLink),
    ...find(text, EMAIL, 'email'),
    ...find(text, NUMERIC, 'url', trimLink),
    ...find(text, BARE, 'url', trimLink),
    ...find(text, MENTION, 'mention'),
    ...find(text, COMMAND, 'bot_command'),
    ...find(text, HASHTAG, 'hashtag'),
  ];
  const taken: TextEntity[] = [];
  for (const candidate of candidates) {
    const isFree = taken.every((other) => candidate.offset >= end(other) || other.offset >= end(candidate));
    if (isFree && candidate.length > 0) taken.push(candidate);
  }
  return sorted(taken);
}
