// SPDX-License-Identifier: Apache-2.0
'use strict';
/* The review of a release: rows are the server's, the keys are here. A key is one change, sent at once; the reply
   brings the rows that changed. A confirmation does not wait for its reply; whatever moves sentences does, and keys
   pressed meanwhile wait their turn. */
const grid = $('#beads');
const scroller = $('#scroll');
const ADDRESS = grid.dataset.address;
let version = grid.dataset.version;
let beads = $$('.bead', grid);
let current = 0;
let side = 'target';
let linkFrom = null;
let why = false;

const isDoubt = (row) => row.dataset.doubt !== '0' && row.dataset.state !== 'ok';
const isLocked = (row) => 'locked' in row.dataset;
const cellOf = (row, which) => $(`.cell[data-side=${which}]`, row);
const other = (which) => (which === 'source' ? 'target' : 'source');
/* Keys act on the side that is chosen, or on the only one that has text. */
const activeSide = () => (cellOf(beads[current], side).classList.contains('void') ? other(side) : side);
const idOf = (row) => row.id.slice(1);
const labels = (row) => ['source', 'target'].map((which) => $$('.sn', cellOf(row, which)).map((one) => one.textContent).join(' ') || '–').join(' – ');

const whenIdle = (work) => (window.requestIdleCallback ? requestIdleCallback(work, { timeout: 1000 }) : setTimeout(work, 100));

/* ---------------------------------------------------------------- where we are */

let panelTimer;
let panelAsked = 0;
let panelOf = ''; /* the pair that the panel is of, as it was then: what it offers is for no other one */
const panelWanted = () => `${idOf(beads[current])} ${version}`;
const isPanelHere = () => panelOf === panelWanted();
/* What a panel says is found by the aligner, beside which a change waits: it is asked for when no change is on its way. */
const showPanelSoon = () => {
  clearTimeout(panelTimer);
  panelTimer = setTimeout(() => { if (busy) showPanelSoon(); else showPanel(); }, 80);
};
const tellPanel = () => $('#panel').setAttribute('aria-busy', String(!isPanelHere()));
const showPanel = async () => {
  const row = beads[current];
  const number = ++panelAsked;
  const wanted = panelWanted();
  const reply = await fetch(`/bead/${idOf(row)}?part=1${why ? '&why=1' : ''}`).catch(() => null);
  const html = reply && reply.ok ? await reply.text() : null;
  if (number !== panelAsked) return;
  if (wanted !== panelWanted()) { showPanelSoon(); return; } /* of what the pair was, or of one that she has left */
  if (html === null) { panelTimer = setTimeout(showPanelSoon, 5000); return; }
  $('#panel').innerHTML = html;
  showTimes($('#panel'));
  panelOf = wanted;
  tellPanel();
  markRow(row);
};
/* Only the current row has marks: terms dotted, findings wavy, ties numbered. The panel brings them along. */
const markRow = (row) => {
  $$('template[data-side]', $('#panel')).forEach((template) => {
    const cell = cellOf(row, template.dataset.side);
    if ($('textarea', cell)) return;
    $$('p', cell).forEach((line, at) => {
      const marked = $$('p', template.content)[at];
      if (marked) $('span', line).innerHTML = marked.innerHTML;
    });
    row.dataset.marked = '';
  });
};
const unmark = (row) => {
  if (!('marked' in row.dataset)) return;
  $$('.cell p > span', row).forEach((text) => { text.textContent = $('sup', text) ? textWithout(text) : text.textContent; });
  delete row.dataset.marked;
};
const textWithout = (element) => {
  const copy = element.cloneNode(true);
  $$('sup', copy).forEach((sup) => sup.remove());
  return copy.textContent;
};

/* The list may have the focus back from what it lent it to; who has gone into a field, or to a link, while the server
   answered stays there: what is typed is no key. */
