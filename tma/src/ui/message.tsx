/** A page or a part of one that holds a picture, a sentence and a way out. */
import type { ReactNode } from 'react';

const ART = {
  path: (
    <>
      <path className="s-mute dotted" d="M20 88c18 0 18-32 38-32s18-30 54-36" />
      <circle className="f-fill" cx="20" cy="88" r="11" />
      <path className="s-on-fill" d="m15 88 3.5 3.5 7-7" />
      <circle className="f-surface s-fill" cx="58" cy="56" r="11" />
      <circle className="f-fill" cx="58" cy="56" r="4" />
      <circle className="f-surface s-mute" cx="112" cy="20" r="11" />
    </>
  ),
  sunrise: (
    <>
      <path className="s-mute" d="M14 84h104" />
      <path className="f-tint s-fill" d="M36 84a30 30 0 0 1 60 0" />
      <path className="s-fill" d="M66 26v14M28 42l9 10M104 42l-9 10M12 68l11 3M120 68l-11 3" />
      <path className="s-quiet" d="M36 98h60" />
    </>
  ),
  gone: (
    <>
      <circle className="s-mute dashed" cx="66" cy="34" r="20" />
      <path className="s-mute dashed" d="M30 96c0-24 16-34 36-34s36 10 36 34" />
    </>
  ),
  broken: (
    <>
      <path className="s-mute" d="M12 56h34M86 56h34" />
      <circle className="f-mute" cx="12" cy="56" r="6" />
      <circle className="f-surface s-mute" cx="120" cy="56" r="6" />
      <path className="s-late" d="m54 44 24 24M78 44 54 68" />
    </>
  ),
};

interface MessageProps {
  art: keyof typeof ART;
  title: string;
  text: string;
  children?: ReactNode;
}

export function Message({ art, title, text, children }: MessageProps) {
  return (
    <div className="empty">
      <svg className="empty__art" viewBox="0 0 132 108" aria-hidden="true">
        {ART[art]}
      </svg>
      <h2 className="t-title">{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}

interface NoticeProps {
  icon: ReactNode;
  title: string;
  text: string;
  tone?: 'warn' | 'info';
  /** Buttons: the way out. */
  children?: ReactNode;
}

/** One sentence at the top of a page that has something else to show. */
export function Notice({ icon, title, text, tone = 'warn', children }: NoticeProps) {
  return (
    <div className={`notice notice--${tone}`} role="status">
      {icon}
      <div className="notice__body">
        <b>{title}</b>
        <p className="dim">{text}</p>
        {children !== undefined && <div className="notice__act">{children}</div>}
      </div>
    </div>
  );
}
