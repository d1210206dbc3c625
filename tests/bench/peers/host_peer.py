#!/usr/bin/env python3
"""fieldnote-host as a good Python engineer would write it: what `host.times_python` holds the host against.

Called like the host (`host_peer.py --policy DIR CALLER`, XDG_STATE_HOME), it speaks manifest/protocol.md far enough to be
recorded into. It does, of the host's work:
  - frames in from stdin, all that is readable and at most 256 or 2 MiB, one commit, acks after the commit;
  - JSON (the C scanner of `json`), keys that stand twice, and the event schema: fields that must and may be there, their
    types and lengths, closed lists; an event that breaks it is refused alone and counted;
  - site of the page by the team's patterns and exclusions; addresses with ids as :id;
  - disclosure by class, team and field rule; placeholders; what was masked is looked for in names, options, addresses and
    selectors, and is masked there too; counts of all that in a ledger line;
  - the same detectors (detectors.py; FIELDNOTE_TABLE names their rows) on values with the words of their field, on names,
    options, selectors and addresses, and once more on each string of the lines before they are encrypted;
  - held lines as JSON, compressed (zstd level 1 by Debian's python3-zstandard; the first group by zlib, since that import
    would delay the first ack), one ChaCha20-Poly1305 a batch with the stream and number as associated data (OpenSSL's, by
    Debian's python3-cryptography), a device key in a file that is synced;
  - SQLite in WAL mode with synchronous=FULL under a lock file; batch and next number of its stream in one transaction.
It leaves out: judging a field's class anew, XChaCha's longer nonce, percent encodings in paths, wiping, the sandbox, signals, watching the policy, and
bounds on what is held.
Imports stay few and functions local: start-up and the inner loop are what is measured.
"""

import fcntl
import json
import os
import pathlib
import re
import sqlite3
import struct
import sys
from functools import lru_cache
from hashlib import sha256
from select import select
from zlib import compress

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from detectors import Detectors

GROUP_FRAMES = 256
GROUP_BYTES = 2 << 20
LEAST_ECHO = 4
MOST_ECHO = 400
MOST_REMEMBERED = 2 << 20

LEVELS = {"withheld": 0, "shape": 1, "placeholder": 2, "clear": 3}
NAMES = list(LEVELS)
# class: usual level, ceiling, whether a placeholder may stand for it, label
CLASSES = {
    name: (LEVELS[rule["usual"]], LEVELS[rule["ceiling"]], "placeholder" in rule, rule.get("placeholder", ""))
    for name, rule in json.loads(
        (pathlib.Path(__file__).parents[3] / "manifest/field-classes.json").read_text()
    )["rules"].items()
}
KINDS = {"click", "input", "select", "check", "submit", "navigate"}
VALUED = {"input", "select", "check"}
NAVIGATIONS = {"load", "reload", "back_forward", "same_document"}
REQUIRED = {"kind", "document", "n", "tab", "frame", "url"}
ALLOWED = REQUIRED | {"top", "rule", "navigation", "target", "value"}
TARGET_REQUIRED = {"role", "name", "tag", "selectors", "box"}
TARGET_ALLOWED = TARGET_REQUIRED | {"content", "type"}
VALUE_REQUIRED = {"class", "disclosure"}
VALUE_ALLOWED = VALUE_REQUIRED | {"text", "options", "checked", "shape", "cut"}
SHAPE_KEYS = {"length", "characters", "lines"}
LENGTHS = {"0", "1-4", "5-8", "9-16", "17-64", "65+"}
CHARACTERS = {"letters", "digits", "spaces", "punctuation", "other"}
MOST_COUNT = 2**32 - 1

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
is_document = re.compile("[0-9a-f]{16}").fullmatch
# Strings of a line of JSON, and whether each is a key.
strings_of = re.compile(r'"((?:[^"\\]|\\.)*)"(:?)').findall
LEAST_SECRET = 8
OWN_KEYS = {"kind", "stream", "scope", "document", "app"}
SECRETS = {
    "PASSWORD", "ONE_TIME_CODE", "PIN", "PAYMENT_CARD", "CARD_CODE", "CARD_EXPIRY", "CARD_TRACK", "IBAN", "BIC", "BANK_ACCOUNT",
    "CRYPTO_ADDRESS", "CRYPTO_SEED", "PRIVATE_KEY", "JWT", "PROVIDER_TOKEN", "AUTH_HEADER", "GENERIC_SECRET", "URL_CREDENTIALS",
    "CONNECTION_STRING", "SESSION_ID",
}


