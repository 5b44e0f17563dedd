// @ts-check
// Other makers' libraries verify our credentials, and we theirs; each with documents that must fail.
// usage: node interop_test.mjs PROGRAMS SANDBOX
//   PROGRAMS  folder with tasdiq; SANDBOX made by `tasdiq sandbox`
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import { cryptosuite as ecdsaRdfc2019 } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import * as ecdsaSd2023 from "@digitalbazaar/ecdsa-sd-2023-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import * as eddsaJcs from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as eddsaRdfc2022 } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import * as statusList from "@digitalbazaar/vc-bitstring-status-list";
import { verifyCredential } from "@digitalcredentials/verifier-core";
import { startNode } from "../e2e/start_node.mjs";

const [programs, sandbox] = process.argv.slice(2);
const here = path.dirname(new URL(import.meta.url).pathname);
const contexts = path.join(here, "../../data/contexts");
const scratch = mkdtempSync(path.join(tmpdir(), "tasdiq-interop-"));
const serial = readdirSync(path.join(sandbox, "certificates")).sort()[0];

/** @param {string} file @returns {any} */
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const diploma = () => readJson(path.join(sandbox, "certificates", serial, "credential.json"));
/** A diploma to sign anew: whose issuer has no status lists. */
const unlisted = () => {
    const { credentialStatus, ...credential } = diploma();
    return credential;
};

// ------------------------------------------------------------------ what their libraries ask for
/** @type {Map<string, object>} */
const documents = new Map();
for (const line of readFileSync(path.join(contexts, "index.txt"), "utf8").trim().split("\n")) {
    const [url, file] = line.split(" ");
    documents.set(url, readJson(path.join(contexts, file)));
}

/** Nothing is fetched: what is not at hand is an error. @param {string} url */
async function documentLoader(url) {
    const document = documents.get(url) ?? documents.get(url.split("#")[0]);
    if (!document) throw new Error(`nothing is known at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
}

/** Makes a controller and its keys known. @param {any} controller */
function know(controller) {
    const context = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"];
    documents.set(controller.id, { "@context": context, ...controller });
    for (const method of controller.verificationMethod) {
        documents.set(method.id, { "@context": "https://w3id.org/security/multikey/v1", ...method });
    }
}

/** A key of theirs under its did:key. @param {any} key */
function asDidKey(key) {
    key.controller = `did:key:${key.publicKeyMultibase}`;
    key.id = `${key.controller}#${key.publicKeyMultibase}`;
    const method = { id: key.id, type: "Multikey", controller: key.controller, publicKeyMultibase: key.publicKeyMultibase };
    know({ id: key.controller, verificationMethod: [method], assertionMethod: [key.id] });
    return key;
}

/** Whether @digitalbazaar/vc accepts it, its status included. @param {object} credential @param {any} [cryptosuite] */
async function theyAccept(credential, cryptosuite = eddsaRdfc2022) {
    const suite = new DataIntegrityProof({ cryptosuite });
    // It says what the bits are, and leaves it to others what they mean.
    const checkStatus = async (/** @type {any} */ options) => {
        const result = await statusList.checkStatus({ ...options, suite, documentLoader });
        const isSet = result.results?.some((/** @type {any} */ one) => one.status);
        return { ...result, verified: result.verified && !isSet };
    };
    const { verified } = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus });
    return verified;
}

/** Runs our command. @param {string[]} args */
function tasdiq(...args) {
    const { status, stdout, stderr } = spawnSync(path.join(programs, "tasdiq"), args, { encoding: "utf8" });
    return { status, stdout, stderr };
}

/** @param {string} name @param {object} json */
function write(name, json) {
    const file = path.join(scratch, name);
    writeFileSync(file, JSON.stringify(json));
    return file;
}

/** Whether ours accepts it. @param {object} credential */
function weAccept(credential) {
    const { status, stderr } = tasdiq("credential", "verify", write("theirs.json", credential));
    assert.ok(status === 0 || status === 1, stderr);
    return status === 0;
}

