// SPDX-License-Identifier: Apache-2.0
'use strict';
/* What every page has: keys that know an input method from a key, help, copying, search as one types. */
const $ = (selector, root) => (root || document).querySelector(selector);
const $$ = (selector, root) => [...(root || document).querySelectorAll(selector)];
const T = (text) => (typeof LABELS === 'undefined' ? text : LABELS[text] || text);
const KEY = document.body.dataset.key;
const LETTERS = document.documentElement.dataset.letters !== 'off';

/* When the page can be seen; work that it can do without waits for that. */
const afterPaint = (work) => {
  if (!(window.PerformanceObserver && PerformanceObserver.supportedEntryTypes.includes('paint'))) { setTimeout(work, 100); return; }
  new PerformanceObserver((list, observer) => {
    if (!list.getEntriesByName('first-contentful-paint').length) return;
    observer.disconnect();
    setTimeout(work);
  }).observe({ type: 'paint', buffered: true });
};

/* The one guard for input methods. Safari ends the composition before the Enter that ended it arrives, with
   keyCode 229. */
const composing = (event) => event.isComposing || event.keyCode === 229;
const inText = (event) => {
  const at = event.target;
  return at && (at.tagName === 'TEXTAREA' || at.tagName === 'SELECT' || at.isContentEditable ||
    (at.tagName === 'INPUT' && !/checkbox|radio|button|range/.test(at.type)));
};
/* The letter of a key even while kana or another script is on. */
const letter = (event) => (/^[ -~]$/.test(event.key) ? event.key.toLowerCase()
  : /^Key[A-Z]$/.test(event.code || '') ? event.code[3].toLowerCase() : event.key);
/* May this be one of our keys? Switched off, letters want Ctrl+Alt. */
const ours = (event) => !composing(event) && !event.defaultPrevented && !event.metaKey &&
  (LETTERS ? !event.altKey && !event.ctrlKey : event.ctrlKey && event.altKey);

let sayTimer;
const say = (text) => {
  const live = $('#live');
  clearTimeout(sayTimer);
  live.textContent = '';
  sayTimer = setTimeout(() => { live.textContent = text; }, 30);
};
let toastTimer;
/* `more`: the name of a button in it, and what that does. */
const toast = (text, more) => {
  let box = $('.toast');
  if (!box) {
    box = document.body.appendChild(document.createElement('div'));
    box.className = 'toast';
  }
  box.textContent = text;
  if (more) {
    const button = box.appendChild(document.createElement('button'));
    button.textContent = more.name;
    button.addEventListener('click', () => { box.hidden = true; more.act(); });
  }
  box.hidden = false;
  say(text);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, more ? 10000 : 2600);
};

const post = (address, fields) => fetch(address, {
  method: 'POST',
  headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ key: KEY, ...fields }),
  credentials: 'same-origin',
  signal: AbortSignal.timeout(60000),
});

/* What was answered: `status` 0 where nothing was, and words for it also where a proxy says it with a page. */
const answerOf = async (asked) => {
  let reply = { status: 0, ok: false };
  try {
    reply = await asked;
    return { status: reply.status, ok: reply.ok, data: await reply.json() };
  } catch {
    return { status: reply.ok ? 0 : reply.status, ok: false, data: { error: T('The server does not answer.') } };
  }
};

const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.body.appendChild(document.createElement('textarea'));
    area.value = text;
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(T('Copied'));
};
document.addEventListener('click', (event) => {
  const button = event.target.closest('.copy');
  if (button) copyText(button.dataset.copy);
});

/* Help, as a dialog over the page. */
const help = async () => {
  const html = $('#help') ? '' : await fetch('/help').then((reply) => reply.text()).catch(() => null);
  if (html === null) { toast(T('The server does not answer.')); return; }
  let dialog = $('#help'); /* made by another key meanwhile, perhaps */
  if (!dialog) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.id = 'help';
    dialog.setAttribute('aria-label', T('Help and keys'));
    const close = document.createElement('button');
    close.textContent = T('Close');
    close.addEventListener('click', () => dialog.close());
    dialog.append(close, $('#keys', page));
  }
  if (!dialog.open) dialog.showModal();
};
const helpButton = $('#help-open');
if (helpButton) helpButton.addEventListener('click', (event) => { event.preventDefault(); help(); });

/* Keys that work everywhere. */
const PLACES = ['/', '/release', '/concordance', '/terms', '/check'];
let going = 0;
document.addEventListener('keydown', (event) => {
  if (composing(event) || event.defaultPrevented || $('dialog[open]')) return;
  if (inText(event)) {
    if (event.key === 'Escape' && event.target.type === 'search') event.target.blur();
    return;
  }
  if (!ours(event)) return;
  const key = letter(event);
  if (going && Date.now() - going < 1500 && /^[1-5]$/.test(key)) {
    location.href = PLACES[key - 1];
    return;
  }
  going = 0;
  if (key === '/') {
    const box = $('#q') || $('#gq');
    if (box) { box.focus(); box.select(); event.preventDefault(); }
  } else if (key === '?') {
    help();
    event.preventDefault();
  } else if (key === 'g' && !document.body.classList.contains('review')) going = Date.now();
});
/* An Enter that ends a composition sends no form. */
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && composing(event) && event.target.tagName === 'INPUT') event.preventDefault();
}, true);

