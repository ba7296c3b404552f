/** The words of what a person sends, as Telegram keeps them: tidied, within the limits, links and commands found. */
import { badRequest, Refusal } from './refusal.ts';
import { characterCount, type TextEntity } from './text/entities.ts';
import { normalised } from './text/normalise.ts';
import type { MessageContent } from './types.ts';

/** In characters. */
const CAPTION_LIMIT = 1024;

function textContent(given: string, marked: TextEntity[]): MessageContent {
  const { text, entities } = normalised({ text: given, entities: marked });
  return { text, ...(entities.length === 0 ? {} : { entities }) };
}

/** The words under a picture or a file. Without any there is no caption. */
function captionContent(caption: string, marked: TextEntity[]): MessageContent {
  if (characterCount(caption) > CAPTION_LIMIT) throw badRequest('message caption is too long');
  const { text, entities } = normalised({ text: caption, entities: marked }, { emptyAllowed: true });
  return {
    ...(text === '' ? {} : { caption: text }),
    ...(entities.length === 0 ? {} : { caption_entities: entities }),
  };
}

/**
 * Takes the words of a content through what Telegram does to them; the rest of it stays as it is.
 *
 * @returns the content, or in a sentence for the person why Telegram would not send it (empty, too long)
 */
export function withWordsTidied(content: MessageContent): MessageContent | string {
  const { text, entities = [], caption, caption_entities: captionEntities = [], ...rest } = content;
  try {
    if (text !== undefined) return { ...rest, ...textContent(text, entities) };
    if (typeof caption !== 'string') return rest;
    return { ...rest, ...captionContent(caption, captionEntities as TextEntity[]) };
  } catch (cause) {
    if (cause instanceof Refusal)
      return cause.message.replace('Bad Request: ', 'Telegram would not send this: ');
    throw cause;
  }
}
