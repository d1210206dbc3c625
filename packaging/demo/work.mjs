// A piece of a support agent's day, done with mouse and keyboard: what the demo shows and the end-to-end test expects.

/**
 * @param {import("./harness/person.mjs").Person} person on Desk's sign-in page
 * @param {object} options
 * @param {string} options.password
 * @param {(name: string) => Promise<void>} [options.picture]
 * @param {() => Promise<void>} [options.look] at a page that has changed, as people do before they go on
 */
export async function work(person, { password, picture = async () => {}, look = async () => {} }) {
  await person.type("Work email", "sam.rivers@corp.test");
  await person.type("Password", password);
  await person.click("button", "Show password");
  await person.see("button", "Hide password");
  await look();
  await person.click("textbox", "Password");
  await person.submitToNextPage();

  await person.see("link", "Two seats charged instead of one");
  await look();
  await picture("tickets");
  await person.click("link", "New ticket");

  await person.type("Subject", "Refund for a double charge");
  await person.type("Customer email", "kim.lee@orchard.example");
  await person.choose("Category", "Billing");
  await person.click("radio", "High");
  await person.date("Due date", "2026-12-04");
  await person.type("What happened", "Kim Lee was charged twice, call +44 20 7946 0018.");
  await person.click("checkbox", "Send the customer a copy");
  await picture("new-ticket");
  await person.click("button", "Create ticket");

  await person.see("heading", "Refund for a double charge");
  await look();
  await person.choose("Status", "Waiting");
  await person.type("Reply", "The refund is on its way.");
  await person.click("button", "Send reply");
  await picture("ticket");

  // Human resources: excluded by the policy, and reached without a page load.
  await person.click("link", "People");
  await person.type("Person", "Ines Calder");
  await person.type("Reason for leave", "Surgery");
  await person.click("button", "Note leave");
  await picture("people-not-recorded");

  await person.follow("link", "Guides");
  await person.follow("link", "Giving a refund");
  await person.follow("link", "Tickets");
  await person.see("link", "Refund for a double charge");
  await look();
  await person.click("link", "Refund for a double charge");
  await person.see("heading", "Refund for a double charge");
  await look();
  await person.follow("button", "Sign out");
}
