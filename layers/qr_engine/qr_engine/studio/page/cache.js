// The cache for its operators: what it holds, how well it serves, and how to empty and to fill it.

import { bytes, el } from './dom.js';
import { ask } from './live.js';

const COUNT = new Intl.NumberFormat('en');

/** Show the panel, with figures of this moment. */
export async function open(place, { renderToken }) {
    const answer = await ask('api/qr/cache/stats');
    if (answer.status === 200) {
        place.replaceChildren(render(place, answer.json.stats, { renderToken }));
        return;
    }
    const detail = answer.json?.detail ?? 'Only operators of the service can see these figures.';
    const retry = () => open(place, { renderToken });
    place.replaceChildren(
        el(
            'section',
            { class: 'wide', 'aria-labelledby': 'cache-heading' },
            el('div', {}, el('h2', { id: 'cache-heading' }, 'Cache'), el('p', { class: 'lead' }, detail)),
            answer.json?.code === 'forbidden'
                ? renderToken(retry)
                : el('button', { type: 'button', class: 'small', on: { click: retry } }, 'Try again'),
        ),
    );
}

function render(place, stats, context) {
    const says = el('p', { role: 'status', class: 'help' });
    const refresh = async (text = '') => {
        await open(place, context);
        place.querySelector('[role=status]').textContent = text;
    };
    return el(
        'section',
        { class: 'wide', 'aria-labelledby': 'cache-heading' },
        el(
            'div',
            { class: 'row-heading' },
            el('div', {}, el('h2', { id: 'cache-heading' }, 'Cache'), el('p', { class: 'lead' }, describe(stats))),
            el('button', { type: 'button', class: 'small', on: { click: () => refresh() } }, 'Refresh'),
        ),
        figures([
            ['Hit rate', `${stats.hit_rate} %`],
            ['Hits', COUNT.format(stats.hits)],
            ['Misses', COUNT.format(stats.misses)],
            ['Entries', `${stats.total_keys_exact ? '' : '≈ '}${COUNT.format(stats.total_keys)}`],
            ['Size', bytes(stats.memory_bytes)],
            ['An entry', bytes(Math.round(stats.average_entry_bytes))],
        ]),
        el('div', {}, el('h3', {}, 'Tiers'), tiers(stats)),
        el('div', {}, el('h3', {}, 'Most requested'), popular(stats.popular)),
        el(
            'div',
            { class: 'row' },
            el('button', { type: 'button', class: 'small', on: { click: () => confirmWarming(refresh) } }, 'Warm …'),
            el(
                'button',
                { type: 'button', class: 'small danger', on: { click: () => confirmClearing(refresh) } },
                'Clear …',
            ),
        ),
        says,
    );
}

function describe({ mode, breaker, prefix }) {
    if (mode === 'memory') return 'There is no Redis; each process keeps the codes that it drew in its memory.';
    const state = breaker === 'closed' ? 'in use' : 'left alone for a moment after faults';
    return `Redis (${mode}, ${prefix}, ${state}) and the memory of each process.`;
}

function figures(pairs) {
    return el(
        'dl',
        { class: 'figures' },
        pairs.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    );
}

