// A logo: dropped or chosen, reduced where it is larger than a code can show, and kept in the request itself.

import { renderField } from './controls.js';
import { bytes, dropZone, el } from './dom.js';
import { frame, idOf } from './frame.js';
import { reduce } from './pictures.js';

const LONGEST_SIDE = 512; // pixels: a fifth of the largest picture has fewer
const LARGEST_VECTOR = 2 * 1024 * 1024; // bytes: what the service takes

/** Make the control of the logo. */
export function renderLogo(field, path, form) {
    const value = form.get(path);
    const says = el('p', { class: 'fault', role: 'alert', hidden: true });
    const input = el('input', { type: 'file', accept: 'image/*', id: idOf([...path, 'file']), class: 'unseen-input' });
    const take = async (file) => {
        try {
            const data = await loadLogo(file);
            form.change(path, { ...form.get(path), data, asset: undefined });
        } catch (error) {
            says.textContent = error.message;
            says.hidden = false;
        }
    };
    input.addEventListener('change', () => input.files[0] && take(input.files[0]));
    const zone = dropZone(
        'drop',
        take,
        value?.data ? el('img', { src: value.data, alt: 'The logo', width: '48', height: '48' }) : null,
        input,
        el('label', { for: input.id }, value?.data ? 'Choose another picture' : 'Choose a picture, or drop it here'),
        value?.data
            ? el(
                  'button',
                  { type: 'button', class: 'quiet', on: { click: () => form.change(path, undefined) } },
                  'Remove',
              )
            : null,
    );

    const asset = field.fields.find((each) => each.name === 'asset');
    const others = value ? field.fields.filter((each) => each.name !== 'data' && each.name !== 'asset') : [];
    return frame(
        { ...field, help: '' },
        path,
        el(
            'div',
            { class: 'nested' },
            zone,
            says,
            others.map((each) => renderField(each, [...path, each.name], form)),
            asset && !value?.data
                ? renderField(
                      { ...asset, label: 'Or an asset of the service' },
                      [...path, 'asset'],
                      withoutEmpty(path, form),
                  )
                : null,
        ),
        { tag: 'fieldset', className: 'group' },
    );
}

// A logo of which nothing is left is none.
function withoutEmpty(path, form) {
    return {
        ...form,
        set: (at, value) => (value === undefined ? form.change(path, undefined) : form.set(at, value)),
    };
}

async function loadLogo(file) {
    if (file.type === 'image/svg+xml') {
        if (file.size > LARGEST_VECTOR)
            throw new Error(`An SVG can have at most ${bytes(LARGEST_VECTOR)}; this one has ${bytes(file.size)}.`);
        return toDataUri(file);
    }
    return toDataUri(await reduce(file, { longestSide: LONGEST_SIDE, largest: 96 * 1024 }));
}

function toDataUri(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.onerror = () => reject(new Error('The file cannot be read.'));
        reader.readAsDataURL(blob);
    });
}