/** A credential as our command signs it with a did:key. @param {any} credential */
function signedByUs(credential) {
    const key = path.join(sandbox, "keys", readdirSync(path.join(sandbox, "keys")).find((name) => name.endsWith("-assertion.key")) ?? "");
    const { proof, ...unsecured } = credential;
    const sign = () => tasdiq("credential", "sign", "--key", key, write("ours.json", unsecured));
    // The issuer is the key: its name is known once it has signed.
    const first = sign();
    assert.equal(first.status, 0, first.stderr);
    const method = JSON.parse(first.stdout).proof.verificationMethod;
    const [did, multikey] = method.split("#");
    unsecured.issuer = { ...unsecured.issuer, id: did };
    const second = sign();
    assert.equal(second.status, 0, second.stderr);
    know({
        id: did, assertionMethod: [method],
        verificationMethod: [{ id: method, type: "Multikey", controller: did, publicKeyMultibase: multikey }],
    });
    return JSON.parse(second.stdout);
}

/** A diploma with forty courses: what a transcript lists. */
function transcript() {
    const credential = unlisted();
    credential.credentialSubject.courses = Array.from({ length: 40 }, (_, i) => ({
        code: `INF${101 + (i % 20)}`, credits: { system: "ECTS", value: "3" },
        title: { nameAr: "خوارزميات", nameEn: "Algorithms", nameFr: "Algorithmique" },
    }));
    return credential;
}

/** Each changes one thing that a verifier of RDF must see. @type {Record<string, (credential: any) => void>} */
const changes = {
    "a name": (c) => { c.credentialSubject.nameLatn[0] += "x"; },
    "an Arabic letter": (c) => { c.credentialSubject.nameArab[0] = `آ${c.credentialSubject.nameArab[0].slice(1)}`; },
    "a direction": (c) => { c["@context"][2].nameAr["@direction"] = "ltr"; },
    "a byte of the proof": (c) => { c.proof.proofValue = c.proof.proofValue.replace(/.$/, (/** @type {string} */ last) => (last === "1" ? "2" : "1")); },
    "the time of signing": (c) => { c.proof.created = "2020-01-01T00:00:00Z"; },
    "the issuer's key": (c) => { c.proof.verificationMethod = c.proof.verificationMethod.replace(/.$/, "9"); },
    "a term that no context knows": (c) => { delete c["@context"][2]["@vocab"]; },
};

/** @type {any} */
let child;
let base = "";

/** The status lists of a credential, as the node has them now. @param {any} credential */
async function learnLists(credential) {
    for (const { statusListCredential } of credential.credentialStatus) {
        const response = await fetch(base + new URL(statusListCredential).pathname);
        assert.equal(response.status, 200);
        assert.equal(response.headers.get("content-type"), "application/vc");
        documents.set(statusListCredential, await response.json());
    }
}

before(async () => {
    const node = startNode(programs, sandbox);
    child = node.child;
    base = await node.address;
    const id = diploma().issuer.id; // did:web:host:i:number
    const response = await fetch(`${base}/i/${id.split(":").at(-1)}/did.json`);
    assert.equal(response.status, 200);
    know(await response.json());
    await learnLists(diploma());
});
after(() => {
    child?.kill();
    rmSync(scratch, { recursive: true });
});

test("@digitalbazaar/vc accepts a diploma of the ledger", async () => {
    assert.ok(await theyAccept(diploma()));
});

for (const [what, change] of Object.entries(changes)) {
    test(`@digitalbazaar/vc refuses it when one changes ${what}`, async () => {
        const credential = diploma();
        change(credential);
        assert.equal(await theyAccept(credential), false);
    });
}

test("@digitalbazaar/vc accepts a transcript of forty courses, and no other course", async () => {
    const credential = signedByUs(transcript());
    assert.ok(await theyAccept(credential));
    credential.credentialSubject.courses[39].credits.value = "4";
    assert.equal(await theyAccept(credential), false);
});

