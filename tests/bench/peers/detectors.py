"""The host's detectors (host/redact/README.md) as a good Python engineer would run them: one pass of an Aho-Corasick automaton
(Debian's python3-ahocorasick) for all keywords and context words, one expression a trigger, a row's pattern only where
its keyword or trigger is; length, digits, entropy, checksum and score on hits; texts in which nothing was found are remembered.

The rows are the host's own, as make_table.mjs wrote them. Where the host has 144 validators this has three: Luhn, mod 97,
and one weighted checksum that stands for all others. It leaves out decodings of long tokens, cutting of spans that
do not hold, and the resolution of overlaps.
"""

import json
import math
import re
from collections import Counter
from unicodedata import normalize

import ahocorasick

TRIGGERS = {
    "digits": ("0", re.compile(r"[+(]*\d(?:[ \-./()]{0,2}\d)*")),
    "word": ("0", re.compile(r"[A-Za-z0-9]+")),
    "iban": ("0", re.compile(r"\b[A-Za-z]{2}\d\d[A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*")),
    "at": ("@", re.compile(r"[^\s<>()\[\]{}\"'`,;|\\]*@[^\s<>()\[\]{}\"'`,;|\\]*")),
    "hex_groups": ("0", re.compile(r"[0-9a-fA-F]*[:.\-][0-9a-fA-F]*[:.\-][0-9a-fA-F:.\-]*")),
    "comma": (",", re.compile(r"[+-]?\d+\.?\d*\s*[,;]\s*[+-]?\d+\.?\d*")),
    "token": ("0", re.compile(r"[A-Za-z0-9+/=_.~-]{16,}")),
    "lower_words": (" ", re.compile(r"\b[a-z]+(?: [a-z]+){11,}\b")),
    "capital_words": (" ", re.compile(r"[A-Z]\w*(?: [a-z]{1,3})? [A-Z]\w*(?: [A-Z]\w*)*")),
}
THRESHOLD = 0.4
BY_LABEL = 0.6
CONTEXT_REACH = 48
BEFORE_KEYWORD = 64
LONGEST_CLEAN = 512
MOST_CLEAN = 4096

has_digit = re.compile(r"\d").search
digits_of = re.compile(r"\D").sub


def entropy(text):
    size = len(text)
    return -sum(n * math.log2(n / size) for n in Counter(text).values()) / size


def luhn(span):
    numbers = [int(c) for c in digits_of("", span)][::-1]
    return (sum(numbers[::2]) + sum(n * 2 - 9 if n > 4 else n * 2 for n in numbers[1::2])) % 10 == 0


def iban(span):
    text = span.replace(" ", "").replace("-", "").upper()
    return text.isalnum() and text.isascii() and int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def checksum(span):
    digits = sum(map(str.isdigit, span))
    return digits * 2 >= len(span) and sum(at * int(c, 36) for at, c in enumerate(span) if c.isalnum() and c.isascii()) % 11 == 0


VALIDATORS = {"luhn": luhn, "iban": iban, "checksum": checksum, None: None}


class Row:
    __slots__ = ("entity", "trigger", "pattern", "source", "least", "most", "least_digits", "most_digits", "validator", "entropy",
                 "score", "required", "reach")

    def __init__(self, fields):
        self.entity = fields["entity"].upper()
        self.trigger = fields["trigger"]
        self.source = fields["pattern"]
        self.pattern = None
        self.least, self.most = fields["length"]
        self.least_digits, self.most_digits = fields["digits"]
        self.validator = VALIDATORS[fields["validator"]]
        self.entropy = fields["entropy"]
        self.score = fields["score"] + fields["validated"]
        self.required = fields["required"]
        self.reach = fields["reach"]

    def spans(self, text, begin, end):
        if not self.source:
            yield begin, end
            return
        if self.pattern is None:
            self.pattern = re.compile(self.source)
        for match in self.pattern.finditer(text, begin, end):
            yield match.span(1) if self.pattern.groups and match.start(1) >= 0 else match.span()

    def holds(self, span):
        if not self.least <= len(span) <= self.most:
            return False
        if self.least_digits or self.most_digits < 1e9:
            if not self.least_digits <= len(digits_of("", span)) <= self.most_digits:
                return False
        if self.entropy and entropy(span) < self.entropy:
            return False
        return self.validator is None or self.validator(span)


