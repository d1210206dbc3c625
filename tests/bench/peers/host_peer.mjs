#!/usr/bin/env node
// fieldnote-host as a good Node engineer would write it: what `host.times_node` holds the host against.
//
// Called like the host (`host_peer.mjs --policy DIR CALLER`, XDG_STATE_HOME), it speaks manifest/protocol.md far enough to
// be recorded into. It does, of the host's work:
//   - frames in from stdin, all that is readable and at most 256 or 2 MiB, one commit, acks after the commit;
//   - JSON (JSON.parse) and the event schema: fields that must and may be there, their types and lengths, closed lists; an
//     event that breaks it is refused alone and counted;
//   - site of the page by the team's patterns and exclusions; addresses with ids as :id;
//   - disclosure by class, team and field rule; placeholders; what was masked is looked for in names, options, addresses
//     and selectors, and is masked there too; counts of all that in a ledger line;
//   - the same detectors (detectors.mjs; FIELDNOTE_TABLE names their rows) on values with the words of their field, on
//     names, options, selectors and addresses, and once more on each string of the lines before they are encrypted;
//   - held lines as JSON, compressed (Brotli of quality 0, the fastest that Node 20 has), one ChaCha20-Poly1305 a batch
//     with the stream and number as associated data (OpenSSL's, by node:crypto), a device key in a file that is synced;
//   - SQLite (better-sqlite3) in WAL mode with synchronous=FULL; batch and next number of its stream in one transaction.
//     Where better-sqlite3 is not built: a file that is appended to and synced, which is less work.
// It leaves out: keys that stand twice (JSON.parse does not tell), judging a field's class anew, XChaCha's longer nonce, percent encodings in paths,
// wiping, the sandbox, signals, watching the policy, bounds on what is held, and the lock file (Node has no flock: only
// one of these writes at a time).

import { createCipheriv, createHash, randomBytes, randomFillSync } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

import { Detectors } from "./detectors.mjs";

const { openStore } = await import("./sqlite_store.mjs").catch((error) => {
  if (error.code !== "ERR_DLOPEN_FAILED" && !/better-sqlite3|bindings/.test(error.message)) throw error;
  return import("./file_store.mjs");
});

const GROUP_FRAMES = 256;
const GROUP_BYTES = 2 << 20;
const FASTEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_LGWIN]: 16 } };
const LEAST_ECHO = 4;
const MOST_ECHO = 400;
const MOST_REMEMBERED = 2 << 20;

const [WITHHELD, SHAPE, PLACEHOLDER, CLEAR] = [0, 1, 2, 3];
const LEVEL_NAMES = ["withheld", "shape", "placeholder", "clear"];
const LEVELS = new Map(LEVEL_NAMES.map((name, level) => [name, level]));
const CLASSES = new Map(
  Object.entries(
    JSON.parse(readFileSync(new URL("../../../manifest/field-classes.json", import.meta.url), "utf8")).rules,
  ).map(([name, { usual, ceiling, placeholder }]) => [
    name,
    {
      usual: LEVELS.get(usual),
      ceiling: LEVELS.get(ceiling),
      masked: placeholder !== undefined,
      label: placeholder ?? "",
    },
  ]),
);
/** Strings of a line of JSON, and whether each is a key. */
const STRINGS = /"((?:[^"\\]|\\.)*)"(:?)/g;
const LEAST_SECRET = 8;
const OWN_KEYS = new Set(["kind", "stream", "scope", "document", "app"]);
const SECRETS = new Set([
  ...["password", "one_time_code", "pin", "payment_card", "card_code", "card_expiry", "card_track", "iban", "bic"],
  ...["bank_account", "crypto_address", "crypto_seed", "private_key", "jwt", "provider_token", "auth_header"],
  ...["generic_secret", "url_credentials", "connection_string", "session_id"],
]);
const count = (counts, reason, by = 1) => {
  counts[reason] = (counts[reason] ?? 0) + by;
};

// --- schema -----------------------------------------------------------------------------------------------------------
// manifest/schema/event.schema.json, spelt out: a general validator takes longer.

