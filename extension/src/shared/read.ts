/** Reading what arrived, field by field: a missing one makes it unreadable, an unknown one is passed over. */

export type Fields = Record<string, unknown>;

/** What arrived does not read as what it says it is. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

export function asRecord(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function record(value: unknown): Fields {
  const fields = asRecord(value);
  if (fields === null) throw new Unreadable("an object was expected");
  return fields;
}

export function string(value: unknown): string {
  if (typeof value !== "string") throw new Unreadable("a string was expected");
  return value;
}

export function integer(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Unreadable("a count was expected");
  return value as number;
}

export function boolean(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Unreadable("true or false was expected");
  return value;
}

export function list<T>(value: unknown, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new Unreadable("a list was expected");
  return value.map(read);
}

/** A moment as the host writes it, in milliseconds since the epoch. */
export function moment(value: unknown): number {
  const milliseconds = Date.parse(string(value));
  if (Number.isNaN(milliseconds)) throw new Unreadable("a moment was expected");
  return milliseconds;
}

type Optional<Key extends string, T> = Partial<Record<Key, T>>;

/** `{[key]: ...}` where the field is there, and nothing where it is not. */
export function optional<Key extends string, T>(
  fields: Fields,
  key: Key,
  read: (value: unknown) => T,
): Optional<Key, T> {
  return (fields[key] === undefined ? {} : { [key]: read(fields[key]) }) as Optional<Key, T>;
}
