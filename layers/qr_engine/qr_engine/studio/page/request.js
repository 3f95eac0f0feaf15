// The request that the form writes: plain data, changed by paths, and its flat form that addresses and links have.

/** Split `effects[0].color` or `effects.0.color` into its steps. */
export function splitPath(path) {
    return path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Return what stands at a path, or undefined. */
export function read(value, path) {
    return path.reduce((found, step) => found?.[step], value);
}

/** Return a copy with `value` at a path; undefined takes the field away. */
export function write(target, [step, ...rest], value) {
    if (step === undefined) return value;
    const copy = Array.isArray(target) ? [...target] : typeof step === 'number' ? [] : { ...target };
    const inner = write(target?.[step], rest, value);
    if (inner === undefined && Array.isArray(copy)) copy.splice(step, 1);
    else if (inner === undefined) delete copy[step];
    else copy[step] = inner;
    return copy;
}

/** Return a request without the texts of lists that nobody has filled in, and without objects that say nothing. */
export function tidy(request) {
    const entries = Object.entries(request).map(([name, value]) => [name, tidyValue(value)]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function tidyValue(value) {
    if (Array.isArray(value)) {
        const filled = value.filter((item) => item !== '').map((item) => tidyValue(item) ?? {});
        return filled.length ? filled : undefined;
    }
    if (value === null || typeof value !== 'object') return value === '' ? undefined : value;
    return tidy(value);
}

/** Write a request flat, as GET has it: dots, numbers for objects in lists, a name again for each text of a list. */
export function flatten(value, prefix = '') {
    if (Array.isArray(value)) {
        return value.flatMap((item, index) =>
            flatten(item, item !== null && typeof item === 'object' ? `${prefix}.${index}` : prefix),
        );
    }
    if (value !== null && typeof value === 'object') {
        return Object.entries(value).flatMap(([name, item]) => flatten(item, prefix ? `${prefix}.${name}` : name));
    }
    return [[prefix, String(value)]];
}

const COLOURED = /(^|\.|_)(foreground|background|border|center|colors?)$/;

/** Write a request as a query string, where colours need no `#` and these signs no escape: easier to read. */
export function toQuery(request) {
    const pairs = flatten(request).map(([name, value]) => [
        name,
        COLOURED.test(name) ? value.replace(/^#/, '') : value,
    ]);
    return new URLSearchParams(pairs).toString().replace(/%(3A|2F|40)/g, (found) => decodeURIComponent(found));
}

/** Read a query string back, with the types that the description says; what it does not know is left out. */
export function fromQuery(query, fields) {
    // Without a prototype, so that no name means anything but itself.
    const tree = Object.create(null);
    for (const [name, value] of new URLSearchParams(query)) {
        const steps = name.split('.');
        let node = tree;
        for (const step of steps.slice(0, -1)) {
            if (typeof node[step] !== 'object' || Array.isArray(node[step])) node[step] = Object.create(null);
            node = node[step];
        }
        const leaf = steps.at(-1);
        if (leaf in node) node[leaf] = [node[leaf], value].flat();
        else node[leaf] = value;
    }
    return convertObject(tree, fields);
}

function convertObject(tree, fields) {
    const found = {};
    for (const field of fields) {
        const value = field.name in tree ? convert(tree[field.name], field) : undefined;
        if (value !== undefined) found[field.name] = value;
    }
    return found;
}

const CONVERSIONS = {
    boolean: (text) => text === 'true',
    number: (text) => (Number.isFinite(Number(text)) ? Number(text) : undefined),
    color: (text) => (/^([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(text) ? `#${text}` : text),
    choice: (text, field) => field.options.find((option) => String(option) === text),
};

function convert(value, field) {
    if (field.kind === 'content') return convertContent(value, field);
    if (field.kind === 'object') return typeof value === 'object' ? convertObject(value, field.fields) : undefined;
    if (field.kind === 'list') return convertList(value, field);
    if (typeof value !== 'string') return undefined;
    return CONVERSIONS[field.kind] ? CONVERSIONS[field.kind](value, field) : value;
}

function convertContent(value, field) {
    if (typeof value === 'string') return value;
    const kind = field.kinds.find((each) => each.type === value.type);
    return kind && { type: kind.type, ...convertObject(value, kind.fields) };
}

function convertList(value, field) {
    if (field.item.kind === 'object') {
        if (typeof value !== 'object') return undefined;
        return Object.keys(value)
            .sort((a, b) => a - b)
            .map((key) => convert(value[key], field.item));
    }
    if (typeof value === 'string' && field.single) return value;
    return [value].flat().map((each) => convert(each, field.item));
}