const mayFocus = () => {
  const at = document.activeElement;
  return !at || at === document.body || at.tagName === 'BUTTON' || at.id === 'main' || (grid.contains(at) && !inText({ target: at }));
};
let marked = {}; /* the row and the cell that are marked: to look for them among 40,000 elements takes milliseconds */
const mark = (row, cell) => {
  if (marked.row === row && marked.cell === cell) return;
  if (marked.row && marked.row !== row) {
    marked.row.classList.remove('cur');
    marked.row.removeAttribute('aria-selected');
    unmark(marked.row);
  }
  if (marked.cell && marked.cell !== cell) { marked.cell.classList.remove('on'); marked.cell.tabIndex = -1; }
  marked = { row, cell };
  row.classList.add('cur');
  row.setAttribute('aria-selected', 'true');
  cell.classList.add('on');
  cell.tabIndex = 0;
};
const place = (focus = true) => {
  const row = beads[current];
  if (!row) return;
  const cell = cellOf(row, side);
  mark(row, cell);
  if (focus && document.activeElement !== cell && mayFocus()) cell.focus({ preventScroll: true });
  keepInView(row);
  drawView();
  tellPanel();
  showPanelSoon();
};
const keepInView = (row) => {
  const box = scroller.getBoundingClientRect();
  const here = row.getBoundingClientRect();
  const head = 30;
  if (here.top < box.top + head || here.bottom > box.bottom - box.height * 0.25)
    scroller.scrollTop += here.top - box.top - box.height * 0.35;
};
const go = (at, focus) => { current = Math.max(0, Math.min(at, beads.length - 1)); place(focus); };
const nextDoubt = (step, around) => {
  for (let at = current + step; at >= 0 && at < beads.length; at += step)
    if (isDoubt(beads[at]) && !isLocked(beads[at])) { go(at); return; }
  const any = around ? beads.findIndex((row) => isDoubt(row) && !isLocked(row)) : -1;
  if (any >= 0) go(any);
  else {
    place();
    toast(T('No doubtful pairs left: c confirms the rest, Shift+N opens the next release.'));
  }
};

/* ---------------------------------------------------------------- what the server says */

const parse = (html) => {
  const template = document.createElement('template');
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
};
/* Rows live in groups of 20, so that a change lays out its group and not the whole list. */
const reorder = (order) => {
  const wanted = order.map(String);
  let head = 0;
  while (head < wanted.length && head < beads.length && idOf(beads[head]) === wanted[head]) head++;
  let tail = 0;
  while (tail < wanted.length - head && tail < beads.length - head &&
    idOf(beads[beads.length - 1 - tail]) === wanted[wanted.length - 1 - tail]) tail++;
  return { head, tail, wanted };
};
/* A row that is here stays, and takes over what the server says of it, cell by cell: who has the focus there keeps it,
   and the browser lays out what is new and nothing else. */
const OURS = ['cur', 'linking'];
const takeOver = (row, fresh) => {
  const ours = OURS.filter((name) => row.classList.contains(name));
  row.className = fresh.className;
  row.classList.add(...ours);
  delete row.dataset.locked;
  Object.assign(row.dataset, fresh.dataset);
  [...row.children].forEach((cell, at) => {
    const now = fresh.children[at];
    cell.classList.toggle('void', now.classList.contains('void'));
    ['lang', 'dir'].forEach((name) => { if (now.hasAttribute(name)) cell.setAttribute(name, now.getAttribute(name)); else cell.removeAttribute(name); });
    if (cell.innerHTML !== now.innerHTML) cell.replaceChildren(...now.childNodes);
  });
  row.said = fresh;
};
/* A row with an open editor stays as it is, whatever comes: what is typed there is nowhere else. */
const isEdited = (row) => !!row && !!$('textarea', row);
const lookOf = (row) => [row.dataset.state, row.classList.contains('omit'), textWithout(row)].join();
/* When somebody else's change of a row came, in the order of such changes: what was on its way there did not see it. */
let strangers = 0;
const strangeAt = new Map();
const rowOf = (id) => document.getElementById(`b${id}`);
/* The row behind another one, or the first of the next group. */
const behindOf = (row) => row.nextElementSibling || (row.parentNode.nextElementSibling || row).firstElementChild;
/* Between the rows that stay at the head and at the tail: those that are no more go, those that are new come.
   True: one of these is neither here nor in the reply. */
const rearrange = ({ head, tail, wanted }, fresh) => {
  const middle = wanted.slice(head, wanted.length - tail);
  const stay = new Set(middle);
  /* Where no row stays, the group of the first takes the new ones. */
  const group = (beads[head - 1] || beads[beads.length - tail] || beads[0]).parentNode;
  let at = beads[head - 1];
  let lacking = false;
  beads.slice(head, beads.length - tail).forEach((row) => {
    if (stay.has(idOf(row))) return;
    if (isEdited(row)) row.classList.add('gone'); else row.remove();
  });
  middle.forEach((id) => {
    const row = rowOf(id) || fresh.get(id);
    if (!row) { lacking = true; return; }
    if (!at) group.prepend(row); else if (behindOf(at) !== row) at.after(row);
    at = row;
  });
  beads = $$('.bead', grid);
  return lacking;
};
/* True: somebody else changed a row, which now looks otherwise. The server says which rows are not this key's doing. */
const apply = (reply) => {
  const fresh = new Map(reply.rows.map((one) => [String(one.id), parse(one.html)]));
  const strange = (reply.theirs || []).map(String).filter((id) => fresh.has(id) &&
    !(rowOf(id) && lookOf(rowOf(id)) === lookOf(fresh.get(id))));
  strange.forEach((id) => strangeAt.set(id, ++strangers));
  const old = beads[current];
  const changed = [...fresh].map(([id, row]) => [rowOf(id), row]).filter(([row]) => row);
  const order = reply.order && reorder(reply.order);
  const lacking = order && order.head + order.tail < Math.max(order.wanted.length, beads.length) && rearrange(order, fresh);
  changed.forEach(([row, now]) => {
    if (isEdited(row)) row.dispatchEvent(new CustomEvent('theirs', { detail: now }));
    else if (row.isConnected) takeOver(row, now);
  });
  version = reply.version;
  showCounts(reply.counts);
  drawMapLater();
  showPanelSoon();
  const at = reply.current ? beads.findIndex((row) => idOf(row) === String(reply.current)) : beads.indexOf(old);
  if (at >= 0) current = at;
  else if (!reply.current) current = Math.min(current, beads.length - 1);
  if (lacking) chain = chain.then(renew);
  return strange.length > 0;
};
/* All rows, as one look at the release has them. What looks otherwise is somebody else's doing, and keys that wait did
   not see it. */