class Doubled(dict):
    """An object with a key that stands twice."""


def unique(pairs):
    result = dict(pairs)
    return result if len(result) == len(pairs) else Doubled(result)


decode = json.JSONDecoder(object_pairs_hook=unique).decode


# The schema (manifest/schema/event.schema.json), spelt out: a general validator takes ten times as long. `type(x) is int`
# and not isinstance: True is no number here.

def is_target(target):
    if not isinstance(target, dict) or not (TARGET_REQUIRED <= target.keys() <= TARGET_ALLOWED):
        return False
    role, name, tag, selectors, box = target["role"], target["name"], target["tag"], target["selectors"], target["box"]
    if type(role) is not str or len(role) > 40 or type(name) is not str or len(name) > 200:
        return False
    if type(tag) is not str or len(tag) > 60 or target.get("content", True) is not True:
        return False
    kind = target.get("type", "")
    if type(kind) is not str or len(kind) > 20:
        return False
    if type(box) is not list or len(box) != 4 or not all(type(side) is int for side in box):
        return False
    if type(selectors) is not list or len(selectors) > 8:
        return False
    for chain in selectors:
        if type(chain) is not list or not 1 <= len(chain) <= 8:
            return False
        for hop in chain:
            if type(hop) is not str or len(hop) > 400:
                return False
    return True


def is_value(value):
    if not isinstance(value, dict) or not (VALUE_REQUIRED <= value.keys() <= VALUE_ALLOWED):
        return False
    field_class, disclosure = value["class"], value["disclosure"]
    if type(field_class) is not str or field_class not in CLASSES or type(disclosure) is not str:
        return False
    if disclosure not in LEVELS or value.get("cut", True) is not True or type(value.get("checked", True)) is not bool:
        return False
    text, options = value.get("text", ""), value.get("options", ())
    if type(text) is not str or len(text) > 16384:
        return False
    if options != () and (type(options) is not list or len(options) > 64 or
                          not all(type(option) is str and len(option) <= 200 for option in options)):
        return False
    return "shape" not in value or is_shape(value["shape"])


def is_shape(shape):
    if not isinstance(shape, dict) or shape.keys() != SHAPE_KEYS:
        return False
    characters = shape["characters"]
    if shape["lines"] not in ("one", "many") or type(shape["length"]) is not str or shape["length"] not in LENGTHS:
        return False
    return (type(characters) is list and all(type(kind) is str for kind in characters) and
            len(set(characters)) == len(characters) and CHARACTERS.issuperset(characters))


def is_event(event, kind):
    keys = event.keys()
    if not (REQUIRED <= keys <= ALLOWED) or ("navigation" in keys) != (kind == "navigate"):
        return False
    if ("target" in keys) == (kind == "navigate") or ("value" in keys) != (kind in VALUED):
        return False
    document, url, n, tab, frame = event["document"], event["url"], event["n"], event["tab"], event["frame"]
    if type(document) is not str or not is_document(document) or type(url) is not str or len(url) > 2048:
        return False
    if type(n) is not int or not 0 <= n <= MOST_COUNT or type(tab) is not int or not 1 <= tab <= MOST_COUNT:
        return False
    if type(frame) is not int or frame < 0:
        return False
    top, rule = event.get("top", ""), event.get("rule", "")
    if type(top) is not str or len(top) > 2048 or type(rule) is not str or len(rule) > 400:
        return False
    if kind == "navigate":
        return type(event["navigation"]) is str and event["navigation"] in NAVIGATIONS
    return is_target(event["target"]) and (kind not in VALUED or is_value(event["value"]))


