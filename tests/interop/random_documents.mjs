// @ts-check
// Random JSON-LD documents, with contexts of every feature. Most are well-formed, so that they get
// somewhere; some have something where it does not belong.

/** SplitMix32: the same numbers everywhere. */
export class Dice {
    /** @param {number} seed */
    constructor(seed) {
        this.state = seed >>> 0;
    }
    /** A number below `bound`. @param {number} bound */
    below(bound) {
        this.state = (this.state + 0x9e3779b9) >>> 0;
        let mixed = this.state ^ (this.state >>> 16);
        mixed = Math.imul(mixed, 0x21f0aaad);
        mixed ^= mixed >>> 15;
        mixed = Math.imul(mixed, 0x735a2d97);
        return ((mixed ^ (mixed >>> 15)) >>> 0) % bound;
    }
    /** True once in so many times. @param {number} times */
    once(times) {
        return this.below(times) === 0;
    }
    /** @template T @param {readonly T[]} list @returns {T} */
    pick(list) {
        return list[this.below(list.length)];
    }
}

const imported = "https://differential.example/imported";
export const scoped = "https://differential.example/scoped";
const recursive = "https://differential.example/recursive";
const protecting = "https://differential.example/protecting";

/** What documents may name by URL. @type {Record<string, any>} */
export const remoteContexts = {
    [imported]: { "@context": { "@vocab": "https://imported.example/", label: { "@id": "ex:label", "@language": "fr" }, link: { "@id": "https://imported.example/link", "@type": "@id" }, ex: "https://ex.example/" } },
    [scoped]: { "@context": [{ ex: "https://ex.example/" }, { id: "@id", kind: "@type", Thing: { "@id": "ex:Thing", "@context": { label: "ex:thingLabel", part: { "@id": "ex:thingPart", "@context": { label: "ex:partLabel" } } } } }] },
    [recursive]: { "@context": { ex: "https://ex.example/", part: { "@id": "ex:part", "@context": recursive }, label: "ex:label" } },
    [protecting]: { "@context": { "@protected": true, id: "@id", kind: "@type", ex: { "@id": "https://ex.example/", "@prefix": true }, label: { "@id": "ex:label" }, link: { "@id": "ex:link", "@type": "@id" } } },
};

const iris = ["https://ex.example/a", "https://ex.example/b#c", "urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10", "ex:c", "ex:d/e", "mailto:a@b.example"];
const blanks = ["_:a", "_:b", "_:c"];
const texts = ["", "a", "سلام", "a b", "2026-01-01", "\"\\\n\t", "\u007f\u0001", "𐍈", "@id", "@none", "ex:a", "7"];
const languages = ["ar", "en-US", "FR", "zh-Hant", "@none"];
const types = ["Thing", "Other", "Typed", "ex:Type", "https://ex.example/Type", "urn:type"];
const numbers = [0, -0, 1, -7, 0.5, 1e21, 123456789012, 1.5e-7, 2.5e-310, 1.7976931348623157e308, -3.25];

/** Terms; what their name says is what they most often are. */
const terms = [
    "label", "titled", "list", "set", "names", "byIndex", "byKey", "byId", "byType", "graph", "graphs", "graphsById",
    "data", "link", "word", "date", "none", "reverse", "nested", "included", "part", "plain", "ex:compact",
    "https://ex.example/whole", "unknown",
];
const aliases = { id: "@id", kind: "@type", value: "@value", lang: "@language", dir: "@direction", members: "@list", all: "@set", graphOf: "@graph", in: "@included", nest: "@nest", index: "@index", back: "@reverse", json: "@json" };

export class DocumentMaker {
    /** @param {number} seed */
    constructor(seed) {
        this.dice = new Dice(seed);
        this.strange = this.dice.once(6); // things stand where they do not belong
        this.proper = this.dice.once(2); // every term is defined
        this.aliased = this.dice.once(2);
        this.vocab = false;
        /** @type {Set<string>} terms that some context gives a container @type {Set<string>} */
        this.maps = new Set();
    }

