/** How Telegram reads a link in a button or a text: which it takes, how it writes it down, and why it refuses the rest. */
import { isIPv6 } from 'node:net';

interface ParsedUrl {
  protocol: 'http' | 'https';
  userinfo: string;
  host: string;
  isIpv6: boolean;
  /** 0 = none written. */
  port: number;
  /** Path, query and fragment; always begins with "/". */
  rest: string;
}

export type LinkCheck = { ok: true; url: string } | { ok: false; reason: string };

const refused = (reason: string) => ({ ok: false, reason }) as const;
const HIGHEST_PORT = 65535;
/** ASCII only: the host may hold other scripts, which Telegram leaves as they are. */
const lowerAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** @returns why the part may not stand in a URL, or null */
function badPart(part: string, name: string, colonAllowed: boolean): string | null {
  const withoutEscapes = part.replace(/%[0-9a-fA-F]{2}/g, '');
  const bad = /[^a-zA-Z0-9.\-_!$,~*'();&+=:\u0080-\u{10ffff}]/u.exec(
    colonAllowed ? withoutEscapes : withoutEscapes.replaceAll(':', ' '),
  );
  if (bad === null) return null;
  return bad[0] === '%'
    ? `Wrong percent-encoded symbol in URL ${name}`
    : `Disallowed character in URL ${name}`;
}

function splitPort(authority: string): { userinfoAndHost: string; port: number } {
  const mark = /^.+?(?=:[^:\]@]*$)/su.exec(authority);
  if (mark === null) return { userinfoAndHost: authority, port: 0 };
  const digits = authority.slice(mark[0].length + 1).replace(/^0+(?=.)/, '');
  const port = /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : -1;
  return { userinfoAndHost: mark[0], port };
}

/** @param url `[http[s]://][userinfo@]host[:port][/…]`, http being assumed when no protocol is written */
function parseUrl(url: string): ParsedUrl | string {
  const written = /^([^:/?#@[\]]*):\/\//u.exec(url);
  const protocol = written === null ? 'http' : lowerAscii(written[1] ?? '');
  if (protocol !== 'http' && protocol !== 'https') return 'Unsupported URL protocol';
  const rest = written === null ? url : url.slice(written[0].length);
  const authority = /^[^/?#]*/u.exec(rest)?.[0] ?? '';
  const { userinfoAndHost, port } = splitPort(authority);
  if (port < 0 || port > HIGHEST_PORT) return 'Wrong port number specified in the URL';
  const at = userinfoAndHost.lastIndexOf('@');
  const userinfo = at < 0 ? '' : userinfoAndHost.slice(0, at);
  const host = userinfoAndHost.slice(at + 1);
  const isIpv6 = host.startsWith('[') && host.endsWith(']');
  if (isIpv6 && !isIPv6(host.slice(1, -1))) return 'Wrong IPv6 address specified in the URL';
  if (host === '') return 'URL host is empty';
  if (host === '.') return 'Host is invalid';
  const lowered = lowerAscii(host);
  const problem = isIpv6 ? null : (badPart(lowered, 'host', false) ?? badPart(userinfo, 'userinfo', true));
  if (problem !== null) return problem;
  const tail = rest.slice(authority.length).replace(/[ \t\r\n\0\v]+$/u, '');
  const escaped = tail.replace(
    // Telegram writes control characters and spaces of the path as escapes.
    /[\0-\x20]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return {
    protocol,
    userinfo,
    host: lowered,
    isIpv6,
    port,
    rest: escaped.startsWith('/') ? escaped : `/${escaped}`,
  };
}

function checkAppLink(scheme: string, link: string, url: ParsedUrl): LinkCheck {
  const isPlainHttp = lowerAscii(link).startsWith('http://');
  if (isPlainHttp || url.protocol === 'https' || url.userinfo !== '' || url.port !== 0 || url.isIpv6) {
    return refused(scheme === 'tg' ? 'Wrong tg URL' : 'Wrong ton URL');
  }
  const allowed = scheme === 'tonsite' ? /^[a-z0-9\-_.]*$/i : /^[a-z0-9\-_]*$/i;
  if (!allowed.test(url.host)) return refused('Unallowed characters in URL host');
  const rest = url.rest.startsWith('/?') ? url.rest.slice(1) : url.rest;
  return { ok: true, url: `${scheme}://${url.host}${rest}` };
}

/**
 * @returns the link as Telegram stores it, or why it is refused (without the words "URL '…' is invalid: ")
 */
export function checkLink(link: string, options: { httpsOnly?: boolean } = {}): LinkCheck {
  const httpsOnly = options.httpsOnly ?? false;
  const scheme = /^(tg|ton|tonsite):/i.exec(link)?.[1]?.toLowerCase();
  const inner = scheme === undefined ? link : link.slice(scheme.length + 1).replace(/^\/\//, '');
  const url = parseUrl(inner);
  if (typeof url === 'string') return refused(url);
  if (httpsOnly && (url.protocol !== 'https' || scheme !== undefined))
    return refused('Only HTTPS links are allowed');
  if (scheme !== undefined) return checkAppLink(scheme, inner, url);
  if (!url.host.includes('.') && !url.isIpv6) return refused('Wrong HTTP URL');
  const userinfo = url.userinfo === '' ? '' : `${url.userinfo}@`;
  const port = url.port === 0 ? '' : `:${url.port}`;
  return { ok: true, url: `${url.protocol}://${userinfo}${url.host}${port}${url.rest}` };
}

/** @returns the person a `tg://user?id=…` link points to, or null if it is no such link */
export function linkedUserId(link: string): number | null {
  const query = /^tg:(?:\/\/)?user\/?\?([^#]*)/.exec(lowerAscii(link))?.[1];
  if (query === undefined) return null;
  const pair = query.split('&').find((part) => part === 'id' || part.startsWith('id='));
  const digits = pair?.slice('id='.length) ?? '';
  const id = /^[1-9]\d*$/.test(digits) ? Number(digits) : 0;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** Addresses that only exist on this machine; Telegram would refuse them, the sandbox may not. */
export function isLocalAddress(link: string): boolean {
  const url = URL.parse(link);
  return url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
