// What stands around every control: its label, its help, and a place for what is wrong with it.

import { el, prose } from './dom.js';

/** The id of a field's control. */
export function idOf(path) {
    return `field-${path.join('-')}`;
}

/** Give a control the frame that all of them have. */
export function frame(field, path, control, { tag = 'div', className = '', labelled = true } = {}) {
    const id = idOf(path);
    const help = field.help ? el('p', { class: 'help', id: `${id}-help` }, prose(field.help)) : null;
    const fault = el('p', { class: 'fault', id: `${id}-fault`, hidden: true });
    const name = [field.label, field.required && el('span', { class: 'needed', 'aria-hidden': 'true' }, '\u2009*')];
    const label = tag === 'fieldset' ? el('legend', {}, name) : labelled && el('label', { for: id }, name);
    return el(tag, { class: `field ${className}`, 'data-path': path.join('.') }, label, control, help, fault);
}

/** The ids of what is said about a field, for its control. */
export function describedBy(field, path) {
    return [field.help && `${idOf(path)}-help`, `${idOf(path)}-fault`].filter(Boolean).join(' ');
}