    document() {
        const { dice } = this;
        /** @type {any} */
        let made = this.node(3, true);
        if (dice.once(12)) made = [made, this.node(2, true)];
        if (dice.once(10)) made = { "@context": this.context(2), "@graph": [made, this.node(2, false)] };
        for (let times = dice.once(8) ? 1 + dice.below(3) : 0; times > 0; times--) this.spoil(made);
        return made;
    }

    /** A keyword or its alias. @param {string} keyword */
    word(keyword) {
        if (!this.aliased || this.dice.once(2)) return keyword;
        return Object.keys(aliases).find((name) => aliases[/** @type {keyof aliases} */ (name)] === keyword) ?? keyword;
    }

    odd() {
        return this.strange && this.dice.once(20);
    }

    // -------------------------------------------------------------- contexts
    /** @param {number} depth @returns {any} */
    context(depth) {
        const { dice } = this;
        if (this.odd()) return dice.pick([null, 1, true, "https://differential.example/missing", [[]], {}, "", [["ex"]]]);
        if (dice.once(12)) return dice.pick([imported, scoped, recursive, protecting]);
        if (dice.once(8)) return Array.from({ length: dice.below(4) }, () => (dice.once(8) ? null : dice.once(6) ? dice.pick([imported, scoped, recursive, protecting]) : this.definitions(depth)));
        return this.definitions(depth);
    }

    /** @param {number} depth */
    definitions(depth) {
        const { dice } = this;
        /** @type {any} */
        const made = {};
        const whole = depth > 1; // that of the document: what it says is used below
        if (whole || dice.once(10)) made.ex = dice.once(6) ? { "@id": "https://ex.example/", "@prefix": !dice.once(4) } : "https://ex.example/";
        if (dice.once(whole ? 2 : 6)) made["@vocab"] = dice.once(8) ? dice.pick(["", null, "rel/", "_:v", "ex"]) : dice.pick(["https://v.example/", "https://v.example/#", "ex:"]);
        if (dice.once(6)) made["@base"] = this.odd() ? dice.pick(["rel/", "../x", ""]) : dice.pick([null, "https://base.example/a/b", "https://base.example/?q#f"]);
        if (dice.once(6)) made["@language"] = dice.pick(["ar", "EN", null, this.odd() ? "a b" : "fr-FR"]);
        if (dice.once(40)) made["@direction"] = dice.pick(["rtl", "ltr", null]);
        if (dice.once(10)) made["@version"] = this.odd() ? dice.pick([1.0, "1.1"]) : 1.1;
        if (dice.once(25)) made["@protected"] = true; // false: theirs sees a cycle
        if (dice.once(12)) made["@propagate"] = this.odd() ? "x" : dice.once(2);
        if (dice.once(20)) made["@import"] = this.odd() ? scoped : imported;
        if (this.aliased && whole) {
            for (const [alias, keyword] of Object.entries(aliases)) if (!dice.once(6)) made[alias] = keyword;
            delete made.nest;
            made.nested = "@nest";
        }
        if (dice.once(40)) made["@type"] = dice.pick([{ "@container": "@set" }, { "@container": "@set", "@protected": true }, {}]);
        for (const term of terms) {
            if (!dice.once(whole ? (this.proper ? 1 : 2) : 6)) continue;
            this.vocab = typeof made["@vocab"] === "string";
            made[term] = this.definition(term, depth);
            if (made[term]?.["@container"]) this.maps.add(term);
        }
        for (const type of ["Thing", "Other", "Typed"]) {
            if (!dice.once(whole ? (this.proper ? 1 : 2) : 4)) continue;
            made[type] = depth > 0 && dice.once(2) ? { "@id": `ex:${type}`, "@context": this.context(depth - 1) } : `ex:${type}`;
        }
        if (this.odd()) made[dice.pick(["@reserved", "@id", "a:b", "", "relative/x", ":x", "ex:"])] = dice.pick(["ex:odd", "@type", null, {}, { "@id": "@container" }, 5]);
        return made;
    }