const renew = async () => {
  const reply = await fetch(`${ADDRESS}/since.json?version=1`).catch(() => null);
  const data = reply && reply.ok && await reply.json();
  if (!data || !data.rows || !apply({ ...data, theirs: data.rows.map((one) => one.id), current: 0 }) || !waiting.length) return;
  waiting.length = 0;
  toast(T('Somebody changed this pair meanwhile; the keys behind it were not done.'));
};
/* Where she has gone elsewhere meanwhile, an answer takes her nowhere: her next key is for the pair that she sees. */
const answer = (reply, from) => apply(beads[current] && idOf(beads[current]) !== from ? { ...reply, current: 0 } : reply);
/* Three repairs close to one another: what comes after them may be as wrong, and one key aligns it anew. */
let repairs = [];
const isMuch = (op) => {
  if (!/^(up|down|fetch_up|fetch_down|merge|split|unlink|swap|link)$/.test(op)) return false;
  repairs = [...repairs, current].slice(-3);
  const much = repairs.length === 3 && Math.max(...repairs) - Math.min(...repairs) <= 10;
  if (much) repairs = [];
  return much;
};
const tell = (op, said) => {
  const more = isMuch(op) ? T('Three repairs close to one another: r realigns the rest.') : '';
  if (more || op === 'realign') toast(more || said);
  say(`${said} ${labels(beads[current])} ${more}`);
};
let counted = '';
const showCounts = (counts) => {
  if (!counts || counts.html === counted) return;
  counted = counts.html;
  $('#counts').innerHTML = counts.html;
  $('#end-count').textContent = counts.end;
};

/* One after the other, each with the version that the one before left; the first when all rows are here. */
let whole = false;
let haveAll;
let chain = new Promise((good) => { haveAll = good; });
let busy = 0;
const waiting = [];
/* The rows that a change answers to; null: all there are. What is taken back is one's own, whatever is there now. */
const rowsOf = ({ op, bead, with: partner }) => {
  if (op === 'realign' || op === 'confirm_above') return null;
  if (op === 'undo' || op === 'redo') return [];
  const at = /^(up|down|fetch_up|fetch_down|merge|swap)$/.test(op) ? beads.findIndex((row) => idOf(row) === String(bead)) : -1;
  const beside = at < 0 ? [] : [beads[at - 1], beads[at + 1]].filter(Boolean).map(idOf);
  return [bead, partner, ...beside].filter(Boolean).map(String);
};
const send = (fields, options = {}) => {
  const known = strangers;
  const meant = rowsOf(fields);
  const from = beads[current] ? idOf(beads[current]) : '';
  if (!options.free) busy++;
  chain = chain.then(async () => {
    /* Those that are beside it now, too, where others were when the key was pressed. */
    if (meant ? [...meant, ...rowsOf(fields)].some((id) => (strangeAt.get(id) || 0) > known) : strangers > known) {
      toast(T('Somebody changed this pair meanwhile; here it is as it is now.'));
      return false;
    }
    const reply = await post(`${ADDRESS}/do`, { version, seen: version, ...fields });
    const data = await reply.json().catch(() => ({ error: reply.statusText }));
    if (data.rows) {
      const had = document.activeElement && document.activeElement.tagName === 'TEXTAREA';
      const here = grid.contains(document.activeElement);
      const strange = options.free ? apply({ ...data, current: 0 }) : answer(data, from);
      /* A row that was replaced takes the focus with it, and the keys would be deaf. */
      if (!had) place(!options.silent || (here && !grid.contains(document.activeElement)));
      if (strange && waiting.length) {
        waiting.length = 0;
        toast(T('Somebody changed this pair meanwhile; the keys behind it were not done.'));
      }
    }
    if (!reply.ok) toast(data.error);
    else if (options.say !== false) tell(fields.op, data.said || '');
    return reply.ok;
  }).catch(() => { toast(T('The server does not answer; nothing was changed.')); return false; });
  const done = chain;
  if (!options.free)
    done.finally(() => { busy--; if (!busy) drain(); });
  return done;
};
/* One key that fails must not leave the others waiting for ever; and what was typed behind one that opens an editor or a
   dialog was meant as text, and is no key. */
