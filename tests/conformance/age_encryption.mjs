// npm's age-encryption as a command, so that the conformance test can hand it files:
//   node age_encryption.mjs recipient IDENTITY              prints the recipient
//   node age_encryption.mjs encrypt [--armor] IN OUT TO...  TO: a recipient, or passphrase:TEXT
//   node age_encryption.mjs decrypt IN OUT WITH...          WITH: an identity, or passphrase:TEXT
import { webcrypto } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";

// Node 18 has Web Crypto, but not yet as a global; the library looks for the global when it loads.
globalThis.crypto ??= webcrypto;
const { Decrypter, Encrypter, armor, identityToRecipient } = await import("age-encryption");

const passphrasePrefix = "passphrase:";
const lightWork = 10; // log2 of scrypt's N: the format is tested, not the guessing

async function encrypt(args) {
  const armored = args[0] === "--armor";
  const [input, output, ...recipients] = armored ? args.slice(1) : args;
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(lightWork);
  for (const recipient of recipients) {
    if (recipient.startsWith(passphrasePrefix)) encrypter.setPassphrase(recipient.slice(passphrasePrefix.length));
    else encrypter.addRecipient(recipient);
  }
  const file = await encrypter.encrypt(await readFile(input));
  await writeFile(output, armored ? armor.encode(file) : file);
}

async function decrypt([input, output, ...identities]) {
  const decrypter = new Decrypter();
  for (const identity of identities) {
    if (identity.startsWith(passphrasePrefix)) decrypter.addPassphrase(identity.slice(passphrasePrefix.length));
    else decrypter.addIdentity(identity);
  }
  const bytes = await readFile(input);
  const armored = bytes[0] === "-".charCodeAt(0);
  await writeFile(output, await decrypter.decrypt(armored ? armor.decode(bytes.toString("latin1")) : bytes));
}

const [command, ...args] = process.argv.slice(2);
if (command === "recipient") console.log(await identityToRecipient(args[0]));
else if (command === "encrypt") await encrypt(args);
else if (command === "decrypt") await decrypt(args);
else throw new Error(`there is no command ${command}`);
