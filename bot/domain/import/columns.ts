/** What the columns of a table of leads are called, in the programs people export from. */

/** Fields of a lead, and the two halves of a name. */
export type Column =
  | 'name'
  | 'first'
  | 'last'
  | 'company'
  | 'title'
  | 'emails'
  | 'phones'
  | 'links'
  | 'handles'
  | 'zone'
  | 'notes'
  | 'status'
  /** Of our own export: what was planned, not who it is. */
  | 'ignored';

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'contact',
    'contact name',
    'lead',
    'lead name',
    'person',
    'фио',
    'контакт',
    'лид',
  ],
  first: ['first name', 'firstname', 'given name', 'имя'],
  last: ['last name', 'lastname', 'surname', 'family name', 'фамилия'],
  company: [
    'company',
    'company name',
    'organization',
    'organisation',
    'account',
    'account name',
    'employer',
    'firm',
    'компания',
    'организация',
    'фирма',
  ],
  title: ['title', 'job title', 'role', 'position', 'job', 'должность', 'роль'],
  emails: [
    'email',
    'emails',
    'e mail',
    'e mails',
    'email address',
    'mail',
    'почта',
    'эл почта',
    'электронная почта',
    'емейл',
    'имейл',
  ],
  phones: [
    'phone',
    'phones',
    'phone number',
    'mobile',
    'mobile phone',
    'tel',
    'telephone',
    'телефон',
    'телефоны',
    'тел',
    'мобильный',
  ],
  links: [
    'link',
    'links',
    'website',
    'web',
    'url',
    'linkedin',
    'linkedin url',
    'linkedin profile',
    'profile',
    'profile url',
    'сайт',
    'ссылка',
    'ссылки',
  ],
  handles: ['telegram', 'telegram username', 'handle', 'handles', 'username', 'телеграм', 'телеграмм'],
  zone: ['zone', 'time zone', 'timezone', 'city', 'город', 'часовой пояс'],
  notes: [
    'notes',
    'note',
    'comment',
    'comments',
    'description',
    'заметки',
    'заметка',
    'комментарий',
    'комментарии',
    'примечание',
  ],
  status: ['status', 'lead status', 'stage', 'статус'],
  ignored: ['step', 'text', 'reminder status', 'when', 'draft'],
};

const COLUMN_OF = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as Column] as const)),
);

/** The column a heading names; null = one we do not know. */
export function columnOf(heading: string): Column | null {
  const plain = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return COLUMN_OF.get(plain) ?? null;
}

const STATUSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:won|closed won|выигран[ао]?|сделка)$/, 'closed_won'],
  [/^(?:lost|closed lost|проигран[ао]?|отказ)$/, 'closed_lost'],
  [/^(?:open|новый|новая|lead)$/, 'new'],
  [/^(?:contacted|связались|написал[аи]?)$/, 'reached_out'],
  [/^(?:in progress|в работе)$/, 'in_progress'],
  [/^(?:meeting|meeting booked|встреча назначена|встреча)$/, 'meeting_booked'],
];

/** Our word for a status as others write it; unknown words come back as they are. */
export function statusWord(typed: string): string {
  const plain = typed.trim().toLowerCase().replaceAll('_', ' ');
  return STATUSES.find(([pattern]) => pattern.test(plain))?.[1] ?? plain.replaceAll(' ', '_');
}
