// Begins here: reads the description and the link, makes the form, and keeps code, verdict and link in step.

import { hasRoute, requestFields } from './description.js';
import { el, tabs } from './dom.js';
import { createForm } from './form.js';
import { ask, createLive, useToken } from './live.js';
import { fromQuery, toQuery } from './request.js';
import { createShare } from './share.js';
import { renderNote, renderProblem, renderVerdict } from './verdict.js';

const FIRST = {
    data: 'https://example.com',
    data_pattern: 'rounded',
    eye_shape: 'rounded_square',
    colors: { foreground: '#0f172a' },
};
const TYPING_MS = 120;
const LINK_MS = 300;

const VIEWS = {
    create: { label: 'Create' },
    read: { label: 'Read', route: ['post', '/api/qr/read'], load: () => import('./reader.js') },
    cache: { label: 'Cache', route: ['get', '/api/qr/cache/stats'], load: () => import('./cache.js') },
};

const place = (id) => document.getElementById(id);

async function start() {
    const answer = await ask('openapi.json');
    const fields = requestFields(answer.json);
    // API Gateway asks the cache's routes for a signature, which a page cannot make.
    const isSigned = answer.headers.has('apigw-requestid');
    const offered = Object.keys(VIEWS).filter(
        (name) =>
            !VIEWS[name].route || (hasRoute(answer.json, ...VIEWS[name].route) && !(name === 'cache' && isSigned)),
    );

    let linkTimer;
    let shown = null;
    let isInSight = true;
    const picture = el('img', { alt: 'The QR code', width: '320', height: '320' });
    const share = createShare(place('share'), {
        getRequest: () => form.current(),
        formats: fields.find((field) => field.name === 'format').options,
    });
    const live = createLive({
        show: (...outcome) => {
            show(...outcome);
            speak();
        },
        busy: () => place('stage').setAttribute('aria-busy', 'true'),
    });
    const form = createForm({
        fields,
        contentPlace: place('content'),
        stylePlace: place('style'),
        renderLogo: (field, path, own) => renderLogoLater(field, path, own),
        changed: (request) => update(request, TYPING_MS),
    });

    function update(request, delay) {
        const missing = form.missing();
        share.update();
        clearTimeout(linkTimer);
        linkTimer = setTimeout(() => keepLink(request), LINK_MS);
        if (missing) {
            live(null);
            form.mark([]);
            place('stage').setAttribute('aria-busy', 'false');
            place('stage').classList.add('stale');
            renderNote(place('verdict'), 'Nothing to draw yet', `${missing} is empty.`);
            return;
        }
        live(request, delay);
    }

    function show(outcome, request) {
        const stage = place('stage');
        stage.setAttribute('aria-busy', 'false');
        stage.classList.toggle('stale', !outcome.envelope);
        form.mark(outcome.problem?.errors ?? []);
        if (outcome.unreachable) {
            renderNote(place('verdict'), 'The service does not answer', 'The page draws your changes as soon as it does.');
            return;
        }
        if (outcome.picture) showPicture(outcome.picture, request);
        if (outcome.problem) {
            renderProblem(place('verdict'), outcome, applyAll);
            if (outcome.status === 401) place('verdict').append(renderToken(() => live(form.current(), 0)));
            return;
        }
        renderVerdict(place('verdict'), outcome.envelope, applyAll);
        showPeek(outcome.envelope.metadata.scan.score);
    }

    function showPicture(blob, request) {
        const address = URL.createObjectURL(blob);
        picture.src = address;
        picture.alt = `QR code: ${describe(request)}`;
        if (shown) URL.revokeObjectURL(shown);
        shown = address;
        if (!picture.isConnected) place('stage').replaceChildren(picture);
    }

    function showPeek(score) {
        place('peek').replaceChildren(
            el('img', { src: shown ?? '', alt: '', width: '44', height: '44' }),
            el('span', {}, score === null ? 'Ready to scan' : `${score} of 100`),
        );
        place('peek').hidden = isInSight;
    }

    function applyAll(changes) {
        for (const [path, value] of changes) form.apply(path, value);
        // The button goes with the verdict that it was part of.
        place('verdict').focus({ preventScroll: true });
    }

    function load(request) {
        form.load(request);
        update(form.current(), 0);
    }

    function fromLink() {
        const request = fromQuery(location.hash.slice(1), fields);
        return Object.keys(request).length ? request : structuredClone(FIRST);
    }

    function choose(name) {
        for (const each of Object.keys(VIEWS)) place(`view-${each}`).hidden = each !== name;
        place('views').replaceChildren(
            offered.length > 1
                ? tabs({
                      label: 'Views',
                      panel: 'view',
                      selected: name,
                      choose,
                      items: offered.map((each) => [each, VIEWS[each].label]),
                  })
                : '',
        );
        for (const tab of place('views').querySelectorAll('[role=tab]')) {
            tab.setAttribute('aria-controls', `view-${tab.id.slice('view-'.length)}`);
            tab.id = `tab-${tab.id}`;
        }
        return VIEWS[name].load?.().then((module) => module.open(place(`view-${name}`), { fields, use, renderToken }));
    }

    /** Take what was read into the form. */
    function use(data) {
        load({ ...form.current(), data });
        choose('create');
        place('content-heading').focus();
    }

    /** Offer the owner's styles as pictures of codes in them. */
    async function offerStyles(field) {
        const answer = await ask('api/qr/styles');
        const names = answer.json?.styles?.map((each) => each.name) ?? [];
        if (!names.length) return;
        Object.assign(field, { kind: 'style', hidden: false, names, wear: form.wear });
        form.render();
    }

    choose('create');
    const style = fields.find((field) => field.name === 'style');
    if (style) style.hidden = true;
    load(fromLink());
    if (style && hasRoute(answer.json, 'get', '/api/qr/styles')) offerStyles(style);
    place('reset').addEventListener('click', () => load({ data: form.current().data }));
    window.addEventListener('hashchange', () => {
        if (location.hash.slice(1) !== toQuery(form.current())) load(fromLink());
    });
    new IntersectionObserver(([entry]) => {
        isInSight = entry.isIntersecting;
        place('peek').hidden = isInSight || !shown;
    }).observe(place('stage'));
    if (offered.includes('read')) takeDroppedPictures(() => choose('read'));
}

