/**
 * Which pages are recorded. A pattern is `scheme://host[:port]/path`:
 *
 * - the scheme is written out, `http` or `https`;
 * - `*.` before a host stands for one or more labels: `*.x.example` is `a.x.example` and `b.a.x.example`,
 *   but not `x.example` itself;
 * - no port means the scheme's own;
 * - a path that ends in `*` is a prefix, any other must be equal;
 * - queries and fragments never match, and are never looked at.
 *
 * Percent-encoded letters, digits and `-._~` are the same as the plain ones (RFC 3986, 6.2.2.2), so that
 * `/%68r/` does not walk around an exclusion of `/hr/*`.
 */

export interface Pattern {
  protocol: "http:" | "https:";
  host: string;
  /** Any subdomain of `host`, not `host` itself. */
  below: boolean;
  port: string;
  path: string;
  prefix: boolean;
}

const PATTERN = /^(https?):\/\/(\*\.)?([^/:*?#@\s[\]]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?(\/[^*?#\s]*)(\*?)$/;

/** `null`: malformed. */
export function parsePattern(text: string): Pattern | null {
  const [, scheme, star, host, port, path, prefix] = PATTERN.exec(text) ?? [];
  if (scheme === undefined || host === undefined || path === undefined) return null;
  // The browser's own parser lower-cases the host, encodes the path and drops the scheme's own port.
  const url = parseUrl(`${scheme}://${host}${port === undefined ? "" : `:${port}`}${path}`);
  if (url === null) return null;
  return {
    protocol: url.protocol === "http:" ? "http:" : "https:",
    host: url.hostname,
    below: star !== undefined,
    port: url.port,
    path: plainPath(url.pathname),
    prefix: prefix === "*",
  };
}

/** Scheme, host and port: all that is known of a page before its path matters. */
export function sameOrigin(pattern: Pattern, url: URL): boolean {
  return (
    url.protocol === pattern.protocol &&
    url.port === pattern.port &&
    (pattern.below ? isBelow(url.hostname, pattern.host) : url.hostname === pattern.host)
  );
}

function isBelow(name: string, host: string): boolean {
  return name.endsWith(`.${host}`) && name.length > host.length + 1;
}

export function matches(pattern: Pattern, url: URL): boolean {
  if (!sameOrigin(pattern, url)) return false;
  const path = plainPath(url.pathname);
  return pattern.prefix ? path.startsWith(pattern.path) : path === pattern.path;
}

/** As `matches`, and for `/hr/*` also `/hr`: whoever excludes a folder means the page that bears its name. */
export function excludes(pattern: Pattern, url: URL): boolean {
  const folder = pattern.prefix && pattern.path.length > 1 && pattern.path.endsWith("/");
  return (
    matches(pattern, url) ||
    (folder && sameOrigin(pattern, url) && plainPath(url.pathname) === pattern.path.slice(0, -1))
  );
}

export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function plainPath(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : encoded.toUpperCase();
  });
}
