"use strict";
// The keys of the desk, and which provision is looked at. Every page works without this script, too.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isTyping = target => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

  const panels = all(".panel");
  const opener = panel => document.querySelector(`[data-opens="${panel.id}"]`);
  function show(panel, isOpen) {
    panel.hidden = !isOpen;
    opener(panel).setAttribute("aria-expanded", String(isOpen));
  }
  for (const panel of panels) show(panel, panel.hasAttribute("data-open"));
  function open(name) {
    for (const panel of panels) show(panel, panel.id === name);
    const panel = document.getElementById(name);
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("[data-first]").focus();
  }
  function close() {
    const panel = panels.find(one => !one.hidden);
    if (!panel) return false;
    show(panel, false);
    opener(panel).focus();
    return true;
  }
  for (const button of all("[data-opens]")) button.addEventListener("click", () => {
    if (button.getAttribute("aria-expanded") === "true") close(); else open(button.dataset.opens);
  });
  for (const button of all("[data-closes]")) button.addEventListener("click", close);

  const claims = all(".claim");
  const provisions = all("[data-key-of]");
  function reveal(article, smooth) {
    const law = document.querySelector(".law");
    const behavior = smooth ? "smooth" : "auto";
    if (getComputedStyle(law).overflowY !== "auto") {
      if (smooth) (article.querySelector("mark") || article).scrollIntoView({ block: "center", behavior });
      return;
    }
    const place = element => element.getBoundingClientRect().top - law.getBoundingClientRect().top;
    const mark = article.querySelector("mark");
    // From the article's beginning, if its quoted words can be seen from there.
    const isFar = mark && place(mark) - place(article) > law.clientHeight * 0.7;
    law.scrollBy({ top: isFar ? place(mark) - law.clientHeight / 3 : place(article), behavior });
  }
  function look(claim) {
    const isOn = claim !== null && claim.getAttribute("aria-pressed") !== "true";
    for (const one of claims) one.setAttribute("aria-pressed", String(isOn && one === claim));
    const keys = isOn ? claim.dataset.keys.split(" ") : [];
    for (const article of provisions) {
      article.classList.toggle("looked-at", keys.includes(article.dataset.keyOf));
      article.hidden = isOn && keys[0] !== "" && !keys.includes(article.dataset.keyOf);
    }
    for (const select of all("[data-which]")) select.value = isOn ? claim.dataset.claim : "";
    const first = provisions.find(article => article.classList.contains("looked-at"));
    if (first || provisions.length) reveal(first || provisions[0], false);
  }
  for (const claim of claims) claim.addEventListener("click", () => look(claim));
  for (const link of all("[data-shows]")) link.addEventListener("click", event => {
    const article = document.getElementById(`p-${link.dataset.shows}`);
    event.preventDefault();
    article.hidden = false;
    for (const one of provisions) one.classList.toggle("looked-at", one === article);
    reveal(article, true);
  });
  function step(by) {
    if (!claims.length) return;
    const at = claims.findIndex(one => one.getAttribute("aria-pressed") === "true");
    const next = claims[Math.max(0, Math.min(claims.length - 1, at < 0 ? (by > 0 ? 0 : claims.length - 1) : at + by))];
    if (next.getAttribute("aria-pressed") !== "true") look(next);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  if (provisions.length) reveal(provisions[0], false);

  const rows = all("[data-row]");
  function stepRow(by) {
    const at = rows.indexOf(document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))].focus();
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.key === "Escape") { if (close()) event.preventDefault(); return; }
    if (isTyping(event.target)) return;
    // Enter on a button or link is that button's or link's own.
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    if (rows.length && (event.key === "j" || event.key === "k")) { stepRow(event.key === "j" ? 1 : -1); event.preventDefault(); return; }
    if (event.key === "n" || event.key === "p") { step(event.key === "n" ? 1 : -1); event.preventDefault(); return; }
    if (event.key === "Enter" && panels.some(panel => !panel.hidden)) return;
    const wanted = all("[data-key]").find(one => one.dataset.key.split(" ").includes(event.key));
    if (wanted) { event.preventDefault(); wanted.click(); }
  });

  // What is sent is sent once.
  for (const form of all("form[method=post]")) form.addEventListener("submit", event => {
    if (form.dataset.sent && !form.querySelector("[name=form]")) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
})();
