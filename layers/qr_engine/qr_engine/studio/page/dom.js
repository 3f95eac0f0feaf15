// Elements without markup in strings: what comes from outside is always text.

const SVG = 'http://www.w3.org/2000/svg';

/** Make an element; `on` has listeners. true sets an attribute without a value; false, null and undefined set none. */
export function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key === 'on') {
            for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
        } else if (value !== undefined && value !== null && value !== false) {
            element.setAttribute(key, value === true ? '' : value);
        }
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
    return element;
}

/** Show one of the small pictures of patterns and eyes; it takes the colour of the text around it. */
export function shape(name) {
    const picture = document.createElementNS(SVG, 'svg');
    const use = document.createElementNS(SVG, 'use');
    use.setAttribute('href', `${document.body.dataset.shapes}#${name}`);
    picture.setAttribute('aria-hidden', 'true');
    picture.append(use);
    return picture;
}

/** Turn the `code` of a description into elements. */
export function prose(text) {
    return text.split('`').map((part, index) => (index % 2 ? el('code', {}, part) : part));
}

/** Write a word of the API for people: `eye_border_style` as "Eye border style". */
export function humanise(word) {
    const text = String(word).replaceAll('_', ' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
}

const BYTES = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Write a number of bytes. */
export function bytes(count) {
    if (count < 1024) return `${count} B`;
    return count < 1024 * 1024 ? `${BYTES.format(count / 1024)} KB` : `${BYTES.format(count / 1024 / 1024)} MB`;
}

/** A button that says for a moment that it has done its work. */
export function actionButton(label, act, done = 'Done', attributes = {}) {
    const button = el('button', { type: 'button', ...attributes }, label);
    let timer;
    button.addEventListener('click', async () => {
        const worked = await act();
        clearTimeout(timer);
        button.textContent = worked === false ? 'Not possible here' : done;
        timer = setTimeout(() => {
            button.textContent = label;
        }, 1600);
    });
    return button;
}

/** A place where a file can be dropped, which `take` gets. */
export function dropZone(className, take, ...children) {
    const zone = el(
        'div',
        {
            class: className,
            on: {
                dragover: (event) => {
                    event.preventDefault();
                    zone.classList.add('over');
                },
                dragleave: () => zone.classList.remove('over'),
                drop: (event) => {
                    event.preventDefault();
                    zone.classList.remove('over');
                    const [file] = event.dataTransfer.files;
                    if (file) take(file);
                },
            },
        },
        ...children,
    );
    return zone;
}

/** A row of tabs for the panel with the id `panel`, moved through with the arrow keys (WAI-ARIA, tabs pattern). */
export function tabs({ label, panel, items, selected, choose, className = 'tabs' }) {
    const list = el('div', { role: 'tablist', 'aria-label': label, class: className });
    for (const [id, text] of items) {
        const isSelected = id === selected;
        list.append(
            el(
                'button',
                {
                    type: 'button',
                    role: 'tab',
                    id: `${panel}-${id}`,
                    'aria-selected': String(isSelected),
                    'aria-controls': panel,
                    tabindex: isSelected ? '0' : '-1',
                    on: { click: () => choose(id) },
                },
                text,
            ),
        );
    }
    list.addEventListener('keydown', (event) => {
        const all = [...list.children];
        const from = all.indexOf(document.activeElement);
        const steps = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: all.length - 1 };
        if (from < 0 || !(event.key in steps)) return;
        event.preventDefault();
        const next = all[(steps[event.key] + all.length) % all.length];
        next.click();
        document.getElementById(next.id)?.focus();
    });
    return list;
}
