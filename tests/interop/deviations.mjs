// @ts-check
// Where npm's jsonld is known to leave JSON-LD 1.1 API: what a document must have, and what must have
// become of it, for a difference to be laid to that. The README says more.
import { remoteContexts } from "./random_documents.mjs";

/** @typedef {{kind: "expanded" | "standard" | "safe", document: any, ours: any, theirs: any, ourTree: any, theirTree: any}} Case */

const isObject = (/** @type {any} */ value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (/** @type {any} */ value) => Array.isArray(value) && value.length === 0;
const asArray = (/** @type {any} */ value) => (Array.isArray(value) ? value : [value]);

/** Whether it holds of a member of an object somewhere. @param {any} value
 *  @param {(key: string, value: any, holder: any) => boolean} test @returns {boolean} */
function somewhere(value, test) {
    if (Array.isArray(value)) return value.some((part) => somewhere(part, test));
    return isObject(value) && Object.entries(value).some(([key, part]) => test(key, part, value) || somewhere(part, test));
}

/** An expanded document without members that are empty, which say nothing. @param {any} value @returns {any} */
export function withoutEmpty(value) {
    const visit = (/** @type {any} */ one) => {
        if (Array.isArray(one)) return one.map(visit);
        if (!isObject(one) || one["@type"] === "@json") return one;
        /** @type {any} */
        const made = {};
        for (const [key, part] of Object.entries(one)) {
            const less = visit(part);
            const says = key === "@list" || !(isEmpty(less) || (key === "@reverse" && isObject(less) && Object.keys(less).length === 0));
            if (says) made[key] = less;
        }
        return made;
    };
    return visit(value).filter((/** @type {any} */ one) => Object.keys(one).length > 0);
}

/** A document whose contexts have what they import: theirs takes no context with @import. @param {any} value @param {boolean} [in_context] @returns {any} */
export function withImports(value, in_context = false) {
    if (Array.isArray(value)) return value.map((part) => withImports(part, in_context));
    if (!isObject(value)) return value;
    const made = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withImports(part, key === "@context" || in_context)]));
    const imported = in_context && typeof made["@import"] === "string" ? remoteContexts[made["@import"]]?.["@context"] : undefined;
    if (!isObject(imported)) return made;
    delete made["@import"];
    return { ...imported, ...made };
}

/** Whether a term has such a container. @param {any} document @param {(container: any[], definition: any) => boolean} test */
const hasContainer = (document, test) => somewhere(document, (key, part, holder) => key === "@container" && test(asArray(part), holder)) || false;

/** What theirs drops from graphs. @param {any} item */
const isHollow = (item) => isObject(item) && ("@value" in item || "@list" in item || Object.keys(item).every((key) => key === "@id" || key === "@index"));

/** An expanded document without any of that. What is nothing but a graph after that is no other graph's only node:
 *  theirs has taken it for that graph. @param {any} value @returns {any} */
function withoutHollow(value) {
    if (Array.isArray(value)) return value.map(withoutHollow).filter((part) => !isHollow(part));
    if (!isObject(value)) return value;
    /** @type {any} */
    const made = {};
    for (const [key, part] of Object.entries(value)) {
        const less = withoutHollow(part);
        if (!(Array.isArray(less) && less.length === 0) && !(isObject(less) && Object.keys(less).length === 0)) made[key] = less;
    }
    const [inner, ...others] = asArray(made["@graph"]);
    const has_lost = others.length === 0 && isObject(inner) && "@graph" in inner && Object.keys(inner).every((key) => /^@(graph|id|index)$/.test(key)) && Object.keys(value["@graph"][0]).length > Object.keys(inner).length;
    return has_lost ? Object.fromEntries(Object.entries({ ...made, ...inner }).sort()) : made;
}

const misplaced = new Set(["@container", "@default", "@json", "@none", "@prefix", "@propagate", "@protected", "@version", "@vocab", "@base", "@import", "@preserve", "@explicit", "@embed", "@omitDefault", "@requireAll", "@direction"]);

const keywords = new Set([...misplaced, "@context", "@graph", "@id", "@included", "@index", "@language", "@list", "@nest", "@reverse", "@set", "@type", "@value"]);
const hasKeywordForm = (/** @type {any} */ text) => typeof text === "string" && /^@[a-z]+$/i.test(text);

/** Whether ours refuses for that, itself or as a scoped context. @param {Case} one @param {string} code */
function weRefuse(one, code) {
    const { refused } = one.ours[one.kind];
    return refused === code || refused === "invalid scoped context";
}

const isIllLanguage = (/** @type {any} */ tag) => typeof tag === "string" && !/^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag);

