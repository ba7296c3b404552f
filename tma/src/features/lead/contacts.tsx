/** Every way to reach a lead: the first of each kind as a tile, all of them in a list with a way to copy. */
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import { useCopy } from '../../session/use-copy.ts';
import { openLink } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';

type Contacts = NewLead['contacts'];
type ContactKind = 'email' | 'phone' | 'linkedin' | 'link' | 'message';

interface Contact {
  readonly kind: ContactKind;
  /** As it is read and copied. */
  readonly text: string;
  readonly address: string;
}

const ICONS: Readonly<Record<ContactKind, IconName>> = {
  email: 'mail',
  phone: 'phone',
  linkedin: 'linkedin',
  link: 'forward',
  message: 'chat',
};

/** At most four fit beside one another. */
const TILES = 4;

export function ContactTiles({ contacts }: { contacts: Contacts }) {
  const say = useTexts();
  const all = contactsOf(contacts);
  const firsts = all.filter((contact, index) => all.findIndex(({ kind }) => kind === contact.kind) === index);
  if (firsts.length === 0) return null;
  return (
    <nav className="tiles" aria-label={say('contact')}>
      {firsts.slice(0, TILES).map((contact) => (
        <ContactLink key={contact.kind} contact={contact} className="tile">
          <Icon name={ICONS[contact.kind]} />
          {say('contact-kind', { type: contact.kind })}
        </ContactLink>
      ))}
    </nav>
  );
}

export function ContactSection({ contacts }: { contacts: Contacts }) {
  const say = useTexts();
  const copy = useCopy();
  const all = contactsOf(contacts);
  if (all.length === 0) return null;
  return (
    <section className="group">
      <h2 className="group__title">{say('contact')}</h2>
      <ul className="list">
        {all.map((contact) => (
          <li key={contact.address} className="row contact">
            <ContactLink contact={contact} className="row__main contact__link">
              <Icon name={ICONS[contact.kind]} size="s" />
              <span className="contact__text">{contact.text}</span>
            </ContactLink>
            <button
              type="button"
              className="contact__copy"
              aria-label={say('copy-what', { what: contact.text })}
              onClick={() => void copy(contact.text)}
            >
              <Icon name="copy" size="s" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ContactLink({
  contact: { address },
  className,
  children,
}: {
  contact: Contact;
  className: string;
  children: React.ReactNode;
}) {
  const isWeb = address.startsWith('https://');
  return (
    <a
      className={className}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        // Telegram opens web pages and its own chats itself; mail and calls are the system's.
        if (!isWeb) return;
        event.preventDefault();
        openLink(address);
      }}
    >
      {children}
    </a>
  );
}

/** What is stored, in the order it is offered. A page of another scheme than the web's is shown nowhere. */
function contactsOf({ emails, phones, links, handles }: Contacts): Contact[] {
  const pages = links.flatMap((link): Contact[] => {
    const address = /^https?:\/\//i.test(link) ? link.replace(/^http:/i, 'https:') : `https://${link}`;
    if (!URL.canParse(address) || /^[a-z]+:(?!\/\/)/i.test(link)) return [];
    const { hostname } = new URL(address);
    const kind = /(^|\.)linkedin\.com$/i.test(hostname) ? 'linkedin' : 'link';
    return [{ kind, text: link.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, ''), address }];
  });
  return [
    ...emails.map((email): Contact => ({
      kind: 'email',
      text: email,
      address: `mailto:${encodeURI(email)}`,
    })),
    ...phones.map((phone): Contact => ({
      kind: 'phone',
      text: phone,
      address: `tel:${phone.replace(/[^\d+]/g, '')}`,
    })),
    ...pages.toSorted((a, b) => Number(a.kind === 'link') - Number(b.kind === 'link')),
    ...handles.map((handle): Contact => ({
      kind: 'message',
      text: `@${handle}`,
      address: `https://t.me/${encodeURIComponent(handle)}`,
    })),
  ];
}