let held = null; /* what is typed while the dialog of the confirmation in bulk comes */
const isElsewhere = () => !!held || !!$('dialog[open]') || inText({ target: document.activeElement });
const drain = () => {
  while (waiting.length && !busy && whole) {
    if (isElsewhere()) { waiting.length = 0; return; }
    try { act(waiting.shift()); } catch (error) { console.error(error); }
  }
};

/* ---------------------------------------------------------------- changes */

const change = (op, more = {}) => {
  const row = beads[current];
  if (isLocked(row)) { toast(T('Somebody is editing this pair.')); return Promise.resolve(false); }
  return send({ op, bead: idOf(row), side: activeSide(), ...more });
};
/* Shown at once; the reply says the same or better, and where none comes, or a refusal, the row is as it was. One that
   is shown so already has nothing to show: what it was is put back by who has seen it. */
const showConfirmed = (row) => {
  const { said, dataset: { state } } = row;
  if (state === 'ok') return () => {};
  const level = ['low', 'mid', 'high'].filter((name) => row.classList.contains(name));
  const sign = $('.sg', row);
  const { textContent: mark } = sign;
  row.dataset.state = 'ok';
  row.classList.remove('low', 'mid', 'high');
  row.classList.add('ok', 'flash');
  sign.textContent = '✓';
  return () => {
    if (row.said !== said) return;
    row.dataset.state = state;
    row.classList.remove('ok', 'flash');
    row.classList.add(...level);
    sign.textContent = mark;
  };
};
const confirm = (stay) => {
  const row = beads[current];
  if (isLocked(row)) { toast(T('Somebody is editing this pair.')); return; }
  const hand = row.dataset.state === 'hand';
  /* It answers to what is seen now, also where others are on their way before it: what comes with their replies is
     confirmed by none. */
  const seen = hand ? {} : { version };
  const hide = showConfirmed(row);
  const done = send({ op: 'confirm', bead: idOf(row), side: activeSide(), ...seen }, { free: !hand, silent: !hand, say: hand });
  done.then((good) => { if (!good) hide(); });
  if (hand) done.then((good) => { if (good && !stay) nextDoubt(1, true); });
  else if (!stay) nextDoubt(1, true);
};
const link = () => {
  const row = beads[current];
  const which = activeSide();
  if (!linkFrom) {
    linkFrom = { bead: idOf(row), side: which };
    row.classList.add('linking');
    toast(T('Go to its partner on the other side and press l again; Esc leaves.'));
    return;
  }
  const from = linkFrom;
  leaveLink();
  if (from.side !== which) send({ op: 'link', bead: from.bead, side: from.side, with: idOf(row) });
};
const leaveLink = () => { linkFrom = null; $$('.linking', grid).forEach((row) => row.classList.remove('linking')); };
const pressButton = (selector) => { const button = $(selector, $('#panel')); if (button || !isPanelHere()) usePanel(() => button.click()); };
/* What is offered for the pair before is not done to this one, nor what nobody has seen yet. */
const usePanel = (work) => {
  if (isPanelHere()) { work(); return; }
  toast(T('What can be done with this pair is still being looked up; please press again.'));
  showPanelSoon();
};

/* ---------------------------------------------------------------- editing in place */

