// The crypto folder under wasm, against published vectors: RFC 8032 §7.1, FIPS 180-4's "abc", and, where
// the outside vectors are at hand, every case of Wycheproof and of C2SP's Ed25519 edge cases.
//
// usage: node crypto_test.mjs MODULE VECTORS_FOLDER

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "./module.mjs";

const [modulePath, vectors] = process.argv.slice(2);
const module = await load(modulePath);
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const text = (string) => new TextEncoder().encode(string);
const ED25519 = -8, ES256 = -7, ES384 = -35;

function verify(algorithm, key, message, signature, { uncompressed = 0, anyS = 0 } = {}) {
  return module.withBytes([key, message, signature], (k, m, s) =>
    module.exports.verify(algorithm, k, key.length, m, message.length, s, signature.length, uncompressed, anyS));
}

function hash(bits, message) {
  return module.withBytes([message, new Uint8Array(bits / 8)], (m, digest) => {
    module.exports.hash(bits, m, message.length, digest);
    return Buffer.from(module.read(digest, bits / 8)).toString("hex");
  });
}

function checkHashes() {
  assert.equal(hash(256, text("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(hash(384, text("abc")), "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed" +
    "8086072ba1e7cc2358baeca134c825a7");
  assert.equal(hash(512, text("abc")), "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" +
    "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

function checkRfc8032() {
  const key = bytes("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  const signature = bytes("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  assert.equal(verify(ED25519, key, bytes("af82"), signature), 0);
  assert.notEqual(verify(ED25519, key, bytes("af83"), signature), 0);
}

/** Strict as the ledger is: canonical A and R, neither of small order, no cofactor. */
function checkEdgeCases(folder) {
  const refused = ["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"];
  const cases = JSON.parse(readFileSync(join(folder, "ed25519-cctv/ed25519vectors.json")));
  let accepted = 0;
  for (const { number, key, sig, msg, flags } of cases) {
    const expected = !(flags ?? []).some((flag) => refused.includes(flag));
    const got = verify(ED25519, bytes(key), text(msg), bytes(sig)) === 0;
    assert.equal(got, expected, `Ed25519 edge case ${number} (${flags})`);
    accepted += got;
  }
  assert.ok(accepted > 0 && accepted < cases.length);
  return cases.length;
}

function checkWycheproof(folder, file, algorithm) {
  let count = 0;
  for (const group of JSON.parse(readFileSync(join(folder, "wycheproof", file))).testGroups) {
    const uncompressed = algorithm === ED25519 ? 0 : 1;
    const key = bytes(uncompressed ? group.publicKey.uncompressed : group.publicKey.pk);
    for (const { tcId, msg, sig, result } of group.tests) {
      const got = verify(algorithm, key, bytes(msg), bytes(sig), { uncompressed, anyS: 1 }) === 0;
      assert.equal(got, result === "valid", `${file} ${tcId}`);
      ++count;
    }
  }
  return count;
}

checkHashes();
checkRfc8032();
if (!existsSync(vectors)) {
  console.log("SKIPPED: the outside vectors are not at hand");
} else {
  const counts = [
    checkEdgeCases(vectors),
    checkWycheproof(vectors, "ed25519_test.json", ED25519),
    checkWycheproof(vectors, "ecdsa_secp256r1_sha256_p1363_test.json", ES256),
    checkWycheproof(vectors, "ecdsa_secp384r1_sha384_p1363_test.json", ES384),
  ];
  console.log(`${counts.reduce((sum, count) => sum + count)} vectors agree`);
}
