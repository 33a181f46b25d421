// What the page does in the browser: passing choices on, showing the law panel, finding words in it, copying and
// downloading. Texts are only ever set as text, never as markup.
window.regulationPage = window.regulationPage || (() => {
  "use strict";
  document.documentElement.lang = "zh-CN";

  const narrow = window.matchMedia("(max-width: 768px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const glide = () => (calm.matches ? "auto" : "smooth");
  let cameFrom = null; // what to go back to when the panel over the chat is closed

  // ---- the panel as an overlay on a narrow screen -------------------------------------------------------------
  const UNDER = ["chat", "precheck", "header"];
  const lawColumn = () => document.getElementById("law");

  function openLaw(origin) {
    const law = lawColumn();
    if (!law || !narrow.matches) return;
    cameFrom = origin || document.activeElement;
    document.body.classList.add("law-open");
    law.setAttribute("role", "dialog");
    law.setAttribute("aria-modal", "true");
    law.setAttribute("aria-label", "原文");
    for (const id of UNDER) document.getElementById(id)?.setAttribute("inert", "");
    law.querySelector(".close")?.focus();
  }

  function closeLaw() {
    if (!document.body.classList.contains("law-open")) return;
    document.body.classList.remove("law-open");
    for (const name of ["role", "aria-modal", "aria-label"]) lawColumn()?.removeAttribute(name);
    for (const id of UNDER) document.getElementById(id)?.removeAttribute("inert");
    if (cameFrom?.isConnected) cameFrom.focus();
    cameFrom = null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeLaw();
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.(".open-law");
    if (opener) openLaw(opener);
  });
  narrow.addEventListener("change", closeLaw);

  // ---- the tabs -------------------------------------------------------------------------------------------------
  function tabs(element) {
    const all = () => [...element.querySelectorAll('[role="tab"]')];
    const show = (chosen) => {
      for (const tab of all()) {
        const isChosen = tab === chosen;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute("aria-controls"));
        if (!panel) continue;
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
      }
      document.body.dataset.page = chosen.getAttribute("aria-controls");
    };
    element.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) show(tab);
    });
    element.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = all().indexOf(event.target);
      if (!step || at < 0) return;
      const next = all().at((at + step) % all().length);
      show(next);
      next.focus();
    });
    if (all().length) show(all()[0]);
  }

  // ---- copy and download ----------------------------------------------------------------------------------------
  async function copy(button) {
    const text = button.dataset.copy;
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      const area = document.createElement("textarea"); // pages without https have no clipboard
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    say(button, done ? "已复制" : "复制失败，请手动选择");
  }

  function download(button) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([button.dataset.download], { type: "text/markdown;charset=utf-8" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    say(button, "已下载");
  }

  // A file of the conversation, made from its questions, which stand beside the button.
  async function take(button) {
    button.disabled = true;
    try {
      const turns = JSON.parse(button.parentElement.dataset.turns);
      const answer = await fetch(`interview/${button.dataset.take}`, {
        method: "POST", body: JSON.stringify({ turns }), cache: "no-store",
      });
      if (!answer.ok) throw new Error((await answer.json()).error || "");
      const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") || "");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = named ? decodeURIComponent(named[1]) : "";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      say(button, "已下载");
    } catch (error) {
      say(button, error.message || "没有下载成功，请再试");
    } finally {
      button.disabled = false;
    }
  }

  function say(button, text) {
    const before = button.dataset.before || button.textContent;
    button.dataset.before = before;
    button.textContent = text;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { button.textContent = before; }, 1600);
  }

  // ---- the conversation -----------------------------------------------------------------------------------------
  function transcript(element, trigger, watch) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const data = button.dataset;
      if (data.example !== undefined) {
        trigger("example", { index: Number(data.example) });
      } else if (data.reply !== undefined) {
        trigger("reply", { index: Number(data.reply) });
      } else if (data.take !== undefined) {
        take(button);
      } else if (data.part !== undefined) {
        element.querySelectorAll(".is-open").forEach((other) => other.classList.remove("is-open"));
        button.classList.add("is-open");
        trigger("cite", { turn: Number(data.turn), part: data.part, index: Number(data.index) });
        openLaw(button);
      } else if (data.thumb !== undefined) {
        rate(button, trigger);
      } else if (button.classList.contains("send-comment")) {
        comment(button, trigger);
      } else if (data.copy !== undefined) {
        copy(button);
      } else if (data.download !== undefined) {
        download(button);
      }
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches(".feedback input")) return;
      event.preventDefault();
      comment(event.target.closest(".feedback").querySelector(".send-comment"), trigger);
    });
    const follow = () => {
      const turns = element.querySelectorAll(".turn");
      const last = turns[turns.length - 1];
      if (last) last.scrollIntoView({ block: "start", behavior: turns.length > 1 ? glide() : "auto" });
    };
    watch("value", () => requestAnimationFrame(follow));
  }

  // ---- feedback -------------------------------------------------------------------------------------------------
  function rate(button, trigger) {
    const group = button.closest(".feedback");
    for (const other of group.querySelectorAll(".thumb")) other.setAttribute("aria-pressed", String(other === button));
    group.querySelector(".more").hidden = false;
    group.querySelector(".said").textContent = "";
    trigger("feedback", { turn: Number(group.dataset.turn), thumb: button.dataset.thumb, comment: "" });
  }

  function comment(button, trigger) {
    const group = button.closest(".feedback");
    const input = group.querySelector("input");
    const thumb = group.querySelector('.thumb[aria-pressed="true"]');
    if (!thumb || !input.value.trim()) return input.focus();
    trigger("feedback", { turn: Number(group.dataset.turn), thumb: thumb.dataset.thumb, comment: input.value });
    input.value = "";
    group.querySelector(".more").hidden = true;
    thumb.focus();
  }

  // What became of it, put where it was given.
  function feedbackSaid(element, watch) {
    watch("value", () => requestAnimationFrame(() => {
      const words = element.querySelector("[data-turn]");
      const place = words && document.querySelector(`.feedback[data-turn="${words.dataset.turn}"] .said`);
      if (place) place.textContent = words.textContent;
    }));
  }

  // ---- the law --------------------------------------------------------------------------------------------------
  function law(element, watch) {
    const original = new Map(); // block of text -> its nodes before words were marked in it

    element.addEventListener("click", (event) => {
      const tab = event.target.closest(".tab");
      if (tab) {
        showDocument(element, tab.dataset.tab);
        find(element, element.querySelector(".find").value, original);
      }
      if (event.target.closest(".close")) closeLaw();
    });
    element.addEventListener("input", (event) => {
      if (event.target.matches(".find") && !event.isComposing) find(element, event.target.value, original);
    });
    element.addEventListener("compositionend", (event) => {
      if (event.target.matches(".find")) find(element, event.target.value, original);
    });
    watch("value", () => {
      original.clear();
      const input = element.querySelector(".find");
      if (input) input.value = "";
      requestAnimationFrame(() => showChosen(element));
    });
  }

  function showDocument(element, number) {
    element.querySelectorAll(".tab").forEach((t) => t.setAttribute("aria-pressed", String(t.dataset.tab === number)));
    element.querySelectorAll(".document").forEach((d) => { d.hidden = d.dataset.document !== number; });
    element.querySelector(".law-body").scrollTop = 0;
  }

  function showChosen(element) {
    const body = element.querySelector(".law-body");
    const place = element.querySelector(".chosen mark") || element.querySelector("mark, .chosen");
    if (!body || !place) return;
    const chosen = element.querySelector(".chosen") || place;
    const whole = chosen.offsetHeight < body.clientHeight * 0.7 ? chosen : place;
    const top = whole.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop;
    body.scrollTo({ top: Math.max(0, top - body.clientHeight * 0.2), behavior: glide() });
  }

  // Finds words whatever their width, case or line breaks; hides the articles that do not have them.
  function find(element, query, original) {
    for (const [block, nodes] of original) block.replaceChildren(...nodes.map((n) => n.cloneNode(true)));
    const wanted = fold(query).folded;
    const found = element.querySelector(".found");
    element.querySelectorAll(".law-body [hidden].provision, .law-body details[hidden]").forEach((e) => {
      e.hidden = false;
    });
    if (!wanted) {
      if (original.size) found.textContent = "";
      original.clear();
      return;
    }
    let places = 0;
    for (const block of element.querySelectorAll(".law-body .document:not([hidden]) .text")) {
      if (!original.has(block)) original.set(block, [...block.childNodes].map((n) => n.cloneNode(true)));
      places += markWords(block, wanted);
    }
    for (const part of element.querySelectorAll(".document:not([hidden]) .provision")) {
      part.hidden = !concerns(part);
    }
    for (const chapter of element.querySelectorAll(".document:not([hidden]) details")) {
      chapter.hidden = !chapter.querySelector(".hit");
      if (!chapter.hidden) chapter.open = true;
    }
    found.textContent = places ? `找到 ${places} 处` : "原文中没有这个词，可以换个说法再找。";
    element.querySelector(".law-body").scrollTop = 0;
  }

  // The text without spaces, half width and lower case, with the place each character came from.
  function fold(text) {
    let folded = "";
    const places = [];
    for (let i = 0; i < text.length; i += 1) {
      for (const character of text[i].normalize("NFKC").toLowerCase().replace(/\s/g, "")) {
        folded += character;
        places.push(i);
      }
    }
    return { folded, places };
  }

  // Wraps each occurrence, text node by text node, so that numbers and quoted words keep their look.
  function markWords(block, wanted) {
    const { folded, places } = fold(block.textContent);
    const spans = [];
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
      spans.push([places[at], places[at + wanted.length - 1] + 1]);
    }
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(), offset = 0; spans.length && node; node = walker.nextNode()) {
      nodes.push([node, offset]);
      offset += node.data.length;
    }
    for (const [node, offset] of nodes) wrap(node, offset, spans);
    return spans.length;
  }

  function wrap(node, offset, spans) {
    const text = node.data;
    const pieces = [];
    let position = 0;
    for (const [start, end] of spans) {
      const from = Math.max(start - offset, position);
      const to = Math.min(end - offset, text.length);
      if (from >= to) continue;
      const hit = document.createElement("span");
      hit.className = "hit";
      hit.textContent = text.slice(from, to);
      pieces.push(text.slice(position, from), hit);
      position = to;
    }
    if (pieces.length) node.replaceWith(...pieces, text.slice(position));
  }

  // Whether a provision, one below it, or the opening words of one around it, has the words.
  function concerns(part) {
    if (part.querySelector(".hit")) return true;
    for (let around = part.parentElement.closest(".provision"); around; around = around.parentElement.closest(".provision")) {
      if (around.querySelector(":scope > .text .hit")) return true;
    }
    return false;
  }

  return { transcript, feedbackSaid, law, tabs, openLaw, say };
})();