const edit = (cutting) => {
  const row = beads[current];
  const which = activeSide();
  const cell = cellOf(row, which);
  if (isLocked(row)) { toast(T('Somebody is editing this pair.')); return; }
  if (cell.classList.contains('void') || $('textarea', cell)) return;
  unmark(row);
  const texts = $$('p > span', cell).map((one) => one.textContent);
  const kept = cell.innerHTML;
  const beside = cellOf(row, other(which)).textContent;
  const area = document.createElement('textarea');
  area.lang = cell.lang;
  area.dir = cell.dir;
  area.value = texts.join('\n');
  area.setAttribute('aria-label', T('Edit'));
  area.spellcheck = true;
  const hint = document.createElement('div');
  hint.className = 'small mute';
  hint.textContent = T('Enter saves, Ctrl+Enter saves and confirms, Alt+Enter cuts here, Esc leaves');
  cell.replaceChildren(area, hint);
  area.style.height = `${area.scrollHeight + 6}px`;
  area.focus();
  area.setSelectionRange(cutting ? 0 : area.value.length, cutting ? 0 : area.value.length);
  keepInView(row);
  /* Others are kept off while somebody types; who was first keeps it. */
  const isChanged = () => area.value !== texts.join('\n');
  let typed = true;
  const lock = async () => {
    if (!typed) return;
    typed = false;
    const reply = await post(`${ADDRESS}/do`, { op: 'lock', bead: idOf(row), version }).catch(() => null);
    if (!reply || reply.ok || !area.isConnected) return;
    toast((await reply.json()).error);
    if (!isChanged()) { close(); place(); }
  };
  const renew = setInterval(lock, 60000);
  const close = () => {
    clearInterval(renew);
    if (area.isConnected && last) takeOver(row, last);
    else if (area.isConnected) cell.innerHTML = kept;
    if (row.classList.contains('gone')) { row.remove(); beads = $$('.bead', grid); current = Math.min(current, beads.length - 1); }
  };
  const leave = () => {
    close();
    post(`${ADDRESS}/do`, { op: 'unlock', bead: idOf(row), version }).catch(() => {});
    place();
  };
  /* What somebody else made of it meanwhile stands below what is typed; the next Enter is a decision. */
  let last = null; /* the row as it came last, for when the editor closes */
  let stale = false; /* with something in it that she did not see when she opened it */
  const showTheirs = (theirs) => {
    last = theirs.cloneNode(true);
    const there = cellOf(theirs, which);
    const now = $$('p > span', there).map((one) => one.textContent).join('\n');
    $$('.theirs', cell).forEach((one) => one.remove());
    /* One's own confirmation, say: what she sees is what is there, and her Enter answers to it. */
    const same = now === texts.join('\n') && cellOf(theirs, other(which)).textContent === beside;
    seen = same ? 0 : seen || version;
    stale = !same;
    [...row.children].forEach((one, at) => { if (one !== cell) one.replaceChildren(...theirs.children[at].childNodes); });
    if (now === texts.join('\n')) return;
    const box = cell.appendChild(document.createElement('div'));
    box.className = 'theirs';
    box.append(Object.assign(document.createElement('div'), { className: 'small mute', textContent: T('As it is now') }), ...there.childNodes);
    keepInView(row);
  };
  row.addEventListener('theirs', (event) => { if (area.isConnected) showTheirs(event.detail); });
  let seen = version; /* what others do meanwhile is not what this text answers to; 0: all that came was her own */
  lock();
  /* A lost connection keeps the editor open, with its text. */
  const keep = async (then) => {
    if (!isChanged()) {
      leave();
      if (then && stale) toast(T('Somebody changed this pair meanwhile; here it is as it is now.'));
      else if (then) then();
      return;
    }
    area.readOnly = true;
    const reply = await post(`${ADDRESS}/do`, { op: 'edit', bead: idOf(row), side: which, version: seen || version, text: area.value })
      .catch(() => null);
    const data = reply && await reply.json().catch(() => null);
    area.readOnly = false;
    if (!reply || !reply.ok) {
      toast((data && data.error) || T('The server does not answer; nothing was changed.'));
      if (data && data.rows) { apply({ ...data, current: 0 }); seen = version; }
      area.focus();
      return;
    }
    close();
    if (then) apply(data); else answer(data, idOf(row)); /* what comes then is for the pair that was saved */
    place();
    say(T('saved'));
    if (then) then();
  };
  const cut = async () => {
    let at = area.selectionStart;
    let sentence = 0;
    while (sentence < texts.length - 1 && at > texts[sentence].length) { at -= texts[sentence].length + 1; sentence++; }
    if (isChanged()) { toast(T('Save first, then cut.')); return; }
    close();
    await send({ op: 'cut', bead: idOf(row), side: which, sentence, at });
  };
  area.addEventListener('input', () => { typed = true; });
  area.dataset.before = area.value;
  area.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (composing(event)) return;
    if (area.readOnly) event.preventDefault(); /* it is being saved */
    else if (event.key === 'Escape') { event.preventDefault(); leave(); }
    else if (event.key === 'Enter' && event.altKey) { event.preventDefault(); cut(); }
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); keep(() => confirm()); }
    else if (event.key === 'Enter') { event.preventDefault(); if (!event.shiftKey) keep(); }
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const term = $$(`[data-term-${which}]`, $('#panel'))[+event.code[5] - 1];
      if (term && isPanelHere()) {
        event.preventDefault();
        area.setRangeText(term.getAttribute(`data-term-${which}`), area.selectionStart, area.selectionEnd, 'end');
      }
    }
  });
};

