/** One reminder has one card with buttons: the newest message about it. The one before only tells what came of it. */
import type { Card, NudgeContext } from '../../context.ts';

/**
 * A message has become the reminder's card. The card it had so far shows the same words and no buttons, so that there is
 * one Undo; nothing happens when it is this very message.
 * @param shown what the newer card says; null = the older one keeps its words.
 */
export async function moveCard(
  { api, talk }: Pick<NudgeContext, 'api' | 'talk'>,
  card: { readonly reminderId: number; readonly messageId: number },
  shown: Card | null,
): Promise<void> {
  const { telegram_id: chatId } = talk.person;
  const older = await talk.messages.noteCard(chatId, card);
  if (older === null || older === card.messageId) return;
  const editing =
    shown === null
      ? api.editMessageReplyMarkup(chatId, older)
      : api.editMessageText(chatId, older, shown.text.text, {
          entities: [...shown.text.entities],
          link_preview_options: { is_disabled: true },
        });
  // Only tidying up: gone, too old or like this already is just as well.
  await editing.catch(() => undefined);
}
