// @ts-check
// The node's pages in a real browser: three languages, a certificate judged, keyboard, accessibility.
// usage: node pages_test.mjs PROGRAMS SANDBOX [SHOTS]
//   PROGRAMS  folder with libexec/tasdiq-node; SANDBOX made by `tasdiq sandbox`; SHOTS gets screenshots
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import { startNode } from "./start_node.mjs";

const [programs, sandbox, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((file) => existsSync(file));
if (!browserPath) {
    console.log("SKIPPED: there is no chromium here");
    process.exit(0);
}
const certificates = path.join(sandbox, "certificates");
const serials = readdirSync(certificates).sort();
const fileOf = (serial, name) => path.join(certificates, serial, name);
/** @param {string} serial @returns {number} */
const numberOf = (serial) => JSON.parse(readFileSync(fileOf(serial, "evidence.json"), "utf8")).certificate.index;
/** What the browser says of an answer that a test provokes: each once. @type {Set<string>} */
const provoked = new Set();
const languages = [
    { tag: "ar", dir: "rtl", title: "شهادات يتحقق منها الجميع", test: "سجل تجريبي", verdict: "شهادة أصيلة، لكن على سجل تجريبي" },
    { tag: "fr", dir: "ltr", title: "Des certificats que chacun peut vérifier", test: "Registre d’ESSAI", verdict: "registre d’ESSAI" },
    { tag: "en", dir: "ltr", title: "Certificates that anyone can check", test: "TEST LEDGER", verdict: "Genuine on a TEST ledger" },
];

async function expectAccessible(page, where) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`);
    assert.deepEqual(told, [], where);
}

async function shoot(page, name) {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
}

const tests = {
    async "says what it is in three languages"(page, base) {
        for (const language of languages) {
            await page.goto(`${base}/?lang=${language.tag}`);
            assert.equal(await page.getAttribute("html", "lang"), language.tag);
            assert.equal(await page.getAttribute("html", "dir"), language.dir);
            assert.equal(await page.textContent("h1"), language.title);
            assert.match(await page.textContent(".test-ledger"), new RegExp(language.test));
            await expectAccessible(page, language.tag);
            await shoot(page, `first-${language.tag}`);
        }
    },
    async "answers in the browser's language"(page, base, browser) {
        const context = await browser.newContext({ locale: "ar-TN" });
        const arabic = await context.newPage();
        await arabic.goto(base);
        assert.equal(await arabic.getAttribute("html", "lang"), "ar");
        await arabic.click("text=English");
        assert.equal(await arabic.getAttribute("html", "lang"), "en");
        await context.close();
    },
    async "fits a phone, and darkness"(page, base, browser) {
        for (const colorScheme of ["light", "dark"]) {
            const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme });
            const phone = await context.newPage();
            for (const { tag } of languages) {
                for (const target of ["/", "/members/10", `/certificates/${numberOf(serials[0])}`]) {
                    await phone.goto(`${base}${target}?lang=${tag}`);
                    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
                    assert.ok(width <= 360, `${target} ${tag} is ${width} wide`);
                    await expectAccessible(phone, `${target} ${tag} ${colorScheme}`);
                    await shoot(phone, `phone-${colorScheme}-${tag}${target.replaceAll("/", "-")}`);
                }
            }
            await context.close();
        }
    },
    async "shows the answer on a phone without scrolling"(page, base, browser) {
        const context = await browser.newContext({ viewport: { width: 390, height: 640 } });
        const phone = await context.newPage();
        await phone.goto(`${base}/?lang=ar`);
        await phone.setInputFiles("#files", [fileOf(serials[0], "evidence.json"), fileOf(serials[0], "credential.json")]);
        await phone.waitForSelector("#verdict .checks");
        const { top, bottom } = await phone.evaluate(() => document.querySelector("#verdict h3")?.getBoundingClientRect());
        assert.ok(top >= 0 && bottom <= 640, `the headline lies from ${top} to ${bottom}`);
        await context.close();
    },
    async "judges a certificate"(page, base) {
        const { credentialSubject } = JSON.parse(readFileSync(fileOf(serials[0], "credential.json"), "utf8"));
        for (const { tag, verdict } of languages) {
            await page.goto(`${base}/?lang=${tag}`);
            await page.setInputFiles("#files", [fileOf(serials[0], "evidence.json"), fileOf(serials[0], "credential.json")]);
            await page.waitForSelector("#verdict .checks");
            assert.match(await page.textContent("#verdict h3"), new RegExp(verdict));
            const holder = credentialSubject[tag === "ar" ? "nameArab" : "nameLatn"][0];
            assert.ok((await page.textContent("#verdict")).includes(holder), `names ${holder}`);
            assert.equal(await page.getAttribute("#verdict", "class"), "verdict test");
            assert.equal(await page.locator("#verdict .failed").count(), 0);
            assert.ok(await page.locator("#verdict .passed").count() > 6);
            await expectAccessible(page, `verdict ${tag}`);
            await shoot(page, `verdict-${tag}`);
        }
    },
    async "names what is wrong with an altered one"(page, base) {
        const credential = JSON.parse(readFileSync(fileOf(serials[0], "credential.json"), "utf8"));
        credential.awardedDate = "2020-06-30T00:00:00Z";
        const altered = { name: "credential.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(credential)) };
        const evidence = { name: "evidence.json", mimeType: "application/json", buffer: readFileSync(fileOf(serials[0], "evidence.json")) };
        await page.goto(`${base}/?lang=en`);
        await page.setInputFiles("#files", [altered, evidence]);
        await page.waitForSelector("#verdict .failed");
        assert.equal(await page.getAttribute("#verdict", "class"), "verdict bad");
        await shoot(page, "verdict-altered");
    },
    async "does not take a credential that names a member twice"(page, base) {
        const text = readFileSync(fileOf(serials[0], "credential.json"), "utf8");
        const twice = text.replace('"awardedDate":', '"awardedDate":"1999-01-01T00:00:00Z","awardedDate":');
        assert.notEqual(twice, text);
        const credential = { name: "credential.json", mimeType: "application/json", buffer: Buffer.from(twice) };
        const evidence = { name: "evidence.json", mimeType: "application/json", buffer: readFileSync(fileOf(serials[0], "evidence.json")) };
        provoked.add("Failed to load resource: the server responded with a status of 400 (Bad Request)");
        await page.goto(`${base}/?lang=en`);
        await page.setInputFiles("#files", [credential, evidence]);
        await page.waitForSelector("#verdict:not([hidden]):not(:has-text('…'))");
        assert.match(await page.textContent("#verdict"), /cannot be read/);
    },
    async "knows what was decided after the file was saved"(page, base) {
        const evidence = fileOf(serials[2], "evidence.json");
        const { certificate, block } = JSON.parse(readFileSync(evidence, "utf8"));
        const { awarding } = (await (await fetch(`${base}/api/v1/certificates/${certificate.index}`)).json()).terms;
        const institution = awarding[0].institution;
        const short = serials[2].split("-2026")[0].toLowerCase();
        const key = (role) => path.join(sandbox, "keys", `${short}-${role}.key`);
        execFileSync(path.join(programs, "tasdiq"), [
            "status", "suspend", String(certificate.index), "--member", String(institution),
            "--sign", key("dean"), "--sign", key("registrar"), "--yes", "--node", base,
        ]);
        await page.goto(`${base}/?lang=en`);
        await page.setInputFiles("#files", [fileOf(serials[2], "credential.json"), evidence]);
        await page.waitForSelector("#verdict .failed");
        assert.match(await page.textContent("#verdict h3"), /suspended/);
        assert.equal(await page.getAttribute("#verdict", "class"), "verdict bad");
        assert.ok(block.index > certificate.index); // the file is from before
        await shoot(page, "verdict-suspended");
        await page.click("#verdict a");
        assert.match(await page.textContent("h1"), new RegExp(String(certificate.index)));
        assert.match(await page.textContent(".terms"), /Suspended on .* by .* \(entry \d+\)/);
        for (const { tag } of languages) {
            await page.goto(`${base}/certificates/${certificate.index}?lang=${tag}`);
            await expectAccessible(page, `certificate ${tag}`);
            await shoot(page, `certificate-suspended-${tag}`);
        }
    },
    async "says which file is missing or unreadable"(page, base) {
        await page.goto(`${base}/?lang=en`);
        await page.setInputFiles("#files", [fileOf(serials[0], "evidence.json")]);
        await page.waitForSelector("text=This is evidence without its certificate");
        await page.setInputFiles("#files", { name: "x.json", mimeType: "application/json", buffer: Buffer.from("no JSON <b>") });
        await page.waitForSelector("text=The file cannot be read");
    },
    async "shows strange text as text"(page, base) {
        await page.goto(`${base}/?lang=en&q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);
        assert.equal(await page.locator("img[src=x]").count(), 0);
        assert.equal(await page.inputValue("#q"), '"><img src=x onerror=alert(1)>');
        await page.waitForSelector("text=No member has such a name");
    },
    async "finds members in any of the languages"(page, base) {
        for (const query of ["manar", "المنار", "MANAR"]) {
            await page.goto(`${base}/?lang=fr`);
            await page.fill("#q", query);
            await page.press("#q", "Enter");
            await page.waitForURL(/q=/);
            assert.equal(await page.locator("table.members tbody tr").count(), 1, query);
        }
        await page.click("table.members a");
        assert.match(await page.textContent("h1"), /Manar/);
        await expectAccessible(page, "member");
    },
    async "finds a certificate by its number"(page, base) {
        await page.goto(`${base}/?lang=fr`);
        const number = String(numberOf(serials[0]));
        await page.fill("#number", number);
        await page.press("#number", "Enter");
        await page.waitForURL(new RegExp(`/certificates/${number}\\?lang=fr`));
        assert.match(await page.textContent("h1"), new RegExp(number));
    },
    async "shows a whole member on a desktop"(page, base) {
        await page.setViewportSize({ width: 1280, height: 800 });
        for (const { tag } of languages) {
            await page.goto(`${base}/members/10?lang=${tag}`);
            const clipped = await page.evaluate(() => [...document.querySelectorAll(".scroll, .card")]
                .filter((one) => one.scrollWidth > one.clientWidth).length);
            assert.equal(clipped, 0, tag);
            await shoot(page, `member-${tag}`);
        }
    },
    async "works with the keyboard alone"(page, base) {
        // Asked for before the page is there: Chromium takes a moment to hand its dialogs over.
        const dialog = page.waitForEvent("filechooser");
        await page.goto(`${base}/?lang=en`);
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate(() => document.activeElement?.id), "files");
        await page.keyboard.press("Enter");
        const chooser = await dialog;
        await chooser.setFiles([fileOf(serials[1], "credential.json"), fileOf(serials[1], "evidence.json")]);
        await page.waitForSelector("#verdict .checks");
    },
    async "says the same without script"(page, base, browser) {
        const context = await browser.newContext({ javaScriptEnabled: false });
        const plain = await context.newPage();
        await plain.goto(`${base}/?lang=en`);
        assert.match(await plain.textContent("noscript"), /tasdiq verify/);
        assert.ok(!(await plain.isVisible("#drop")));
        assert.ok(await plain.locator("table.members tbody tr").count() > 10);
        await context.close();
    },
};

const { child, address } = startNode(programs, sandbox);
const base = await address;
const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let failures = 0;
try {
    for (const [name, test] of Object.entries(tests)) {
        const context = await browser.newContext({ locale: "en-GB" });
        const page = await context.newPage();
        /** @type {string[]} */
        const trouble = [];
        page.on("request", (request) => {
            if (!request.url().startsWith(base)) trouble.push(`outside request: ${request.url()}`);
        });
        page.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
        page.on("console", (message) => {
            if (message.type() === "error" && !provoked.delete(message.text())) trouble.push(`console: ${message.text()}`);
        });
        try {
            await test(page, base, browser);
            assert.deepEqual(trouble, []);
            console.log(`ok      ${name}`);
        } catch (error) {
            failures += 1;
            console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : error}`);
        }
        await context.close();
    }
} finally {
    await browser.close();
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGTERM");
    const code = await ended;
    if (code !== 0) {
        failures += 1;
        console.log(`FAILED  the node ended with ${code} after SIGTERM`);
    }
}
process.exit(failures === 0 ? 0 : 1);
