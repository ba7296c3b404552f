/** vCard 2.1, 3.0 and 4.0 as phones and mail programs export them: the fields a lead has, the rest as plain lines. */

export interface VCard {
  readonly name: string | null;
  readonly company: string | null;
  readonly title: string | null;
  /** E-mail, phone and link lines joined, to be read like any text. */
  readonly contacts: string;
  readonly notes: string;
}

/** Fields that mean nothing to a reader. */
const TECHNICAL = /^(?:BEGIN|END|VERSION|PRODID|REV|UID|PHOTO|LOGO|SOUND|KEY|N|FN|ORG|TITLE|X-.*)$/;

/** Whether the text holds a vCard at all. */
export function hasVCard(text: string): boolean {
  return /^BEGIN:VCARD\s*$/im.test(text);
}

/** Every card of the text, broken lines and quoted-printable values mended; a card cut off at its end still counts. */
export function readVCards(text: string): VCard[] {
  const cards = text.split(/^BEGIN:VCARD\s*$/im).slice(1);
  return cards.map((card) => readCard(card.split(/^END:VCARD\s*$/im)[0] ?? ''));
}

function readCard(body: string): VCard {
  const lines = body
    .replace(/=\r?\n/g, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const fields = lines.map(readLine).filter((field) => field !== null);
  const first = (key: string): string | null => fields.find((field) => field.key === key)?.value ?? null;
  const structuredName = (first('N') ?? '').split(';');
  const fromParts = [structuredName[1], structuredName[2], structuredName[0]].filter(Boolean).join(' ');
  const contactKeys = new Set(['EMAIL', 'TEL', 'URL', 'IMPP']);
  const rest = fields.filter(({ key }) => !TECHNICAL.test(key) && !contactKeys.has(key));
  return {
    name: (first('FN') ?? fromParts) || null,
    company: first('ORG')?.split(';').filter(Boolean).join(', ') ?? null,
    title: first('TITLE'),
    contacts: fields
      .filter(({ key }) => contactKeys.has(key))
      .map(({ value }) => value.replace(/^(?:tel|mailto|xmpp):/i, ''))
      .join('\n'),
    notes: rest
      .map(({ key, value }) =>
        key === 'NOTE' ? value : `${key}: ${value.replace(/;+/g, ', ').replace(/^, |, $/g, '')}`,
      )
      .join('\n'),
  };
}

function readLine(line: string): { key: string; value: string } | null {
  const match = /^(?:[\w-]+\.)?([A-Za-z][\w-]*)((?:;[^:]*)?):(.*)$/s.exec(line);
  if (!match) return null;
  const [, key = '', parameters = '', raw = ''] = match;
  const decoded = /QUOTED-PRINTABLE/i.test(parameters) ? decodeQuotedPrintable(raw) : raw;
  const value = decoded
    .replace(/\\n/gi, '\n')
    .replace(/\\([,;\\])/g, '$1')
    .trim();
  return value === '' ? null : { key: key.toUpperCase(), value };
}

function decodeQuotedPrintable(raw: string): string {
  const bytes: number[] = [];
  for (const [part] of raw.matchAll(/=[0-9A-F]{2}|[^=]+|=/gi)) {
    if (/^=[0-9A-F]{2}$/i.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(part));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
