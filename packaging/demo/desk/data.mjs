// What is in the desk when it opens, and the few things that can be done to it. Every name and address is made up.

const TICKETS = [
  ["Invoice shows the old address", "anna.berg@lindqvist.example", "Billing", "Normal", "Open", "2026-11-30"],
  ["Cannot export the yearly report", "r.okafor@halden.example", "Reports", "High", "Open", "2026-11-26"],
  ["Two seats charged instead of one", "li.wen@orchard.example", "Billing", "High", "Waiting", "2026-11-27"],
  ["How do I invite a colleague?", "m.duarte@solmar.example", "Account", "Low", "Open", "2026-12-04"],
  ["Sync with the calendar stopped", "t.novak@brightwell.example", "Integrations", "Normal", "Waiting", "2026-12-01"],
  ["Request for a data copy", "j.hart@northgate.example", "Account", "Normal", "Open", "2026-12-10"],
  ["Dark mode makes the chart unreadable", "s.ito@kumo.example", "Reports", "Low", "Closed", "2026-11-18"],
];

const PEOPLE = [
  ["Ines Calder", "Support lead", "58,400"],
  ["Jonas Weil", "Support agent", "44,900"],
  ["Priya Raman", "Support agent", "45,300"],
  ["Tomas Lind", "Billing specialist", "47,100"],
];

const GUIDES = [
  [
    "Correcting an address on an invoice",
    "Open the ticket, check who asks, then correct the address under Billing. The customer gets a new invoice within the hour.",
  ],
  [
    "Giving a refund",
    "Refunds up to one month need no second pair of eyes. Anything above goes to a billing specialist.",
  ],
  [
    "When an export fails",
    "Ask for the size of the report first. Above fifty thousand rows the export arrives by mail.",
  ],
  ["Inviting colleagues", "The owner of an account invites; everyone else asks the owner."],
  [
    "Copies of a customer's data",
    "Confirm the identity on the phone number that we hold. A copy is due within thirty days.",
  ],
  [
    "Closing a ticket well",
    "Say what was done, say what happens next, and close. A closed ticket opens again with any reply.",
  ],
];

const STATUSES = ["Open", "Waiting", "Closed"];

export function newDesk() {
  const tickets = TICKETS.map(([subject, customer, category, priority, status, due], index) => ({
    number: 101 + index,
    subject,
    customer,
    category,
    priority,
    status,
    due,
    description: `${subject}.`,
    copy: false,
    replies: [],
  }));
  return {
    tickets,
    people: PEOPLE.map(([name, role, salary]) => ({ name, role, salary })),
    guides: GUIDES.map(([title, text]) => ({ title, text })),

    open({ subject, customer, category, priority, due, description, copy }, agent) {
      const ticket = {
        number: 101 + tickets.length,
        subject,
        customer,
        category,
        priority,
        status: "Open",
        due,
        description,
        copy: Boolean(copy),
        openedBy: agent.name,
        replies: [],
      };
      tickets.push(ticket);
      return ticket;
    },
    change(ticket, { status }) {
      if (STATUSES.includes(status)) ticket.status = status;
      return ticket;
    },
    reply(ticket, { text }, agent) {
      ticket.replies.push({ by: agent.name, text });
      return ticket;
    },
  };
}