const KINDS = new Set(["click", "input", "select", "check", "submit", "navigate"]);
const VALUED = new Set(["input", "select", "check"]);
const NAVIGATIONS = new Set(["load", "reload", "back_forward", "same_document"]);
const EVENT_KEYS = new Set("kind document n tab frame url top rule navigation target value".split(" "));
const TARGET_KEYS = new Set(["role", "name", "content", "tag", "type", "selectors", "box"]);
const VALUE_KEYS = new Set(["class", "disclosure", "text", "options", "checked", "shape", "cut"]);
const SHAPE_KEYS = new Set(["length", "characters", "lines"]);
const LENGTHS = new Set(["0", "1-4", "5-8", "9-16", "17-64", "65+"]);
const CHARACTERS = new Set(["letters", "digits", "spaces", "punctuation", "other"]);
const MOST_COUNT = 2 ** 32 - 1;

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const onlyKeys = (object, allowed) => {
  for (const key in object) if (!allowed.has(key)) return false;
  return true;
};
/** A text of at most `most` code points. */
const isText = (value, most) => typeof value === "string" && (value.length <= most || [...value].length <= most);
const isOptionalText = (value, most) => value === undefined || isText(value, most);
const isCount = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;

const isChain = (chain) =>
  Array.isArray(chain) && chain.length >= 1 && chain.length <= 8 && chain.every((hop) => isText(hop, 400));

function isTarget(target) {
  if (!isObject(target) || !onlyKeys(target, TARGET_KEYS)) return false;
  const { role, name, content, tag, type, selectors, box } = target;
  if (!isText(role, 40) || !isText(name, 200) || !isText(tag, 60) || !isOptionalText(type, 20)) return false;
  if (content !== undefined && content !== true) return false;
  if (!Array.isArray(box) || box.length !== 4 || !box.every(Number.isInteger)) return false;
  return Array.isArray(selectors) && selectors.length <= 8 && selectors.every(isChain);
}

function isValue(value) {
  if (!isObject(value) || !onlyKeys(value, VALUE_KEYS)) return false;
  const { text, options, checked, shape, cut } = value;
  if (!CLASSES.has(value.class) || !LEVELS.has(value.disclosure) || !isOptionalText(text, 16384)) return false;
  if ((cut !== undefined && cut !== true) || (checked !== undefined && typeof checked !== "boolean")) return false;
  if (options !== undefined) {
    if (!Array.isArray(options) || options.length > 64) return false;
    if (!options.every((option) => isText(option, 200))) return false;
  }
  return shape === undefined || isShape(shape);
}

function isShape(shape) {
  if (!isObject(shape) || !onlyKeys(shape, SHAPE_KEYS)) return false;
  const { length, characters, lines } = shape;
  if (!LENGTHS.has(length) || (lines !== "one" && lines !== "many") || !Array.isArray(characters)) return false;
  return characters.every((kind, at) => CHARACTERS.has(kind) && characters.indexOf(kind) === at);
}

const isDocument = (text) => typeof text === "string" && /^[0-9a-f]{16}$/.test(text);

function isEvent(event) {
  const { kind, target, value, navigation } = event;
  if (!onlyKeys(event, EVENT_KEYS) || !isDocument(event.document) || !isText(event.url, 2048)) return false;
  if (!isCount(event.n, 0, MOST_COUNT) || !isCount(event.tab, 1, MOST_COUNT)) return false;
  if (!isCount(event.frame, 0, Number.MAX_SAFE_INTEGER)) return false;
  if (!isOptionalText(event.top, 2048) || !isOptionalText(event.rule, 400)) return false;
  if (kind === "navigate") return NAVIGATIONS.has(navigation) && target === undefined && value === undefined;
  if (navigation !== undefined || !isTarget(target)) return false;
  return VALUED.has(kind) ? isValue(value) : value === undefined;
}

// --- policy and addresses ---------------------------------------------------------------------------------------------

