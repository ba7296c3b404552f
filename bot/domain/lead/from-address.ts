/** What an address gives away when nothing better is written: the person's name and the company's. Always a guess. */
import { withNameCase } from './name-words.ts';

/** Mailboxes of everybody: their domain is no company. */
const FREE_MAIL =
  /^(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|mac|aol|proton|protonmail|gmx|web|t-online|freenet|mail|bk|list|inbox|yandex|ya|rambler|ukr|wp|o2|onet|interia|seznam|libero|orange|laposte|free|qq|163|126|zoho|fastmail|hey|tutanota)\./i;

/** Hosts that carry people's pages, not their own. */
const SHARED_HOST =
  /(?:^|\.)(?:linkedin\.com|t\.me|telegram\.me|facebook\.com|fb\.com|instagram\.com|twitter\.com|x\.com|youtube\.com|youtu\.be|github\.com|gitlab\.com|medium\.com|calendly\.com|cal\.com|google\.com|zoom\.us|wa\.me|vk\.com|ok\.ru|xing\.com|notion\.so|notion\.site|bit\.ly|linktr\.ee|dropbox\.com|whatsapp\.com|tiktok\.com|maps\.app\.goo\.gl|goo\.gl)$/i;

/** Mailboxes of a function. */
const ROLE =
  /^(?:info|sales|office|contact|kontakt|hello|hi|mail|support|admin|team|marketing|hr|jobs|noreply|no|billing|press|service)$/i;

/** "Anna Kowalska" from `anna.kowalska@…`; null unless the local part is two or three words of letters. */
export function nameFromEmail(emails: readonly string[]): string | null {
  for (const email of emails) {
    const parts = (email.split('@')[0] ?? '').split('+')[0]?.split(/[._-]/) ?? [];
    const words = parts.length >= 2 && parts.length <= 3 && parts.every((part) => /^\p{L}{2,}$/u.test(part));
    if (words && !parts.some((part) => ROLE.test(part))) return withNameCase(parts.join(' ').toLowerCase());
  }
  return null;
}

/** "Baltic Freight" from `…@baltic-freight.com` or a site; null for mailboxes and pages that everybody can have. */
export function companyFromAddress(addresses: readonly string[]): string | null {
  for (const address of addresses) {
    const host = /^(?:https?:\/\/)?(?:[^@/\s]*@)?(?:www\.)?([\p{L}\p{N}.-]+\.\p{L}{2,})/iu.exec(address)?.[1];
    if (host === undefined || FREE_MAIL.test(host) || SHARED_HOST.test(host)) continue;
    const labels = host.split('.');
    const secondLevel =
      labels.length > 2 && /^(?:co|com|org|net|gov|ac)$/i.test(labels.at(-2) ?? '') ? -3 : -2;
    const label = labels.at(secondLevel) ?? '';
    if (/\p{L}/u.test(label)) return withNameCase(label.replaceAll('-', ' ').toLowerCase());
  }
  return null;
}
