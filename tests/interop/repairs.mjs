// @ts-check
// Changes to a document that leave nothing for npm's jsonld to read in its own way: where it differs,
// both must come to the same of what is left. The README says where theirs leaves the standard.
import { asArray, isEmpty, isObject, somewhere } from "./deviations.mjs";
import { remoteContexts, scoped } from "./random_documents.mjs";

const misplaced = new Set(["@container", "@default", "@json", "@none", "@prefix", "@propagate", "@protected", "@version", "@vocab", "@base", "@import", "@preserve", "@explicit", "@embed", "@omitDefault", "@requireAll", "@direction"]);

const keywords = new Set([...misplaced, "@context", "@graph", "@id", "@included", "@index", "@language", "@list", "@nest", "@reverse", "@set", "@type", "@value"]);
const hasKeywordForm = (/** @type {any} */ text) => typeof text === "string" && /^@[a-z]+$/i.test(text);

const mapContainer = (/** @type {any} */ definition, /** @type {string[]} */ names) => asArray(definition["@container"]).some((one) => names.includes(one));

/** What a document's contexts say, wherever they are. */
class Facts {
    /** @param {any} document */
    constructor(document) {
        /** @type {Map<string, string>} terms that mean something else, as their definitions have it */
        this.meanings = new Map();
        /** @type {Set<string>} terms with values that are maps */
        this.maps = new Set();
        /** @type {Set<string>} terms with values that are graphs */
        this.graphs = new Set();
        /** @type {Set<string>} terms that are protected */
        this.guarded = new Set();
        /** @type {Set<string>} terms that are defined within the definition of another */
        this.inner = new Set();
        /** Terms of contexts that are no others' part. @type {Set<string>} */
        this.outer = new Set();
        /** @type {Set<any>} what stands where types do, also as key in what may be a type map */
        this.types = new Set();
        this.has_type_maps = false;
        this.has_scopes = false; // contexts that end somewhere
        /** @type {Set<string>} terms with a value that has @included, or has it not far below */
        this.including = new Set();
        somewhere(document, (key, part) => {
            if (key === "@context") asArray(part).forEach((one) => this.hear(one, false));
            return false;
        });
        this.walk(document, []);
    }
    /** @param {any} value @param {string[]} above the keys on the way to it, the nearest first */
    walk(value, above) {
        if (Array.isArray(value)) return value.forEach((part) => this.walk(part, above));
        if (!isObject(value)) return;
        for (const key of this.named(value, "@type")) asArray(value[key]).forEach((type) => this.types.add(type));
        if (this.maps.has(above[0])) Object.keys(value).forEach((type) => this.types.add(type));
        if (this.named(value, "@included").length > 0) above.slice(0, 3).forEach((key) => this.including.add(key));
        for (const [key, part] of Object.entries(value)) this.walk(part, [key, ...above]);
    }
    /** @param {any} given @param {boolean} is_inner @param {string[]} [urls] remote contexts on the way here */
    hear(given, is_inner, urls = []) {
        const is_remote = typeof given === "string" && given in remoteContexts && !urls.includes(given);
        if (is_remote) asArray(remoteContexts[given]["@context"]).forEach((one) => this.hear(one, is_inner, [...urls, given]));
        if (!isObject(given)) return;
        if (typeof given["@import"] === "string") this.hear(given["@import"], is_inner, urls);
        if (given["@propagate"] === false) this.has_scopes = true;
        for (const [term, definition] of Object.entries(given)) {
            const id = isObject(definition) ? definition["@id"] : definition;
            if (typeof id === "string" && (id.startsWith("@") || !this.meanings.has(term))) this.meanings.set(term, id);
            if (isObject(definition) && mapContainer(definition, ["@language", "@index", "@id", "@type"])) this.maps.add(term);
            if (isObject(definition) && mapContainer(definition, ["@graph"])) this.graphs.add(term);
            if (isObject(definition) && mapContainer(definition, ["@type"])) this.has_type_maps = true;
            if (given["@protected"] || (isObject(definition) && definition["@protected"])) this.guarded.add(term);
            (is_inner ? this.inner : this.outer).add(term);
            if (isObject(definition) && "@context" in definition) {
                this.has_scopes = true;
                asArray(definition["@context"]).forEach((one) => this.hear(one, true, urls));
            }
        }
    }
    /** The keyword that a text may mean. @param {any} text @returns {string | undefined} */
    keywordOf(text) {
        for (let tries = 4; tries > 0 && typeof text === "string"; tries--, text = this.meanings.get(text)) {
            if (text.startsWith("@")) return text;
        }
        return undefined;
    }
    /** The members of an object that may have one of these meanings. @param {any} object @param {string[]} keywords */
    named(object, ...keywords) {
        return Object.keys(object).filter((key) => keywords.includes(this.keywordOf(key) ?? ""));
    }
    /** Whether a value says nothing of its own. @param {any} value @returns {boolean} */
    isHollow(value) {
        if (Array.isArray(value)) return value.every((part) => this.isHollow(part));
        if (!isObject(value)) return true;
        const named = this.named(value, "@id", "@index", "@value", "@language", "@direction");
        const isNothing = (/** @type {string} */ key, /** @type {any} */ part) =>
            named.includes(key) || (!/[@:]/.test(key) && (!this.outer.has(key) || (isObject(part) && this.isHollow(part)))) || (key === "@reverse" && isObject(part) && this.isHollow(part));
        return Object.entries(value).every(([key, part]) => isNothing(key, part));
    }
    /** Whether something is protected that a scoped context defines again. */
    get has_loosened() {
        return [...this.guarded].some((term) => this.inner.has(term));
    }
}