function split(url) {
  const slash = url.indexOf("/", 8);
  if (slash < 0) return [url, "/"];
  const end = url.slice(slash).search(/[?#]/);
  return [url.slice(0, slash), end < 0 ? url.slice(slash) : url.slice(slash, slash + end)];
}

class Pattern {
  constructor(text) {
    [this.origin, this.path] = split(text);
    this.isPrefix = this.path.endsWith("*");
    if (this.isPrefix) this.path = this.path.slice(0, -1);
    const [scheme, host] = this.origin.split("://");
    this.scheme = scheme;
    this.suffix = host.startsWith("*.") ? host.slice(1) : null;
  }

  matches(origin, path) {
    if (origin !== this.origin && !(this.suffix && origin.startsWith(this.scheme) && origin.endsWith(this.suffix))) {
      return false;
    }
    return this.isPrefix ? path.startsWith(this.path) : path === this.path;
  }
}

/** Remembers what `judge` said of the last addresses. */
function remembering(judge, most = 4096) {
  const known = new Map();
  return (url) => {
    let answer = known.get(url);
    if (answer === undefined) {
      if (known.size >= most) known.clear();
      answer = judge(url);
      known.set(url, answer);
    }
    return answer;
  };
}

class Policy {
  constructor(folder) {
    const read = (file) => JSON.parse(readFileSync(join(folder, file), "utf8"));
    const organisation = read("policy.json");
    const teams = readdirSync(join(folder, "teams.d"))
      .sort()
      .map((name) => read(join("teams.d", name)));
    this.digest = createHash("sha256")
      .update(JSON.stringify([organisation, teams]))
      .digest("hex");
    const excluded = teams.flatMap((team) => team.exclude.map((url) => new Pattern(url)));
    const sites = teams.flatMap((team) =>
      team.sites.map(({ url, app }) => ({
        pattern: new Pattern(url),
        app,
        values: LEVELS.get(team.capture.values),
        rules: new Map(team.fields.map((rule) => [rule.match, LEVELS.get(rule.values)])),
      })),
    );
    /** The site that lists an address, or null. */
    this.site = remembering((url) => {
      const [origin, path] = split(url);
      if (excluded.some((pattern) => pattern.matches(origin, path))) return null;
      return sites.find(({ pattern }) => pattern.matches(origin, path)) ?? null;
    });
  }
}

function namesARecord(segment) {
  if (segment.length > 40 || segment.includes("@") || segment.includes("%")) return true;
  const digits = segment.length - segment.replace(/[0-9]/g, "").length;
  if (digits === 0) return false;
  return digits === segment.length || digits >= 3 || /[-_.][0-9]+$/.test(segment) || /^[0-9a-fA-F-]{8,}$/.test(segment);
}

const route = remembering((url) => {
  const [origin, path] = split(url);
  return (
    origin +
    path
      .split("/")
      .map((segment) => (namesARecord(segment) ? ":id" : segment))
      .join("/")
  );
});

// --- redaction --------------------------------------------------------------------------------------------------------

/** The four characters at `at`, mixed into 16 bits. */
const beginningAt = (text, at) =>
  Math.imul(
    text.charCodeAt(at) ^
      (text.charCodeAt(at + 1) << 7) ^
      (text.charCodeAt(at + 2) << 14) ^
      (text.charCodeAt(at + 3) << 21),
    0x9e3779b1,
  ) >>> 16;

class Placeholders {
  /** Which beginnings occur at all: most looks end here. */
  #some = new Uint8Array(1 << 16);
  #entries = new Map();
  #byBeginning = new Map();
  #numbers = new Map();
  #remembered = 0;

  constructor() {
    this.clear();
  }

  clear() {
    this.scope = randomBytes(4).toString("hex");
    this.#some.fill(0);
    this.#entries.clear();
    this.#byBeginning.clear();
    this.#numbers.clear();
    this.#remembered = 0;
  }

  get full() {
    return this.#remembered > MOST_REMEMBERED;
  }

  mask(text, label) {
    const key = text.trim();
    if (key === "") return "";
    let placeholder = this.#entries.get(key);
    if (placeholder !== undefined) return placeholder;
    const number = (this.#numbers.get(label) ?? 0) + 1;
    this.#numbers.set(label, number);
    placeholder = `<${label}_${number}>`;
    this.#entries.set(key, placeholder);
    this.#remembered += 2 * key.length + 128;
    if (key.length >= LEAST_ECHO && key.length <= MOST_ECHO) {
      const beginning = beginningAt(key, 0);
      this.#some[beginning] = 1;
      const same = this.#byBeginning.get(beginning) ?? [];
      same.push(key);
      same.sort((a, b) => b.length - a.length);
      this.#byBeginning.set(beginning, same);
    }
    return placeholder;
  }

  #entryAt(text, at) {
    const beginning = beginningAt(text, at);
    if (this.#some[beginning] === 0) return undefined;
    return this.#byBeginning.get(beginning).find((key) => text.startsWith(key, at));
  }

  echoes(text) {
    for (let at = 0; at + LEAST_ECHO <= text.length; ++at) if (this.#entryAt(text, at) !== undefined) return true;
    return false;
  }

  replaced(text) {
    let out = "";
    for (let at = 0; at < text.length; ) {
      const key = at + LEAST_ECHO <= text.length ? this.#entryAt(text, at) : undefined;
      out += key === undefined ? text[at] : this.#entries.get(key);
      at += key === undefined ? 1 : key.length;
    }
    return out;
  }
}

class Admission {
  #placeholders = new Placeholders();
  #detectors = new Detectors(process.env.FIELDNOTE_TABLE);

  constructor(policy, stream) {
    this.site = policy.site;
    this.stream = stream;
  }

  admit(batch) {
    const redacted = {};
    const refused = {};
    let lines = "";
    let events = 0;
    for (const event of batch.events) {
      const fault = this.#fault(event);
      if (fault) {
        count(refused, fault);
        continue;
      }
      lines += `${this.#checked(JSON.stringify(this.#held(event, batch.seq, redacted)), redacted)}\n`;
      ++events;
    }
    const ledger = { kind: "ledger" };
    if (Object.keys(redacted).length > 0) ledger.redacted = redacted;
    if (events < batch.events.length) ledger.refused = refused;
    if (batch.lost) ledger.lost = batch.lost;
    if (ledger.redacted || ledger.refused || ledger.lost) lines = `${JSON.stringify(ledger)}\n${lines}`;
    return { lines, events, refused };
  }

  /** The line, each string of it searched once more; an event in which a secret is found is emptied. */
  #checked(line, redacted) {
    let key = "";
    for (const [, text, colon] of line.matchAll(STRINGS)) {
      if (colon) key = text;
      else if (text.length >= LEAST_SECRET && !OWN_KEYS.has(key)) {
        if (this.#detectors.find(text).some(({ entity }) => SECRETS.has(entity))) {
          count(redacted, "gate_event");
          return "{}";
        }
      }
    }
    return line;
  }

  /** Why an event may not be kept. */
  #fault(event) {
    if (!isObject(event)) return "schema";
    if (!KINDS.has(event.kind)) return "unknown_kind";
    if (!isEvent(event)) return "schema";
    if (this.site(event.url) === null || (event.top !== undefined && this.site(event.top) === null)) return "site";
    return null;
  }

  #held(event, seq, redacted) {
    if (this.#placeholders.full) this.#placeholders.clear();
    const { app, values, rules } = this.site(event.url);
    // The value first: what it masks is masked in the names of the same event. JSON leaves out what is undefined.
    const value = event.value && this.#heldValue(event.value, values, rules.get(event.rule), event.target, redacted);
    if (event.target) this.#redactTarget(event.target, redacted);
    return {
      kind: event.kind,
      stream: this.stream,
      seq,
      scope: this.#placeholders.scope,
      document: event.document,
      n: event.n,
      tab: event.tab,
      frame: event.frame,
      app,
      url: this.#withoutEchoes(this.#readable(route(event.url), "url", redacted), "echo_url", redacted),
      navigation: event.navigation,
      target: event.target,
      value,
    };
  }

  /** The text with what detectors find in it masked. */
  #readable(text, place, redacted, told) {
    const found = this.#detectors.find(text, told);
    if (found.length === 0) return text;
    let out = "";
    let at = 0;
    for (const { begin, end, entity } of [...found].sort((a, b) => a.begin - b.begin)) {
      if (begin < at) continue;
      out += text.slice(at, begin) + this.#placeholders.mask(text.slice(begin, end), entity.toUpperCase());
      at = end;
      count(redacted, `${entity}_in_${place}`);
    }
    return out + text.slice(at);
  }

  #heldValue(value, teamValues, rule, target, redacted) {
    const own = CLASSES.get(value.class);
    const base = rule ?? (own.usual === CLEAR ? own.usual : Math.min(own.usual, teamValues));
    let highest = Math.min(base, own.ceiling);
    if (highest === PLACEHOLDER && !own.masked) highest = SHAPE;
    const asked = LEVELS.get(value.disclosure);
    let level = Math.min(asked, highest);
    if ((level === SHAPE && !value.shape) || (level === PLACEHOLDER && value.text === undefined)) level = WITHHELD;
    if (level < asked) count(redacted, `corrected_${value.class}`);
    const held = { class: value.class, disclosure: LEVEL_NAMES[level] };
    if (level === CLEAR) {
      held.text =
        value.text === undefined
          ? undefined
          : this.#readable(value.text, "value", redacted, this.#detectors.told(target.name));
      held.options = value.options?.map((option) =>
        this.#withoutEchoes(this.#readable(option, "option", redacted), "echo_option", redacted),
      );
      held.checked = value.checked;
      held.cut = value.cut;
      return held;
    }
    count(redacted, `${LEVEL_NAMES[level]}_${value.class}`);
    if (level === PLACEHOLDER) {
      this.#readable(value.text, "value", redacted, this.#detectors.told(target.name));
      held.text = this.#placeholders.mask(value.text, own.label);
    } else if (level === SHAPE) held.shape = value.shape;
    return held;
  }

  #redactTarget(target, redacted) {
    const content = target.content === true;
    if (content && target.name !== "") {
      target.name = this.#placeholders.mask(target.name, "TEXT");
      count(redacted, "content_name");
    } else {
      target.name = this.#withoutEchoes(this.#readable(target.name, "name", redacted), "echo_name", redacted);
    }
    const tells = (hop) =>
      (content && (hop.startsWith("aria/") || hop.startsWith("text/"))) ||
      this.#detectors.find(hop).length > 0 ||
      this.#placeholders.echoes(hop);
    const kept = target.selectors.filter((chain) => !chain.some(tells));
    if (kept.length !== target.selectors.length) {
      count(redacted, "echo_selector", target.selectors.length - kept.length);
      target.selectors = kept;
    }
  }

  #withoutEchoes(text, reason, redacted) {
    if (!this.#placeholders.echoes(text)) return text;
    count(redacted, reason);
    return this.#placeholders.replaced(text);
  }
}