    /** @param {string} term @param {number} depth @returns {any} */
    definition(term, depth) {
        const { dice } = this;
        if (dice.once(this.proper ? 400 : 40)) return null;
        const id = this.odd() ? dice.pick(["@ignored", "_:p", "rel", null, "@type", "", "label", term]) : `ex:${term.replace(/\W/g, "")}`;
        if (term.includes(":") && !this.odd()) return dice.once(2) ? { "@type": dice.pick(["@id", "ex:t"]) } : { "@id": term };
        if (dice.once(6)) return id;
        /** @type {any} */
        const made = dice.once(this.vocab ? 6 : 100) ? {} : { "@id": id };
        const set = () => dice.once(3);
        switch (dice.once(25) ? dice.pick(terms) : term) {
            case "label": if (dice.once(2)) made["@language"] = dice.pick(["ar", "En", null]); if (dice.once(2)) made["@direction"] = dice.pick(["rtl", "ltr", null]); break;
            case "titled": made["@type"] = dice.pick(["ex:t", "https://t.example/"]); break;
            case "list": made["@container"] = "@list"; if (dice.once(4)) made["@type"] = dice.pick(["@id", "@json", "ex:t"]); break;
            case "set": made["@container"] = dice.pick(["@set", ["@set"]]); break;
            case "names": made["@container"] = set() ? ["@language", "@set"] : "@language"; if (dice.once(4)) made["@direction"] = dice.pick(["rtl", null]); break;
            case "byIndex": made["@container"] = set() ? ["@index", "@set"] : "@index"; break;
            case "byKey": made["@container"] = set() ? ["@set", "@index"] : "@index"; made["@index"] = this.odd() ? "label" : dice.pick(["ex:key", "https://ex.example/key"]); break;
            case "byId": made["@container"] = set() ? ["@id", "@set"] : "@id"; break;
            case "byType": made["@container"] = set() ? ["@type", "@set"] : "@type"; if (dice.once(4)) made["@type"] = dice.pick(["@id", "@vocab"]); break;
            case "graph": made["@container"] = set() ? ["@graph", "@set"] : "@graph"; break;
            case "graphs": made["@container"] = ["@graph", "@index"]; if (dice.once(3)) made["@index"] = "ex:key"; break;
            case "graphsById": made["@container"] = set() ? ["@graph", "@id", "@set"] : ["@graph", "@id"]; break;
            case "data": made["@type"] = "@json"; break;
            case "link": made["@type"] = "@id"; break;
            case "word": made["@type"] = "@vocab"; break;
            case "date": made["@type"] = "http://www.w3.org/2001/XMLSchema#date"; break;
            case "none": made["@type"] = "@none"; break;
            case "reverse": delete made["@id"]; made["@reverse"] = id; if (dice.once(4)) made["@container"] = dice.pick(["@set", "@index", null]); break;
            case "nested": return "@nest";
            case "included": return "@included";
            case "part": if (depth > 0) made["@context"] = this.context(depth - 1); break;
            case "plain": if (dice.once(3)) made["@nest"] = dice.pick(["nested", "@nest"]); break;
            default: break;
        }
        if (dice.once(25)) made["@protected"] = !dice.once(4);
        if (dice.once(15)) made["@prefix"] = dice.once(2);
        if (depth > 0 && dice.once(30)) made["@context"] = this.context(depth - 1);
        if (this.odd()) made[dice.pick(["@index", "@nest", "@container", "@type", "@id", "@odd", "@language", "@direction", "@reverse", "@context"])] = dice.pick(["@id", "@none", "ex:o", "@list", "@language", null, 5, ["@graph", "@language"], ["@list", "@set"], "label"]);
        return made;
    }

    // -------------------------------------------------------------- documents
    id() {
        const { dice } = this;
        if (this.odd()) return dice.pick(["rel", "", "#f", "@odd", null, "?q", "../up", "a:b:c", "//host/x", 5, "label", "x y", "https://a.example/<"]);
        return dice.once(3) ? dice.pick(blanks) : dice.pick(iris);
    }
    type() {
        return this.odd() ? this.dice.pick(["rel", "_:t", "@odd", "label", 5, null, "unknown/x"]) : this.dice.pick(types);
    }

