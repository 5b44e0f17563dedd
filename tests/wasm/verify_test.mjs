// build/wasm/verify.wasm judges the certificates of a sandbox: every one is genuine on a test ledger, each
// change to one turns its verdict, and the command's answers are the same to the letter.
//
// usage: node verify_test.mjs MODULE SANDBOX_FOLDER TASDIQ_PROGRAM

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { load } from "./module.mjs";

const [modulePath, sandbox, program] = process.argv.slice(2);
const trustRootPath = join(sandbox, "trust-root.json");
const sizeGzipped = gzipSync(readFileSync(modulePath), { level: 9 }).length;
const sizeMax = 150_000;
console.log(`gzipped: ${sizeGzipped} bytes, ${(sizeGzipped / sizeMax).toFixed(2)} of what it may have`);
assert(sizeGzipped <= sizeMax);
const module = await load(modulePath);
const { exports } = module;
const now = BigInt(Math.floor(Date.now() / 1000));
const text = (string) => new TextEncoder().encode(string);

function loadTrustRoot(bytes, installed = 0) {
  return module.withBytes([bytes], (root) => exports.tasdiq_load(root, bytes.length, installed));
}

function verify(document, evidence, at = now) {
  const answered = module.withBytes([document, evidence], (d, e) =>
    exports.tasdiq_verify(d, document.length, e, evidence.length, at));
  assert.equal(answered, 1);
  const answer = module.read(exports.tasdiq_answer(), exports.tasdiq_answer_size());
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer));
}

const failures = ({ checks }) => checks.filter(({ result }) => result === "failed").map(({ check }) => check);

function certificates() {
  const folder = join(sandbox, "certificates");
  return readdirSync(folder).sort().map((serial) => ({
    path: join(folder, serial),
    credential: readFileSync(join(folder, serial, "credential.json")),
    evidence: readFileSync(join(folder, serial, "evidence.json")),
  }));
}

/** The command's own verdict, without what it says about the file. */
function verdictOfCommand(path) {
  const run = spawnSync(program, ["verify", "--json", "--trust-root", trustRootPath, path], { encoding: "utf8" });
  assert.equal(run.status, 3, `${path}: ${run.stdout}${run.stderr}`);
  return JSON.parse(run.stdout.trim().split("\n")[0]);
}

function checkGenuine(all) {
  for (const { path, credential, evidence } of all) {
    const verdict = verify(credential, evidence);
    assert.equal(verdict.headline, "authentic", `${path}: ${JSON.stringify(verdict)}`);
    assert.equal(verdict.answer, "test-ledger-only");
    assert.deepEqual(failures(verdict), []);
  }
  const { path, credential, evidence } = all[0];
  const mine = verify(credential, evidence);
  const theirs = verdictOfCommand(path);
  assert.equal(theirs.headline, mine.headline);
  assert.deepEqual(theirs.checks, mine.checks);
}

function checkChanged([{ credential, evidence }]) {
  const document = JSON.parse(credential);
  const changed = text(JSON.stringify({ ...document, awardedDate: "1999-01-01T00:00:00Z" }));
  const altered = verify(changed, evidence);
  assert.equal(altered.headline, "altered");
  assert.ok(failures(altered).length > 0);

  assert.equal(verify(credential, text("")).headline, "could-not-check");
  assert.notEqual(verify(text("{"), evidence).headline, "authentic");
  assert.notEqual(verify(text(""), text("")).headline, "authentic");

  // Every byte of the evidence matters, or is white space.
  const step = Math.max(1, Math.floor(evidence.length / 200));
  for (let place = 0; place < evidence.length; place += step) {
    const broken = Uint8Array.from(evidence);
    broken[place] ^= 1;
    assert.notEqual(verify(credential, broken).answer, "test-ledger-only", `evidence byte ${place}`);
  }
  assert.equal(verify(credential, evidence, now + 7n * 86400n).stale, true);
}

assert.equal(exports.tasdiq_abi_version(), 1);
assert.equal(module.withBytes([text("x")], (d) => exports.tasdiq_verify(d, 1, d, 1, now)), 0); // no trust root yet
assert.equal(loadTrustRoot(text("{}")), 0);
assert.equal(loadTrustRoot(readFileSync(trustRootPath)), 1);
const all = certificates();
assert.ok(all.length > 0);
checkGenuine(all);
checkChanged(all);
console.log(`${all.length} certificates`);