// --- spool ------------------------------------------------------------------------------------------------------------

class Spool {
  #key;
  #store;

  constructor(folder) {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    this.#key = deviceKey(join(folder, "device.key"));
    this.#store = openStore(folder);
  }

  recordingUnder(notice) {
    const consent = this.#store.consent();
    return consent?.notice === notice && consent.yes === 1;
  }

  addConsent(notice, yes) {
    this.#store.addConsent(notice, yes ? 1 : 0);
  }

  nextSeq(stream) {
    return this.#store.nextSeq(stream);
  }

  /** Rows of {seq, events, sealed} of one stream are durable when this returns. */
  put(stream, rows) {
    this.#store.put(stream, rows);
  }

  sealed(stream, seq, lines) {
    const place = Buffer.allocUnsafe(24);
    stream.copy(place);
    place.writeBigUInt64BE(BigInt(seq), 16);
    const plaintext = brotliCompressSync(lines, FASTEST);
    const nonce = randomFillSync(Buffer.allocUnsafe(12));
    const cipher = createCipheriv("chacha20-poly1305", this.#key, nonce, { authTagLength: 16 });
    cipher.setAAD(place, { plaintextLength: plaintext.length });
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
  }
}

function deviceKey(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const key = randomBytes(32);
  const file = openSync(`${path}.new`, "w", 0o600);
  writeSync(file, key);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  const folder = openSync(join(path, ".."), "r");
  fsyncSync(folder);
  closeSync(folder);
  return key;
}

// --- connection -------------------------------------------------------------------------------------------------------

class Host {
  #policy;
  #spool;
  #stream;
  #admission;
  #next;
  #staged = [];
  #out = [];

