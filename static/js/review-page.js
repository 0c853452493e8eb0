"use strict";
{
  // Keys for the review page. None of them acts while something is typed, or together with Ctrl, Alt or Meta.
  const dialog = document.getElementById("keys");
  const parts = Array.from(document.querySelectorAll(".part"));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const current = () => parts.findIndex((part) => part.contains(document.activeElement));
  const show = (element) => {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  };
  const step = (by) => {
    if (!parts.length) return;
    const at = current();
    show(parts[at < 0 ? (by > 0 ? 0 : parts.length - 1) : Math.min(Math.max(at + by, 0), parts.length - 1)]);
  };
  const here = () => parts[current()];
  const open = (details) => {
    details.open = true;
    details.querySelector("textarea, select, input:not([type=hidden]), button, a")?.focus();
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    e: () => {
      const link = here()?.querySelector("a[href^='#evidence-']");
      const found = document.querySelector(link ? link.getAttribute("href") : ".evidence > li");
      if (found) show(found);
    },
    c: () => {
      const details = (here() ?? document.getElementById("comments"))?.querySelector(".add-comment");
      if (details) open(details);
    },
    a: () => document.querySelector(".primary")?.querySelector("select, textarea, button, a")?.focus(),
    m: () => {
      const more = document.querySelector(".review-moves .more");
      if (more) open(more);
    },
    "?": () => dialog?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog?.open) return;
    if (typing(event.target)) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });

  for (const button of document.querySelectorAll(".keys-open")) {
    button.hidden = false;
    button.addEventListener("click", keys["?"]);
  }
}
