/**
 * Telegram stores no entities that cross each other. Links, mentions and code win over later ones they cross; quotes may hold
 * them but not cut them; bold and its kin are cut into pieces at every border of the others, merged where they touch, and
 * dropped inside code. A message therefore may come back with more entities than were sent.
 */
import { end, isLiteral, isQuote, isSplittable, sorted, type TextEntity } from './entities.ts';

const SPLITTABLE_ORDER = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];

/** @param entities in Telegram's order */
function withoutCrossing(entities: readonly TextEntity[]): TextEntity[] {
  let last = 0;
  return entities.filter((entity) => {
    if (entity.offset < last) return false;
    last = end(entity);
    return true;
  });
}

/** A quote may lie around an entity, but neither cross it nor lie in it. */
function outsideQuoteBorders(entities: readonly TextEntity[], quotes: readonly TextEntity[]): TextEntity[] {
  return entities.filter((entity) => {
    const quote = quotes.find((candidate) => end(candidate) > entity.offset);
    if (quote === undefined) return true;
    const isCut = end(quote) < end(entity) || (entity.offset < quote.offset && quote.offset < end(entity));
    return !isCut;
  });
}

/** Walks the text from border to border and writes down the formatting between two of them. */
function cutAtBorders(formatting: readonly TextEntity[], borders: readonly TextEntity[]): TextEntity[] {
  const result: TextEntity[] = [];
  const running = new Map<string, { from: number; to: number }>();
  const waiting = sorted(formatting);

  const write = (upTo: number) => {
    for (const type of SPLITTABLE_ORDER) {
      const run = running.get(type);
      if (run === undefined || run.from >= upTo) continue;
      const to = Math.min(run.to, upTo);
      result.push({ type, offset: run.from, length: to - run.from });
      if (run.to <= upTo) running.delete(type);
      else run.from = upTo;
    }
  };
  const advance = (upTo: number) => {
    while (waiting[0] !== undefined && waiting[0].offset < upTo) {
      const next = waiting[0];
      waiting.shift();
      const run = running.get(next.type);
      if (run !== undefined && next.offset <= run.to) {
        run.to = Math.max(run.to, end(next));
      } else {
        write(next.offset);
        running.set(next.type, { from: next.offset, to: end(next) });
      }
    }
    write(upTo);
  };

  const around: TextEntity[] = [];
  const closeUpTo = (offset: number) => {
    for (let inner = around.at(-1); inner !== undefined && offset >= end(inner); inner = around.at(-1)) {
      const before = result.length;
      advance(end(inner));
      if (isLiteral(inner)) result.length = before;
      around.pop();
    }
    advance(offset);
  };
  for (const border of borders) {
    closeUpTo(border.offset);
    around.push(border);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return result;
}

/** @returns the entities in Telegram's order, none crossing another */
export function withoutOverlaps(entities: readonly TextEntity[]): TextEntity[] {
  const inOrder = sorted(entities);
  const quotes = withoutCrossing(inOrder.filter(isQuote));
  const whole = withoutCrossing(inOrder.filter((entity) => !isQuote(entity) && !isSplittable(entity)));
  const borders = sorted([...outsideQuoteBorders(whole, quotes), ...quotes]);
  return sorted([...borders, ...cutAtBorders(inOrder.filter(isSplittable), borders)]);
}

/**
 * Adds entities found in the text itself (links, commands) where the sender has put none.
 *
 * @param entities without overlaps
 */
export function withDetected(entities: readonly TextEntity[], detected: readonly TextEntity[]): TextEntity[] {
  if (detected.length === 0) return [...entities];
  const quotes = entities.filter(isQuote);
  const whole = entities.filter((entity) => !isQuote(entity) && !isSplittable(entity));
  const free = outsideQuoteBorders(detected, quotes).filter(
    (found) => !whole.some((entity) => entity.offset < end(found) && found.offset < end(entity)),
  );
  const borders = sorted([...whole, ...free, ...quotes]);
  return sorted([...borders, ...cutAtBorders(entities.filter(isSplittable), borders)]);
}
