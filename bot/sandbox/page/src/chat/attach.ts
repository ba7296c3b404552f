/** What can be attached: places, cards, stickers, files, and what somebody else wrote. */
import type { SandboxAttachment } from '../../../contract.ts';
import type { Actions } from '../actions.ts';
import { ApiProblem } from '../api.ts';
import { h } from '../dom.ts';
import { openMenu } from '../overlay/menu.ts';

/** What the sandbox's server takes in one piece, in bytes. */
const LARGEST_FILE = 6 * 1024 * 1024;

/** A few cities far apart, so that zones can be tried from one desk. */
const CITIES: readonly { name: string; hint: string; latitude: number; longitude: number }[] = [
  { name: 'Berlin', hint: 'changes its clocks twice a year', latitude: 52.52, longitude: 13.405 },
  { name: 'London', hint: 'an hour behind Berlin', latitude: 51.507, longitude: -0.128 },
  { name: 'New York', hint: 'its clocks change on other days', latitude: 40.713, longitude: -74.006 },
  { name: 'São Paulo', hint: 'never changes its clocks', latitude: -23.55, longitude: -46.633 },
  { name: 'Kathmandu', hint: 'a quarter of an hour off', latitude: 27.717, longitude: 85.324 },
  { name: 'Tokyo', hint: 'far ahead', latitude: 35.677, longitude: 139.65 },
  { name: 'Sydney', hint: 'summer in December', latitude: -33.869, longitude: 151.209 },
];

/** The lead of the first suggestion: forwarding her words shows what happens when a lead answers. */
const ANNA = 'Anna Kowalska';
const HER_ANSWER = 'Hi Mara, thank you. The prices look fine, let us talk on Thursday.';
/** A picture of one point: the sandbox draws the emoji, the bot gets a file as it would at Telegram. */
const STICKER = 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=';

/** Everything that can be sent without typing. */
export function openAttachMenu(button: HTMLElement, actions: Actions): void {
  openMenu(button, 'Attach', [
    {
      text: 'Photo, voice or file…',
      hint: 'From this computer, up to 6 MB',
      icon: 'attach',
      choose: () => {
        pickFile((file) => void actions.sendContent(() => readFile(file)));
      },
    },
    {
      text: 'Contact',
      hint: `The card of ${ANNA}`,
      icon: 'phone',
      choose: () =>
        void actions.sendContent(() => ({
          contact: { first_name: ANNA, phone_number: '+49 40 5550123' },
        })),
    },
    {
      text: 'Forwarded answer',
      hint: `${ANNA} has written back`,
      icon: 'reply',
      choose: () =>
        void actions.sendContent(() => ({
          text: HER_ANSWER,
          forward_origin: {
            type: 'hidden_user',
            sender_user_name: ANNA,
            date: Math.floor(Date.now() / 1000),
          },
        })),
    },
    {
      text: 'Sticker',
      hint: 'A thumb up',
      icon: 'sun',
      choose: () => void actions.sendContent(() => ({ sticker: { emoji: '👍', base64: STICKER } })),
    },
    {
      text: 'Location',
      hint: 'One of seven cities',
      icon: 'pin',
      choose: () => {
        openLocationMenu(button, actions);
      },
    },
  ]);
}

function pickFile(take: (file: File) => void): void {
  const input = h('input', { type: 'file' });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) take(file);
  });
  input.click();
}

/**
 * A file as Telegram's clients would send it: pictures as photos, sound as a voice message, the rest as documents.
 *
 * @throws ApiProblem if it is too big
 */
async function readFile(file: File): Promise<SandboxAttachment> {
  if (file.size > LARGEST_FILE)
    throw new ApiProblem(`${file.name} is larger than 6 MB; choose a smaller file.`);
  const base64 = new Uint8Array(await file.arrayBuffer()).toBase64();
  const kind = file.type.split('/', 1)[0];
  const upload = { base64, ...(file.type === '' ? {} : { mime_type: file.type }) };
  if (kind === 'audio') return { voice: { ...upload, duration: 5 } };
  const picture = kind === 'image' ? await createImageBitmap(file).catch(() => null) : null;
  if (picture === null) return { document: { ...upload, file_name: file.name } };
  return { photo: { base64, width: picture.width, height: picture.height } };
}

export function openLocationMenu(button: HTMLElement, actions: Actions): void {
  openMenu(
    button,
    'Share a location',
    CITIES.map(({ name, hint, latitude, longitude }) => ({
      text: name,
      hint,
      icon: 'pin',
      choose: () => {
        void actions.sendLocation(latitude, longitude);
      },
    })),
  );
}