class Policy:
    def __init__(self, folder):
        with open(os.path.join(folder, "policy.json"), "rb") as file:
            organisation = json.load(file)
        teams = []
        for name in sorted(os.listdir(os.path.join(folder, "teams.d"))):
            with open(os.path.join(folder, "teams.d", name), "rb") as file:
                teams.append(json.load(file))
        self.digest = sha256(encode([organisation, teams]).encode()).hexdigest()
        self.excluded = [self.pattern(url) for team in teams for url in team["exclude"]]
        self.sites = [
            (self.pattern(site["url"]), site["app"], LEVELS[team["capture"]["values"]],
             {rule["match"]: LEVELS[rule["values"]] for rule in team["fields"]})
            for team in teams for site in team["sites"]
        ]

    @staticmethod
    def pattern(url):
        origin, path = split(url)
        return origin, path.rstrip("*"), path.endswith("*")

    @lru_cache(maxsize=4096)
    def site(self, url):
        """(app, level of the team, its field rules), or None where the page is on no list."""
        origin, path = split(url)
        if any(matches(pattern, origin, path) for pattern in self.excluded):
            return None
        for pattern, *site in self.sites:
            if matches(pattern, origin, path):
                return site
        return None


def split(url):
    slash = url.find("/", 8)
    origin, path = (url, "/") if slash < 0 else (url[:slash], url[slash:])
    return origin, path.split("?", 1)[0].split("#", 1)[0]


def matches(pattern, origin, path):
    pattern_origin, pattern_path, is_prefix = pattern
    if pattern_origin != origin:
        scheme, host = pattern_origin.split("://", 1)
        if not host.startswith("*.") or not origin.startswith(scheme) or not origin.endswith(host[1:]):
            return False
    return path.startswith(pattern_path) if is_prefix else path == pattern_path


def names_a_record(segment):
    if len(segment) > 40 or "@" in segment or "%" in segment:
        return True
    digits = sum(map(str.isdigit, segment))
    if not digits:
        return False
    if digits == len(segment) or digits >= 3:
        return True
    joint = max(segment.rfind("-"), segment.rfind("_"), segment.rfind("."))
    if joint >= 0 and segment[joint + 1:].isdigit():
        return True
    return len(segment) >= 8 and all(c in "0123456789abcdefABCDEF-" for c in segment)


@lru_cache(maxsize=4096)
def route(url):
    origin, path = split(url)
    return origin + "/".join(":id" if names_a_record(segment) else segment for segment in path.split("/"))