/* Search as one types: the answer to the last question only, never in the middle of a composition. */
const searchBox = $('.desk #q');
if (searchBox) {
  let timer;
  let asked = 0;
  const answer = async () => {
    const number = ++asked;
    const query = searchBox.value.trim();
    const home = $('#home');
    const address = query ? `/?q=${encodeURIComponent(query)}` : '/';
    const reply = query ? await fetch(`${address}&part=1`).catch(() => null) : null;
    const found = reply && reply.ok ? await reply.text().catch(() => null) : null;
    if (number !== asked) return;
    if (reply && reply.status === 401) { location.href = address; return; } /* where one signs in */
    history.replaceState(null, '', address);
    const other = $('.who a[hreflang]');
    other.href = `${address}${query ? '&' : '?'}ui=${other.hreflang}`;
    const box = $('#res');
    box.innerHTML = found || '';
    if (query && found === null) toast(T('The server does not answer.'));
    if (home) home.hidden = !!query;
  };
  searchBox.addEventListener('input', (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(answer, 80);
  });
  searchBox.addEventListener('compositionend', () => { clearTimeout(timer); timer = setTimeout(answer, 0); });
  searchBox.form.addEventListener('submit', (event) => { event.preventDefault(); answer(); });
}

/* A list with a current row, moved through with the arrows. `keys` maps further keys to what they do. */
const rows = (list) => $$(':scope > li', list);
const currentRow = (list) => list.querySelector(':scope > .cur');
const moveTo = (list, index, quiet) => {
  const all = rows(list);
  if (!all.length) return;
  const row = all[Math.max(0, Math.min(index, all.length - 1))];
  const old = currentRow(list);
  if (old) { old.classList.remove('cur'); old.removeAttribute('aria-current'); }
  row.classList.add('cur');
  row.setAttribute('aria-current', 'true');
  if (quiet) return;
  row.scrollIntoView({ block: 'nearest' });
  if (document.activeElement === list) say(row.dataset.say || row.innerText);
};
const makeList = (list, keys) => {
  if (!list) return;
  moveTo(list, 0, true);
  list.addEventListener('keydown', (event) => {
    if (inText(event) || !ours(event)) return;
    const key = letter(event);
    const at = rows(list).indexOf(currentRow(list));
    const name = event.shiftKey && /^[a-z]$/.test(key) ? `Shift+${key}` : key;
    if (event.key === 'ArrowDown' || name === 'j') moveTo(list, at + 1);
    else if (event.key === 'ArrowUp' || name === 'k') moveTo(list, at - 1);
    else if (keys[name] && (event.key !== 'Enter' || event.target === list)) keys[name](currentRow(list));
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const row = rows(list).find((one) => one.contains(event.target));
    if (row && !event.target.closest('a,button,textarea,input')) {
      moveTo(list, rows(list).indexOf(row));
      list.focus();
    }
  });
};

const follow = (row) => { const to = row && $('a', row); if (to) location.href = to.href; };
makeList($('.kwic'), {
  Enter: follow,
  v: follow,
  c: (row) => { const button = row && $('.copy', row); if (button) copyText(button.dataset.copy); },
  s: () => {
    const sort = $('select[name=sort]');
    sort.selectedIndex = (sort.selectedIndex + 1) % sort.options.length;
    sort.form.requestSubmit();
  },
  t: () => { location.href = $('#view').href; },
  h: () => $('#other').focus(),
});
/* What this page did, the last at the end, each with the row that it was done to. */
const undone = [];
const underWay = new Set();
const takeBack = async (list) => {
  await Promise.allSettled(underWay); /* what was done last may not be answered yet */
  const last = undone.pop();
  if (!last) { toast(T('There is nothing of yours to take back here.')); return; }
  const { ok, status, data } = await answerOf(post('/changes', { step: last.step }));
  if (!ok) {
    if (!status || status >= 500) undone.push(last); /* another time, perhaps */
    toast(data.error);
    return;
  }
  last.row.classList.remove('done');
  moveTo(list, rows(list).indexOf(last.row));
  say(T('taken back'));
};
/* What a key does in a list of work: the button in the row that bears its name, sent without leaving the page. */
const carryOut = async (row, key) => {
  const button = row && $(`[data-do="${key}"]`, row);
  if (!button || row.matches('.done, .busy')) return;
  if (button.tagName === 'A') { location.href = button.href; return; }
  const fields = Object.fromEntries(new FormData(button.form, button));
  const from = document.activeElement;
  row.classList.add('busy');
  const { ok, data } = await answerOf(post(button.form.getAttribute('action'), fields));
  row.classList.remove('busy');
  if (!ok) { toast(data.error); return; }
  row.classList.add('done');
  if (data.step) undone.push({ row, step: data.step });
  say(T('done'));
  const list = row.parentElement;
  const all = rows(list);
  const next = all.findIndex((one, at) => at > all.indexOf(row) && !one.classList.contains('done'));
  /* Who has gone to another row meanwhile stays there: the next key is for that one. */
  if (next >= 0 && currentRow(list) === row) moveTo(list, next);
  /* Who has gone elsewhere while the server answered, into a field say, stays there. */
  if (document.activeElement === from || document.activeElement === document.body) list.focus();
};
const press = (row, key) => {
  const done = carryOut(row, key);
  underWay.add(done);
  done.finally(() => underWay.delete(done));
};
const work = (...keys) => Object.fromEntries(keys.map((key) => [key, (row) => press(row, key)]));
const editRow = (row) => { const field = row && $('input:not([type=hidden]),textarea', row); if (field) { field.focus(); field.select(); } };
makeList($('.findings'), { z: () => takeBack($('.findings')), ...work('i', 'f', 'v'), e: (row) => press(row, 'v'), Enter: (row) => press(row, 'v') });
makeList($('.candidates .list'), { z: () => takeBack($('.candidates .list')), ...work('a', 'x', 'Shift+f'), e: editRow, Enter: editRow });
document.addEventListener('submit', (event) => {
  const button = event.submitter;
  const row = button && button.dataset.do && event.target.closest('.list > li');
  if (row) { event.preventDefault(); press(row, button.dataset.do); }
});
if ($('.findings') || $('.candidates .list')) $('.list').focus({ preventScroll: true });

