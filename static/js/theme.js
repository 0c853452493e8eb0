// The reader's choice of light or dark, kept in this browser only. Without this script the system's setting holds.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "tamroi-theme";
  function stored() {
    try { return localStorage.getItem(key); } catch (refused) { return null; }
  }
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  var choice = stored();
  if (choice === "dark" || choice === "light") root.dataset.theme = choice;
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    function show() { button.setAttribute("aria-pressed", String(isDark())); }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem(key, root.dataset.theme); } catch (refused) { /* the choice lasts for this page */ }
      show();
    });
  });
})();
