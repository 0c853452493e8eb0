// What a bar says, beside it, on pointing and on focus. Without this script the browser shows the same words by itself.
(function () {
  "use strict";
  var GAP = 6;
  function enhance(figure, number) {
    var drawing = figure.querySelector(".chart-drawing");
    var body = figure.querySelector(".chart-body");
    var marks = drawing ? Array.from(drawing.querySelectorAll(".chart-mark")) : [];
    if (!marks.length) return;
    var tip = document.createElement("div");
    tip.className = "chart-tip";
    tip.id = "chart-tip-" + number;
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    body.append(tip);
    // An image has no parts that could take the focus; a group has.
    drawing.setAttribute("role", "group");
    var current = 0;
    var leaving = 0;

    function hide() { clearTimeout(leaving); tip.hidden = true; }
    function later() { clearTimeout(leaving); leaving = setTimeout(hide, 200); }
    function place(mark) {
      var frame = body.getBoundingClientRect();
      var box = mark.getBoundingClientRect();
      var left = Math.min(Math.max(0, box.left - frame.left), Math.max(0, frame.width - tip.offsetWidth));
      var above = box.top - frame.top - tip.offsetHeight - GAP;
      tip.style.left = left + "px";
      tip.style.top = (box.top - tip.offsetHeight - GAP > 0 ? above : box.bottom - frame.top + GAP) + "px";
    }
    function show(mark) {
      clearTimeout(leaving);
      tip.replaceChildren();
      mark.getAttribute("aria-label").split(" · ").forEach(function (part) {
        var line = document.createElement("span");
        line.textContent = part;
        tip.append(line);
      });
      tip.hidden = false;
      place(mark);
    }
    function go(index) {
      marks[current].setAttribute("tabindex", "-1");
      current = (index + marks.length) % marks.length;
      marks[current].setAttribute("tabindex", "0");
      marks[current].focus();
    }
    var steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    function onKey(event) {
      if (event.key === "Escape") { hide(); return; }
      if (!marks.includes(document.activeElement)) return;
      if (event.key in steps) go(current + steps[event.key]);
      else if (event.key === "Home") go(0);
      else if (event.key === "End") go(marks.length - 1);
      else return;
      event.preventDefault();
    }

    marks.forEach(function (mark, index) {
      var title = mark.querySelector("title");
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", title.textContent);
      mark.setAttribute("tabindex", index === 0 ? "0" : "-1");
      title.remove();
      mark.addEventListener("focus", function () { current = index; show(mark); });
      mark.addEventListener("blur", hide);
      mark.addEventListener("pointerenter", function () { show(mark); });
      mark.addEventListener("pointerleave", later);
    });
    tip.addEventListener("pointerenter", function () { clearTimeout(leaving); });
    tip.addEventListener("pointerleave", later);
    drawing.addEventListener("keydown", onKey);
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("figure.chart").forEach(enhance);
  });
})();
