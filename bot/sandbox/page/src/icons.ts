/** Line icons on a 24 × 24 grid, drawn in the text's colour. Always decoration: the button says what it does in words. */
const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  attach: 'm19.5 11.5-7.7 7.7a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-7.8 7.8a1.5 1.5 0 0 1-2.1-2.1l7-7',
  back: 'm14.5 5.5-6.5 6.5 6.5 6.5',
  bolt: 'M13 3 5.5 13.5h5.5L10 21l8.5-11.5h-6z',
  chat: 'M12 4c5 0 8.5 3.2 8.5 7.3S17 18.6 12 18.6c-1 0-2-.1-2.9-.4L4.5 20l1-3.8a6.9 6.9 0 0 1-2-4.9C3.5 7.2 7 4 12 4z',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 7.2V12l3.2 2',
  close: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  copy: 'M11 8.5h6.5A2.5 2.5 0 0 1 20 11v6.5a2.5 2.5 0 0 1-2.5 2.5H11a2.5 2.5 0 0 1-2.5-2.5V11A2.5 2.5 0 0 1 11 8.5M15.5 5.5A2 2 0 0 0 13.5 4h-7A2.5 2.5 0 0 0 4 6.5v7a2 2 0 0 0 1.5 2',
  dots: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  down: 'm6 9.5 6 6 6-6',
  link: 'M9 15 19 5M11 5h8v8',
  moon: 'M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z',
  phone: 'M8.5 3.5h7a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2M11 17.5h2',
  pin: 'M12 21s-6.5-5.7-6.5-10.8a6.5 6.5 0 0 1 13 0C18.5 15.3 12 21 12 21zM12 12.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  reply: 'M10 6.5 4.5 12l5.5 5.5M4.5 12H14c3.5 0 5.5 2 5.5 5.5',
  rows: 'M4 6.5h16M4 12h16M4 17.5h16',
  search: 'M10.8 4.5a6.3 6.3 0 1 1 0 12.6 6.3 6.3 0 0 1 0-12.6m4.8 11.1 4.6 4.6',
  send: 'M12 19.5v-15M5.5 11 12 4.5l6.5 6.5',
  slash: 'M14.5 6.5l-5 11M6.5 3.5h11a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3v-11a3 3 0 0 1 3-3',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
} as const;

export type IconName = keyof typeof PATHS;

/** @param size `s` 18 px, `xs` 16 px; without it 24 px */
export function icon(name: IconName, size?: 's' | 'xs'): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', size === undefined ? 'icon' : `icon icon--${size}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.dataset['icon'] = name;
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