// ------------------------------------------------------------------ status lists
test("@digitalbazaar/vc-bitstring-status-list sees what is suspended and revoked, and nothing else", async () => {
    const certificates = path.join(sandbox, "certificates");
    const institution = diploma().issuer.id;
    const [mine, other] = readdirSync(certificates).sort().slice(1)
        .map((name) => ({
            credential: readJson(path.join(certificates, name, "credential.json")),
            index: readJson(path.join(certificates, name, "evidence.json")).certificate.index,
        }))
        .filter(({ credential }) => credential.issuer.id === institution);
    const batch = path.join(sandbox, "batches", serial.split("-")[0].toLowerCase());
    const key = (/** @type {string} */ role) => path.join(sandbox, "keys", `${path.basename(batch)}-${role}.key`);
    const change = (/** @type {string} */ word) => {
        const { status, stderr } = tasdiq(
            "status", word, String(mine.index), "--member", institution.split(":").at(-1), "--node", base,
            "--sign", key("dean"), "--sign", key("registrar"), "--yes", "--lists", batch, "--assertion-key", key("assertion"));
        assert.equal(status, 0, stderr);
    };
    /** Their answer about one list: undefined where they do not believe it. @param {any} credential @param {number} which */
    const bit = async (credential, which) => {
        const suite = new DataIntegrityProof({ cryptosuite: eddsaRdfc2022 });
        const one = { ...credential, credentialStatus: credential.credentialStatus[which] };
        const { verified, results } = await statusList.checkStatus({ credential: one, suite, documentLoader });
        return verified ? results[0].status : undefined;
    };
    const bits = async (/** @type {any} */ credential) => [await bit(credential, 0), await bit(credential, 1)];
    const revoked = [true, false], suspended = [false, true], none = [false, false];
    const steps = { suspend: suspended, reinstate: none, revoke: revoked };

    assert.deepEqual(await bits(mine.credential), none);
    for (const [word, expected] of Object.entries(steps)) {
        change(word);
        await learnLists(mine.credential);
        assert.deepEqual(await bits(mine.credential), expected, word);
        assert.deepEqual(await bits(other.credential), none, word);
        assert.equal(await theyAccept(mine.credential), expected === none, word);
        assert.ok(await theyAccept(other.credential));
    }
    // What was published is there after the node was killed.
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const again = startNode(programs, sandbox);
    child = again.child;
    base = await again.address;
    await learnLists(mine.credential);
    assert.deepEqual(await bits(mine.credential), revoked);
    // Who changes the list, or gives another for it, is not believed.
    const url = mine.credential.credentialStatus[0].statusListCredential;
    const list = /** @type {any} */ (documents.get(url));
    const empty = /** @type {any} */ (documents.get(mine.credential.credentialStatus[1].statusListCredential));
    const forged = structuredClone(list);
    forged.credentialSubject.encodedList = empty.credentialSubject.encodedList;
    for (const wrong of [forged, empty]) {
        documents.set(url, wrong);
        assert.equal(await bit(mine.credential, 0), undefined);
        assert.equal(await theyAccept(mine.credential), false);
    }
    documents.set(url, list);
});

test("@digitalcredentials/verifier-core accepts a signed diploma, and no other", async (t) => {
    // It would fetch JSON schemas, and says at length that it could not; that is not what is asked of it.
    t.mock.method(globalThis, "fetch", async () => { throw new Error("no network"); });
    t.mock.method(console, "error", () => {});
    t.mock.method(console, "log", () => {});
    const credential = signedByUs(unlisted());
    const valid = async () => {
        const { log } = await verifyCredential({ credential, knownDIDRegistries: [] });
        return log?.find((/** @type {{id: string}} */ step) => step.id === "valid_signature")?.valid === true;
    };
    assert.ok(await valid());
    credential.credentialSubject.nameEn = "x";
    credential.awardedDate = "2020-06-30T00:00:00Z";
    assert.equal(await valid(), false);
});

