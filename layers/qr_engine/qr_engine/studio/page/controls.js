// One control for each kind of field. `form` has `get(path)`, `set(path, value)` while somebody types or drags, and
// `change(path, value)` where other controls come or go with the value.

import { el, humanise, shape } from './dom.js';
import { describedBy, frame, idOf } from './frame.js';
import { renderList, renderObject } from './groups.js';

const PICTURED = new Set(['data_pattern', 'eye_shape', 'eye_border_style', 'eye_center_style']);
const FEW = 5;
const CHIPS = new Set(['format']);

const NOT_GIVEN = { eye_shape: 'By parts' };

/** Make the control of a field, with its label, its help and a place for what is wrong with it. */
export function renderField(field, path, form) {
    const make = field.name === 'logo' && field.kind === 'object' ? form.renderLogo : KINDS[field.kind];
    return make(field, path, form);
}

/** Return what to keep of a value: nothing where it is the default anyway, which in a named style it need not be. */
function kept(value, field, form) {
    return value === field.initial && form.get(['style']) === undefined ? undefined : value;
}

const KINDS = {
    text: renderText,
    date: renderText,
    color: renderColor,
    number: renderNumber,
    boolean: renderSwitch,
    choice: renderChoice,
    list: renderList,
    object: renderObject,
    style: renderStyle,
};

function renderText(field, path, form) {
    const attributes = {
        id: idOf(path),
        'aria-describedby': describedBy(field, path),
        required: field.required,
        placeholder: typeof field.example === 'string' ? field.example : null,
        autocomplete: 'off',
        autocapitalize: 'off',
        spellcheck: 'false',
        on: { input: (event) => form.set(path, event.target.value || undefined) },
    };
    const control = field.lines
        ? el('textarea', { ...attributes, rows: '3' })
        : el('input', { ...attributes, type: field.kind === 'date' ? 'date' : 'text' });
    control.value = form.get(path) ?? '';
    return frame(field, path, control);
}

function renderNumber(field, path, form) {
    const value = form.get(path) ?? field.initial;
    const bounds = { min: field.min, max: field.max };
    const step = field.whole ? 1 : 'any';
    const number = el('input', {
        ...bounds,
        step,
        type: 'number',
        id: idOf(path),
        'aria-describedby': describedBy(field, path),
        inputmode: field.whole ? 'numeric' : 'decimal',
        placeholder: field.initial === undefined ? 'Automatic' : null,
    });
    number.value = value ?? '';
    const hasSlider = typeof field.initial === 'number' && field.max !== undefined;
    const slider =
        hasSlider &&
        el('input', {
            ...bounds,
            step: sliderStep(field),
            type: 'range',
            'aria-label': `${field.label}, slider`,
        });
    if (slider) slider.value = value;
    const take = (from, to) => () => {
        const given = from.value === '' ? undefined : Number(from.value);
        if (to) to.value = given ?? field.initial;
        form.set(path, kept(given, field, form));
    };
    number.addEventListener('input', take(number, slider));
    slider?.addEventListener?.('input', take(slider, number));
    return frame(field, path, el('div', { class: slider ? 'sliding' : 'short' }, slider, number));
}

function sliderStep({ whole, min, max }) {
    if (whole) return 1;
    return max - min <= 1 ? 0.01 : max - min <= 10 ? 0.1 : 1;
}

function renderSwitch(field, path, form) {
    const control = el('input', {
        type: 'checkbox',
        role: 'switch',
        id: idOf(path),
        'aria-describedby': describedBy(field, path),
        on: { change: (event) => form.set(path, kept(event.target.checked, field, form)) },
    });
    control.checked = form.get(path) ?? field.initial ?? false;
    return frame(field, path, control, { className: 'switch' });
}

