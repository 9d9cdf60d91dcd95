// Everything works without this: it filters what is on the page, shows the value of a mark,
// copies hashes, and computes a proof anew in the reader's own browser.
"use strict";
const english = document.documentElement.lang === "en";

// A table as one types. The server's filters and pages stay what they are.
for (const table of document.querySelectorAll("table[data-filter]")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 8) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "narrow";
  field.placeholder = english ? "Narrow this page" : "在本页中筛选";
  field.setAttribute("aria-label", field.placeholder);
  field.addEventListener("input", () => {
    const wanted = field.value.normalize("NFKC").toLowerCase().trim();
    for (const row of rows) row.hidden = !row.textContent.normalize("NFKC").toLowerCase().includes(wanted);
  });
  const frame = table.closest(".scroll") || table;
  frame.before(field);
}

// What a mark of a chart stands for.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);
document.addEventListener("pointerover", (event) => {
  const text = event.target instanceof Element && event.target.getAttribute("data-tip");
  tip.hidden = !text;
  if (text) tip.textContent = text;
});
document.addEventListener("pointermove", (event) => {
  if (tip.hidden) return;
  tip.style.left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8) + "px";
  tip.style.top = Math.max(8, event.clientY - tip.offsetHeight - 10) + "px";
});

// Hashes are long.
for (const hash of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = english ? "Copy" : "复制";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(hash.textContent);
    button.textContent = english ? "Copied" : "已复制";
    setTimeout(() => { button.textContent = english ? "Copy" : "复制"; }, 2000);
  });
  hash.after(button);
}

// RFC 6962 §2.1.1: from the bytes of the record and the path to the root.
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const text64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const sha256 = (...parts) => {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return crypto.subtle.digest("SHA-256", all).then((buffer) => new Uint8Array(buffer));
};
const proved = async (place) => {
  const body = new TextEncoder().encode(document.querySelector("[data-body]").textContent);
  const path = [...document.querySelectorAll(".path .hash")].map((one) => bytes(one.textContent));
  let node = await sha256(Uint8Array.of(0), body);
  if (text64(node) !== document.querySelector("[data-leaf]").textContent) return false;
  let at = Number(place.dataset.number) - 1;
  let last = Number(place.dataset.size) - 1;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = await sha256(Uint8Array.of(1), sibling, node);
      while (at !== 0 && at % 2 === 0) { at /= 2; last = Math.floor(last / 2); }
    } else {
      node = await sha256(Uint8Array.of(1), node, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && text64(node) === place.dataset.root;
};
const place = document.querySelector("[data-proof]");
if (place && globalThis.crypto && crypto.subtle) {
  proved(place).then((holds) => {
    place.classList.add(holds ? "yes" : "no");
    place.textContent = holds ? place.dataset.yes : place.dataset.no;
    place.setAttribute("role", "status");
    place.hidden = false;
  });
}