class Placeholders:
    """Masked strings by their text, and by their first four characters, longest first."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.scope = os.urandom(4).hex()
        self.entries = {}
        self.by_beginning = {}
        self.numbers = {}
        self.remembered = 0

    def mask(self, text, label):
        key = text.strip()
        if not key:
            return ""
        placeholder = self.entries.get(key)
        if placeholder is None:
            number = self.numbers[label] = self.numbers.get(label, 0) + 1
            placeholder = self.entries[key] = f"<{label}_{number}>"
            self.remembered += 2 * len(key) + 128
            if LEAST_ECHO <= len(key) <= MOST_ECHO:
                same = self.by_beginning.setdefault(tuple(key[:LEAST_ECHO]), [])
                same.append(key)
                same.sort(key=len, reverse=True)
        return placeholder

    def may_echo(self, text):
        """Runs in C from end to end: whether four characters in a row begin something that was masked."""
        return not self.by_beginning.keys().isdisjoint(zip(text, text[1:], text[2:], text[3:]))

    def entry_at(self, text, at):
        for key in self.by_beginning.get(tuple(text[at:at + LEAST_ECHO]), ()):
            if text.startswith(key, at):
                return key
        return None

    def echoes(self, text):
        return self.may_echo(text) and any(self.entry_at(text, at) for at in range(len(text) - LEAST_ECHO + 1))

    def replaced(self, text):
        out = []
        at = 0
        while at < len(text):
            key = self.entry_at(text, at)
            out.append(self.entries[key] if key else text[at])
            at += len(key) if key else 1
        return "".join(out)


class Admission:
    def __init__(self, policy, stream):
        self.site = policy.site
        self.stream = stream
        self.placeholders = Placeholders()
        self.detectors = Detectors(os.environ["FIELDNOTE_TABLE"])
        self.told = lru_cache(maxsize=512)(self.detectors.told)

    def admit(self, batch):
        """(lines, events, refused) of a batch."""
        redacted = {}
        refused = {}
        lines = []
        for event in batch["events"]:
            reason = self.fault(event)
            if reason is None:
                lines.append(self.checked(encode(self.held(event, batch["seq"], redacted)), redacted))
            else:
                refused[reason] = refused.get(reason, 0) + 1
        count = len(lines)
        ledger = {"kind": "ledger"}
        if redacted:
            ledger["redacted"] = redacted
        if refused:
            ledger["refused"] = refused
        if "lost" in batch:
            ledger["lost"] = batch["lost"]
        if len(ledger) > 1:
            lines.insert(0, encode(ledger))
        lines.append("")
        return "\n".join(lines), count, refused

    def checked(self, line, redacted):
        """The line, each string of it searched once more; an event in which a secret is found is emptied."""
        key = ""
        for text, colon in strings_of(line):
            if colon:
                key = text
            elif len(text) >= LEAST_SECRET and key not in OWN_KEYS and text not in self.detectors.clean:
                if any(entity in SECRETS for *_, entity in self.detectors.find(text)):
                    count(redacted, "gate_event")
                    return "{}"
        return line

    def fault(self, event):
        """Why an event may not be kept."""
        if not isinstance(event, dict):
            return "schema"
        kind = event.get("kind")
        if type(kind) is not str or kind not in KINDS:
            return "unknown_kind"
        if Doubled in map(type, (event, event.get("target"), event.get("value"))):
            return "duplicate_key"
        if not is_event(event, kind):
            return "schema"
        if self.site(event["url"]) is None or ("top" in event and self.site(event["top"]) is None):
            return "site"
        return None

    def held(self, event, seq, redacted):
        placeholders = self.placeholders
        if placeholders.remembered > MOST_REMEMBERED:
            placeholders.clear()
        app, team_level, rules = self.site(event["url"])
        value = event.get("value")
        target = event.get("target")
        if value is not None:
            value = self.held_value(value, team_level, rules.get(event.get("rule")), target["name"], redacted)
        url = self.readable(route(event["url"]), "url", redacted)
        if target is not None:
            self.redact_target(target, redacted)
        if placeholders.echoes(url):
            count(redacted, "echo_url")
            url = placeholders.replaced(url)
        line = {
            "kind": event["kind"], "stream": self.stream, "seq": seq, "scope": placeholders.scope,
            "document": event["document"], "n": event["n"], "tab": event["tab"], "frame": event["frame"],
            "app": app, "url": url,
        }
        if "navigation" in event:
            line["navigation"] = event["navigation"]
        if target is not None:
            line["target"] = target
        if value is not None:
            line["value"] = value
        return line

    def readable(self, text, place, redacted, told=frozenset()):
        """The text with what detectors find in it masked."""
        found = self.detectors.find(text, told)
        if not found:
            return text
        out = []
        at = 0
        for begin, end, entity in sorted(found):
            if begin < at:
                continue
            out += (text[at:begin], self.placeholders.mask(text[begin:end], entity))
            at = end
            count(redacted, f"{entity}_in_{place}")
        out.append(text[at:])
        return "".join(out)

    def held_value(self, value, team_level, rule, name, redacted):
        field_class = value["class"]
        usual, ceiling, has_placeholder, label = CLASSES[field_class]
        base = rule if rule is not None else usual if usual == 3 else min(usual, team_level)
        highest = min(base, ceiling)
        if highest == 2 and not has_placeholder:
            highest = 1
        asked = LEVELS[value["disclosure"]]
        level = min(asked, highest)
        if (level == 1 and "shape" not in value) or (level == 2 and "text" not in value):
            level = 0
        if level < asked:
            count(redacted, "corrected_" + field_class)
        held = {"class": field_class, "disclosure": NAMES[level]}
        if level == 3:
            held.update((key, value[key]) for key in ("text", "options", "checked", "cut") if key in value)
            if "options" in held:
                held["options"] = [self.without_echoes(self.readable(option, "option", redacted), "echo_option", redacted)
                                   for option in held["options"]]
            if "text" in held:
                held["text"] = self.readable(held["text"], "value", redacted, self.told(name))
            return held
        count(redacted, f"{NAMES[level]}_{field_class}")
        if level == 2:
            self.readable(value["text"], "value", redacted, self.told(name))
            held["text"] = self.placeholders.mask(value["text"], label)
        elif level == 1:
            held["shape"] = value["shape"]
        return held

    def redact_target(self, target, redacted):
        placeholders = self.placeholders
        content = target.get("content", False)
        if content and target["name"]:
            target["name"] = placeholders.mask(target["name"], "TEXT")
            count(redacted, "content_name")
        else:
            target["name"] = self.without_echoes(self.readable(target["name"], "name", redacted), "echo_name", redacted)
        chains = target["selectors"]
        find = self.detectors.find
        kept = [chain for chain in chains if not any(find(hop) for hop in chain)]
        if len(kept) != len(chains):
            redacted["private_selector"] = redacted.get("private_selector", 0) + len(chains) - len(kept)
            chains = target["selectors"] = kept
        # One look at all of them together: mostly there is nothing to find.
        if content or placeholders.may_echo("\n".join(hop for chain in chains for hop in chain)):
            kept = [chain for chain in chains if not any(self.tells(hop, content) for hop in chain)]
            if len(kept) != len(chains):
                redacted["echo_selector"] = redacted.get("echo_selector", 0) + len(chains) - len(kept)
                target["selectors"] = kept

    def tells(self, hop, content):
        return (content and hop.startswith(("aria/", "text/"))) or self.placeholders.echoes(hop)

    def without_echoes(self, text, reason, redacted):
        if not self.placeholders.echoes(text):
            return text
        count(redacted, reason)
        return self.placeholders.replaced(text)


def count(counts, reason):
    counts[reason] = counts.get(reason, 0) + 1


class Spool:
    def __init__(self, folder):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self.lock = os.open(os.path.join(folder, "spool.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        self.compress = lambda text: compress(text, 1)
        self.cipher = ChaCha20Poly1305(self.key(os.path.join(folder, "device.key")))
        self.database = sqlite3.connect(os.path.join(folder, "spool.db"), isolation_level=None, cached_statements=16)
        self.database.executescript("""
            PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS stream (id BLOB PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS consent (id INTEGER PRIMARY KEY, notice TEXT NOT NULL, yes INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS held (id INTEGER PRIMARY KEY, stream BLOB NOT NULL, seq INTEGER NOT NULL,
                                             events INTEGER NOT NULL, sealed BLOB NOT NULL);
        """)

    @staticmethod
    def key(path):
        try:
            with open(path, "rb") as file:
                return file.read(32)
        except FileNotFoundError:
            key = os.urandom(32)
            with open(path + ".new", "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            os.rename(path + ".new", path)
            folder = os.open(os.path.dirname(path), os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
            return key

    def consent(self):
        return self.database.execute("SELECT notice, yes FROM consent ORDER BY id DESC LIMIT 1").fetchone()

    def add_consent(self, notice, yes):
        self.database.execute("INSERT INTO consent (notice, yes) VALUES (?, ?)", (notice, yes))

    def next_seq(self, stream):
        row = self.database.execute("SELECT next FROM stream WHERE id = ?", (stream,)).fetchone()
        return row[0] if row else None

    def sealed(self, stream, seq, lines):
        nonce = os.urandom(12)
        return nonce + self.cipher.encrypt(nonce, self.compress(lines.encode()), stream + seq.to_bytes(8, "big"))

    def compress_faster(self):
        from zstandard import ZstdCompressor
        self.compress = ZstdCompressor(level=1).compress

    def put(self, stream, rows):
        """Rows of (stream, seq, events, sealed): durable when this returns."""
        database = self.database
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        try:
            database.execute("BEGIN IMMEDIATE")
            expected = self.next_seq(stream)
            if expected is not None and expected != rows[0][1]:
                raise RuntimeError("another process wrote to the same stream")
            database.executemany("INSERT INTO held (stream, seq, events, sealed) VALUES (?, ?, ?, ?)", rows)
            database.execute("INSERT INTO stream (id, next) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET next = excluded.next",
                             (stream, rows[-1][1] + 1))
            database.execute("COMMIT")
        finally:
            fcntl.flock(self.lock, fcntl.LOCK_UN)


class Host:
    def __init__(self, policy, spool):
        self.policy = policy
        self.spool = spool
        self.stream = None
        self.next = None
        self.staged = []
        self.out = []
        self.loaded = False

    def say(self, message):
        payload = encode(message).encode()
        self.out.append(struct.pack("=I", len(payload)) + payload)

    def recording(self):
        consent = self.spool.consent()
        return consent is not None and consent[0] == self.policy.digest and consent[1] == 1

    def say_policy(self):
        self.say({"type": "policy", "state": "recording" if self.recording() else "ask", "why": "",
                  "next_seq": self.next or 0, "teams": [], "notice": {"digest": self.policy.digest}})

    def on_frame(self, payload):
        message = decode(payload.decode())
        kind = message["type"]
        if kind == "batch":
            self.on_batch(message)
        elif kind == "attach":
            self.stream = bytes.fromhex(message["stream"])
            self.admission = Admission(self.policy, message["stream"])
            self.next = self.spool.next_seq(self.stream)
            self.say_policy()
        elif kind == "consent" and message["digest"] == self.policy.digest:
            self.spool.add_consent(message["digest"], message["answer"] == "yes")
            self.say_policy()

    def on_batch(self, batch):
        seq = batch["seq"]
        if self.next is not None and seq != self.next:
            return self.say({"type": "ack", "seq": seq, "stored": 0, "duplicate": True} if seq < self.next else
                            {"type": "error", "number": 11, "name": "batch_out_of_order", "expected": self.next})
        lines, events, refused = self.admission.admit(batch)
        self.staged.append((self.stream, seq, events, self.spool.sealed(self.stream, seq, lines)))
        self.next = seq + 1
        self.say({"type": "ack", "seq": seq, "stored": events, **({"refused": refused} if refused else {})})

    def settle(self):
        """Commits what is staged; what is said goes out after that."""
        if self.staged:
            # Consent is looked at again: another browser may have withdrawn it.
            if not self.recording():
                raise RuntimeError("nothing is recorded")
            self.spool.put(self.stream, self.staged)
        if self.out:
            out, self.out = b"".join(self.out), []
            while out:
                out = out[os.write(1, out):]
        if self.staged:
            self.staged = []
            if not self.loaded:
                self.spool.compress_faster()
                self.loaded = True


def serve(host):
    os.set_blocking(0, False)
    buffer = bytearray()
    host.say({"type": "hello", "protocol": {"min": 1, "max": 1}, "host": "0.1.0"})
    host.settle()
    length_of = struct.Struct("=I").unpack_from
    more = True
    while more:
        select((0,), (), ())
        frames = size = 0
        while frames < GROUP_FRAMES and size < GROUP_BYTES:
            try:
                piece = os.read(0, 256 * 1024)
            except BlockingIOError:
                break
            if not piece:
                more = False
                break
            size += len(piece)
            buffer += piece
            at = 0
            while len(buffer) - at >= 4:
                end = at + 4 + length_of(buffer, at)[0]
                if end > len(buffer):
                    break
                host.on_frame(buffer[at + 4:end])
                frames += 1
                at = end
            del buffer[:at]
        host.settle()


def main():
    folder = sys.argv[sys.argv.index("--policy") + 1]
    serve(Host(Policy(folder), Spool(os.path.join(os.environ["XDG_STATE_HOME"], "fieldnote"))))


main()
