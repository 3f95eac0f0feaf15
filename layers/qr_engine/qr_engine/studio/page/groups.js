// Lists and objects: what comes and goes as a whole, with the fields of its parts.

import { el } from './dom.js';
import { describedBy, frame, idOf } from './frame.js';

const ALWAYS_SHOWN = new Set(['colors']);

const STARTERS = {
    gradient: { type: 'linear', colors: ['#1d4ed8', '#7c3aed'], angle: 45 },
    eye_gradient: { type: 'linear', colors: ['#0f766e', '#1d4ed8'] },
    background_gradient: { type: 'linear', colors: ['#ffffff', '#e0e7ff'], angle: 90 },
    frame: { style: 'rounded', text: 'SCAN ME' },
    stroke: { color: '#cbd5e1' },
    structured_append: { part: 1, parts: 2 },
};

/** Make the control of a list: its items, each with a button that removes it, and one that adds another. */
export function renderList(field, path, form) {
    const given = form.get(path);
    if (field.min === field.max && field.item.kind === 'number') return renderFixed(field, path, form, given ?? []);
    const isSimple = field.item.kind !== 'object';
    const values = given === undefined ? (field.single ? [''] : []) : [given].flat();
    const put = (next) =>
        form.change(path, next.length ? (field.single && next.length === 1 ? next[0] : next) : undefined);
    const items = values.map((value, index) => {
        const name = `${field.label} ${index + 1}`;
        const own = { ...field.item, label: name, help: '', required: false };
        // A single text of a list stands without a number, and typing changes it in place.
        const at = Array.isArray(given) ? [...path, index] : path;
        const body = isSimple
            ? el('div', { class: 'item-body' }, form.renderField(own, at))
            : el(
                  'div',
                  { class: 'item-body' },
                  own.fields.map((inner) => form.renderField(inner, [...path, index, inner.name])),
              );
        const remove =
            values.length > field.min &&
            (values.length > 1 || !field.single) &&
            el(
                'button',
                {
                    type: 'button',
                    class: 'quiet',
                    'aria-label': `Remove ${name.toLowerCase()}`,
                    on: { click: () => put(values.filter((_, other) => other !== index)) },
                },
                'Remove',
            );
        return el('div', { class: isSimple ? 'item' : 'item card' }, body, remove);
    });
    const add =
        values.length < field.max &&
        el(
            'button',
            {
                type: 'button',
                class: field.single ? 'quiet' : 'small',
                id: `${idOf(path)}-add`,
                on: { click: () => put([...values, startItem(field, values)]) },
            },
            values.length ? 'Add another' : 'Add',
            el('span', { class: 'unseen' }, ` to ${field.label.toLowerCase()}`),
        );
    return frame(field, path, el('div', { class: 'list' }, items, add), { tag: 'fieldset', className: 'group' });
}

function renderFixed(field, path, form, values) {
    const inputs = Array.from({ length: field.max }, (_, index) => {
        const input = el('input', {
            type: 'number',
            min: field.item.min,
            max: field.item.max,
            step: 'any',
            'aria-label': `${field.label} ${index + 1}`,
            id: `${idOf(path)}-${index}`,
        });
        input.value = values[index] ?? '';
        return input;
    });
    for (const input of inputs) {
        input.addEventListener('input', () => {
            const isEmpty = inputs.every((each) => each.value === '');
            form.set(path, isEmpty ? undefined : inputs.map((each) => (each.value === '' ? 0.5 : Number(each.value))));
        });
    }
    return frame(field, path, el('div', { class: 'pair' }, inputs), { tag: 'fieldset', className: 'group' });
}

/** Make the control of an object: a switch, and its fields while it is on. */
export function renderObject(field, path, form) {
    const value = form.get(path);
    const inner = () =>
        el(
            'div',
            { class: 'nested' },
            field.fields.map((each) => form.renderField(each, [...path, each.name])),
        );
    if (ALWAYS_SHOWN.has(field.name)) return el('div', { class: 'colors', 'data-path': path.join('.') }, inner());
    const control = el('input', {
        type: 'checkbox',
        role: 'switch',
        id: idOf(path),
        'aria-describedby': describedBy(field, path),
        on: { change: (event) => form.change(path, event.target.checked ? start(field) : undefined) },
    });
    control.checked = value !== undefined;
    const own = frame(field, path, control, { className: 'switch' });
    return value === undefined ? own : el('div', { class: 'opened' }, own, inner());
}

/** Make what an object begins with when it is switched on: what it needs, with a value that is allowed. */
function start(field) {
    if (STARTERS[field.name]) return structuredClone(STARTERS[field.name]);
    const needed = field.fields.filter((each) => each.required);
    return Object.fromEntries(needed.map((each) => [each.name, startValue(each)]));
}

function startValue(field) {
    if (field.kind === 'choice') return field.options[0];
    if (field.kind === 'number') return field.min ?? 0;
    if (field.kind === 'object') return start(field);
    return field.kind === 'color' ? '#000000' : (field.example ?? '');
}

/** Make the next item of a list; where its items are told apart by a word, one that no other has. */
function startItem(field, values) {
    if (field.item.kind !== 'object') return field.item.kind === 'color' ? (values.at(-1) ?? '#000000') : '';
    const item = start(field.item);
    const word = field.item.fields.find((each) => each.kind === 'choice' && each.required);
    if (word)
        item[word.name] =
            word.options.find((option) => !values.some((each) => each[word.name] === option)) ?? word.options[0];
    const place = field.item.fields.find((each) => each.kind === 'number' && each.required);
    if (place && place.max === 1) item[place.name] = values.length ? 1 : 0;
    return item;
}
