// @ts-check
// Random documents, expanded and canonized by npm's jsonld and by us: the same, or refused by both.
// usage: node differential_test.mjs LD_ANSWERS [--documents N] [--seed S] [--keep-going]
//   S, S+1 … are the documents: `--documents 1 --seed S` shows the one that a failure names.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { parseArgs } from "node:util";
import jsonld from "jsonld";
import ContextResolver from "jsonld/lib/ContextResolver.js";
import * as rdfCanonize from "rdf-canonize";
import { findDeviation, withImports, withoutEmpty } from "./deviations.mjs";
import { randomDocument, remoteContexts } from "./random_documents.mjs";
import { repaired } from "./repairs.mjs";

const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        documents: { type: "string", default: "5000" },
        seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
        "keep-going": { type: "boolean", default: false },
    },
});

/** @typedef {string | {refused: string}} Answer */
/** @typedef {Record<"expanded" | "standard" | "safe", Answer>} Answers */

// ------------------------------------------------------------------ ours
/** Our program: documents go in, answers come out, in the same order. */
class Ours {
    /** @param {string} program */
    constructor(program) {
        this.folder = mkdtempSync(path.join(tmpdir(), "tasdiq-differential-"));
        const contexts = path.join(this.folder, "contexts.json");
        writeFileSync(contexts, JSON.stringify(remoteContexts));
        this.child = spawn(program, [contexts], { stdio: ["pipe", "pipe", "inherit"] });
        this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    }
    /** @param {any[]} documents @returns {Promise<Answers[]>} */
    async answer(documents) {
        this.child.stdin.write(documents.map((one) => `${JSON.stringify(one)}\n`).join(""));
        const answers = [];
        for (const document of documents) {
            const { value, done } = await this.lines.next();
            if (done) throw new Error(`our program ended at ${JSON.stringify(document)}`);
            answers.push(JSON.parse(value));
        }
        return answers;
    }
    close() {
        this.child.stdin.end();
        rmSync(this.folder, { recursive: true });
    }
}

// ------------------------------------------------------------------ theirs
/** @param {string} url */
async function documentLoader(url) {
    const document = remoteContexts[url];
    if (!document) throw new Error(`nothing is known at ${url}`);
    return { contextUrl: null, documentUrl: url, document: structuredClone(document) };
}

/** Without what it remembers of other documents: contexts that @import the same would mix. @param {boolean} safe */
const theirOptions = (safe) => ({ documentLoader, safe, base: null, contextResolver: new ContextResolver({ sharedCache: new Map() }) });