class Detectors:
    def __init__(self, path):
        with open(path, "rb") as file:
            table = json.load(file)
        self.rows = [Row(fields) for fields in table["rows"]]
        self.automaton = ahocorasick.Automaton()
        for text, begins, ends, keyword_of, context_of in table["literals"]:
            self.automaton.add_word(text, (len(text), begins, ends, keyword_of, context_of))
        self.automaton.make_automaton()
        self.free = {trigger: [] for trigger in TRIGGERS}
        self.bound = {trigger: set() for trigger in [*TRIGGERS, "text"]}
        for at, row in enumerate(self.rows):
            if row.required and row.trigger != "keyword":
                self.bound[row.trigger].add(at)
            elif row.trigger in self.free:
                self.free[row.trigger].append(at)
        self.fitting = {}
        self.clean = set()

    def told(self, words):
        """Rows that have one of these words as their context."""
        return frozenset(row for *_, context_of in self.literals(words.lower()) for row in context_of)

    def literals(self, folded):
        for last, (length, begins, ends, keyword_of, context_of) in self.automaton.iter(folded):
            at = last + 1 - length
            if begins and at and folded[at - 1].isalnum() or ends and last + 1 < len(folded) and folded[last + 1].isalnum():
                continue
            yield at, keyword_of, context_of

    def fits(self, trigger, window):
        """Free rows that this window could hold a span of."""
        key = trigger, len(window), len(digits_of("", window))
        rows = self.fitting.get(key)
        if rows is None:
            _, size, digits = key
            whole = trigger == "word"
            rows = self.fitting[key] = [
                at for at in self.free[trigger] for row in (self.rows[at],)
                if size >= row.least and digits >= row.least_digits and
                (not whole or size <= row.most and digits <= row.most_digits)]
        return rows

    def find(self, text, told=frozenset()):
        """(begin, end, entity) of what is found; `told`: rows with a context word on the field."""
        if text in self.clean:
            return ()
        if not text.isascii():
            text = normalize("NFKC", text)
        folded = text.lower()
        found = []
        words = []
        for at, keyword_of, context_of in self.literals(folded):
            if context_of:
                words.append((at, context_of))
            for row in keyword_of:
                self.judge(row, text, max(0, at - BEFORE_KEYWORD), at + self.rows[row].reach, told, words, found)
        digit = has_digit(text)
        for trigger, (needs, windows) in TRIGGERS.items():
            if not digit if needs == "0" else needs not in text:
                continue
            bound = self.bound[trigger]
            for window in windows.finditer(text):
                begin, end = window.span()
                for row in self.fits(trigger, window[0]):
                    self.judge(row, text, begin, end, told, words, found)
                if bound:
                    near = bound & told if told else set()
                    for at, context_of in words:
                        if begin - CONTEXT_REACH <= at < end:
                            near = near.union(bound.intersection(context_of))
                    for row in near:
                        self.judge(row, text, begin, end, told, words, found)
        if told:
            for row in self.bound["text"] & told:
                self.judge(row, text, 0, len(text), told, words, found)
        if not found and not told and len(text) <= LONGEST_CLEAN:
            if len(self.clean) >= MOST_CLEAN:
                self.clean.clear()
            self.clean.add(text)
        return found

    def judge(self, at, text, begin, end, told, words, found):
        row = self.rows[at]
        for first, last in row.spans(text, begin, min(end, len(text))):
            if last <= first or not row.holds(text[first:last]):
                continue
            has_context = at in told or any(
                first - CONTEXT_REACH <= word < first and at in context_of for word, context_of in words)
            if row.required and not has_context:
                continue
            if row.score + (BY_LABEL if has_context else 0) >= THRESHOLD and row.entity != "ALLOWED":
                found.append((first, last, row.entity))
