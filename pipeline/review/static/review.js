// Keys, focus, zoom and what is fetched ahead: the page works without it, by links and forms.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const kept = (name, usual) => { try { return localStorage.getItem(name) ?? usual; } catch { return usual; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } };

  const isTyping = (element) => element.matches("input:not([type=checkbox], [type=radio]), select, textarea");
  const isShown = (element) => element.getClientRects().length > 0;
  const keysOn = () => kept("keys", "on") === "on";
  let busy = false; // a decision is on its way: the next key must not fall on a record nobody has seen

  const showKeys = () => {
    const dialog = one("#keys");
    one("#keys-on").checked = keysOn();
    dialog.open ? dialog.close() : dialog.showModal();
  };

  const move = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")].filter(isShown);
    const at = rows.indexOf(document.activeElement.closest("[data-row]"));
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[next]?.focus();
    rows[next]?.scrollIntoView({ block: "nearest" });
    return rows.length > 0;
  };

  const nextLeft = () => {
    const left = [...document.querySelectorAll("[data-left]")];
    const top = document.activeElement.closest("[data-row]");
    const later = left.filter((each) => !top || top.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING && !top.contains(each));
    const row = (later[0] ?? left[0])?.closest("[data-row]");
    row?.focus();
    row?.scrollIntoView({ block: "center" });
  };

  // A key may fall in the moment between new content and htmx taking hold of it: its click would do nothing.
  const press = (element) => {
    if (isTyping(element)) { element.focus(); return; }
    window.htmx?.process(element);
    element.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const dialog = one("dialog[open]");
    if (dialog) return;
    if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
    if (isTyping(event.target) || (!keysOn() && event.key !== "?")) return;
    if (event.repeat && !"jk+-".includes(event.key)) return;
    if (busy) { event.preventDefault(); return; }
    const bound = [...document.querySelectorAll("[data-key]")].filter((each) => each.dataset.key === event.key && isShown(each));
    const rows = document.activeElement.closest("[data-row]");
    if ("jk".includes(event.key) && (rows || !bound.length)) {
      if (move(event.key === "j" ? 1 : -1)) event.preventDefault();
    } else if (event.key === "n" && one("[data-left]")) {
      nextLeft();
    } else if (event.key === "Enter" && rows && rows === event.target && rows.tagName !== "A") {
      (one("a.hit", rows) ?? one("[data-add]", rows)).click();
    } else if (event.key === "m" && rows && one("[data-add]", rows)) {
      one("[data-add]", rows).click();
    } else if (bound.length) {
      event.preventDefault();
      press(bound[0]);
    }
  });

  document.addEventListener("click", (event) => {
    const at = event.target;
    if (at.closest("#show-keys")) showKeys();
    else if (at.closest("[data-zoom]")) zoom(Number(at.closest("[data-zoom]").dataset.zoom));
    else if (at.closest("[data-find]")) findValue();
    else if (at.closest("[data-copy]")) copyInto(at.closest("[data-copy]"));
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-on") keep("keys", event.target.checked ? "on" : "off");
  });

  const copyInto = (button) => {
    const field = document.getElementById(button.dataset.copy);
    field.value = button.textContent.trim();
    field.focus();
  };

  const STEPS = [0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];
  const drawZoom = () => {
    const sheet = one("#leaf svg");
    if (sheet) sheet.style.width = `${Number(kept("zoom", "1")) * 100}%`;
  };
  const zoom = (by) => {
    const at = STEPS.indexOf(Number(kept("zoom", "1")));
    keep("zoom", by === 0 ? 1 : STEPS[Math.min(Math.max((at < 0 ? 2 : at) + by, 0), STEPS.length - 1)]);
    drawZoom();
    findValue();
  };
  const findValue = () => {
    const scroll = one("#leaf .scroll");
    const value = scroll && (one("rect.value, mark.value", scroll) ?? one("rect, mark", scroll));
    if (!value) return;
    const [box, frame] = [value.getBoundingClientRect(), scroll.getBoundingClientRect()];
    scroll.scrollTop += box.top - frame.top - frame.height / 2 + box.height / 2;
    scroll.scrollLeft += box.left - frame.left - frame.width / 2 + box.width / 2;
  };

  // The next record's page is drawn and loaded while this one is looked at.
  const fetchAhead = async () => {
    const next = one("[data-next-leaf]")?.dataset.nextLeaf;
    if (!next) return;
    const answer = await fetch(next, { headers: { "HX-Request": "true" } });
    const picture = answer.ok && (await answer.text()).match(/<image href="([^"]+)"/);
    if (picture) new Image().src = picture[1];
  };

  const arrive = () => {
    const work = one("#work");
    if (!work) return;
    document.title = work.dataset.title;
    const passage = one(".passage");
    const value = passage && one("mark.value", passage);
    if (value) passage.scrollTop = value.offsetTop - passage.offsetTop - passage.clientHeight / 2;
  };
  const say = (element) => one("#notice") && (one("#notice").textContent = element);

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post") busy = true;
  });
  document.addEventListener("htmx:afterRequest", () => { busy = false; });
  document.addEventListener("htmx:sendError", () => say("The server does not answer; nothing was kept. Is it still running?"));
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    if (target.id === "work" || event.detail.target?.id === "work") {
      arrive();
      window.scrollTo(0, 0);
      one("#record-title")?.focus({ preventScroll: true });
    }
    if (one("#leaf svg, #leaf .scroll")) { drawZoom(); findValue(); fetchAhead(); }
    const form = one("#fields form.entering");
    const isNew = form && !form.dataset.met; // once a form: what settles later must not call back a reader who left it
    if (form) form.dataset.met = "yes";
    if (isNew && (one("#errors", form) || !form.contains(document.activeElement))) {
      const start = one('[aria-invalid="true"]', form) ?? one("#errors", form) ?? one("input:not([type=hidden])", form);
      start.focus({ preventScroll: true });
      start.scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    arrive();
    one("#record-title")?.focus({ preventScroll: true });
    const start = location.hash && document.getElementById(location.hash.slice(1));
    if (start) (start.closest("[data-row]") ?? start).focus();
  });
})();