/** What no IRI has. */
const isIllFormed = (/** @type {any} */ iri) => typeof iri === "string" && /[\x00-\x20<>"{}|\\^`]|#.*#/.test(iri);

/** @type {Record<string, (one: Case) => boolean>} */
export const deviations = {
    "§4.1.2 step 5.7.5: without a base, a relative @base is no error": (one) =>
        weRefuse(one, "invalid base IRI") && somewhere(one.document, (key, part) => key === "@base" && typeof part === "string" && !part.includes(":")),
    "§4.1.2 step 5.13: @protected that is false is taken for a cycle": ({ kind, theirs, document }) =>
        ["cyclic IRI mapping", "invalid scoped context"].includes(theirs[kind].refused) && somewhere(document, (key, part) => key === "@protected" && !part),
    "§4.2.2 step 4: @type is defined with more than @container and @protected": (one) =>
        weRefuse(one, "keyword redefinition") && somewhere(one.document, (key, part) => key === "@type" && isObject(part) && ("@id" in part || (part["@container"] ?? "@set") !== "@set" || part["@container"] === null)),
    "§4.2.2 step 5: @context in a context is let through": (one) =>
        weRefuse(one, "keyword redefinition") && somewhere(one.document, (key, part) => key === "@context" && asArray(part).some((each) => isObject(each) && "@context" in each)),
    "§4.2.2 step 27: a protected term may be defined without @id, if that is the same": ({ kind, theirs, document }) =>
        ["protected term redefinition", "invalid scoped context"].includes(theirs[kind].refused) &&
        somewhere(document, (_, part) => isObject(part) && !("@id" in part) && ("@container" in part || "@type" in part || "@protected" in part)),
    "§4.2.2 step 27: a type's context does not override protected terms, though it was tried with that": ({ kind, ours, document }) =>
        ours[kind].refused === "protected term redefinition" && somewhere(document, (_, part) => isObject(part) && isObject(part["@context"])),
    "§4.2.2 step 23: beside @type, @direction is not looked at": ({ kind, theirs, document }) =>
        ["invalid base direction", "invalid scoped context"].includes(theirs[kind].refused) && somewhere(document, (key, _, holder) => key === "@direction" && "@type" in holder),
    "safe mode: ours refuses @set and @list beside @type, which say nothing": ({ kind, ours }) =>
        kind === "safe" && ours.safe.refused === "invalid set or list object",
    "§5.1.2 step 16: @set beside a single type stays, and says nothing, and ours leaves it out": ({ kind, theirTree }) =>
        kind !== "safe" && somewhere(theirTree, (key) => key === "@set"),
    "§4.2.2 step 11: @protected that is no boolean is let through": (one) => weRefuse(one, "invalid @protected value"),
    "§4.2.2 step 19.1: @container that is null, 0, empty or has the same twice is let through": (one) =>
        weRefuse(one, "invalid container mapping") && hasContainer(one.document, (container) => container.length === 0 || !container[0] || new Set(container).size < container.length),
    "§4.2.2 step 20.2: @index that expands to no IRI is let through": (one) =>
        weRefuse(one, "invalid term definition") && somewhere(one.document, (key, part) => key === "@index" && typeof part === "string" && (!part.includes(":") || part.startsWith("_:"))),
    "§7.2.2 step 6.1: a node whose @id is null has no name, and no new one": ({ kind, theirTree }) =>
        kind === "standard" && somewhere(theirTree, (key, part) => key === "@id" && part === null),
    "§5.1.2 step 13.4.4.4: a type that is a reserved word is null, and not to be read": ({ kind, theirs }) =>
        /^Cannot read properties of null/.test(theirs[kind].refused ?? ""),
    "§5.1.2 step 13.4.5: a scalar in @graph is dropped, not an error": ({ kind, theirs }) => theirs[kind].refused === "invalid @graph value",
    "§5.1.2 step 13.4.6.2: @included is expanded without a property: what is free-floating is dropped": (one) =>
        one.ours[one.kind].refused === "invalid @included value" || (one.kind === "safe" && one.ours.expanded.refused === "invalid @included value") || one.theirs[one.kind].refused === "invalid @included value",
    "§5.1.2 step 13.8.3.7.4: @none names no @id, and so values may have it": ({ kind, theirs, document }) =>
        theirs[kind].refused === "invalid value object" && somewhere(document, (key) => key === "@none") && hasContainer(document, (container) => container.includes("@id")),
    "§5.1.2 step 13.8.3.7.5: a type map gives values a type": ({ theirTree }) =>
        somewhere(theirTree, (key, part, holder) => key === "@type" && Array.isArray(part) && "@value" in holder),
    "§5.1.2 steps 13.4.5, 13.4.6, 13.12: what says nothing in a graph, a graph container or @included": ({ kind, document, theirs, ourTree, theirTree }) =>
        (hasContainer(document, (container) => container.includes("@graph")) || somewhere([ourTree, theirTree], (key) => key === "@graph" || key === "@included")) &&
        ((ourTree !== null && theirTree !== null && JSON.stringify(withoutHollow(ourTree)) === JSON.stringify(withoutHollow(theirTree)) && JSON.stringify(ourTree) !== JSON.stringify(theirTree)) ||
            (kind === "safe" && /^(empty object|object with only @(id|value|list))$/.test(theirs[kind].refused ?? ""))),
    "§5.1.2 step 15.5: a value's type that is null is no IRI": (one) =>
        one.ours[one.kind].refused === "invalid typed value" && somewhere(one.theirTree, (key, part, holder) => key === "@type" && part === null && "@value" in holder),
    "safe mode: ours looks at the languages of terms that are not used, too": ({ kind, ours, document }) =>
        kind === "safe" && ours.safe.refused === "invalid @language value" && somewhere(document, (key, part, holder) => key === "@language" && !("@value" in holder) && isIllLanguage(part)),
    "safe mode: ours looks at the keys of lists in an identifier map, which no list has": ({ kind, ours, theirTree }) =>
        kind === "safe" && ours.safe.refused === "relative @id reference" && somewhere(theirTree, (key, part, holder) => key === "@id" && "@list" in holder && !/^[a-z][a-z0-9+.-]*:|^_:/i.test(part)),
    "safe mode: ours looks at reserved words where a term is expected, too": ({ kind, ours, document, theirTree }) =>
        kind === "safe" && ours.safe.refused === "reserved @id value" && somewhere(document, (key, part) => key === "@type" && part === "@vocab") && somewhere(theirTree, (key, part) => key === "@id" && part === null),
    "§7.2.2 step 4.1.2: values that differ in direction alone are two": ({ kind, theirTree }) => {
        /** @type {Map<string, Set<any>>} */
        const directions = new Map();
        somewhere(theirTree, (key, part, holder) => {
            if (key !== "@value") return false;
            const rest = JSON.stringify([part, holder["@type"], holder["@language"], holder["@index"]]);
            directions.set(rest, (directions.get(rest) ?? new Set()).add(holder["@direction"]));
            return false;
        });
        return kind !== "expanded" && [...directions.values()].some((found) => found.size > 1);
    },
    "§8.1.2 step 1, §8.2.2 steps 1, 6: what is no well-formed IRI is left out": ({ kind, theirTree }) =>
        kind !== "expanded" && somewhere(theirTree, (key, part) => isIllFormed(key) || ((key === "@id" || key === "@type") && asArray(part).some(isIllFormed))),
    "§8.2.2 step 7: texts in no well-formed language are left out": ({ kind, theirTree }) =>
        kind !== "expanded" && somewhere(theirTree, (key, part) => key === "@language" && isIllLanguage(part)),
    "safe mode: an empty @id is left out without a word": ({ kind, ours, theirTree }) =>
        kind === "safe" && ours.safe.refused === "relative @id reference" && somewhere(theirTree, (key, part) => key === "@id" && part === ""),
    "§8.2.2 step 10: texts of xsd:double are left as they are": ({ kind, theirTree }) =>
        kind !== "expanded" && somewhere(theirTree, (key, part, holder) => key === "@value" && typeof part === "string" && holder["@type"] === "http://www.w3.org/2001/XMLSchema#double"),
    "§8.2.2 step 13: numbers and truths have a direction, too": ({ kind, theirTree }) =>
        kind !== "expanded" && somewhere(theirTree, (key, part, holder) => key === "@value" && typeof part !== "string" && "@direction" in holder),
};

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
            if (is_inner) this.inner.add(term);
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
        return !isObject(value) || this.named(value, "@id", "@index", "@value", "@language", "@direction").length === Object.keys(value).length;
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
    "§5.1.2 step 13.8.3.4: a type map whose term, types or node have contexts": ({ place, object, name, facts }) => {
        if (!facts.has_type_maps) return false;
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

/** The deviation that explains a difference, if one does. @param {"expanded" | "standard" | "safe"} kind @param {any} document @param {any} ours @param {any} theirs */
export function findDeviation(kind, document, ours, theirs) {
    const tree = (/** @type {any} */ answer) => (typeof answer === "string" ? JSON.parse(answer) : null);
    const one = { kind, document, ours, theirs, ourTree: tree(ours.expanded), theirTree: tree(theirs.expanded) };
    return Object.keys(deviations).find((name) => deviations[name](one));
}
