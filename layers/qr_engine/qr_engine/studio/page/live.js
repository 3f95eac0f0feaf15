// Asks the service for codes while somebody types: one request at a time, and never an old answer after a newer one.

const SHOWN_BY_BROWSERS = new Set(['svg', 'png', 'webp', 'jpeg', 'avif', 'gif']);

let token = '';

/** Send this token with every request from now on; it is kept in this page only. */
export function useToken(given) {
    token = given;
}

/** Ask the service; what it answers is read as JSON where it is JSON. */
export async function ask(path, { method = 'GET', body, type, signal } = {}) {
    const headers = { accept: 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = type ?? 'application/json';
    const response = await fetch(path, {
        method,
        headers,
        body: type || body === undefined ? body : JSON.stringify(body),
        signal,
    });
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, json: isJson ? await response.json() : null };
}

/** Turn the `data` of an envelope into a picture that an element can show and a click can save. */
export function toBlob({ data, encoding, content_type: type }) {
    if (encoding !== 'base64') return new Blob([data], { type });
    return new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type });
}

/** Draw one code; the outcome is an envelope, a problem, or that nobody answered. */
export async function draw(request, signal) {
    const answer = await ask('api/qr/generate', { method: 'POST', body: request, signal });
    if (answer.status === 200) return { envelope: answer.json };
    return { problem: answer.json ?? {}, status: answer.status };
}

async function drawToShow(request, signal) {
    const outcome = await draw(request, signal);
    if (outcome.problem?.code === 'would_not_scan') {
        // Shown all the same, so that one sees what would not be read.
        const shown = await draw({ ...request, format: 'svg', contrast: 'warn', verify: false }, signal);
        return { ...outcome, picture: shown.envelope && toBlob(shown.envelope) };
    }
    if (!outcome.envelope) return outcome;
    if (SHOWN_BY_BROWSERS.has(outcome.envelope.format)) return { ...outcome, picture: toBlob(outcome.envelope) };
    // What browsers do not show by itself is shown as the SVG of the same request.
    const shown = await draw({ ...request, format: 'svg' }, signal);
    return { ...outcome, picture: shown.envelope && toBlob(shown.envelope) };
}

/** Return a function that draws what it is given after a moment of quiet, and passes on the newest outcome only. */
export function createLive({ show, busy }) {
    let timer;
    let controller;
    return (request, delay) => {
        clearTimeout(timer);
        controller?.abort();
        const own = new AbortController();
        controller = own;
        if (request === null) return;
        timer = setTimeout(async () => {
            busy();
            let outcome;
            try {
                outcome = await drawToShow(request, own.signal);
            } catch (error) {
                outcome = { unreachable: String(error.message ?? error) };
            }
            // A newer request has taken its place, whether or not the browser could end this one.
            if (controller === own) show(outcome, request);
        }, delay);
    };
}
