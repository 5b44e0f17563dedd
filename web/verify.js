// @ts-check
// "Verify a file": sends a credential and its evidence to this node's own verifier and shows what it
// says. The files go there byte by byte: what JSON.parse lets pass (a member twice) is for the verifier
// to refuse. Everything enters the page as text.

const SIZE_MAX = 500_000; // bytes of both files; the node takes a little more

/** @typedef {{title: string, outcome: string, result: string, why: string}} CheckText */
/** @typedef {{headline: string, answer: string, notes: string[], checks: CheckText[]}} Texts */

/** @param {string} id @returns {HTMLElement} */
function element(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no ${id}`);
    return found;
}

const drop = element("drop");
const input = /** @type {HTMLInputElement} */ (element("files"));
const verdict = element("verdict");
const texts = verdict.dataset;
const html = document.documentElement;

/** The file's JSON and whether it is a credential or evidence. @param {File} file */
async function read(file) {
    if (file.size > SIZE_MAX) throw new Error("size");
    const json = JSON.parse(await file.text());
    const isCredential = json !== null && typeof json === "object" && "@context" in json;
    return { file, json, isCredential };
}

/** @param {string} tag @param {string} text @param {string} [className] */
function make(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
}

/** @param {string} kind @param {Node[]} content */
function show(kind, content) {
    verdict.className = `verdict ${kind}`;
    verdict.replaceChildren(...content);
    verdict.hidden = false;
}

/** @param {string | undefined} text */
function say(text) {
    show("unsure", [make("p", text ?? "")]);
}

/** A link to the certificate's page here.
 * @param {number} index */
function linkTo(index) {
    const link = document.createElement("a");
    link.href = `/certificates/${index}?lang=${document.documentElement.lang}`;
    link.textContent = texts.page ?? "";
    const line = make("p", "");
    line.append(link);
    return line;
}

/** @param {{answer: string, texts: Texts, certificate: {index?: number}}} answer
 * @param {boolean} isHere whether it lies on this node's ledger */
function showVerdict(answer, isHere) {
    const kinds = new Map([
        ["authentic", "good"],
        ["test-ledger-only", "test"], // not green: it proves nothing outside the test
        ["not-authentic", "bad"],
    ]);
    const marks = new Map([["passed", "✓"], ["failed", "✗"]]);
    const checks = make("ul", "", "checks");
    for (const check of answer.texts.checks) {
        const row = make("li", "", check.outcome);
        const mark = make("span", marks.get(check.outcome) ?? "–", "mark");
        mark.setAttribute("aria-hidden", "true");
        row.append(mark, make("span", check.title), make("span", check.result, "outcome"));
        if (check.why) row.append(make("span", check.why, "why"));
        checks.append(row);
    }
    const headline = make("h3", answer.texts.headline);
    show(kinds.get(answer.answer) ?? "unsure", [
        headline,
        ...answer.texts.notes.map((note) => make("p", note)),
        checks,
        ...(isHere && answer.certificate.index !== undefined ? [linkTo(answer.certificate.index)] : []),
    ]);
    // On a phone it would lie below what is seen.
    if (headline.getBoundingClientRect().bottom > innerHeight) headline.scrollIntoView();
}

/** What the node's verifier says; nothing if it cannot read what it was sent.
 * @param {BlobPart} document @param {BlobPart | undefined} evidence */
async function judge(document, evidence) {
    const end = evidence === undefined ? [] : [',"evidence":', evidence];
    const response = await fetch(`/api/v1/verify?lang=${html.lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: new Blob(['{"document":', document, ...end, "}"]),
    });
    if (response.status === 400) return undefined;
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
}

/** Whether the evidence has been found to lie on this node's ledger.
 * @param {{checks: {check: string, result: string}[]}} answer */
function isOfThisLedger(answer) {
    const passed = answer.checks.filter((one) => one.result === "passed").map((one) => one.check);
    return passed.includes("recorded") && passed.includes("checkpoint");
}

/** The same evidence as of now: what was revoked since the file was saved must not look good.
 * @param {any} evidence of this node's ledger */
async function renew(evidence) {
    const response = await fetch(`/api/v1/evidence/${evidence.certificate.index}`);
    if (!response.ok) throw new Error(String(response.status));
    return JSON.stringify({ ...await response.json(), secret: evidence.secret });
}

/** @param {FileList | null | undefined} files */
async function verify(files) {
    if (!files || files.length === 0) return;
    say(texts.working);
    /** @type {File | undefined} */
    let credential;
    /** @type {{file: File, json: any} | undefined} */
    let evidence;
    try {
        for (const one of Array.from(files).slice(0, 2)) {
            const { file, json, isCredential } = await read(one);
            if (isCredential) credential = file;
            else evidence = { file, json };
        }
    } catch {
        say(texts.unreadable);
        return;
    }
    if (credential === undefined) {
        say(texts.missing);
        return;
    }
    try {
        let answer = await judge(credential, evidence?.file);
        if (answer === undefined) {
            say(texts.unreadable);
            return;
        }
        const isHere = isOfThisLedger(answer);
        if (evidence && isHere) {
            const renewed = await judge(credential, await renew(evidence.json));
            // This node may lag behind the one that the file is from.
            if (renewed.certificate.asOf >= answer.certificate.asOf) answer = renewed;
        }
        showVerdict(answer, isHere);
    } catch {
        say(texts.failed);
    }
}

input.addEventListener("change", async () => {
    await verify(input.files);
    input.value = "";
});
for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
    });
}
for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
    event.preventDefault();
    void verify(event.dataTransfer?.files);
});
drop.hidden = false;