/** Where a repair may be made: at a node, map or value; at a context; at a term's definition; at whatever has a context.
 *  @typedef {{place: "node" | "context" | "definition" | "scope", object: any, name: string, in_array: boolean, facts: Facts}} Place */

/** Changes that leave nothing for theirs to do in its own way; each says whether there was something.
 *  @type {Record<string, (at: Place) => boolean>} */
const repairs = {
    "§4.1.2 step 2: @propagate in an array of contexts": ({ place, object, in_array }) => place === "context" && in_array && remove(object, ["@propagate"]),
    "§4.1.2 step 1: @direction before another context": ({ place, object }) => place === "context" && remove(object, ["@direction"]),
    "§4.1.2 step 3: a scoped context that is empty, and as little propagated as others": ({ place, object }) =>
        place === "definition" && isEmpty(object["@context"]) && replace(object, ["@context"], () => ({})),
    "§4.1.2 step 5.1.1: null after a scoped context that defines a protected term again": ({ place, object, facts }) =>
        place === "scope" && facts.has_loosened && asArray(object["@context"]).includes(null) &&
        replace(object, ["@context"], (own) => asArray(own).filter((one) => one !== null)),
    "§4.1.2 step 5.1.2: null as the context of a term or type": ({ place, object }) =>
        place === "definition" && asArray(object["@context"]).includes(null) && remove(object, ["@context"]),
    "§4.1.2 step 5.8.3: a keyword as @vocab": ({ place, object, facts }) =>
        place === "context" && typeof object["@vocab"] === "string" && hasKeywordForm(facts.keywordOf(object["@vocab"])) && replace(object, ["@vocab"], () => "https://v.example/"),
    "§4.2.2 steps 5, 13.3, 14.2.2: a term that is a reserved word, or means one": ({ place, object, facts }) =>
        place === "context" &&
        remove(object, Object.keys(object).filter((key) => hasKeywordForm(object[key]?.["@reverse"]) || [key, object[key], object[key]?.["@id"]].some((text) => hasKeywordForm(text) && !keywords.has(text)))),
    "§4.2.2 step 12.2: a type that is defined by its own term": ({ place, object, name }) =>
        place === "definition" && remove(object, ["@type"].filter((key) => object[key] === name || String(object[key]).startsWith(`${name}:`))),
    "§4.2.2 step 13.5: a reverse property's container that is none of three": ({ place, object }) => {
        if (place !== "definition" || !("@reverse" in object) || !("@container" in object) || typeof object["@container"] === "string") return false;
        const [first] = asArray(object["@container"]);
        return first ? replace(object, ["@container"], () => first) : remove(object, ["@container"]);
    },
    "§4.2.2 step 14.2.4: a term that begins with a colon": ({ place, object }) =>
        place === "context" && remove(object, Object.keys(object).filter((key) => key.startsWith(":"))),
    "§4.2.2 step 14.2.5: a blank node identifier as prefix": ({ place, object }) =>
        place === "context" && remove(object, Object.keys(object).filter((key) => typeof object[key] === "string" && object[key].startsWith("_:"))),
    "§4.2.2 step 16.2: a term that is a relative reference, and so after @vocab": ({ place, object }) =>
        place === "context" && remove(object, Object.keys(object).filter((key) => key.includes("/") && !key.includes(":") && isObject(object[key]) && !("@id" in object[key]))),
    "§4.2.2 step 23: @direction beside @type": ({ place, object }) =>
        place === "definition" && "@type" in object && remove(object, ["@direction"]),
    "§4.2.2 step 27: a definition that says what goes without saying": ({ place, object }) =>
        place === "definition" && remove(object, ["@prefix", "@container"].filter((key) => object[key] === false || object[key] === null)),
    "§5.1.2 step 7: a value of more than two members": ({ place, object, facts }) => {
        const value = facts.named(object, "@value");
        const kept = new Set([...value, ...facts.named(object, "@type", "@language")].slice(0, 2));
        return place === "node" && facts.has_scopes && Object.keys(object).length > 2 && value.length > 0 && remove(object, Object.keys(object).filter((key) => !kept.has(key)));
    },
    "§5.1.2 steps 3, 8: a term that its own context redefines": ({ place, object, name }) => {
        if (place !== "definition") return false;
        const is_several = asArray(object["@context"]).length > 1 && replace(object, ["@context"], (all) => all.at(-1)); // what comes later counts in the first
        const own = asArray(object["@context"]);
        const is_remote = own.some((one) => asArray(remoteContexts[one]?.["@context"]).some((part) => isObject(part) && name in part));
        if (is_remote) return remove(object, ["@context"]);
        // What is relative is so to itself, where it is applied twice.
        const isRelative = (/** @type {any} */ text) => typeof text === "string" && (!text.includes(":") || own.some((one) => isObject(one) && text.split(":")[0] in one));
        return own.filter((one) => isObject(one) && remove(one, [name, ...["@base", "@vocab"].filter((key) => isRelative(one[key]))])).length > 0 || is_several;
    },
    "§5.1.2 step 13.4: a keyword that a node can't have": ({ place, object }) =>
        place === "node" && remove(object, Object.keys(object).filter((key) => misplaced.has(key) && !(key === "@direction" && Object.keys(object).length > 1))),
    "§5.1.2 step 13.4: another name for such a keyword": ({ place, object }) =>
        place === "context" && remove(object, Object.keys(object).filter((key) => misplaced.has(object[key]?.["@id"] ?? object[key]))),
    "§5.1.2 step 13.4.4.4: nothing in @type, which still is there": ({ place, object, facts }) =>
        place === "node" && remove(object, facts.named(object, "@type").filter((key) => isEmpty(object[key]))),
    "§5.1.2 step 13.4.5: nothing in @graph, beside @value, @language, @list or @set": ({ place, object, facts }) =>
        place === "node" && facts.named(object, "@value", "@language", "@list", "@set").length > 0 && replace(object, facts.named(object, "@graph"), () => [{ "https://ex.example/something": "a" }]),
    "§5.1.2 step 13.4.6.2: @included where the term around has a context": ({ place, object, name, facts }) =>
        place === "definition" && facts.including.has(name) && remove(object, ["@context"]),
    "§5.1.2 step 13.4.7.2: @value that is an empty array": ({ place, object, facts }) =>
        place === "node" && replace(object, facts.named(object, "@value").filter((key) => isEmpty(object[key])), () => null),
    "§5.1.2 step 13.4.8.1: @language that is null": ({ place, object, facts }) =>
        place === "node" && remove(object, facts.named(object, "@language").filter((key) => object[key] === null)),
    "§5.1.2 step 13.4.11.1: a @list beside something else": ({ place, object, facts }) =>
        place === "node" && Object.keys(object).length > 1 && remove(object, facts.named(object, "@list")),
    "§5.1.2 step 13.4.11.2: a @list of nothing": ({ place, object, facts }) =>
        place === "node" && replace(object, facts.named(object, "@list").filter((key) => object[key] === null || isObject(object[key])), (value) => [value]),
    "§5.1.2 step 13.4.16: @set of null": ({ place, object, facts }) =>
        place === "node" && remove(object, facts.named(object, "@set").filter((key) => object[key] === null || Object.keys(object).length > 1)),
    "§5.1.2 steps 13.7.2, 13.7.4.2.4, 13.8.3.4: a map whose term has a context": ({ place, object }) =>
        place === "definition" && mapContainer(object, ["@language", "@index", "@id"]) && remove(object, ["@context"]),
    "§5.1.2 step 13.12: a graph container of nothing": ({ place, object, facts }) =>
        place === "node" && remove(object, Object.keys(object).filter((key) => facts.graphs.has(key) && facts.isHollow(object[key]))),
    "§5.1.2 step 13.4: another name for a keyword, with more than that": ({ place, object, facts }) =>
        place === "definition" && facts.keywordOf(object["@id"]) !== undefined && remove(object, ["@container", "@context", "@index", "@type"]),
    "§5.1.2 step 13.6: @json that is a map": ({ place, object }) =>
        place === "definition" && object["@type"] === "@json" && mapContainer(object, ["@language", "@index", "@id"]) && remove(object, ["@container", "@index"]),
    "§5.1.2 step 13.8.2: an index that is the vocabulary itself": ({ place, object }) =>
        place === "definition" && object["@index"] === "" && replace(object, ["@index"], () => "https://ex.example/key"),
    "§5.1.2 step 13.8.3.4: a type map whose term, types or node have contexts": ({ place, object, name, facts }) => {
        if (!facts.has_type_maps) return false;
        const isRemote = (/** @type {any} */ one) => one === scoped;
        if (place === "scope" && asArray(object["@context"]).some(isRemote)) {
            return replace(object, ["@context"], (own) => asArray(own).flatMap((one) => (isRemote(one) ? structuredClone(remoteContexts[one]["@context"]) : [one])));
        }
        if (place === "context") return remove(object, ["@propagate"]);
        return place === "definition" && (facts.types.has(name) || mapContainer(object, ["@type"])) && remove(object, ["@context"]);
    },
    "§5.1.2 step 14.2.2: a @set or @list in @nest": ({ place, object, name, facts }) =>
        place === "node" && facts.keywordOf(name) === "@nest" && remove(object, facts.named(object, "@set", "@list")),
    "§5.2.2 step 4: another name for a keyword, as an identifier": ({ place, object, name, in_array, facts }) => {
        if (place !== "node") return false;
        const isAlias = (/** @type {any} */ text) => typeof text === "string" && !text.startsWith("@") && facts.keywordOf(text) !== undefined;
        const ids = facts.named(object, "@id").filter((key) => isAlias(object[key]));
        const keys = !in_array && facts.maps.has(name) ? Object.keys(object).filter(isAlias) : [];
        for (const key of keys) object[`${key}/other`] = object[key];
        const had_ids = replace(object, ids, () => "other");
        return remove(object, keys) || had_ids;
    },
    "§5.2.2 step 6.4: a prefix that means nothing": ({ place, object }) =>
        place === "definition" && object["@id"] === null && remove(object, ["@prefix"]),
    "§7.2.2 step 6: of a node whose @id is empty nothing can be said, but of those in it": ({ place, object, facts }) =>
        place === "node" && replace(object, facts.named(object, "@id").filter((key) => object[key] === ""), () => "relative"),
};