/** JSON with the members of objects in order. @param {any} value @returns {any} */
function sorted(value) {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** @param {() => Promise<string>} make @returns {Promise<Answer>} */
async function orRefused(make) {
    try {
        return await make();
    } catch (/** @type {any} */ error) {
        return { refused: error.details?.code ?? error.details?.event?.code ?? error.message };
    }
}

/** @param {any} expanded @param {boolean} safe */
async function canonical(expanded, safe) {
    const dataset = await jsonld.toRDF(expanded, { ...theirOptions(safe), skipExpansion: true, rdfDirection: "i18n-datatype" });
    // A graph is a set (RDF 1.1 Concepts §3), but theirs has values that differ in @index alone twice.
    const quads = [...new Map(dataset.map((/** @type {any} */ quad) => [JSON.stringify(quad), quad])).values()];
    return rdfCanonize.canonize(quads, { algorithm: "RDFC-1.0", maxWorkFactor: Infinity });
}

/** @param {any} document @returns {Promise<Answers>} */
async function theirAnswer(document) {
    const copy = () => withImports(structuredClone(document));
    /** @type {any} */
    let tree;
    const expanded = await orRefused(async () => {
        tree = await jsonld.expand(copy(), theirOptions(false));
        return JSON.stringify(sorted(tree));
    });
    if (typeof expanded !== "string") return { expanded, standard: expanded, safe: expanded };
    return {
        expanded,
        standard: await orRefused(() => canonical(tree, false)),
        safe: await orRefused(async () => canonical(await jsonld.expand(copy(), theirOptions(true)), true)),
    };
}

// ------------------------------------------------------------------ both
const kinds = /** @type {const} */ (["expanded", "standard", "safe"]);

/** @param {string} kind @param {Answer} a @param {Answer} b */
function isSame(kind, a, b) {
    if (typeof a !== "string" || typeof b !== "string") return typeof a === typeof b;
    return a === b || (kind === "expanded" && JSON.stringify(withoutEmpty(JSON.parse(a))) === JSON.stringify(withoutEmpty(JSON.parse(b))));
}

/** What they differ in first and nothing that is known explains; or what explains it. @param {any} document @param {Answers} ours @param {Answers} theirs */
function compare(document, ours, theirs) {
    let known;
    for (const kind of kinds) {
        if (isSame(kind, ours[kind], theirs[kind])) continue;
        const deviation = findDeviation(kind, document, ours, theirs);
        if (!deviation) return { kind };
        known ??= { deviation };
    }
    return known;
}

/** The same, where a document that differs is also read without what theirs reads in its own way: then both must agree.
 *  @param {Ours} ours @param {any} document @param {Answers} answer @param {Answers} theirs */
async function findDifference(ours, document, answer, theirs) {
    const found = compare(document, answer, theirs);
    if (!found?.kind) return found;
    const { document: mended, names } = repaired(document);
    if (names.length === 0) return found;
    const again = compare(mended, (await ours.answer([mended]))[0], await theirAnswer(mended));
    return again?.kind ? found : { deviation: names.join("; ") };
}

/** Documents that have one thing less. @param {any} value @returns {Generator<any>} */
function* smaller(value) {
    if (value === null || typeof value !== "object") return;
    for (const key of Object.keys(value)) {
        const without = structuredClone(value);
        if (Array.isArray(without)) without.splice(Number(key), 1);
        else delete without[key];
        yield without;
    }
    for (const key of Object.keys(value)) {
        if (Array.isArray(value) || !key.startsWith("@context")) {
            for (const part of Array.isArray(value[key]) ? value[key] : []) yield replaced(value, key, part);
        }
        for (const less of smaller(value[key])) yield replaced(value, key, less);
    }
}
/** @param {any} value @param {string} key @param {any} by */
function replaced(value, key, by) {
    const copy = structuredClone(value);
    copy[key] = by;
    return copy;
}

/** The smallest part of it that still differs in the same. @param {Ours} ours @param {any} document @param {string} kind */
async function shrunk(ours, document, kind) {
    let tries = 2000;
    for (let again = true; again; ) {
        again = false;
        for (const candidate of smaller(document)) {
            if (tries-- === 0) return document;
            const [answer] = await ours.answer([candidate]);
            if ((await findDifference(ours, candidate, answer, await theirAnswer(candidate)))?.kind !== kind) continue;
            document = candidate;
            again = true;
            break;
        }
    }
    return document;
}

const count = Number(options.documents);
const first = Number(options.seed);
if (positionals.length !== 1 || !Number.isInteger(count) || !Number.isInteger(first)) {
    console.error("usage: node differential_test.mjs LD_ANSWERS [--documents N] [--seed S] [--keep-going]");
    process.exit(64);
}
console.log(`seed ${first}`);
const ours = new Ours(positionals[0]);
const batchSize = 250;
/** @type {Map<string, number>} */
const named = new Map();
const tally = { accepted: 0, safe: 0, refused: 0, deviations: 0, differences: 0 };
for (let done = 0; done < count && (options["keep-going"] || tally.differences === 0); done += batchSize) {
    const documents = Array.from({ length: Math.min(batchSize, count - done) }, (_, i) => randomDocument(first + done + i));
    const pending = ours.answer(documents); // while theirs works
    const all_theirs = [];
    for (const document of documents) all_theirs.push(await theirAnswer(document));
    const answers = await pending;
    for (const [i, document] of documents.entries()) {
        const theirs = all_theirs[i];
        const answer = answers[i];
        if (typeof theirs.standard === "string") tally.accepted++;
        else tally.refused++;
        if (typeof theirs.safe === "string") tally.safe++;
        const found = await findDifference(ours, document, answer, theirs);
        if (!found) continue;
        if (!found.kind) {
            tally.deviations++;
            for (const name of found.deviation.split("; ")) named.set(name, 1 + (named.get(name) ?? 0));
            continue;
        }
        tally.differences++;
        const small = await shrunk(ours, document, found.kind);
        const [small_answer] = await ours.answer([small]);
        console.log(`seed ${first + done + i} differs: ${found.kind}\n${JSON.stringify(small)}`);
        console.log("ours:  ", small_answer[found.kind]);
        console.log("theirs:", (await theirAnswer(small))[found.kind]);
    }
    if (done % 10_000 === 0 && done > 0) console.log(`${done} …`, JSON.stringify(tally));
}
ours.close();
for (const [name, times] of named) console.log(`${times} × ${name}`);
console.log(`${count} documents: ${JSON.stringify(tally)}`);
process.exitCode = tally.differences === 0 ? 0 : 1;
