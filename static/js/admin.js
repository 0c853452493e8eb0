"use strict";
{
  // A form that was typed in and is left without saving asks first.
  const form = document.querySelector("form#claim_form");
  if (form) {
    let typed = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  }

  // The box that completes what is typed stands in for a select: it takes the select's name along.
  const name = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (!label || !box) continue;
      label.id ||= `${select.id}_label`;
      const shown = box.querySelector(".select2-selection__rendered");
      box.setAttribute("aria-labelledby", shown.id ? `${label.id} ${shown.id}` : label.id);
      box.querySelector("input")?.setAttribute("aria-labelledby", label.id);
      shown.setAttribute("role", "presentation");
      shown.removeAttribute("aria-readonly");
      for (const chosen of shown.querySelectorAll("li")) chosen.setAttribute("role", "presentation");
    }
  };
  // A new numbered row takes the number after the highest one.
  document.addEventListener("formset:added", (event) => {
    const number = event.target.querySelector("input[name$='-number']");
    if (!number || number.value) return;
    const rows = event.target.parentElement.querySelectorAll(`input[name^='${event.detail.formsetName}-'][name$='-number']`);
    number.value = Math.max(0, ...Array.from(rows, (row) => Number(row.value) || 0)) + 1;
  });

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; name(); });
  }).observe(document.body, { childList: true, subtree: true });
  name();
}