/** Characters that theirs reads in its own way, and others in their place. @type {Record<string, {of: RegExp, by: string}>} */
const characters = {
    "RFC 3987 §2.2: IRIs may have line separators": { of: /[\u2028\u2029]/g, by: "x" },
    "RDF-CANON §4.6.3 step 4, §5: statements are in the order of code points, not of UTF-16": { of: /[\u{10000}-\u{10ffff}]/gu, by: "\u4e00" },
};

/** Whether there was one. @param {any} object @param {string[]} keys */
function remove(object, keys) {
    const found = keys.filter((key) => key in object);
    for (const key of found) delete object[key];
    return found.length > 0;
}

/** Whether there was one. @param {any} object @param {string[]} keys @param {(before: any) => any} by */
function replace(object, keys, by) {
    for (const key of keys) object[key] = by(object[key]);
    return keys.length > 0;
}

/** The document without what theirs reads in its own way, and what that was. @param {any} document */
export function repaired(document) {
    let text = JSON.stringify(document);
    /** @type {Set<string>} */
    const names = new Set();
    for (const [what, { of, by }] of Object.entries(characters)) {
        if (text !== (text = text.replace(of, by))) names.add(what);
    }
    const copy = JSON.parse(text);
    const facts = new Facts(copy);
    const mend = (/** @type {Place["place"]} */ place, /** @type {any} */ object, name = "", in_array = false) => {
        for (const [what, repair] of Object.entries(repairs)) if (repair({ place, object, name, in_array, facts })) names.add(what);
    };
    const visitContext = (/** @type {any} */ holder) => {
        mend("scope", holder);
        for (const one of asArray(holder["@context"])) {
            if (!isObject(one)) continue;
            mend("context", one, "", Array.isArray(holder["@context"]));
            for (const [term, definition] of Object.entries(one)) {
                if (!isObject(definition)) continue;
                mend("definition", definition, term);
                if ("@context" in definition) visitContext(definition);
            }
        }
    };
    const visit = (/** @type {any} */ value, name = "", in_array = false) => {
        if (Array.isArray(value)) return value.forEach((one) => visit(one, name, true));
        if (!isObject(value)) return;
        const has_context = "@context" in value && (in_array || !facts.maps.has(name)); // in a map, it is a key like others
        if (has_context) visitContext(value);
        const { "@context": context, ...rest } = value;
        const members = has_context ? rest : { ...value };
        mend("node", members, name, in_array);
        for (const key of Object.keys(value)) if (!(has_context && key === "@context")) delete value[key];
        Object.assign(value, members);
        for (const [key, part] of Object.entries(members)) visit(part, key);
    };
    visit(copy);
    return { document: copy, names: [...names] };
}