function table(heads, rows) {
    const cell = (tag, value, place) =>
        el(tag, { class: place ? 'count' : '', scope: tag === 'th' ? 'col' : null }, value);
    return el(
        'div',
        { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': heads[0] },
        el(
            'table',
            {},
            el(
                'thead',
                {},
                el(
                    'tr',
                    {},
                    heads.map((head, place) => cell('th', head, place)),
                ),
            ),
            el(
                'tbody',
                {},
                rows.map((row) =>
                    el(
                        'tr',
                        {},
                        row.map((value, place) => cell('td', value, place)),
                    ),
                ),
            ),
        ),
    );
}

function tiers(stats) {
    const rows = [
        [
            'Memory of the answering process',
            COUNT.format(stats.memory_hits),
            COUNT.format(stats.memory_tier.entries),
            bytes(stats.memory_tier.bytes),
        ],
    ];
    if (stats.mode !== 'memory')
        rows.push(['Redis', COUNT.format(stats.redis_hits), COUNT.format(stats.total_keys), bytes(stats.memory_bytes)]);
    return table(['Tier', 'Hits', 'Entries', 'Size'], rows);
}

function popular(entries) {
    if (!entries.length) return el('p', { class: 'help' }, 'No requests yet.');
    return table(
        ['Key', 'Format', 'Lookups'],
        entries.map(({ key, format, lookups }) => [
            el('code', {}, `${key.slice(0, 16)}…`),
            format,
            COUNT.format(Math.round(lookups)),
        ]),
    );
}

/** Ask before something is done that cannot be taken back; `act` gets the form and returns what has become of it. */
function confirm(title, body, action, act, refresh, isDangerous) {
    const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
    const cancel = el('button', { type: 'button', class: 'small', on: { click: () => dialog.close() } }, 'Cancel');
    const submit = async (event) => {
        event.preventDefault();
        const answer = await act(new FormData(event.target));
        if (answer.status !== 200) {
            fault.textContent = answer.json?.detail ?? `The service answered ${answer.status}.`;
            fault.hidden = false;
            return;
        }
        dialog.close();
        await refresh(answer.says);
    };
    const dialog = el(
        'dialog',
        { 'aria-labelledby': 'confirm-heading', on: { close: () => dialog.remove() } },
        el(
            'form',
            { on: { submit } },
            el('h2', { id: 'confirm-heading' }, title),
            body,
            fault,
            el(
                'div',
                { class: 'row' },
                cancel,
                el('button', { class: isDangerous ? 'small danger' : 'small' }, action),
            ),
        ),
    );
    document.body.append(dialog);
    dialog.showModal();
}

function input(id, label, help, attributes = {}) {
    return el(
        'div',
        { class: 'field' },
        el('label', { for: id }, label),
        el('input', {
            type: 'text',
            id,
            name: id,
            autocomplete: 'off',
            'aria-describedby': `${id}-help`,
            ...attributes,
        }),
        el('p', { class: 'help', id: `${id}-help` }, help),
    );
}

function confirmClearing(refresh) {
    const act = async (given) => {
        const pattern = given.get('pattern').trim();
        const answer = await ask('api/qr/cache/clear', { method: 'POST', body: pattern ? { pattern } : {} });
        return {
            ...answer,
            says:
                answer.json?.count === undefined
                    ? ''
                    : `Removed ${COUNT.format(answer.json.count)} entries${answer.json.complete ? '' : '; there was not enough time to remove them all'}.`,
        };
    };
    confirm(
        'Clear the cache',
        input(
            'pattern',
            'Only codes whose text matches',
            'For example https://example.com/*. Leave it empty to remove all entries; codes are drawn again on request.',
        ),
        'Clear',
        act,
        refresh,
        true,
    );
}

function confirmWarming(refresh) {
    const act = async (given) => {
        const texts = given
            .get('texts')
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean);
        const answer = await ask('api/qr/cache/warm', { method: 'POST', body: { patterns: texts } });
        const { stored, present, failed } = answer.json ?? {};
        return {
            ...answer,
            says: stored === undefined ? '' : `Stored ${stored}; ${present} were in the cache; ${failed} failed.`,
        };
    };
    const body = el(
        'div',
        { class: 'field' },
        el('label', { for: 'texts' }, 'Texts to draw, one per line'),
        el('textarea', { id: 'texts', name: 'texts', rows: '5', required: true, 'aria-describedby': 'texts-help' }),
        el('p', { class: 'help', id: 'texts-help' }, 'The service draws them with the defaults and stores them in advance.'),
    );
    confirm('Warm the cache', body, 'Warm', act, refresh, false);
}