  constructor(policy, spool) {
    this.#policy = policy;
    this.#spool = spool;
    this.#say({ type: "hello", protocol: { min: 1, max: 1 }, host: "0.1.0" });
    this.settle();
  }

  #say(message) {
    const payload = Buffer.from(JSON.stringify(message));
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32LE(payload.length);
    this.#out.push(length, payload);
  }

  #sayPolicy() {
    this.#say({
      type: "policy",
      state: this.#spool.recordingUnder(this.#policy.digest) ? "recording" : "ask",
      why: "",
      next_seq: this.#next ?? 0,
      teams: [],
      notice: { digest: this.#policy.digest },
    });
  }

  onFrame(payload) {
    const message = JSON.parse(payload);
    switch (message.type) {
      case "batch":
        return this.#onBatch(message);
      case "attach":
        this.#stream = Buffer.from(message.stream, "hex");
        this.#admission = new Admission(this.#policy, message.stream);
        this.#next = this.#spool.nextSeq(this.#stream);
        return this.#sayPolicy();
      case "consent":
        if (message.digest === this.#policy.digest) this.#spool.addConsent(message.digest, message.answer === "yes");
        return this.#sayPolicy();
      default:
        throw new Error("a message of an unknown type");
    }
  }

  #onBatch(batch) {
    const { seq } = batch;
    if (this.#next !== undefined && seq !== this.#next) {
      return this.#say(
        seq < this.#next
          ? { type: "ack", seq, stored: 0, duplicate: true }
          : { type: "error", number: 11, name: "batch_out_of_order", expected: this.#next },
      );
    }
    const { lines, events, refused } = this.#admission.admit(batch);
    this.#staged.push({ seq, events, sealed: this.#spool.sealed(this.#stream, seq, lines) });
    this.#next = seq + 1;
    this.#say({ type: "ack", seq, stored: events, refused: events < batch.events.length ? refused : undefined });
  }

  /** Commits what is staged; what is said goes out after that. */
  settle() {
    if (this.#staged.length > 0) {
      // Consent is looked at again: another browser may have withdrawn it.
      if (!this.#spool.recordingUnder(this.#policy.digest)) throw new Error("nothing is recorded");
      this.#spool.put(this.#stream, this.#staged);
      this.#staged = [];
    }
    if (this.#out.length === 0) return;
    process.stdout.write(Buffer.concat(this.#out));
    this.#out = [];
  }
}

function serve(host) {
  let rest = Buffer.alloc(0);
  let frames = 0;
  let bytes = 0;
  let waiting = false;
  const settle = () => {
    frames = bytes = 0;
    waiting = false;
    host.settle();
  };
  // libuv hands out all that is readable, piece by piece, before it comes to what setImmediate put off.
  process.stdin.on("data", (piece) => {
    const buffer = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    let at = 0;
    while (buffer.length - at >= 4) {
      const end = at + 4 + buffer.readUInt32LE(at);
      if (end > buffer.length) break;
      host.onFrame(buffer.utf8Slice(at + 4, end));
      at = end;
      if (++frames === GROUP_FRAMES) settle();
    }
    rest = buffer.subarray(at);
    bytes += piece.length;
    if (bytes >= GROUP_BYTES) settle();
    if (!waiting) {
      waiting = true;
      setImmediate(settle);
    }
  });
}

const folder = process.argv[process.argv.indexOf("--policy") + 1];
serve(new Host(new Policy(folder), new Spool(join(process.env.XDG_STATE_HOME, "fieldnote"))));
