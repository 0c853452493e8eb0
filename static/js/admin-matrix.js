"use strict";
{
  // Arrow keys walk the answer matrix. Without this script every field is reached with the tabulator.
  const table = document.querySelector("#matrix");
  const form = document.querySelector("#matrix_form");
  if (table) {
    const rows = Array.from(table.querySelectorAll("tbody tr"), (row) => Array.from(row.querySelectorAll("td")));
    const place = (cell) => {
      const row = rows.findIndex((cells) => cells.includes(cell));
      return [row, rows[row].indexOf(cell)];
    };
    const fields = (cell) => Array.from(cell.querySelectorAll("select, textarea, summary, a"));
    table.setAttribute("role", "grid");
    for (const cell of rows.flat()) {
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = -1;
    }
    if (rows[0]?.[0]) rows[0][0].tabIndex = 0;
    document.querySelector("#matrix-keys").hidden = false;

    const enter = (cell) => {
      for (const other of rows.flat()) other.tabIndex = -1;
      cell.tabIndex = 0;
      cell.focus();
    };
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const beside = (cell, [down, right]) => {
      const [row, column] = place(cell);
      return rows[row + down]?.[column + right];
    };

    table.addEventListener("keydown", (event) => {
      const cell = event.target.closest("td");
      if (!cell || event.altKey || event.metaKey || event.shiftKey) return;
      const step = steps[event.key];
      if (event.target === cell) {
        const row = rows[place(cell)[0]];
        const next = step ? beside(cell, step) : event.key === "Home" ? row[0] : event.key === "End" ? row.at(-1) : null;
        if (step || next) event.preventDefault();
        if (next && !event.ctrlKey) enter(next);
        if (event.key === "Enter" || event.key === "F2") {
          event.preventDefault();
          fields(cell)[0]?.focus();
        }
      } else if (event.key === "Escape") {
        event.preventDefault();
        enter(cell);
      } else if (event.ctrlKey && step && !step[1] && event.target.matches("select")) {
        event.preventDefault();
        const kind = fields(cell).indexOf(event.target);
        let next = beside(cell, step);
        while (next && !fields(next)[kind]) next = beside(next, step);
        if (next) fields(next)[kind].focus();
      }
    });
  }

  // What was judged and is left without saving asks first.
  if (form) {
    let typed = Boolean(document.querySelector(".unsaved"));
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  }
}
