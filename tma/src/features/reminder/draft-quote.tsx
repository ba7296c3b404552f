import { useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { draftPreview } from '../../../../shared/rules/draft-preview.ts';
import { useCopy } from '../../session/use-copy.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';

interface DraftQuoteProps {
  text: string;
}

/** The draft, two lines of it until it is opened, with a way to take it along. */
export function DraftQuote({ text }: DraftQuoteProps) {
  const say = useTexts();
  const copy = useCopy();
  const paragraph = useRef<HTMLParagraphElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isCut, setCut] = useState(false);

  useLayoutEffect(() => {
    const element = paragraph.current;
    if (element === null || isOpen) return;
    const measure = (): void => {
      setCut(element.scrollHeight > element.clientHeight + 1);
    };
    measure();
    // Whether two lines are enough depends on the width: there is none before a sheet is open, and another one when a phone
    // is turned. Left to its own pace React would draw the button a frame late, and move what stands below it.
    const observer = new ResizeObserver(() => {
      flushSync(measure);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [isOpen, text]);

  return (
    <div className="quote">
      <div className="quote__head">
        <span>{say('draft')}</span>
        <button
          type="button"
          onClick={() => void copy(text).then((isCopied) => setOpen(isOpen || !isCopied))}
        >
          <Icon name="copy" size="s" />
          {say('copy')}
        </button>
      </div>
      <p ref={paragraph} className={isOpen ? 'quote__text quote__text--whole' : 'quote__text'}>
        {isOpen ? text : draftPreview(text)}
      </p>
      {(isCut || isOpen) && (
        <button
          type="button"
          className="quote__more"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {say(isOpen ? 'show-less' : 'show-whole-draft')}
        </button>
      )}
    </div>
  );
}
