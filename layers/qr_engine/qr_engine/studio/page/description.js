// The fields of a request, as the service describes them in /openapi.json: the form is made from these.

import { humanise } from './dom.js';

const LABELS = {
    bic: 'BIC',
    boost_error_correction: 'Raise error correction if it is free',
    dpi: 'Pixels per inch',
    eap_method: 'EAP method',
    eci: 'Character set marker',
    phase2: 'Inner method',
    eye_border_style: 'Border',
    eye_center_style: 'Centre',
    eye_shape: 'Whole eye',
    iban: 'IBAN',
    data_pattern: 'Modules',
    org: 'Organisation',
    po_box: 'PO box',
    ssid: 'Network name',
    tzid: 'Time zone',
    uid: 'Identifier',
    url: 'Web address',
    text_position: 'Caption on',
    eye_center: 'Eye centres',
    eye_border: 'Eye borders',
    per_eye: 'Eye by eye',
    kanji: 'Kanji mode',
    clear_modules: 'Leave out the modules under it',
    center: 'Centre',
    color: 'Colour',
    colors: 'Colours',
    text_color: 'Colour of the caption',
    text: 'Caption',
    verify: 'Read the picture back',
    cache: 'Use the cache',
    micro: 'Micro QR',
    lat: 'Latitude',
    lon: 'Longitude',
};

const CONTENT_LABELS = {
    text: 'Text',
    wifi: 'Wi-Fi',
    vcard: 'Contact',
    mecard: 'MeCard',
    geo: 'Place',
    email: 'E-mail',
    sms: 'SMS',
    tel: 'Phone',
    url: 'Link',
    event: 'Event',
    epc: 'Payment',
    whatsapp: 'WhatsApp',
};

// What this page asks for where the form says nothing: as a program, it has no preference that `Accept` could tell.
const INITIAL = { format: 'svg' };

// Fields of contents that few people need.
const RARE = new Set([
    'anonymous_identity',
    'as_typed',
    'eap_method',
    'extended_address',
    'identity',
    'nickname',
    'phase2',
    'po_box',
    'uid',
]);

// Longer spellings of words that the form offers already.
const SYNONYMS = new Set(['low', 'medium', 'quartile', 'high']);

/** Return the fields of a request for a code, `data` with its content types first. */
export function requestFields(document) {
    const read = (name, schema, required) => readField(document, name, schema, required);
    const { properties, required } = document.components.schemas.QRRequest;
    return Object.entries(properties).map(([name, schema]) =>
        name === 'data' ? readContent(document, schema) : read(name, schema, required.includes(name)),
    );
}

/** Return what the form calls the field at a path, with what it is in: "Colours › Foreground". */
export function labelOfPath(path) {
    const names = path.split(/[.[\]]+/).filter(Boolean);
    return names
        .map((name, index) => {
            if (name === 'data') return index ? 'Picture' : 'Content';
            return /^\d+$/.test(name) ? String(Number(name) + 1) : labelOf(name);
        })
        .join(' › ');
}

function labelOf(name) {
    return LABELS[name] ?? humanise(name);
}

/** Tell whether the service has a route. */
export function hasRoute(document, method, path) {
    return method in (document.paths[path] ?? {});
}

function readContent(document, schema) {
    const kinds = schema.anyOf.map((choice) => {
        if (choice.type === 'string') return { type: 'text', label: CONTENT_LABELS.text, fields: [] };
        const { properties, required, description } = resolve(document, choice);
        const type = properties.type.enum?.[0] ?? properties.type.const;
        const fields = Object.entries(properties)
            .filter(([name]) => name !== 'type')
            .map(([name, inner]) => readField(document, name, inner, required.includes(name)));
        const rank = ({ name, required }) => (required ? 0 : RARE.has(name) ? 2 : 1);
        fields.sort((a, b) => rank(a) - rank(b));
        fields.forEach((field) => {
            field.isRare = RARE.has(field.name);
        });
        return { type, label: CONTENT_LABELS[type] ?? humanise(type), help: description, fields };
    });
    return { name: 'data', kind: 'content', kinds, required: true };
}

function resolve(document, schema) {
    return schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)] : schema;
}

/** Read one field: what it may be (`kind`), its bounds, its default, and the words about it. */
function readField(document, name, given, required = false) {
    const choices = (given.anyOf ?? [given]).map((choice) => resolve(document, choice));
    const kinds = choices.filter((choice) => choice.type !== 'null');
    const text = kinds.find((choice) => choice.type === 'string');
    const list = kinds.find((choice) => choice.type === 'array');
    const schema = list ?? text ?? kinds[0];
    return {
        name,
        required,
        label: labelOf(name),
        help: given.description ?? schema.description ?? '',
        initial: given.default ?? INITIAL[name],
        example: (schema.examples ?? given.examples ?? [])[0],
        ...readKind(document, name, schema, Boolean(text && list)),
    };
}

function readKind(document, name, schema, single) {
    if (schema.type === 'array') {
        const item = readField(document, '', schema.items);
        return { kind: 'list', item, single, min: schema.minItems ?? 0, max: schema.maxItems ?? Infinity };
    }
    if (schema.enum) return { kind: 'choice', options: schema.enum.filter((word) => !SYNONYMS.has(word)) };
    if (schema.type === 'object') {
        const fields = Object.entries(schema.properties).map(([inner, value]) =>
            readField(document, inner, value, schema.required?.includes(inner)),
        );
        return { kind: 'object', fields };
    }
    if (schema.type === 'boolean') return { kind: 'boolean' };
    if (schema.type === 'integer' || schema.type === 'number') {
        return { kind: 'number', whole: schema.type === 'integer', min: schema.minimum, max: schema.maximum };
    }
    if (schema.format === 'color') return { kind: 'color' };
    if (schema.format === 'date') return { kind: 'date' };
    return { kind: 'text', longest: schema.maxLength, lines: takesLines(schema) };
}

function takesLines({ pattern }) {
    return pattern === undefined ? false : new RegExp(pattern, 'u').test('a\nb');
}