/* Nor does a link that is hit by mistake take along what is typed. */
window.addEventListener('beforeunload', (event) => {
  if ($$('textarea', grid).some((area) => area.value !== area.dataset.before)) event.preventDefault();
});

/* ---------------------------------------------------------------- dialogs */

const dialogOf = (id, label) => {
  let dialog = document.getElementById(id);
  if (!dialog) {
    dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.id = id;
    dialog.setAttribute('aria-label', label);
    dialog.addEventListener('close', () => place());
  }
  return dialog;
};
/* Nothing where it cannot be had, which is said. */
const countBulk = async (least) => {
  const headers = { Accept: 'application/json' };
  const reply = await fetch(`${ADDRESS}/bulk?part=1&least=${least}`, { headers, signal: AbortSignal.timeout(20000) }).catch(() => null);
  if (reply && reply.ok) return reply.text().catch(() => '');
  const data = reply && await reply.json().catch(() => null);
  toast((data && data.error) || T('The server does not answer; nothing was changed.'));
  return '';
};
/* What would be confirmed is counted by the server, which confirms it. Keys that are quicker are the dialog's: c 9 0 Enter. */
const bulk = async () => {
  const dialog = dialogOf('bulk', T('Confirm all above…'));
  held = [];
  const html = await countBulk(95);
  const keys = held;
  held = null;
  /* Who has gone into a field meanwhile, or opened another dialog, types there. */
  if (!html || keys.includes('Escape') || isElsewhere()) return;
  dialog.innerHTML = html;
  const field = $('input[name=least]', dialog);
  let timer;
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const page = document.createElement('template');
      page.innerHTML = await countBulk(field.value);
      const fresh = $('#bulk-count', page.content); /* none for what is no level */
      if (fresh) $('#bulk-count', dialog).innerHTML = fresh.innerHTML;
    }, 80);
  });
  $('form', dialog).addEventListener('submit', async (event) => {
    event.preventDefault();
    dialog.close();
    if (await send({ op: 'confirm_above', least: field.value, bead: idOf(beads[current]) })) nextDoubt(1, true);
  });
  $$('[data-close]', dialog).forEach((button) => button.addEventListener('click', () => dialog.close()));
  dialog.showModal();
  field.select();
  const typed = keys.filter((key) => /^[0-9]$/.test(key)).join('');
  if (typed) { field.value = typed; field.dispatchEvent(new Event('input')); }
  if (keys.includes('Enter')) $('form', dialog).requestSubmit();
};
const goTo = () => {
  const dialog = dialogOf('goto', T('Go to a sentence'));
  dialog.innerHTML = '<form method="dialog"><label></label> <input autocomplete="off" size="8"> <button class="pri"></button></form>';
  $('label', dialog).textContent = T('Sentence (E12, J30)');
  $('button', dialog).textContent = T('Go');
  const field = $('input', dialog);
  field.setAttribute('aria-label', T('Sentence (E12, J30)'));
  $('form', dialog).addEventListener('submit', () => {
    const wanted = field.value.normalize('NFKC').trim().toUpperCase();
    const found = $$('.sn', grid).find((one) => one.textContent.replace('*', '') === wanted ||
      (/^\d+$/.test(wanted) && one.textContent.replace(/\D/g, '') === wanted));
    if (found) { side = found.closest('.cell').dataset.side; current = beads.indexOf(found.closest('.bead')); }
  });
  dialog.showModal();
  field.focus();
};

/* ---------------------------------------------------------------- mini-map */

/* A path a look, and not an element a pair: 2,000 of these take longer than the rows that a key changes. */
const LOOKS = { ok: [6, 'ok'], low: [20, 'low-ink'], mid: [15, 'mid-ink'], none: [10, 'line'], high: [6, 'line'] };
const lookAt = (row) => Object.keys(LOOKS).find((name) => row.classList.contains(name)) || 'high';
const drawMap = () => {
  const map = $('#map');
  const paths = Object.fromEntries(Object.keys(LOOKS).map((name) => [name, '']));
  beads.forEach((row, at) => { const look = lookAt(row); paths[look] += `M1 ${at}h${LOOKS[look][0]}v.8H1z`; });
  if (!$('svg', map)) {
    map.innerHTML = '<svg preserveAspectRatio="none" aria-hidden="true">' +
      Object.entries(LOOKS).map(([name, [, ink]]) => `<path data-look="${name}" fill="var(--${ink})"/>`).join('') +
      '<rect id="view" x="0" width="22" height="1" fill="none" stroke="var(--cur-line)" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>';
  }
  const drawn = $('svg', map);
  drawn.setAttribute('viewBox', `0 0 22 ${beads.length}`);
  drawn.setAttribute('height', Math.min(map.clientHeight, beads.length * 14));
  $$('path', drawn).forEach((path) => path.setAttribute('d', paths[path.dataset.look]));
  drawView();
};
/* It waits until the rows that changed are painted, and no answer is on its way. */
let mapAwaited = false;
const drawMapLater = () => {
  if (mapAwaited) return;
  mapAwaited = true;
  whenIdle(() => { mapAwaited = false; if (busy) drawMapLater(); else drawMap(); });
};
const drawView = () => { const view = $('#view'); if (view) view.setAttribute('y', current); };

