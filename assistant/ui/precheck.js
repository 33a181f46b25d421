// The pre-check's tab: handing files in with their progress, taking reports along, choosing a draft and a citation.
// Texts are only ever set as text, never as markup.
window.precheckPage = window.precheckPage || (() => {
  "use strict";
  const HEADER = "x-precheck-room";
  const FAILED = "没有成功，请检查网络后再试。";
  let room = "";
  let busy = false; // files are on their way or being checked

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const inCounter = (selector) => document.querySelector(`#counter ${selector}`);

  // A page that closes takes its files with it; the server's clock is for those that cannot say so.
  window.addEventListener("pagehide", (event) => {
    if (room && !event.persisted) navigator.sendBeacon("precheck/end", room);
  });

  // ---- handing in -------------------------------------------------------------------------------------------------
  function counter(element, trigger, watch) {
    const adopt = () => { room = element.querySelector(".counter")?.dataset.room || room; };
    adopt();
    watch("value", () => requestAnimationFrame(adopt));

    element.addEventListener("change", (event) => {
      if (event.target.id !== "drafts") return;
      const files = [...event.target.files];
      event.target.value = "";
      handIn(files, trigger);
    });
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
      element.addEventListener(kind, (event) => {
        const drop = event.target.closest(".drop");
        if (!drop || !event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
        if (kind === "drop") handIn([...event.dataTransfer.files], trigger);
      });
    }
    element.addEventListener("click", (event) => {
      if (!event.target.closest(".wipe")) return;
      trigger("clear", {});
      element.querySelector(".wipe").hidden = true;
      element.querySelector(".refused").replaceChildren();
      setBusy(false);
      element.querySelector("#drafts").focus();
    });
  }

  async function handIn(files, trigger) {
    if (!files.length) return;
    if (busy || !room) {
      refuse("正在处理，请稍候再选文件。");
      return;
    }
    setBusy(true);
    const list = inCounter(".uploads");
    inCounter(".refused").replaceChildren();
    inCounter(".wipe").hidden = true;
    const lines = files.map((file) => uploadLine(list, file.name));
    let received = 0;
    for (const [i, file] of files.entries()) {
      const problem = await upload(file, lines[i]);
      lines[i].item.remove();
      if (problem) refuse(`${file.name}：${problem}`);
      else received += 1;
    }
    inCounter(".wipe").hidden = false;
    if (received) trigger("check", {});
    else setBusy(false);
  }

  function uploadLine(list, name) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    const bar = document.createElement("progress");
    label.textContent = name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `正在上传 ${name}`);
    item.append(label, bar);
    list.append(item);
    return { item, bar };
  }

  // Resolves to "" or to the sentence that says why the file was not taken.
  function upload(file, line) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", `precheck/files?name=${encodeURIComponent(file.name.toWellFormed?.() ?? file.name)}`);
      request.setRequestHeader(HEADER, room);
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) line.bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("load", () => resolve(request.status === 200 ? "" : request.response?.error || FAILED));
      request.addEventListener("error", () => resolve(FAILED));
      request.addEventListener("abort", () => resolve(FAILED));
      request.send(file);
    });
  }

  function refuse(words) {
    const line = document.createElement("p");
    line.textContent = words;
    inCounter(".refused").append(line);
  }

  function setBusy(now) {
    busy = now;
    const input = inCounter("#drafts");
    if (input) input.disabled = now;
    inCounter(".counter")?.classList.toggle("busy", now);
  }

  // ---- what was found ---------------------------------------------------------------------------------------------
  function findings(element, trigger, watch) {
    let wanted = false; // a draft was chosen, its heading is to be shown
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const data = button.dataset;
      if (data.fetch) {
        take(button);
      } else if (data.check !== undefined) {
        element.querySelectorAll(".is-open").forEach((other) => other.classList.remove("is-open"));
        button.classList.add("is-open");
        trigger("cite", { draft: Number(data.draft), check: Number(data.check) });
        window.regulationPage.openLaw(button);
      } else if (data.draft !== undefined) {
        wanted = true;
        trigger("choose", { draft: Number(data.draft) });
      }
    });
    watch("value", () => requestAnimationFrame(() => {
      const shown = element.querySelector(".findings");
      const wasBusy = busy;
      if (shown) setBusy(shown.dataset.busy === "true");
      inCounter("[role=status]").textContent = element.querySelector(".state")?.textContent || "";
      if (wanted || (wasBusy && !busy)) reveal(element);
      wanted = false;
    }));
  }

  function reveal(element) {
    const heading = element.querySelector(".draft-card h2, .failure");
    if (!heading) return;
    element.querySelector(".overview, .failure").scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    if (heading.matches("h2")) heading.focus({ preventScroll: true });
  }

  async function take(button) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(button.dataset.fetch, { headers: { [HEADER]: room }, cache: "no-store" });
      if (!answer.ok) throw new Error((await answer.json()).error);
      const encoded = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition"));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = encoded ? decodeURIComponent(encoded[1]) : "";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      window.regulationPage.say(button, "已下载");
    } catch (error) {
      inCounter(".refused").replaceChildren();
      refuse(error instanceof TypeError || !error.message ? `下载${FAILED}` : error.message);
      inCounter(".refused").scrollIntoView({ block: "center" });
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  return { counter, findings };
})();