$$('.filters select').forEach((select) => select.addEventListener('change', () => select.form.requestSubmit()));
if (location.search.includes('sort=') && $('.kwic')) $('.kwic').focus({ preventScroll: true });

/* Files and folders, dropped or chosen. A folder's files keep their way in their name, by which they are paired. */
const drop = $('#drop');
const filesOf = async (entry, path) => {
  if (entry.isFile) {
    const file = await new Promise((good, bad) => entry.file(good, bad));
    return [new File([file], path + file.name, { type: file.type })];
  }
  const reader = entry.createReader();
  const found = [];
  for (let part; (part = await new Promise((good, bad) => reader.readEntries(good, bad))).length;) found.push(...part);
  return (await Promise.all(found.map((one) => filesOf(one, `${path}${entry.name}/`)))).flat();
};
if (drop) {
  const [files, folder] = $$('input[type=file]', drop);
  const send = (list) => {
    const transfer = new DataTransfer();
    list.forEach((file) => transfer.items.add(file));
    files.files = transfer.files;
    drop.requestSubmit();
  };
  $('#folder').hidden = false;
  folder.disabled = false;
  folder.addEventListener('change', () => { files.disabled = true; drop.requestSubmit(); });
  files.addEventListener('change', () => { folder.disabled = true; });
  ['dragover', 'dragleave', 'drop'].forEach((name) => drop.addEventListener(name, async (event) => {
    event.preventDefault();
    drop.classList.toggle('over', name === 'dragover');
    if (name !== 'drop') return;
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    folder.disabled = true;
    send((await Promise.all(entries.map((entry) => filesOf(entry, '')))).flat());
  }));
}

/* Of a long list the first screen is painted first; the rest, which the page has as a text, comes behind it. Who comes back
   to a page was somewhere in it. */
const unfold = (root) => {
  $$('a.rest', root).forEach((link) => link.remove());
  $$('noscript.rest', root).forEach((rest) => {
    const box = document.createElement('template');
    box.innerHTML = rest.textContent;
    rest.replaceWith(box.content);
  });
};
const [visit] = performance.getEntriesByType('navigation');
if (!$('#beads')) {
  if (visit && visit.type === 'back_forward') unfold(document); else afterPaint(() => unfold(document));
}

/* Times are stored in UTC, and shown in the reader's zone. To know how is the costliest thing a script does here: the page
   is painted before, and it is found out once. */
let how; /* made once: it takes as long as all the rest */
const showTimes = (root) => {
  const times = $$('time[datetime]', root);
  if (times.length) how ||= new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
  times.forEach((time) => {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(+at)) time.textContent = how.format(at);
  });
};
afterPaint(() => showTimes(document));

/* A day is the reader's, too: it begins so many minutes before that of Greenwich. */
const utc = $('#utc');
if (utc) {
  const form = utc.closest('form');
  const { since, zone } = form.elements;
  utc.remove();
  zone.disabled = false;
  form.addEventListener('submit', () => { zone.value = -(since.value ? new Date(`${since.value}T00:00`) : new Date()).getTimezoneOffset(); });
}

/* Of many hits the first come first; how many there are is counted when they have been painted. */
const countLater = async (told) => {
  const reply = await fetch(`/concordance.json${location.search}`);
  if (!reply.ok) return;
  const { count, more } = await reply.json();
  told.textContent = told.textContent.replace(/≥?\s*\d+/, `${more ? '≥ ' : ''}${count}`);
};
const uncounted = $('[data-count]');
if (uncounted) afterPaint(() => countLater(uncounted));