/* ---------------------------------------------------------------- keys */

const follow2 = (selector) => { const to = $(selector); if (to) location.href = to.href; };
const COMMANDS = {
  ArrowDown: () => go(current + 1), j: () => go(current + 1),
  ArrowUp: () => go(current - 1), k: () => go(current - 1),
  ArrowLeft: () => { side = 'source'; place(); }, ArrowRight: () => { side = 'target'; place(); },
  Home: () => go(0), End: () => go(beads.length - 1), PageDown: () => go(current + 8), PageUp: () => go(current - 8),
  ' ': () => confirm(), a: () => confirm(), 'Shift+ ': () => confirm(true),
  n: () => nextDoubt(1), p: () => nextDoubt(-1),
  'Shift+n': () => follow2('#next'), 'Shift+p': () => follow2('#previous'),
  u: () => change('up'), d: () => change('down'),
  'Shift+u': () => change('fetch_up', { side }), 'Shift+d': () => change('fetch_down', { side }),
  m: () => change('merge', { by: 1 }), 'Shift+m': () => change('merge', { by: -1 }),
  s: () => { const row = beads[current]; if ($$('.sn', cellOf(row, 'source')).length < 2 && $$('.sn', cellOf(row, 'target')).length < 2) edit(true); else change('split'); },
  x: () => change('unlink'), w: () => change('swap', { by: 1 }), 'Shift+w': () => change('swap', { by: -1 }),
  l: link, o: () => change('omit'), b: () => change('flag'), q: () => change('question'), r: () => change('realign'),
  c: bulk, z: () => send({ op: 'undo' }), 'Shift+z': () => send({ op: 'redo' }),
  e: () => edit(), F2: () => edit(), Enter: () => edit(), g: goTo,
  y: () => { why = !why; showPanel(); },
  i: () => pressButton('[data-do=accept]'), f: () => pressButton('[data-do=replace]'),
  1: () => pressButton('[data-do="1"]'), 2: () => pressButton('[data-do="2"]'), 3: () => pressButton('[data-do="3"]'),
  Escape: leaveLink,
};
const nameOf = (event) => {
  const key = letter(event);
  return event.shiftKey && /^[a-z ]$/.test(key) ? `Shift+${key}` : key;
};
const act = (name) => COMMANDS[name]();
grid.addEventListener('keydown', (event) => {
  if (composing(event) || inText(event)) return;
  if (held) { held.push(event.key); event.preventDefault(); event.stopPropagation(); return; }
  let name = nameOf(event);
  const plain = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (plain && /^(z|y|Shift\+z)$/.test(name)) name = name === 'z' ? 'z' : 'Shift+z';
  else if (plain || (!LETTERS && /^(Shift\+)?[a-z0-9]$/.test(name) && !(event.ctrlKey && event.altKey))) return;
  else if (LETTERS && event.altKey) return;
  if (!COMMANDS[name]) return;
  event.preventDefault();
  event.stopPropagation();
  if (busy || waiting.length || !(whole || /^(Arrow|Page|[jk]$)/.test(name))) waiting.push(name); else act(name);
});
grid.addEventListener('click', (event) => {
  const row = event.target.closest('.bead');
  if (!row || event.target.closest('textarea,a')) return;
  const cell = event.target.closest('.cell');
  if (cell) side = cell.dataset.side;
  current = beads.indexOf(row);
  place();
});
grid.addEventListener('dblclick', (event) => { if (event.target.closest('.cell') && !event.target.closest('textarea')) edit(); });
$('#map').addEventListener('click', (event) => {
  const box = $('#map svg').getBoundingClientRect();
  go(Math.floor((event.clientY - box.top) / box.height * beads.length));
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-op]');
  if (!button) return;
  event.preventDefault();
  const fields = { ...button.dataset };
  delete fields.do;
  if (fields.op === 'bulk') bulk();
  else if (fields.op === 'undo' || fields.op === 'redo') send({ op: fields.op });
  else if ($('#panel').contains(button)) usePanel(() => { if (fields.side) side = fields.side; change(fields.op, fields); });
  else { if (fields.side) side = fields.side; change(fields.op, fields); }
});

