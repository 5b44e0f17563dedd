// @ts-check
// "Verify a file": sends a credential and its evidence to this node's own verifier and shows what it
// says. Everything enters the page as text.

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

/** The file's JSON and whether it is a credential or evidence. @param {File} file */
async function read(file) {
    if (file.size > SIZE_MAX) throw new Error("size");
    const json = JSON.parse(await file.text());
    const isCredential = json !== null && typeof json === "object" && "@context" in json;
    return { json, isCredential };
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

/** What the node's verifier says.
 * @param {{document?: unknown, evidence?: unknown}} question */
async function judge(question) {
    const response = await fetch(`/api/v1/verify?lang=${document.documentElement.lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(question),
    });
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
    return { ...await response.json(), secret: evidence.secret };
}

/** @param {FileList | null | undefined} files */
async function verify(files) {
    if (!files || files.length === 0) return;
    say(texts.working);
    /** @type {{document?: unknown, evidence?: unknown}} */
    const question = {};
    try {
        for (const file of Array.from(files).slice(0, 2)) {
            const { json, isCredential } = await read(file);
            if (isCredential) question.document = json;
            else question.evidence = json;
        }
    } catch {
        say(texts.unreadable);
        return;
    }
    if (question.document === undefined) {
        say(texts.missing);
        return;
    }
    try {
        let answer = await judge(question);
        const isHere = isOfThisLedger(answer);
        if (isHere) {
            answer = await judge({ ...question, evidence: await renew(question.evidence) });
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
