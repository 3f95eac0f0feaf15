// Reads and grades a picture that somebody drops, pastes or chooses; what it says can be taken into the form.

import { bytes, dropZone, el } from './dom.js';
import { ask } from './live.js';
import { reduce } from './pictures.js';
import { levelOf, renderConditions, renderIssue, renderScore } from './verdict.js';

const LARGEST = 4 * 1024 * 1024; // bytes: what the service takes
const MOST_PIXELS = 16_000_000; // the same

let current = null;
let shown = null;

/** Show the panel. */
export function open(place, context) {
    if (current?.place === place && place.hasChildNodes()) return;
    const says = el('p', { class: 'fault', role: 'alert', hidden: true });
    const results = el('div', { class: 'wide', role: 'status' });
    const input = el('input', {
        type: 'file',
        accept: 'image/*',
        id: 'picture',
        class: 'unseen-input',
        on: {
            change: () => input.files[0] && readFile(input.files[0]),
        },
    });
    const zone = dropZone(
        'drop large',
        readFile,
        input,
        el('label', { for: 'picture' }, 'Choose a picture, drop it here, or paste it'),
    );
    place.replaceChildren(
        el(
            'section',
            { class: 'wide', 'aria-labelledby': 'read-heading' },
            el(
                'div',
                {},
                el('h2', { id: 'read-heading' }, 'Read'),
                el(
                    'p',
                    { class: 'lead' },
                    'See what the QR codes in a photo, a screenshot or a file say, and how well they scan. The service does not keep the picture.',
                ),
            ),
            zone,
            says,
            results,
        ),
    );
    current = { place, context, says, results, zone };
    document.addEventListener('paste', (event) => {
        const [file] = event.clipboardData?.files ?? [];
        if (file?.type.startsWith('image/') && !place.hidden) readFile(file);
    });
}

/** Read this file, and show what was found. */
export async function readFile(file) {
    const { says, results, zone, context } = current;
    says.hidden = true;
    try {
        results.replaceChildren(el('p', { class: 'lead' }, 'Reading …'));
        const picture = await prepare(file);
        const stage = await showPicture(zone, picture);
        const answer = await ask('api/qr/read', { method: 'POST', body: picture, type: picture.type });
        if (answer.status !== 200) throw new Error(answer.json?.detail ?? `The service answered ${answer.status}.`);
        outline(stage, answer.json.symbols);
        show(results, answer.json, context);
    } catch (error) {
        results.replaceChildren();
        says.textContent = error.message;
        says.hidden = false;
    }
}

/** Reduce a picture where it is too large; one that the browser cannot open may be one that the service can. */
async function prepare(file) {
    try {
        return await reduce(file, { mostPixels: MOST_PIXELS, largest: LARGEST });
    } catch (error) {
        if (file.size <= LARGEST) return file;
        throw error;
    }
}

/** Show the picture as it is sent, so that places in the answer are places in it. */
async function showPicture(zone, picture) {
    if (shown) URL.revokeObjectURL(shown);
    shown = URL.createObjectURL(picture);
    const image = el('img', { src: shown, alt: 'The picture to read' });
    const stage = el('div', { class: 'picture' }, image);
    zone.querySelector('.picture')?.remove();
    zone.prepend(stage);
    // What a browser cannot show, the service may still read.
    await image.decode().catch(() => stage.remove());
    return stage;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Draw a line around each symbol where it lies in the picture. */
function outline(stage, symbols) {
    const image = stage.querySelector('img');
    const lines = document.createElementNS(SVG, 'svg');
    lines.setAttribute('viewBox', `0 0 ${image.naturalWidth || 1} ${image.naturalHeight || 1}`);
    lines.setAttribute('aria-hidden', 'true');
    for (const { position } of symbols) {
        const corners = [position.top_left, position.top_right, position.bottom_right, position.bottom_left];
        const line = document.createElementNS(SVG, 'polygon');
        line.setAttribute('points', corners.map(({ x, y }) => `${x},${y}`).join(' '));
        lines.append(line);
    }
    stage.append(lines);
}

function show(results, { symbols, grade }, context) {
    if (!symbols.length) {
        results.replaceChildren(
            el(
                'div',
                { class: 'found' },
                el('h3', {}, 'No QR code found'),
                el(
                    'p',
                    { class: 'reason' },
                    'The decoder found no code in this picture. Try a sharper one, or one with a larger code and some space around it.',
                ),
            ),
        );
        return;
    }
    results.replaceChildren(
        ...symbols.map((symbol) => renderSymbol(symbol, context)),
        grade ? renderGrade(grade, symbols.length > 1) : '',
    );
}

function renderSymbol(symbol, context) {
    const { parsed, text } = symbol;
    const kind = parsed && context.fields[0].kinds.find((each) => each.type === parsed.type);
    const name = `${symbol.micro ? 'Micro QR M' : 'QR version '}${symbol.version ?? ''}`;
    const about = [
        name,
        symbol.error_correction && `level ${symbol.error_correction}`,
        symbol.mask !== undefined && symbol.mask !== null && `mask ${symbol.mask}`,
        symbol.inverted && 'inverted',
        symbol.mirrored && 'mirrored',
    ]
        .filter(Boolean)
        .join(' · ');
    return el(
        'article',
        { class: 'found' },
        el('p', { class: 'text' }, text ?? `${bytes((symbol.bytes?.length ?? 0) * 0.75)} of binary data`),
        kind
            ? el(
                  'dl',
                  { class: 'facts' },
                  row('Kind', kind.label),
                  kind.fields.flatMap((field) => fieldRow(field, parsed[field.name])),
              )
            : '',
        el(
            'div',
            { class: 'row' },
            text
                ? el(
                      'button',
                      {
                          type: 'button',
                          class: 'primary',
                          on: {
                              click: () => context.use(kind ? { type: kind.type, ...saidOf(kind, parsed) } : text),
                          },
                      },
                      'Use in the form',
                  )
                : '',
            el('p', { class: 'reason' }, about),
        ),
    );
}

/** Return what a code says beyond what it need not say. */
function saidOf(kind, parsed) {
    const said = kind.fields.filter(
        (field) => parsed[field.name] !== undefined && parsed[field.name] !== field.initial,
    );
    return Object.fromEntries(said.map((field) => [field.name, parsed[field.name]]));
}

function fieldRow(field, value) {
    if (value === undefined || value === null || value === field.initial) return [];
    return row(field.label, value === true ? 'Yes' : [value].flat().join(', '));
}

function row(label, value) {
    return [el('div', {}, el('dt', {}, label), el('dd', {}, value))];
}

/** Show how well the largest symbol of the picture reads. */
function renderGrade(grade, isOneOfSeveral) {
    const left = grade.unused_error_correction;
    const headline =
        grade.score === null ? el('h3', {}, 'There was not enough time to try every condition') : renderScore(grade);
    return el(
        'article',
        { class: `found ${levelOf(grade)}`, 'aria-label': 'How well it scans' },
        headline,
        isOneOfSeveral ? el('p', { class: 'reason' }, 'For the largest code in the picture.') : '',
        grade.warnings.map((warning) => renderIssue({ message: warning.message })),
        renderConditions(grade.conditions),
        el(
            'dl',
            { class: 'facts' },
            row('Contrast', `${grade.contrast} : 1`),
            row('Quiet zone', `${grade.quiet_zone} modules`),
            row('Module', `${grade.module_pixels} px`),
            left === null ? [] : row('Error correction left', `${Math.round(left * 100)} %`),
        ),
        el('p', { class: 'help' }, grade.note ?? ''),
    );
}
