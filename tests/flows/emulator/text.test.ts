import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectEntities } from '../../../bot/sandbox/telegram/text/detect.ts';
import type { FormattedText } from '../../../bot/sandbox/telegram/text/entities.ts';
import { MarkupProblem, parseHtml } from '../../../bot/sandbox/telegram/text/html.ts';
import { tidied } from '../../../bot/sandbox/telegram/text/normalise.ts';
import { withoutOverlaps } from '../../../bot/sandbox/telegram/text/overlaps.ts';
import { telegramFinds, telegramFormatted, telegramHtml } from './tdlib.ts';

function read(html: string): FormattedText | { problem: string } {
  try {
    return parseHtml(html);
  } catch (cause) {
    if (cause instanceof MarkupProblem) return { problem: `Can't parse entities: ${cause.message}` };
    throw cause;
  }
}

const GOOD = [
  '',
  'plain &amp; simple &lt;3 &quot;x&quot; &#65;&#x1F600;',
  'unknown &nbsp; &apos; &foo; & alone',
  '<b>a</b><strong>b</strong><i>c</i><em>d</em><u>e</u><ins>f</ins><s>g</s><strike>h</strike><del>i</del>',
  '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
  '<b>bold <i>both <u>three</u></i></b>',
  '😀<b>😀</b> é<i>é</i>',
  '<a href="https://example.com/?a=1&amp;b=2">x</a> <a>example.com</a> <a href="nonsense">y</a>',
  '<a href="tg://user?id=42">x</a> <a href="tg://resolve?domain=x">y</a>',
  '<code>a</code> <pre>b</pre> <pre><code class="language-ts">c</code></pre> <code class="language-ts">d</code>',
  '<blockquote>a</blockquote> <blockquote expandable>b\nc</blockquote>',
  '<tg-time unix="1767225600" format="wDT">1 Jan</tg-time> <tg-time unix=1767225600 format=r>soon</tg-time>',
  '<tg-time unix="1767225600">bare</tg-time> <tg-time unix="x">no date</tg-time>',
  '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
  '<B>UPPER</b> <b >space</b > <i>short</>',
  '<b></b><i> </i>',
];

const BAD = [
  '<b>',
  '<b>a</i>',
  '</b>',
  'a < b',
  'a <3 b',
  '<p>a</p>',
  '<br>',
  '<b',
  '<b>a</b',
  '<a href="x>a</a>',
  '<a href=https://x.y>a</a>',
  '<a =b>a</a>',
  '<span>a</span>',
  '<span class="other">a</span>',
  '<tg-time unix="5" format="yy">a</tg-time>',
  '<tg-emoji emoji-id="x">a</tg-emoji>',
  '<tg-emoji>a</tg-emoji>',
  'half &#xd83d; a pair',
  'é <x>',
  '<b><i>a</b></i>',
];

describe('our reading of HTML is Telegram’s own', () => {
  test.each(GOOD)('for %j', (html) => {
    expect(read(html)).not.toHaveProperty('problem');
    expect(read(html)).toEqual(telegramHtml(html));
  });

  test.each(BAD)('for the mistake in %j, down to the words', (html) => {
    expect(read(html)).toHaveProperty('problem');
    expect(read(html)).toEqual(telegramHtml(html));
  });

  test('for any jumble of tags, quotes and entities', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        '=',
        '"',
        "'",
        '&',
        '#',
        ';',
        ' ',
        '\n',
        '\t',
        ':',
        '@',
        '?',
        'b',
        'é',
        '😀',
        '80',
        '%41',
      ],
      ...[
        '<b>',
        '</b>',
        '<i>',
        '</i>',
        '<u>',
        '</u>',
        '<pre>',
        '</pre>',
        '<code class="language-x">',
        '</code>',
        '</>',
      ],
      ...[
        '<a>',
        '<a href="',
        '">',
        '</a>',
        'http://',
        'tg://user?id=',
        '12',
        'a.b',
        '[::1]',
        '<span class=',
        'tg-spoiler',
      ],
      ...[
        '<blockquote expandable>',
        '<blockquote>',
        '</blockquote>',
        '<tg-emoji emoji-id=',
        '</tg-emoji>',
        '</span>',
      ],
      ...[
        '<tg-time unix="1700000000" format="',
        'wDT',
        'r',
        '</tg-time>',
        '&lt;',
        '&amp',
        '&#65;',
        '&#x1F600;',
        '&#xd83d;',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const html = pieces.join('');
        expect(read(html)).toEqual(telegramHtml(html));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('entities that cross each other', () => {
  test('are untangled as Telegram untangles them', () => {
    const types = [
      'bold',
      'italic',
      'underline',
      'strikethrough',
      'spoiler',
      'code',
      'blockquote',
      'expandable_blockquote',
    ];
    const entity = fc.record(
      { type: fc.constantFrom(...types), offset: fc.nat(11), length: fc.integer({ min: 1, max: 12 }) },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(entity, { maxLength: 6 }), (entities) => {
        const text = 'abcdefghijkl mnopqrstuvw';
        expect({ text, entities: withoutOverlaps(entities) }).toEqual(telegramFormatted({ text, entities }));
      }),
      { numRuns: 3000 },
    );
  });

  test('follow their text when characters Telegram does not keep are cut out of it', () => {
    const given = {
      text: 'a\r\nb\u0007c\u202ed\u200e\u200fe f',
      entities: [
        { type: 'bold', offset: 2, length: 4 },
        { type: 'italic', offset: 7, length: 4 },
      ],
    };
    expect(tidied(given)).toEqual(telegramFormatted(given));
  });
});

test.each([
  '/start@nudge_bot x /foo_bar, a/b /x/y //z /ok.',
  'anna.k@baltic-freight.com, www.baltic-freight.com!',
  'see (https://en.wikipedia.org/wiki/A_(b)). ok',
  'http://a.b/c example.com @user_name #tag 127.0.0.1:80/x @ab a@b',
  '1.5 kg, 10.30, e.g. v1.2.3, file.txt, #1 #a1',
  'HTTP://EXAMPLE.COM/A?b=c https://t.me/x?start=a#b, done. https://user:pw@x.com/',
])('links, commands, mentions and addresses are found where Telegram finds them: %s', (text) => {
  expect(detectEntities(text)).toEqual(telegramFinds(text));
});
