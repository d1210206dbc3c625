#!/usr/bin/env python3
"""Makes events.jsonl: one wire event a line, as the extension would send them of a day at an invented support desk.

People, companies and addresses are put together from lists of things; no domain here can be registered (RFC 2606). The
seed is fixed, so that the same file comes out every time. Six digits that begin with 7 number a record (an order, a
ticket), and the last four digits of a document are 0000: ../frames.cpp varies both each time it goes through the corpus.
"""

import hashlib
import json
import random
from pathlib import Path

EVENTS = 600
DESK = "https://desk.corp.example"
CRM = "https://crm.corp.example"
PAGE = "body.theme-light.density-compact > div#app > div.layout-two-columns > div.content-pane"

FIRST = "Amber Basil Clover Dale Ember Fern Garnet Hazel Iris Jasper Laurel Olive Pearl Robin Sage Willow".split()
LAST = "Anvil Barrow Candle Drawbridge Eaves Furnace Gable Hinge Kettle Lantern Mantel Oar Pulley Rafter Thimble".split()
FIRMS = "orchard harbour quarry bakery foundry nursery brewery printworks tannery glasshouse".split()
THINGS = "desk lamp,office chair,standing desk,monitor arm,label printer,key cabinet,whiteboard,filing trolley".split(",")
STATES = ["Open", "Waiting", "Solved", "Closed"]
REASONS = ["Damaged in transit", "Wrong article", "Late delivery", "Changed mind", "Billing error"]
SENTENCES = [
    "The {thing} of order {record} arrived with a broken corner, and the customer would like another one.",
    "I have looked into it: the parcel left us on Monday and is waiting at the depot in the next town.",
    "We refund {amount} to the card that was used; it takes up to five days until the bank shows it.",
    "{person} called again about order {record} and asks whether the {thing} can come before Friday.",
    "Please keep the old {thing} until the carrier has picked it up, and do not throw the box away.",
    "The address on the invoice was an old one; it is corrected now and a new invoice is on its way.",
    "Thank you for the photos. They are enough for the carrier, so nothing more is needed from you.",
    "Asked the warehouse to look for serial number {record} on shelf {amount}, no answer so far.",
    "Second reminder. If nobody answers by tomorrow this goes to the team lead with all that we have.",
]
VERBS = ["Assign", "Export", "Merge", "Filter", "Sort", "Group", "Archive", "Print", "Duplicate", "Watch", "Share", "Lock"]
NOUNS = ["tickets", "orders", "invoices", "contacts", "shipments", "returns", "queues", "articles", "contracts", "reports",
         "templates", "suppliers", "warranties", "callbacks"]
SEARCHES = ["order {record}", "{thing} {firm}", "{person}", "late {thing}", "invoice {record}"]


def built(name):
    """A class as the build of a component library names it: the same for the same element, like no other."""
    return f"{name.split()[0]}_{hashlib.sha256(name.encode()).hexdigest()[:5]}"


