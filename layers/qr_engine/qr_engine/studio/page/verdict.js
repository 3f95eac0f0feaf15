// Whether a phone will read the code: its score, the condition it fails in, and what would mend it.

import { labelOfPath } from './description.js';
import { bytes, el, humanise } from './dom.js';

const CONDITIONS = {
    as_it_is: 'As it is',
    dark_on_light: 'Dark on light',
    dim: 'Dim light',
    noisy: 'Grain',
    shadowed: 'Shadow',
    glaring: 'Glare',
    blurred: 'Blur',
    on_dark: 'On a dark page',
    on_screen: 'On a screen',
};

// Below the first nothing is left for bad light, a shaking hand or distance; from the second on nearly everything is.
const POOR = 50;
const GOOD = 85;

// Share of the codewords that each level can lose (ISO/IEC 18004:2015, 7.5.1).
const RECOVERY = { L: 7, M: 15, Q: 25, H: 30 };

const HEADLINES = {
    would_not_scan: 'Would not scan',
    too_much_data: 'Too much for this symbol',
    invalid_request: 'Invalid request',
    cannot_be_drawn: 'Cannot be drawn like this',
};

/** Show what the service says of a finished code. */
export function renderVerdict(place, envelope, apply) {
    const { metadata } = envelope;
    const { scan } = metadata;
    place.className = `verdict ${levelOf(scan)}`;
    place.replaceChildren(
        renderScore(scan),
        ...scan.warnings.map((warning) => renderIssue(warning, apply)),
        ...scan.changes.map((change) => el('p', { class: 'issue note' }, change)),
        scan.conditions.length ? renderConditions(scan.conditions) : '',
        renderBudget(metadata),
        renderFacts(envelope),
    );
}

/** Show the score of a picture, what it means, and the condition that it fails in. */
export function renderScore(scan) {
    const failing = scan.conditions.filter((each) => each.passed < each.steps);
    const headline = el('p', { class: 'headline' }, headlineOf(scan, failing));
    const reason = el('p', { class: 'reason' }, reasonOf(scan, failing));
    return el('div', { class: 'score' }, scoreOf(scan), el('div', {}, headline, reason));
}

/** Say how good a picture is, in a word that the style sheet has a colour for. */
export function levelOf({ score, warnings }) {
    if (score !== null && score < POOR) return 'bad';
    return warnings.length || (score !== null && score < GOOD) ? 'fair' : 'good';
}

function scoreOf({ score, warnings }) {
    if (score !== null) return el('p', { class: 'number' }, String(score), el('span', { class: 'of' }, ' of 100'));
    return el('p', { class: 'number mark', 'aria-hidden': 'true' }, warnings.length ? '!' : '✓');
}

function headlineOf({ score, warnings, worst_condition: worst }, failing) {
    if (worst) return humanise(worst);
    if (failing.length) return `Fails: ${failing.map(({ name }) => nameOf(name).toLowerCase()).join(', ')}`;
    if (warnings.length) return 'Some readers may fail';
    return score === null ? 'Ready to scan' : 'Reads in every condition';
}

function reasonOf({ score, warnings, conditions, estimated }, failing) {
    if (failing.length) {
        return `A decoder reads it in ${conditions.length - failing.length} of ${conditions.length} conditions; the more, the safer.`;
    }
    if (estimated) return 'Estimated from the colours and the quiet zone, as for every plain code.';
    if (warnings.length) return 'Each reason is below, with a fix.';
    if (score === null) return 'A plain code has no style that could confuse a reader.';
    return 'A decoder read the finished picture in each of the conditions below.';
}

function nameOf(name) {
    return CONDITIONS[name] ?? humanise(name);
}

/** Show how often a picture was read in each condition. */
export function renderConditions(conditions) {
    return el(
        'ul',
        { class: 'conditions', 'aria-label': 'Conditions of the score' },
        conditions.map(({ name, passed, steps }) => {
            const pips = Array.from({ length: steps }, (_, step) =>
                el('i', { class: step < passed ? 'pip on' : 'pip' }),
            );
            const text = passed === steps ? 'read' : `read in ${passed} of ${steps}`;
            return el(
                'li',
                { class: passed < steps ? 'failing' : '' },
                el('span', { class: 'pips', 'aria-hidden': 'true' }, pips),
                el('span', {}, nameOf(name)),
                el('span', { class: 'unseen' }, `: ${text}`),
            );
        }),
    );
}

