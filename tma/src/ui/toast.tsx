/** What just happened, with a way back. Its time is the ring's animation, so that a pause of one pauses the other. */
import { Icon } from './icons.tsx';

export interface ToastModel {
  /** A new id is a new toast, with its whole time ahead. */
  readonly id: string;
  readonly text: string;
  readonly tone: 'done' | 'problem';
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

export function Toast({ toast, onOver }: { toast: ToastModel; onOver: (id: string) => void }) {
  return (
    <div key={toast.id} className="toast" role={toast.tone === 'problem' ? 'alert' : 'status'}>
      <Icon name={toast.tone === 'problem' ? 'alert' : 'check'} size="s" />
      <span className="toast__text">{toast.text}</span>
      <svg className="ring" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" opacity=".3" />
        <circle
          className="ring__time"
          cx="10"
          cy="10"
          r="8"
          onAnimationEnd={() => {
            onOver(toast.id);
          }}
        />
      </svg>
      {toast.action !== null && (
        <button type="button" onClick={toast.action.run}>
          {toast.action.label}
        </button>
      )}
    </div>
  );
}