/* Findings are settled without leaving the page; what it changed comes as a colleague's change would. */
$('#panel').addEventListener('submit', async (event) => {
  event.preventDefault();
  if (!isPanelHere()) { usePanel(); return; }
  const { ok, data } = await answerOf(post(event.target.getAttribute('action'), Object.fromEntries(new FormData(event.target, event.submitter))));
  if (!ok) { toast(data.error); return; }
  await listen();
  showPanel();
  place();
});

/* ---------------------------------------------------------------- others at work */

let gone = false;
const tellGone = () => { if (!gone) toast(T('This release was taken out meanwhile.')); gone = true; };
/* Who changed what, and the way there, but for her who is writing. */
const tellOther = ({ notice, where }, editing) => {
  const at = () => beads.findIndex((row) => idOf(row) === String(where));
  const show = { name: T('Show'), act: () => { if (at() >= 0) go(at()); } };
  toast(at() < 0 ? notice : `${notice} ${labels(beads[at()]).replace(/^– – | – –$/, '')}`, at() < 0 || editing ? null : show);
};
const listen = async () => {
  if (document.hidden || busy || !whole) return;
  const known = version; /* a confirmation may bring a later one before this answer is here */
  const reply = await fetch(`${ADDRESS}/since.json?version=${version}`).catch(() => null);
  if (reply && reply.status === 404) tellGone();
  if (!reply || reply.status !== 200) return;
  const data = await reply.json();
  if (busy || version !== known || data.version === version || !data.rows) return;
  const here = grid.contains(document.activeElement);
  apply({ ...data, current: 0 });
  const editing = $('textarea', grid);
  if (!editing) place(here);
  if (data.notice) tellOther(data, editing);
};
setInterval(listen, 5000);

/* ---------------------------------------------------------------- the beginning */

const asked = () => (/^#b\d+$/.test(location.hash) ? beads.findIndex((row) => `#${row.id}` === location.hash) : -1);
/* Rows that come, above those in view, too; what is in view stays where it is. */
const take = (bring) => {
  const row = beads[current];
  const top = row.getBoundingClientRect().top;
  bring();
  beads = $$('.bead', grid);
  current = beads.indexOf(row);
  scroller.scrollTop += row.getBoundingClientRect().top - top;
};
/* What can no longer be had is not asked for again: of a release that was taken out, or by who is signed out. */
const fetched = async (address) => {
  for (let tries = 1; ; tries++) {
    const reply = await fetch(address).catch(() => null);
    if (reply && reply.ok) return reply;
    if (reply && reply.status === 404) { tellGone(); return null; }
    if (reply && (reply.status === 401 || reply.status === 403)) {
      toast(T('Please sign in with the address that taiyaku serve printed.'));
      return null;
    }
    if (tries === 2) toast(T('The server does not answer.'));
    await new Promise((good) => { setTimeout(good, 2000); });
  }
};
/* The first rows are painted before the others are here; what was asked for by the address may be among these. Where
   somebody changed the release meanwhile, what comes goes by other places: a row may be twice there, or nowhere. */
const fill = async () => {
  const first = beads[current];
  let same = true;
  take(() => unfold(grid));
  for (let more; (more = $('#more'));) {
    const box = document.createElement('template');
    const part = await fetched(`${more.href}&part=1`);
    if (!part) break;
    same = same && part.headers.get('Release-Version') === String(version);
    box.innerHTML = await part.text();
    $$('.bead', box.content).forEach((row) => { if (document.getElementById(row.id)) row.remove(); });
    take(() => more.replaceWith(box.content));
    await new Promise(whenIdle);
  }
  if (!same) await renew();
  whole = true;
  const to = asked();
  if (beads[current] === first && to >= 0) {
    /* Keys of before were pressed beside another pair. */
    if (beads[to] !== first && waiting.length) toast(T('The pair asked for has come; the keys before it were not done.'));
    if (beads[to] !== first) waiting.length = 0;
    go(to);
  } else drawView();
  drawMapLater();
  haveAll();
  drain();
};
const begin = () => {
  const from = new URLSearchParams(location.search).get('from');
  if (from && from !== '0') { location.replace(ADDRESS + location.hash); return; }
  if (location.hash && asked() < 0) { unfold(grid); beads = $$('.bead', grid); }
  go(asked() >= 0 ? asked() : Math.max(0, beads.findIndex(isDoubt)));
  afterPaint(fill);
};
if (beads.length) begin(); else { whole = true; haveAll(); }
window.desk = { get beads() { return beads; }, get current() { return current; }, get side() { return side; }, get idle() { return whole && !busy && !waiting.length; }, isDoubt, go, settled: () => chain };