/** Draw the error correction as a bar: what a logo takes of it, what may be taken, and what is kept for the camera. */
function renderBudget({ error_correction: level, scan: { covered } }) {
    const fill = el('i', { class: 'fill' });
    const limit = el('i', { class: 'limit' });
    const bar = el('div', { class: 'bar', 'aria-hidden': 'true' }, fill, limit);
    let text = level
        ? `Level ${level} tolerates ${RECOVERY[level]} % damage; none of it is used`
        : 'Detects errors, corrects none';
    if (covered) {
        const most = Math.max(covered.correctable, 1);
        fill.style.inlineSize = `${Math.min(100, (100 * covered.touched) / most)}%`;
        limit.style.insetInlineStart = `${(100 * covered.allowed) / most}%`;
        text = `The logo covers ${covered.touched} of ${covered.correctable} correctable codewords; it may cover ${covered.allowed}`;
    } else {
        limit.remove();
    }
    return el(
        'div',
        { class: 'budget' },
        el('p', { class: 'budget-text' }, el('span', {}, 'Error-correction budget'), el('span', {}, text)),
        bar,
    );
}

function renderFacts({ metadata, cached }) {
    const { scan } = metadata;
    const facts = [
        ['Contrast', `${scan.contrast} : 1`],
        ['Symbol', `${metadata.micro ? 'M' : ''}${metadata.version}, ${metadata.modules} × ${metadata.modules}`],
        ['Data', `${metadata.data_used} of ${metadata.data_capacity} bits`],
        ['Module', `${scan.module_pixels} px`],
        ['File', bytes(metadata.bytes)],
        ['Took', cached ? 'cached' : duration(metadata.generation_time_ms)],
    ];
    return el(
        'dl',
        { class: 'facts' },
        facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    );
}

function duration(ms) {
    if (ms < 0.1) return 'under 0.1 ms';
    return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** Show why there is no code, with a button for each change that would help. */
export function renderProblem(place, { problem, status }, apply) {
    const errors = problem.errors ?? [];
    place.className = 'verdict bad';
    place.replaceChildren(
        el(
            'div',
            { class: 'score' },
            el('p', { class: 'number mark', 'aria-hidden': 'true' }, '×'),
            el(
                'div',
                {},
                el(
                    'p',
                    { class: 'headline' },
                    HEADLINES[problem.code] ?? problem.title ?? `The service answered ${status}`,
                ),
                errors.length
                    ? ''
                    : el('p', { class: 'reason' }, problem.detail ?? problem.message ?? 'Try again in a moment.'),
            ),
        ),
        ...errors.map((error) => renderIssue(error, apply)),
        problem.fits ? renderFits(problem.fits, apply) : '',
    );
}

/** Say why nothing is drawn at the moment. */
export function renderNote(place, headline, reason) {
    place.className = 'verdict';
    place.replaceChildren(
        el(
            'div',
            { class: 'score' },
            el('div', {}, el('p', { class: 'headline' }, headline), el('p', { class: 'reason' }, reason)),
        ),
    );
}

/** Show what is wrong, or what may be, with a button where there is a value that mends it. */
export function renderIssue({ path, message, suggestion }, apply) {
    const isApplicable = path && suggestion !== undefined && suggestion !== null;
    const button =
        isApplicable &&
        el(
            'button',
            {
                type: 'button',
                class: 'mend',
                on: { click: () => apply([[path, suggestion]]) },
            },
            swatch(suggestion),
            `Use ${[suggestion].flat().join(', ')}`,
        );
    return el(
        'div',
        { class: 'issue', 'data-issue': path ?? '' },
        el('p', {}, path && el('strong', {}, `${labelOfPath(path)} `), message),
        button,
    );
}

function renderFits(fits, apply) {
    const changes = Object.entries(fits);
    const text = changes.map(([name, value]) => `${humanise(name).toLowerCase()} ${value}`).join(', ');
    return el(
        'div',
        { class: 'issue' },
        el('p', {}, `It fits with ${text}.`),
        el('button', { type: 'button', class: 'mend', on: { click: () => apply(changes) } }, 'Use these'),
    );
}

function swatch(value) {
    if (!/^#[0-9a-f]{3,8}$/i.test(String(value))) return null;
    const square = el('i', { class: 'swatch', 'aria-hidden': 'true' });
    square.style.background = value;
    return square;
}
