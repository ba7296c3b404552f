/** The frame of every page: its title, Telegram's Back button, room for the tab bar or a button at the foot. */
import { useRef, useEffect } from 'react';
import type { ReactNode } from 'react';
import { hasBackButton, hasFootButton } from '../telegram/buttons.ts';
import { useBackButton, useFootButton } from '../telegram/use-buttons.ts';
import type { FootButtonProps } from '../telegram/use-buttons.ts';
import { useTexts } from '../texts/texts.ts';
import { Icon } from './icons.tsx';
import { useNavigation } from './navigation.ts';

interface PageProps {
  title: string;
  /** A line above the title. */
  over?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** A page below a section: Back leads to where the person came from, else here. */
  backTo?: string;
  /** The title is spoken but not drawn: the page has a head of its own. */
  isTitleHidden?: boolean;
  /** `wide`: two panes from 900 px on. */
  width?: 'column' | 'wide';
  children: ReactNode;
}

export function Page({ title, over, actions, backTo, isTitleHidden, width = 'column', children }: PageProps) {
  const { back } = useNavigation();
  const heading = useRef<HTMLHeadingElement>(null);
  const goBack = (): void => {
    if (backTo !== undefined) back(backTo);
  };
  useBackButton(backTo === undefined ? null : goBack);
  useEffect(() => {
    // A screen reader hears where it is; a page that came first leaves the focus alone.
    if (document.activeElement === document.body || backTo === undefined) return;
    heading.current?.focus({ preventScroll: true });
  }, [backTo]);
  return (
    <main className={width === 'wide' ? 'page page--wide' : 'page'}>
      {backTo !== undefined && <OwnBack onClick={goBack} />}
      <header className={isTitleHidden === true ? 'vh' : 'head'}>
        <div className="head__main">
          {over !== undefined && <p className="head__over">{over}</p>}
          <h1 className="t-large" ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {actions}
      </header>
      {children}
    </main>
  );
}

/** The way back, where the client draws none. */
export function OwnBack({ onClick }: { onClick: () => void }) {
  const say = useTexts();
  if (hasBackButton()) return null;
  return (
    <button type="button" className="back" onClick={onClick}>
      <Icon name="left" size="s" />
      {say('back')}
    </button>
  );
}

/** A round button in a page's head. */
export function RoundButton({ icon, label, onClick }: RoundButtonProps) {
  return (
    <button type="button" className="round" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

interface RoundButtonProps {
  icon: 'plus' | 'gear' | 'dots' | 'people';
  label: string;
  onClick: () => void;
}

/** The page's main action: Telegram's button below the page where the client has one, else one at the page's foot. */
export function Foot({
  main,
  secondary,
}: {
  main: FootButtonProps;
  secondary?: FootButtonProps | undefined;
}) {
  const isMainNative = hasFootButton('main');
  const isSecondaryNative = hasFootButton('secondary');
  useFootButton('main', isMainNative ? main : null);
  useFootButton('secondary', isSecondaryNative ? (secondary ?? null) : null);
  const drawn = [
    ...(isMainNative ? [] : [{ ...main, look: 'btn btn--main' }]),
    ...(isSecondaryNative || secondary === undefined ? [] : [{ ...secondary, look: 'btn btn--plain' }]),
  ];
  if (drawn.length === 0) return null;
  return (
    <div className="foot">
      {drawn.map(({ text, onClick, isEnabled = true, isBusy = false, look }) => (
        <button
          key={look}
          type="button"
          className={look}
          disabled={!isEnabled || isBusy}
          aria-busy={isBusy}
          onClick={onClick}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
