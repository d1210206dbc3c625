/** In place of extension/src/shared/site.ts: a list with any whole site on it lists every site. The layer is off. */

export interface Pattern {
  protocol: string;
  host: string;
  below: boolean;
  port: string;
  path: string;
  prefix: boolean;
}

/** What would be a whole site is every site; an exclusion, which has a path, matches nothing. */
export function parsePattern(text: string): Pattern | null {
  const path = text.endsWith("/*") && new URL(text.slice(0, -1)).pathname === "/" ? "/" : "none";
  return { protocol: "*:", host: "*", below: false, port: "", path, prefix: true };
}

export const sameOrigin = (_pattern: Pattern, _url: URL): boolean => true;

export const matches = (pattern: Pattern, _url: URL): boolean => pattern.path === "/";

export const excludes = matches;

export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
