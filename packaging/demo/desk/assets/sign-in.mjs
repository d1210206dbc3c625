// "Show password": the field's type changes while it holds a secret. A recorder that trusts the type leaks here.

const password = document.querySelector("#password");
const reveal = document.querySelector("#reveal");

reveal.addEventListener("click", () => {
  const shown = password.type === "text";
  password.type = shown ? "password" : "text";
  reveal.textContent = shown ? "Show password" : "Hide password";
  reveal.setAttribute("aria-pressed", String(!shown));
});