function renderChoice(field, path, form) {
    const isPictured = PICTURED.has(field.name);
    const options = field.initial === undefined && !field.required ? ['', ...field.options] : field.options;
    const choose = (word) => {
        const value = options.find((option) => String(option) === word);
        form.change(path, value === '' ? undefined : kept(value, field, form));
    };
    const isOpen = form.isShutOut(path) || (form.get(['style']) !== undefined && isPictured);
    const standing = isOpen ? null : (field.initial ?? (field.required ? field.options[0] : ''));
    const chosen = String(form.get(path) ?? standing);
    if (!isPictured && !CHIPS.has(field.name) && options.length > FEW)
        return renderSelect(field, path, options, chosen, choose);
    const radios = options.map((option) => {
        const radio = el('input', {
            type: 'radio',
            name: idOf(path),
            value: option,
            id: `${idOf(path)}-${option}`,
            on: { change: (event) => choose(event.target.value) },
        });
        radio.checked = String(option) === chosen;
        const label = wordOf(field, option);
        const face = isPictured && option !== '' ? shape(`${field.name}-${option}`) : null;
        return el('label', { class: face ? 'tile' : 'word' }, radio, face, el('span', {}, label));
    });
    const className = isPictured ? 'tiles' : 'words';
    const group = el('div', { class: className }, radios);
    return frame(field, path, group, { tag: 'fieldset' });
}

function wordOf(field, option) {
    if (option === '') return NOT_GIVEN[field.name] ?? 'Automatic';
    if (CHIPS.has(field.name)) return option.toUpperCase();
    return typeof option === 'string' && /^[a-z]/.test(option) ? humanise(option) : String(option);
}

function renderStyle(field, path, form) {
    const chosen = form.get(path) ?? '';
    const tiles = ['', ...field.names].map((name) => {
        const radio = el('input', {
            type: 'radio',
            name: idOf(path),
            value: name,
            id: `${idOf(path)}-${name}`,
            on: { change: () => field.wear(name || undefined) },
        });
        radio.checked = name === chosen;
        const query = new URLSearchParams({ data: 'https://example.com', style: name, format: 'svg', margin: '1' });
        const face = name
            ? el('img', { src: `api/qr/generate?${query}`, alt: '', width: '56', height: '56', loading: 'lazy' })
            : null;
        return el('label', { class: face ? 'tile' : 'word' }, radio, face, el('span', {}, name || 'None'));
    });
    return frame(field, path, el('div', { class: 'tiles' }, tiles), { tag: 'fieldset' });
}

function renderSelect(field, path, options, chosen, choose) {
    const control = el(
        'select',
        {
            id: idOf(path),
            'aria-describedby': describedBy(field, path),
            on: { change: (event) => choose(event.target.value) },
        },
        options.map((option) => el('option', { value: option }, wordOf(field, option))),
    );
    control.value = chosen;
    return frame(field, path, control);
}

/** Return a colour as a colour well takes it, or null where the text is none that a browser knows. */
function toHex(text) {
    const probe = el('span');
    probe.style.color = text;
    if (!probe.style.color || text === 'transparent') return null;
    document.body.append(probe);
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g);
    probe.remove();
    return `#${parts
        .slice(0, 3)
        .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
        .join('')}`;
}

function renderColor(field, path, form) {
    const well = el('input', { type: 'color', 'aria-label': `${field.label}, colour well` });
    const text = el('input', {
        type: 'text',
        id: idOf(path),
        'aria-describedby': describedBy(field, path),
        autocomplete: 'off',
        spellcheck: 'false',
        placeholder: field.initial ?? 'Automatic',
        maxlength: field.longest,
    });
    text.value = form.get(path) ?? '';
    const show = () => {
        const hex = toHex(text.value || field.initial || '');
        well.value = hex ?? '#000000';
        well.classList.toggle('unset', hex === null);
    };
    show();
    well.addEventListener('input', () => {
        text.value = well.value;
        well.classList.remove('unset');
        form.set(path, kept(well.value, field, form));
    });
    text.addEventListener('input', () => {
        show();
        const value = text.value.trim();
        form.set(path, value ? kept(value, field, form) : undefined);
    });
    return frame({ ...field, help: '' }, path, el('div', { class: 'color' }, well, text));
}