    /** @param {number} depth @param {boolean} [has_context] @returns {any} */
    node(depth, has_context = false) {
        const { dice } = this;
        /** @type {any} */
        const made = {};
        if (has_context || dice.once(40)) made["@context"] = this.context(has_context ? 2 : 1);
        if (!dice.once(3)) made[this.word("@id")] = this.id();
        if (dice.once(3)) made[this.word("@type")] = dice.once(3) ? [this.type(), this.type()] : this.type();
        const count = 1 + dice.below(depth > 1 ? 5 : 3);
        for (let i = 0; i < count; i++) {
            const term = dice.pick(terms);
            made[term] = this.valueOf(dice.once(this.proper ? 200 : 20) ? dice.pick(terms) : term, depth - 1);
        }
        if (dice.once(25)) made[this.word("@included")] = this.several(() => this.node(depth - 1), depth);
        if (dice.once(25)) made[this.word("@graph")] = this.several(() => this.node(depth - 1), depth);
        if (dice.once(25)) made[this.word("@reverse")] = this.map(["ex:back", "reverse", "link", "label"], () => this.several(() => this.node(depth - 1), depth));
        if (dice.once(30)) made["@index"] = this.odd() ? 5 : "i";
        if (dice.once(25)) made[this.word("@nest")] = this.several(() => ({ label: this.text(), plain: this.text() }), depth);
        if (this.odd()) made[dice.pick(["@odd", "rel", "_:p", "", "a:b", "@value", "@list", "@set", "@language", "@nest"])] = this.text();
        return made;
    }

    /** A node with a property. @param {number} depth */
    saying(depth) {
        return depth > 0 ? this.node(depth) : { [this.word("@id")]: this.id(), label: this.text() };
    }

    /** @param {() => any} make @param {number} depth */
    several(make, depth) {
        if (depth <= 0 || this.dice.once(2)) return make();
        return Array.from({ length: this.dice.below(4) }, make);
    }

    /** @param {string[]} keys @param {() => any} make @param {string} [term] whose value it is */
    map(keys, make, term) {
        /** @type {any} */
        const made = {};
        for (let count = this.dice.below(3); count >= 0; count--) {
            const key = this.dice.pick(keys);
            // In what is no map, theirs takes the keyword for a property.
            made[key === "@none" && term !== undefined && !this.maps.has(term) ? "none" : key] = make();
        }
        return made;
    }

    text() {
        return this.dice.pick(texts);
    }

    /** Something for `term`. @param {string} term @param {number} depth @returns {any} */
    valueOf(term, depth) {
        const { dice } = this;
        if (this.odd()) return dice.pick([null, [], {}, [[]], [null], "", 0, { "@value": null }, { "@list": [[1], []] }, { "@id": "_:a" }, [[["x"]]], { "@set": [1, [2]] }, { "@type": "@json", "@value": [1] }, { "@language": "ar" }]);
        const node = () => (depth <= 0 ? { [this.word("@id")]: this.id() } : this.node(depth));
        switch (term) {
            case "list": return dice.once(3) ? { [this.word("@list")]: this.several(() => this.scalar(), 1) } : dice.once(4) ? [[this.scalar()], this.scalar(), []] : this.several(() => this.scalar(), 1);
            case "set": return dice.once(4) ? { [this.word("@set")]: this.several(() => this.scalar(), 1) } : this.several(() => this.scalar(), 1);
            case "names": return this.map(languages, () => this.several(() => (dice.once(12) ? null : this.text()), 1), term);
            case "byIndex": return this.map(["k", "l", "@none", "ex:k"], () => this.several(() => (dice.once(2) ? this.scalar() : node()), 1), term);
            case "byKey": return this.map(["k", "l", "@none", "ex:k"], () => this.several(node, 1), term);
            case "byId": return this.map([...iris, ...blanks, "@none"], () => this.several(() => this.node(depth), 1), term);
            case "byType": return this.map([...types, "@none"], () => this.several(() => (dice.once(5) ? dice.pick(iris) : this.node(depth)), 1), term);
            case "graph": return this.several(() => this.saying(depth), depth);
            case "graphs": return this.map(["k", "l", "@none"], () => this.several(() => this.saying(depth), 1), term);
            case "graphsById": return this.map([...iris, ...blanks, "@none"], () => this.several(() => this.saying(depth), 1), term);
            case "data": return this.json(2);
            case "link": return dice.once(3) ? node() : this.several(() => this.id(), 1);
            case "word": return this.several(() => (this.proper || dice.once(2) ? this.type() : this.text()), 1);
            case "reverse": return this.several(node, 1);
            case "nested": return this.several(() => this.map(["label", "list", "link", "plain", "names"], () => this.text()), 1);
            case "included": return this.several(() => this.saying(depth), 1);
            case "part": return this.several(node, 1);
            default: return this.several(() => (dice.once(5) ? node() : this.scalar()), 1);
        }
    }

