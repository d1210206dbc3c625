// The guides are plain pages with plain links: a click on one leaves the page at once.

const asText = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

const firstSentence = (text) => /^.*?\.(?= |$)/.exec(text)[0];

const frame = (title, content) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${asText(title)} · Desk</title>
    <link rel="icon" href="/assets/icon.svg">
    <link rel="stylesheet" href="/assets/desk.css">
  </head>
  <body class="guides">
    <header class="bar"><a class="brand" href="/tickets">Desk</a><nav aria-label="Main"><a href="/tickets">Tickets</a><a href="/guides" aria-current="page">Guides</a></nav></header>
    <main>
      ${content}
    </main>
  </body>
</html>
`;

export const guidesPage = (guides) =>
  frame(
    "Guides",
    `<h1>Guides</h1>
      <p class="lead">How we do things, one page each.</p>
      <ol class="cards">
        ${guides.map(({ title, text }, index) => `<li class="card"><a href="/guides/${index + 1}">${asText(title)}</a><p>${asText(firstSentence(text))}</p></li>`).join("\n        ")}
      </ol>`,
  );

/** Guide `number`, from 1; the last one links on to the first. */
export const guidePage = (guides, number) => {
  const { title, text } = guides[number - 1];
  return frame(
    title,
    `<p class="crumbs"><a href="/guides">All guides</a></p>
      <article class="card">
        <h1>${asText(title)}</h1>
        <p>${asText(text)}</p>
      </article>
      <nav aria-label="More guides"><a class="button" href="/guides/${(number % guides.length) + 1}">Next guide</a></nav>`,
  );
};