/** Their suites, and what signs with them. @type {[string, () => Promise<any>, any][]} */
const theirs = [
    ["eddsa-rdfc-2022", () => Ed25519Multikey.generate(), eddsaRdfc2022],
    ["eddsa-jcs-2022", () => Ed25519Multikey.generate(), eddsaJcs.createSignCryptosuite?.() ?? eddsaJcs.cryptosuite],
    ["ecdsa-rdfc-2019 on P-256", () => EcdsaMultikey.generate({ curve: "P-256" }), ecdsaRdfc2019],
    ["ecdsa-rdfc-2019 on P-384", () => EcdsaMultikey.generate({ curve: "P-384" }), ecdsaRdfc2019],
];
for (const [name, generate, cryptosuite] of theirs) {
    test(`we accept ${name} by @digitalbazaar/vc, and refuse it altered`, async () => {
        const key = asDidKey(await generate());
        const { proof, ...credential } = unlisted();
        credential.issuer = { ...credential.issuer, id: key.controller };
        const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite });
        const signed = await vc.issue({ credential, suite, documentLoader });
        assert.ok(weAccept(signed));
        signed.credentialSubject.nameLatn[0] += "x";
        assert.equal(weAccept(signed), false);
    });
}

// ------------------------------------------------------------------ ecdsa-sd-2023
const mandatory = ["/issuer", "/validFrom"];
// No pointer into an array of one text: theirs makes documents compact first, and then it is no array.
const selections = {
    "a name": ["/credentialSubject/nameLatn"],
    "an Arabic name, and the achievement's": ["/credentialSubject/nameArab", "/credentialSubject/achievement/nameAr"],
    "what is nested, and one of several": ["/credentialSubject/achievement/criteria", "/type", "/credentialSubject/identifier/1"],
    "everything": ["/credentialSubject", "/name", "/awardedDate"],
};

/** A new P-256 key that both sides have, and a diploma by it. */
async function selectiveDiploma() {
    const key = asDidKey(await EcdsaMultikey.generate({ curve: "P-256" }));
    const file = write("p256.json", await key.export({ secretKey: true }));
    const { proof, ...credential } = unlisted();
    credential.issuer = { ...credential.issuer, id: key.controller };
    return { key, file, credential };
}

/** @param {string[]} args */
function printed(...args) {
    const { status, stdout, stderr } = tasdiq(...args);
    assert.equal(status, 0, stderr + stdout);
    return JSON.parse(stdout);
}

/** Base proofs. @type {Record<string, (made: any) => Promise<any>>} */
const bases = {
    ours: async ({ file, credential }) =>
        printed("credential", "sign", "--key", file, "--suite", "ecdsa-sd-2023", ...mandatory.flatMap((one) => ["--mandatory", one]), write("bare.json", credential)),
    theirs: async ({ key, credential }) => {
        const cryptosuite = ecdsaSd2023.createSignCryptosuite({ mandatoryPointers: mandatory });
        return vc.issue({ credential, suite: new DataIntegrityProof({ signer: key.signer(), cryptosuite }), documentLoader });
    },
};

/** Derived proofs. @type {Record<string, (base: any, pointers: string[]) => Promise<any>>} */
const derivations = {
    ours: async (base, pointers) =>
        printed("credential", "derive", ...pointers.flatMap((one) => ["--reveal", one]), write("base.json", base)),
    theirs: async (base, pointers) => {
        const cryptosuite = ecdsaSd2023.createDiscloseCryptosuite({ selectivePointers: pointers });
        return vc.derive({ verifiableCredential: base, suite: new DataIntegrityProof({ cryptosuite }), documentLoader });
    },
};

const theyAcceptDerived = (/** @type {any} */ credential) => theyAccept(credential, ecdsaSd2023.createVerifyCryptosuite());

for (const [issuer, makeBase] of Object.entries(bases)) {
    for (const [holder, derive] of Object.entries(derivations)) {
        test(`ecdsa-sd-2023: base proof ${issuer}, derived proof ${holder}; both accept it, and no other`, async () => {
            const base = await makeBase(await selectiveDiploma());
            assert.equal(weAccept(base), false);
            assert.equal(await theyAcceptDerived(base), false);
            for (const [what, pointers] of Object.entries(selections)) {
                const shown = await derive(base, pointers);
                assert.ok(weAccept(shown), what);
                assert.ok(await theyAcceptDerived(shown), what);
                const forged = structuredClone(shown);
                forged.validFrom = "2020-06-30T00:00:00Z";
                assert.equal(weAccept(forged), false, what);
                assert.equal(await theyAcceptDerived(forged), false, what);
            }
        });
    }
}