class Desk:
    """A session: pages with their elements, and somebody who goes through them."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.events = []
        self.document = None
        self.tab = 1
        self.person = None
        self.record = None

    # --- words

    def pick(self, items):
        return self.random.choice(items)

    def fill(self, text):
        return text.format(thing=self.pick(THINGS), firm=self.firm, person=self.person, record=self.record,
                           amount=f"{self.random.randint(5, 480)}.{self.random.randint(0, 99):02}")

    def text(self, sentences):
        return " ".join(self.fill(sentence) for sentence in self.random.choices(SENTENCES, k=sentences))

    def next_case(self):
        self.person = f"{self.pick(FIRST)} {self.pick(LAST)}"
        self.firm = self.pick(FIRMS)
        self.email = f"{self.person.lower().replace(' ', '.')}@{self.firm}.example"
        self.record = self.random.randint(700000, 799999)

    # --- events

    def emit(self, kind, url, **rest):
        self.events.append({"kind": kind, "document": self.document, "n": self.n, "tab": self.tab, "frame": 0,
                            "url": url, **rest})
        self.n += 1

    def open(self, url, how="load"):
        if how != "same_document":
            self.document = f"{self.random.getrandbits(48):012x}0000"
            self.n = 0
        self.url = url
        self.emit("navigate", url, navigation=how)

    def target(self, role, name, tag, path, element=None, kind=None, content=False):
        box = [self.random.randint(8, 1100), self.random.randint(60, 760), self.random.randint(40, 420), 32]
        target = {"role": role, "name": name}
        if content:
            target["content"] = True
        target["tag"] = tag
        if kind:
            target["type"] = kind
        by_name = name[:80]
        selectors = [[f"aria/{by_name}[role=\"{role}\"]"]]
        if element:
            selectors.append([f"#{element}"])
        selectors.append([f"[data-testid=\"{element or role}-{tag}\"]"])
        css_class = element or built(tag if content else name)
        selectors.append([f"{PAGE} > {path} > {tag}.{css_class}:nth-child({self.random.randint(1, 9)})"])
        if not element:
            selectors.append([f"text/{by_name}"])
        target["selectors"] = selectors
        target["box"] = box
        return target

    def click(self, role, name, tag, path, **rest):
        self.emit("click", self.url, target=self.target(role, name, tag, path, **rest))

    def type(self, name, element, field_class, text, tag="input", kind="text", rule=None, level="placeholder"):
        value = {"class": field_class, "disclosure": level}
        if level in ("placeholder", "clear"):
            value["text"] = text
        elif level == "shape":
            value["shape"] = {"length": "9-16", "characters": ["digits", "punctuation"], "lines": "one"}
        role = "searchbox" if field_class == "search" else "textbox"
        target = self.target(role, name, tag, "main > form.case-form > div.field:nth-child(4) > label", element=element,
                             kind=None if tag == "textarea" else kind)
        self.emit("input", self.url, **({"rule": rule} if rule else {}), target=target, value=value)

    def choose(self, name, element, options):
        target = self.target("combobox", name, "select", "main > form.case-form > div.field:nth-child(2)", element=element)
        self.emit("select", self.url, target=target,
                  value={"class": "choice", "disclosure": "clear", "options": [self.pick(options)]})

    def check(self, name, element):
        target = self.target("checkbox", name, "input", "main > form.case-form > fieldset.options", element=element,
                             kind="checkbox")
        self.emit("check", self.url, target=target,
                  value={"class": "toggle", "disclosure": "clear", "checked": self.random.random() < 0.7})

    def submit(self, name):
        self.emit("submit", self.url, target=self.target("form", name, "form", "main", element="case-form"))

    # --- what people do

    def answer_ticket(self):
        self.open(f"{DESK}/tickets")
        self.type("Search tickets", "ticket-search", "search", self.fill(self.pick(SEARCHES)), kind="search")
        row = f"{self.record} {self.pick(THINGS)}, {self.person} of {self.firm}: {self.text(1)}"
        self.click("link", row, "a", "main > table.tickets > tbody > tr:nth-child(4) > td.subject", content=True)
        self.open(f"{DESK}/tickets/{self.record}")
        self.click("tab", "Conversation", "button", "main > div.ticket > div[role=tablist]")
        self.type("Reply", "reply", "text", self.text(self.random.randint(11, 24)), tag="textarea")
        self.choose("Status", "status", STATES)
        if self.random.random() < 0.5:
            self.check("Notify the customer by mail", "notify")
        self.click("button", "Send reply", "button", "main > form.case-form > div.actions", element="send", kind="submit")
        self.submit("Reply")

    def open_ticket(self):
        self.open(f"{DESK}/tickets/new", self.pick(["load", "same_document"]))
        self.type("Subject", "subject", "text", self.fill(self.pick(SEARCHES)), rule="input[name=subject]", level="clear")
        self.type("Customer email", "customer-email", "email", self.email, kind="email")
        self.type("Description", "description", "text", self.text(self.random.randint(11, 24)), tag="textarea")
        self.choose("Reason", "reason", REASONS)
        self.click("button", "Create ticket", "button", "main > form.case-form > div.actions", element="create", kind="submit")
        self.submit("New ticket")

    def refund_order(self):
        self.open(f"{CRM}/customers/{self.record}/orders", self.pick(["load", "reload", "back_forward"]))
        self.click("row", f"Order {self.record}, {self.person} of {self.firm}. {self.text(1)}", "tr",
                   "main > section.orders > table > tbody", content=True)
        self.click("button", "Refund this order", "button", "main > aside.order-panel > div.actions", element="refund")
        self.type("Amount", "amount", "number", "", kind="number", level="shape")
        self.type("Date of the refund", "refund-date", "date", "", kind="date", level="shape")
        self.type("Phone", "phone", "phone", f"+00 555 {self.random.randint(100000, 699999)}", kind="tel")
        self.choose("Reason", "reason", REASONS)
        self.type("Note for accounting", "note", "text", self.text(self.random.randint(6, 14)), tag="textarea")
        if self.random.random() < 0.2:
            self.type("Your PIN", "pin", "password", "", kind="password", level="withheld")
        self.click("button", "Confirm refund", "button", "div[role=dialog] > footer > div.actions", element="confirm")
        self.click("status", f"Refund for {self.person} is on its way", "p", "div.toasts > div.toast")

    def look_around(self):
        self.open(f"{CRM}/customers")
        self.type("Find a customer", "customer-search", "search", self.person, kind="search")
        self.click("link", f"{self.person}, {self.firm}", "a", "main > ul.results > li:nth-child(2)", content=True)
        self.open(f"{CRM}/customers/{self.record}")
        for tab in self.random.sample(["Orders", "Invoices", "Contact details", "History of changes", "Notes"], 3):
            self.click("tab", tab, "button", "main > div.customer > div.tabs[role=tablist]")
        self.click("link", f"Write to {self.email}", "a", "main > div.customer > dl.contact > dd.email")

    def tidy_up(self):
        noun = self.pick(NOUNS)
        self.open(f"{self.pick([DESK, CRM])}/{noun}/{self.pick(['board', 'list', 'archive', str(self.record)])}")
        for verb in self.random.sample(VERBS, 4):
            name = f"{verb} {noun}"
            path = f"main > section.{built(noun + ' pane')} > div.{built(noun + ' tools')}"
            if self.random.random() < 0.3:
                self.check(f"{name} of {self.pick(NOUNS)}", built(name))
            elif self.random.random() < 0.4:
                self.choose(f"{name} by", built(name + " by"), NOUNS)
            else:
                role, tag = self.pick([("button", "button"), ("menuitem", "li"), ("link", "a"), ("tab", "div")])
                self.click(role, name, tag, path)

    def work(self, events):
        tasks = [self.answer_ticket, self.open_ticket, self.refund_order, self.look_around, self.tidy_up, self.tidy_up]
        while len(self.events) < events:
            self.next_case()
            self.tab = self.random.randint(1, 3)
            self.pick(tasks)()
        return self.events[:events]


lines = [json.dumps(event, ensure_ascii=False, separators=(",", ":")) for event in Desk(seed=3).work(EVENTS)]
Path(__file__).with_name("events.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
