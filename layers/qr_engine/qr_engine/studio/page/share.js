// The request in the forms that people take with them: an address, an element, a command, JSON, and files.

import { actionButton, el, tabs } from './dom.js';
import { draw, toBlob } from './live.js';
import { toQuery } from './request.js';

// API Gateway takes 10,240 bytes of request line and headers together.
const LONGEST_ADDRESS = 8000;

const ENDINGS = { jpeg: 'jpg' };

/** Write the address of the picture; null where it would be too long for one, as with a logo in it. */
export function toAddress(request) {
    const address = new URL(
        `api/qr/generate?${toQuery({ ...request, format: request.format ?? 'svg' })}`,
        document.baseURI,
    ).href;
    return address.length > LONGEST_ADDRESS ? null : address;
}

function toElement(request) {
    const address = toAddress(request);
    const size = request.size ?? 300;
    const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    const name = request.title ?? (typeof request.data === 'string' ? `QR code for ${request.data}` : 'QR code');
    const sides = request.frame ? `width="${size}"` : `width="${size}" height="${size}"`;
    return address && `<img src="${escape(address)}" alt="${escape(name)}" ${sides}>`;
}

function toCommand(request) {
    const format = request.format ?? 'svg';
    const quote = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
    const accept =
        format === 'json' || format === 'txt'
            ? ''
            : ` -H ${quote(`Accept: ${MEDIA_TYPES[format] ?? `image/${format}`}`)}`;
    const address = new URL('api/qr/generate', document.baseURI).href;
    return `curl -sS ${quote(address)} -H 'Content-Type: application/json'${accept} \\\n  -d ${quote(JSON.stringify(request))} -o qr.${ENDINGS[format] ?? format}`;
}

const MEDIA_TYPES = { svg: 'image/svg+xml', pdf: 'application/pdf', eps: 'application/postscript' };

const WAYS = [
    ['address', 'Address', toAddress],
    ['element', '<img>', toElement],
    ['curl', 'curl', toCommand],
    ['json', 'JSON', (request) => JSON.stringify(request, null, 2)],
];

/** Make the panel below the code. `getRequest` gives the request as it stands, and `formats` are those to download. */
export function createShare(place, { getRequest, formats }) {
    let way = 'address';
    const code = el('code');
    const copy = actionButton(
        'Copy',
        async () => {
            const text = write();
            if (text === null) return false;
            await navigator.clipboard.writeText(text);
            return true;
        },
        'Copied',
        { class: 'small copy' },
    );
    const snippet = el(
        'div',
        { class: 'snippet', role: 'tabpanel', id: 'share-way', tabindex: '0' },
        el('pre', {}, code),
        copy,
    );
    const heading = el('div');
    const files = el(
        'div',
        { class: 'files', role: 'group', 'aria-label': 'Download' },
        el('span', { class: 'label' }, 'Download'),
        formats.map((format) =>
            actionButton(format.toUpperCase(), () => save(getRequest(), format), 'Saved', { class: 'small' }),
        ),
    );
    const link = actionButton(
        'Copy link to this page',
        async () => {
            await navigator.clipboard.writeText(location.href);
            return true;
        },
        'Copied',
        { class: 'small' },
    );

    function write() {
        return WAYS.find(([id]) => id === way)[2](getRequest());
    }

    function choose(chosen) {
        way = chosen;
        update();
    }

    function update() {
        heading.replaceChildren(
            tabs({
                label: 'Ways to take the code with you',
                panel: 'share-way',
                selected: way,
                choose,
                items: WAYS.map(([id, label]) => [id, label]),
            }),
        );
        snippet.setAttribute('aria-labelledby', `share-way-${way}`);
        const text = write();
        copy.disabled = text === null;
        const words =
            text === null ? 'With a logo the URL is too long: use curl or JSON.' : shorten(text);
        code.replaceChildren(...words.split(/(?<=[?&])/).flatMap((part) => [part, el('wbr')]));
    }

    place.replaceChildren(
        files,
        heading,
        snippet,
        el(
            'p',
            { class: 'help' },
            'The whole request is in the URL of this page, after the #, which browsers do not send. ',
            link,
        ),
    );
    return { update };
}

// A logo is hundreds of thousands of characters that nobody reads; what is copied has all of them.
function shorten(text) {
    return text.replace(/(base64,.{40})[^"'\\]{60,}/g, '$1…');
}

async function save(request, format) {
    const { envelope } = await draw({ ...request, format });
    if (!envelope) return false;
    const address = URL.createObjectURL(toBlob(envelope));
    el('a', { href: address, download: `qr.${ENDINGS[format] ?? format}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    return true;
}