    /** A text, number, boolean or value object. */
    scalar() {
        const { dice } = this;
        if (dice.once(6)) return dice.pick(numbers);
        if (dice.once(12)) return dice.once(2);
        if (dice.once(this.proper ? 300 : 30)) return null;
        if (!dice.once(4)) return this.text();
        /** @type {any} */
        const typed = dice.once(3);
        const made = { [this.word("@value")]: dice.once(typed ? 4 : 30) ? dice.pick(numbers) : this.text() };
        if (typed) made[this.word("@type")] = dice.once(6) ? "@json" : dice.pick(["ex:t", "date", "Typed", "http://www.w3.org/2001/XMLSchema#double", "http://www.w3.org/2001/XMLSchema#integer"]);
        else {
            if (dice.once(2)) made[this.word("@language")] = dice.pick(["ar", "EN-us", this.odd() ? "a b" : "fr"]);
            if (dice.once(3)) made[this.word("@direction")] = dice.pick(["rtl", "ltr"]);
        }
        if (dice.once(15)) made["@index"] = "i";
        return made;
    }

    /** @param {number} depth @returns {any} */
    json(depth) {
        const { dice } = this;
        if (depth === 0 || dice.once(3)) return dice.pick([null, true, "é\u2028", 1e21, -0, 0.1, "<&>", ...texts]);
        if (dice.once(2)) return Array.from({ length: dice.below(3) }, () => this.json(depth - 1));
        return this.map(["b", "a", "é", "\u{10000}", "\ufffd", "@context", "@id"], () => this.json(depth - 1));
    }

    // -------------------------------------------------------------- mistakes
    /** Puts something somewhere else, takes it away, or renames it. @param {any} root */
    spoil(root) {
        const { dice } = this;
        /** @type {[any, string][]} */
        const places = [];
        const visit = (/** @type {any} */ value) => {
            if (value === null || typeof value !== "object") return;
            for (const key of Object.keys(value)) {
                places.push([value, key]);
                visit(value[key]);
            }
        };
        visit(root);
        if (places.length === 0) return;
        const [holder, key] = dice.pick(places);
        const [other, from] = dice.pick(places);
        switch (dice.below(4)) {
            case 0: holder[key] = structuredClone(other[from]); break;
            case 1: if (Array.isArray(holder)) holder.splice(Number(key), 1); else delete holder[key]; break;
            case 2: holder[key] = dice.pick([null, true, 0, "", "x", [], {}, "@id", "ex:a", "_:a", ["@set"], { "@id": "ex:a" }]); break;
            default: {
                if (Array.isArray(holder)) break;
                const value = holder[key];
                delete holder[key];
                holder[dice.pick([...terms, "@id", "@type", "@value", "@list", "@set", "@graph", "@reverse", "@included", "@nest", "@language", "@direction", "@index", "@context", "@vocab", "@base", "@container", "@import", "@propagate", "@protected", "@prefix", "@version", "@json", "@none"])] = value;
            }
        }
    }
}

/** The document with this number. @param {number} seed @returns {any} */
export function randomDocument(seed) {
    return new DocumentMaker(seed).document();
}