function keepLink(request) {
    history.replaceState(null, '', `#${toQuery(request)}`);
}

function describe({ title, data }) {
    return (
        title ??
        (typeof data === 'string'
            ? data
            : Object.values(data)
                  .filter((each) => typeof each === 'string')
                  .join(', '))
    );
}

/** Let screen readers say the verdict in short, and only where it is another one. */
function speak() {
    const words = [...place('verdict').querySelectorAll('.number:not(.mark), .headline')].map(
        (each) => each.textContent,
    );
    const text = words.join('. ');
    if (place('spoken').textContent !== text) place('spoken').textContent = text;
}

function renderLogoLater(field, path, form) {
    const holder = el('div', { class: 'logo-holder' });
    import('./logo.js').then((module) => holder.replaceWith(module.renderLogo(field, path, form)));
    return holder;
}

/** A form for the token that a service may ask for; it is kept in this page only. */
function renderToken(retry) {
    const input = el('input', { type: 'password', id: 'token', autocomplete: 'off' });
    return el(
        'form',
        {
            class: 'token',
            on: {
                submit: (event) => {
                    event.preventDefault();
                    useToken(input.value.trim());
                    retry();
                },
            },
        },
        el('label', { for: 'token' }, 'Token'),
        input,
        el('button', { class: 'primary' }, 'Use it'),
    );
}

// A picture that is let go beside a drop zone would otherwise take the place of the page.
function takeDroppedPictures(open) {
    window.addEventListener('dragover', (event) => event.preventDefault());
    window.addEventListener('drop', async (event) => {
        if (event.defaultPrevented) return;
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (!file?.type.startsWith('image/')) return;
        await open();
        const { readFile } = await import('./reader.js');
        readFile(file);
    });
}

start().catch((error) => {
    renderNote(place('verdict'), 'The page could not start', String(error.message ?? error));
});
