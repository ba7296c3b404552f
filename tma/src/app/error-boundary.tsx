import { Component } from 'react';
import type { ReactNode } from 'react';
import { TextsContext } from '../texts/texts.ts';
import { Message } from '../ui/message.tsx';

/** The React root's one boundary: whatever breaks below becomes a page with a way out. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  static override contextType = TextsContext;
  declare context: React.ContextType<typeof TextsContext>;
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const say = this.context;
    if (!this.state.isBroken || say === null) return this.props.children;
    return (
      <main className="page page--message">
        <Message art="broken" title={say('broken-title')} text={say('broken-text')}>
          <button
            type="button"
            className="btn btn--main"
            onClick={() => {
              location.reload();
            }}
          >
            {say('reload')}
          </button>
        </Message>
      </main>
    );
  }
}
