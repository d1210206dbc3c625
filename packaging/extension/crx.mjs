// CRX3: the archive that Chromium's kin install, signed with a key whose public half is the extension's id.
// The form is components/crx_file/crx3.proto of Chromium. A PKCS #1 signature has no chance in it, so the same archive and
// key give the same bytes.

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** A new signing key, as PEM. */
export const newKey = () =>
  generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey.export({ type: "pkcs8", format: "pem" });

/** The public half of a key: what manifest.json calls `key`, and the id that Chromium derives from it. */
export function identityOf(pem) {
  const der = createPublicKey(pem).export({ type: "spki", format: "der" });
  const id = crxId(der).toString("hex").replace(/./g, letter);
  return { id, key: der.toString("base64") };
}

/** Signs `zip`. */
export function signCrx(zip, pem) {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "rsa") throw new Error("the extension's key has to be an RSA key");
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  const signedData = field(1, crxId(der));
  const signature = sign(
    "sha256",
    Buffer.concat([Buffer.from("CRX3 SignedData\x00"), uint32(signedData.length), signedData, zip]),
    key,
  );
  const proof = Buffer.concat([field(1, der), field(2, signature)]);
  const header = Buffer.concat([field(2, proof), field(10000, signedData)]);
  return Buffer.concat([Buffer.from("Cr24"), uint32(3), uint32(header.length), header, zip]);
}

const crxId = (der) => createHash("sha256").update(der).digest().subarray(0, 16);

/** Ids are written in letters from a to p, so that no one takes them for addresses. */
const letter = (digit) => String.fromCharCode("a".charCodeAt(0) + Number.parseInt(digit, 16));

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Protocol buffers: a field of bytes (wire type 2). */
const field = (number, bytes) => Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);

function varint(value) {
  const bytes = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest >>>= 7)
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  return Buffer.from(bytes);
}
