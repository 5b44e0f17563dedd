// A document of ours, issued and verified by Digital Bazaar's libraries under a key of their own.
// usage: node peer_document.mjs CONTEXTS N < DOCUMENT     in a folder where the libraries are installed
//   CONTEXTS  data/contexts; N times each. Prints one JSON object: a second, by CPU time.
import { readFileSync } from "node:fs";
import path from "node:path";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

const [contexts, times] = process.argv.slice(2);
const readJson = (name) => JSON.parse(readFileSync(path.join(contexts, name), "utf8"));
const documents = new Map();
for (const line of readFileSync(path.join(contexts, "index.txt"), "utf8").trim().split("\n")) {
    const [url, file] = line.split(" ");
    documents.set(url, readJson(file));
}
const documentLoader = async (url) => {
    const document = documents.get(url);
    if (!document) throw new Error(`nothing is known at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
};

const key = await Ed25519Multikey.generate();
key.controller = `did:key:${key.publicKeyMultibase}`;
key.id = `${key.controller}#${key.publicKeyMultibase}`;
const method = { id: key.id, type: "Multikey", controller: key.controller, publicKeyMultibase: key.publicKeyMultibase };
documents.set(key.id, { "@context": "https://w3id.org/security/multikey/v1", ...method });
documents.set(key.controller, {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: key.controller, verificationMethod: [method], assertionMethod: [key.id],
});

const { proof: _, ...unsigned } = JSON.parse(readFileSync(0, "utf8"));
unsigned.issuer.id = key.controller;
const text = JSON.stringify(unsigned);
const issue = () => vc.issue({
    credential: JSON.parse(text), documentLoader,
    suite: new DataIntegrityProof({ signer: key.signer(), cryptosuite, date: "2026-06-30T00:00:00Z" }),
});
const verify = async (credential) => {
    const suite = new DataIntegrityProof({ cryptosuite });
    // Its status lists are nobody's business here.
    const checkStatus = async () => ({ verified: true });
    return (await vc.verifyCredential({ credential, suite, documentLoader, checkStatus })).verified;
};

async function rate(work) {
    for (let i = 0; i < 30; ++i) await work();
    const before = process.cpuUsage();
    for (let i = 0; i < Number(times); ++i) await work();
    const { user, system } = process.cpuUsage(before);
    return (Number(times) * 1e6) / (user + system);
}

const issued = JSON.stringify(await issue());
if (!await verify(JSON.parse(issued))) throw new Error("they refuse what they issued");
if (await verify({ ...JSON.parse(issued), name: { "@value": "another", "@language": "en" } })) throw new Error("they accept anything");
console.log(JSON.stringify({ issue: await rate(issue), verify: await rate(() => verify(JSON.parse(issued))) }));
