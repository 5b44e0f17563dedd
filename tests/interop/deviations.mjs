// @ts-check
// Where npm's jsonld is known to leave JSON-LD 1.1 API: what a document must have, and what must have
// become of it, for a difference to be laid to that. The README says more.
import { remoteContexts } from "./random_documents.mjs";

/** @typedef {{kind: "expanded" | "standard" | "safe", document: any, ours: any, theirs: any, ourTree: any, theirTree: any}} Case */

export const isObject = (/** @type {any} */ value) => value !== null && typeof value === "object" && !Array.isArray(value);
export const isEmpty = (/** @type {any} */ value) => Array.isArray(value) && value.length === 0;
export const asArray = (/** @type {any} */ value) => (Array.isArray(value) ? value : [value]);

/** Whether it holds of a member of an object somewhere. @param {any} value
 *  @param {(key: string, value: any, holder: any) => boolean} test @returns {boolean} */
export function somewhere(value, test) {
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

/** An expanded document without any of that. In maps, theirs takes what is nothing but a graph after that for the
 *  graph that holds it. @param {any} value @param {boolean} in_maps @returns {any} */
function withoutHollow(value, in_maps) {
    if (Array.isArray(value)) return value.map((part) => withoutHollow(part, in_maps)).filter((part) => !isHollow(part));
    if (!isObject(value)) return value;
    /** @type {any} */
    const made = {};
    for (const [key, part] of Object.entries(value)) {
        const less = withoutHollow(part, in_maps);
        if (!(Array.isArray(less) && less.length === 0) && !(isObject(less) && Object.keys(less).length === 0)) made[key] = less;
    }
    const [inner, ...others] = asArray(made["@graph"]);
    const is_graph = in_maps && others.length === 0 && isObject(inner) && "@graph" in inner && Object.keys(inner).every((key) => /^@(graph|id|index)$/.test(key));
    const has_lost = is_graph && Object.keys(value["@graph"][0]).length > Object.keys(inner).length;
    return has_lost ? Object.fromEntries(Object.entries({ ...made, ...inner }).sort()) : made;
}

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
    "§4.2.2 step 5: of a context with a @context only that is looked at": (one) =>
        one.ours[one.kind].refused !== undefined && somewhere(one.document, (key, part) => key === "@context" && asArray(part).some((each) => isObject(each) && "@context" in each)),
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
        ((ourTree !== null && theirTree !== null && JSON.stringify(ourTree) !== JSON.stringify(theirTree) &&
            [false, true].some((in_maps) => JSON.stringify(withoutHollow(ourTree, in_maps)) === JSON.stringify(withoutHollow(theirTree, in_maps)))) ||
            (kind === "safe" && /^(empty object|object with only @(id|value|list))$/.test(theirs[kind].refused ?? ""))),
    "§5.1.2 step 15.5: a value's type that is null or empty is no IRI": (one) =>
        one.ours[one.kind].refused === "invalid typed value" && somewhere(one.theirTree, (key, part, holder) => key === "@type" && (part === null || part === "") && "@value" in holder),
    "§5.1.2 steps 13.4.7.2, 15.5: what a free-floating value is, is not looked at": ({ kind, ours, theirs, document }) =>
        ["invalid typed value", "invalid value object value"].includes(ours[kind].refused) && !theirs[kind].refused && asArray(document).some((one) => isObject(one) && "@value" in one && [one["@value"], one["@type"]].some(Array.isArray)),
    "§5.1.2 step 13.4.11.1: what is in a free-floating @list is looked at": ({ kind, ours, theirs, document }) =>
        !ours[kind].refused && theirs[kind].refused !== undefined && asArray(document).some((one) => isObject(one) && "@list" in one),
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

/** The deviation that explains a difference, if one does. @param {"expanded" | "standard" | "safe"} kind @param {any} document @param {any} ours @param {any} theirs */
export function findDeviation(kind, document, ours, theirs) {
    const tree = (/** @type {any} */ answer) => (typeof answer === "string" ? JSON.parse(answer) : null);
    const one = { kind, document, ours, theirs, ourTree: tree(ours.expanded), theirTree: tree(theirs.expanded) };
    return Object.keys(deviations).find((name) => deviations[name](one));
}
