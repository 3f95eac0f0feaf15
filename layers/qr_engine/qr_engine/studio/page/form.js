// The form: content types as tabs, then the style in sections. It is made from the fields of the description; one that
// this file does not know of stands in the last section.

import { renderField } from './controls.js';
import { el, humanise, tabs } from './dom.js';
import { idOf } from './frame.js';
import { read, splitPath, tidy, write } from './request.js';

const SECTIONS = [
    { title: 'Named style', names: ['style'], open: true },
    { title: 'Pattern', names: ['data_pattern'], open: true },
    { title: 'Eyes', names: ['eye_shape', 'eye_border_style', 'eye_center_style'] },
    { title: 'Colours', names: ['colors'], open: true },
    { title: 'Gradients', names: ['gradient', 'eye_gradient', 'background_gradient'] },
    { title: 'Logo', names: ['logo', 'repair'] },
    { title: 'Frame', names: ['frame'] },
    { title: 'Effects', names: ['effects', 'stroke'] },
    { title: 'Size and format', names: ['size', 'format', 'margin', 'dpi'] },
    {
        title: 'Readers and error correction',
        names: ['readers', 'error_correction', 'boost_error_correction', 'contrast', 'verify'],
    },
    { title: 'Accessible name', names: ['title', 'description'] },
];
const REST = 'Symbol';

const SHOWN_AT_ONCE = 8;

// What a code in a named style still says itself.
const OUTSIDE_STYLES = new Set(['data', 'size', 'format', 'title', 'description']);

// Fields of which one shuts out others beside it.
const SHUT_OUT = {
    colors: ['stops'],
    stops: ['colors'],
    data: ['asset'],
    asset: ['data'],
    reference: ['text'],
    text: ['reference'],
    eye_shape: ['eye_border_style', 'eye_center_style'],
    eye_border_style: ['eye_shape'],
    eye_center_style: ['eye_shape'],
};

/** Make the form. `changed(request)` is called whenever the request is another one. */
export function createForm({ fields, contentPlace, stylePlace, renderLogo, changed }) {
    const [content, ...others] = fields;
    const listed = new Set(SECTIONS.flatMap((section) => section.names));
    const sections = [
        ...SECTIONS,
        { title: REST, names: others.map((field) => field.name).filter((name) => !listed.has(name)) },
    ]
        .map((section) => ({
            ...section,
            fields: section.names.map((name) => others.find((field) => field.name === name)).filter(Boolean),
        }))
        .filter((section) => section.fields.length);
    const open = new Set(sections.filter((section) => section.open).map((section) => section.title));
    const drafts = new Map();
    let request = {};

    const form = {
        renderLogo,
        renderField: (field, path) => renderField(field, path, form),
        get: (path) => read(request, path),
        isShutOut: (path) =>
            Object.entries(SHUT_OUT).some(
                ([name, others]) =>
                    others.includes(path.at(-1)) && read(request, [...path.slice(0, -1), name]) !== undefined,
            ),
        set: (path, value) => put(path, value, false),
        change: (path, value) => put(path, value, true),
    };

    function put(path, value, isStructural) {
        request = write(request, path, value);
        let shutOut = 0;
        if (value !== undefined) {
            for (const name of SHUT_OUT[path.at(-1)] ?? []) {
                const other = [...path.slice(0, -1), name];
                if (read(request, other) !== undefined) {
                    request = write(request, other, undefined);
                    shutOut += 1;
                }
            }
        }
        if (isStructural || shutOut) render();
        else summarise();
        changed(current());
    }

    function current() {
        return tidy(request);
    }

    function contentType() {
        const { data } = request;
        return typeof data === 'object' ? data.type : 'text';
    }

    function chooseType(type) {
        if (type === contentType()) return;
        drafts.set(contentType(), request.data);
        request = write(request, ['data'], drafts.get(type) ?? (type === 'text' ? '' : { type }));
        render();
        document.getElementById(`content-panel-${type}`)?.focus();
        changed(current());
    }

    function renderContent() {
        const type = contentType();
        const kind = content.kinds.find((each) => each.type === type);
        const list = tabs({
            label: 'Kind of content',
            panel: 'content-panel',
            selected: type,
            choose: chooseType,
            className: 'chips',
            items: content.kinds.map((each) => [each.type, each.label]),
        });
        const panel = el('div', { role: 'tabpanel', id: 'content-panel', 'aria-labelledby': `content-panel-${type}` });
        if (type === 'text') {
            const field = {
                name: 'data',
                kind: 'text',
                label: 'Text or link',
                lines: true,
                help: '',
                required: true,
                example: 'https://example.com',
            };
            panel.append(renderField(field, ['data'], form));
        } else {
            const place = (each) => renderField(each, ['data', each.name], form);
            const first = kind.fields.filter((each) => !each.isRare).slice(0, SHOWN_AT_ONCE);
            const rest = kind.fields.slice(first.length);
            panel.append(el('div', { class: 'grid' }, first.map(place)));
            if (rest.length) {
                const isUsed = rest.some((each) => form.get(['data', each.name]) !== undefined);
                panel.append(
                    el(
                        'details',
                        {
                            class: 'more',
                            open: isUsed || open.has('content'),
                            on: {
                                toggle: (event) => (event.target.open ? open.add('content') : open.delete('content')),
                            },
                        },
                        el('summary', {}, rest.length === 1 ? 'One more field' : `${rest.length} more fields`),
                        el('div', { class: 'grid' }, rest.map(place)),
                    ),
                );
            }
        }
        contentPlace.replaceChildren(list, panel);
    }

    function renderStyle() {
        stylePlace.replaceChildren(
            ...sections
                .filter((section) => section.fields.some((field) => !field.hidden))
                .map((section) =>
                    el(
                        'details',
                        {
                            class: 'section',
                            open: open.has(section.title),
                            on: {
                                toggle: (event) =>
                                    event.target.open ? open.add(section.title) : open.delete(section.title),
                            },
                        },
                        el(
                            'summary',
                            {},
                            el('h3', {}, section.title),
                            el('span', { class: 'summary-value', 'data-summary': section.title }),
                        ),
                        el(
                            'div',
                            { class: 'section-body' },
                            section.fields
                                .filter((field) => !field.hidden)
                                .map((field) => renderField(field, [field.name], form)),
                        ),
                    ),
                ),
        );
    }

    function render() {
        const focused = document.activeElement?.id;
        renderContent();
        renderStyle();
        summarise();
        if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }

    function summarise() {
        for (const section of sections) {
            const words = section.fields.map((field) => summaryOf(request[field.name])).filter(Boolean);
            stylePlace.querySelector(`[data-summary="${section.title}"]`)?.replaceChildren(words.join(', '));
        }
    }

    return {
        current,
        render,
        /** Take a named style, and let go of what this request says about the looks itself. */
        wear(style) {
            request = Object.fromEntries(Object.entries(request).filter(([name]) => OUTSIDE_STYLES.has(name)));
            put(['style'], style, true);
        },
        load(next) {
            request = next;
            drafts.clear();
            render();
        },
        /** Put the value that a warning or a problem suggests into its field. */
        apply(path, value) {
            const steps = splitPath(path);
            // The opening sections of a field that nobody has touched show what was done.
            const section = sections.find((each) => each.names.includes(steps[0]));
            if (section) open.add(section.title);
            put(steps, value, true);
        },
        /** Say which required field has nothing in it, or null. */
        missing() {
            if (contentType() === 'text') return request.data ? null : 'Text or link';
            const kind = content.kinds.find((each) => each.type === contentType());
            const needed = kind.fields.find((field) => field.required && !request.data[field.name]);
            if (needed) return needed.label;
            return Object.keys(tidy(request.data)).length > 1 ? null : `${kind.label}: every field`;
        },
        /** Mark the fields that a problem names. */
        mark(errors) {
            for (const place of document.querySelectorAll('[data-path].faulty')) {
                place.classList.remove('faulty');
                place.querySelectorAll('[aria-invalid]').forEach((each) => each.removeAttribute('aria-invalid'));
                const fault = place.querySelector(':scope > .fault');
                if (fault) fault.hidden = true;
            }
            for (const { path, message } of errors) markOne(splitPath(path), message);
        },
    };
}

function markOne(steps, message) {
    const place = document.querySelector(`[data-path="${CSS.escape(steps.join('.'))}"]`);
    const fault = place?.querySelector(':scope > .fault');
    if (!fault) return;
    place.classList.add('faulty');
    document.getElementById(idOf(steps))?.setAttribute('aria-invalid', 'true');
    fault.textContent = message;
    fault.hidden = false;
}

function summaryOf(value) {
    if (value === undefined) return '';
    if (typeof value === 'boolean') return value ? 'On' : 'Off';
    if (Array.isArray(value)) return value.map(summaryOf).join(', ');
    if (typeof value === 'object') {
        const word = value.type ?? value.style ?? value.shape;
        return word
            ? humanise(word)
            : Object.values(value)
                  .filter((each) => typeof each === 'string' && each.length < 30)
                  .join(', ') || 'On';
    }
    return typeof value === 'string' && /^[a-z_]+$/.test(value) ? humanise(value) : String(value);
}
